"""The rules about descriptions, a module for each subject. A new rule is one function."""
