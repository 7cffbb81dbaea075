"""The rules of the comparison, by what they judge."""
