"""What a site gives to machines: `llms.txt`, its pages as Markdown, and Sphinx' inventory."""

CHOICES = ("llms.txt", "llms-full.txt", "markdown", "objects.inv")
"""What may be asked for, by name."""

MANY = 300
"""Of how many operations at most an API is told whole in `llms-full.txt`, if nobody asks for it."""


def usual(operations: int) -> tuple[str, ...]:
    """What a site gives to machines, for an API with so many operations.

    One file with thousands of pages is of no use to a language model, and weighs as much as all
    the pages.
    """
    return CHOICES if operations <= MANY else tuple(c for c in CHOICES if c != "llms-full.txt")
