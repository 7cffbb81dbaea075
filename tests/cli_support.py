"""What the tests of the command line share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SHOP = """\
from routebook import (
    APIDescriptor, BodyDescriptor, ErrorDescriptor, ErrorGroup, MediaTypeDescriptor,
    MethodDescriptor, ParameterDescriptor, RequestDescriptor, ResponseDescriptor, RouteDescriptor,
)

NO_BOOK = ErrorDescriptor(
    value="NO_BOOK", message="no such book", http_status=404, description="Check the ISBN."
)
ISBN = ParameterDescriptor(
    name="isbn", required=True, description="The ISBN.", examples=("9780140449136",)
)
BODY = BodyDescriptor(
    content=(MediaTypeDescriptor(content_type="application/json", schema={"type": "object"}),)
)
GET = MethodDescriptor(
    method="GET",
    operation_id="getBook",
    summary="Fetch a book",
    requests=(
        RequestDescriptor(
            path_parameters=(ISBN,),
            successes=(ResponseDescriptor(status_code=200, description="The book."),),
            failures=(
                ResponseDescriptor(
                    status_code=404, description="No such book.", error_codes=(NO_BOOK,), body=BODY
                ),
            ),
        ),
    ),
)
API = APIDescriptor(
    title="Bookshop",
    version="1.0",
    routes=(RouteDescriptor(name="book", path="/books/{isbn}", entity="Book", methods=(GET,)),),
    error_groups=(ErrorGroup(name="shop", errors=(NO_BOOK,)),),
)
"""


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str


class CLI(Protocol):
    """Runs `routebook` with arguments, in this process."""

    def __call__(self, *arguments: str) -> Result: ...
