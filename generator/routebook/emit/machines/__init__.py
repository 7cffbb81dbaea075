"""What a site gives to machines: `llms.txt`, its pages as Markdown, and Sphinx' inventory."""

CHOICES = ("llms.txt", "llms-full.txt", "markdown", "objects.inv")
"""What may be asked for, by name."""
