"""Documents as they come: JSON or YAML text from a file, read into data with its places."""
