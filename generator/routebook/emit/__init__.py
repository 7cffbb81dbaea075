"""Output formats: a module each, from a value to its text."""
