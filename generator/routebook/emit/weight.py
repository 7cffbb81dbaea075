"""About how many characters parts of the reference take as Markdown, before they are written."""

from __future__ import annotations

from collections.abc import Iterable

from routebook.views import (
    BodyView,
    ErrorGroupView,
    FieldView,
    OperationView,
    ResponseView,
    SchemaView,
    ShapeView,
    TableView,
)

_ROW = 30
_SECTION = 200


def operation(view: OperationView) -> int:
    """The weight of an operation."""
    total = _SECTION + len(view.description)
    for variant in view.variants:
        total += len(variant.request.text) + len(variant.description)
        total += sum(len(sample.text) for sample in variant.samples)
        total += _rows(variant.parameters) + _body(variant.body)
        total += sum(map(_answer, (*variant.successes, *variant.failures)))
    return total


def schema(view: SchemaView) -> int:
    """The weight of a named schema."""
    sample = len(view.sample.text) if view.sample else 0
    return _SECTION + len(view.description) + _shape(view.shape) + sample


def errors(view: ErrorGroupView) -> int:
    """The weight of a group of error codes."""
    return sum(
        _SECTION + len(error.description) + len(error.sample.text) + 60 * error.count
        for error in view.errors
    )


def _answer(view: ResponseView) -> int:
    sample = len(view.sample.text) if view.sample else 0
    return len(view.description) + sample + _body(view.body)


def _body(view: BodyView | None) -> int:
    if view is None:
        return 0
    total = _rows(view.fields)
    for media in view.media:
        total += _shape(media.shape) if media.shape else 0
        total += sum(len(example.text) for example in media.examples)
    return total


def _shape(view: ShapeView) -> int:
    return len(view.type) + len(view.constraints) + sum(map(_table, view.tables))


def _table(view: TableView) -> int:
    return _SECTION + _rows(view.rows) + sum(map(_table, view.tables))


def _rows(rows: Iterable[FieldView]) -> int:
    total = 0
    for row in rows:
        texts = len(row.name) + len(row.type) + len(row.constraints) + len(row.description)
        total += _ROW + texts
    return total
