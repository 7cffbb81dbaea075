"""From a description to what templates are given.

`reference(api)` is everything that the Markdown reference says, as frozen values that
`routebook.views.model` documents.
"""

from routebook.views.model import ReferenceView
from routebook.views.reference import reference

__all__ = ["ReferenceView", "reference"]
