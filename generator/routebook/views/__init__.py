"""From a description to what templates are given.

`reference(api)` is everything that the Markdown reference says, as frozen values that
`routebook.views.model` documents.
"""

from routebook.views.model import (
    BodyView,
    ErrorGroupView,
    FieldView,
    GroupView,
    OperationView,
    ReferenceView,
    ResponseView,
    RouteView,
    SchemaView,
    ShapeView,
    TableView,
)
from routebook.views.reference import reference

__all__ = [
    "BodyView",
    "ErrorGroupView",
    "FieldView",
    "GroupView",
    "OperationView",
    "ReferenceView",
    "ResponseView",
    "RouteView",
    "SchemaView",
    "ShapeView",
    "TableView",
    "reference",
]
