"""Error codes: which an API has, which its responses name, and with what status."""

from __future__ import annotations

from collections.abc import Iterator

from routebook.checks.frame import Problem, rule
from routebook.checks.index import Index, repeated
from routebook.descriptors import APIDescriptor, MethodDescriptor, ResponseDescriptor
from routebook.errors import ErrorDescriptor
from routebook.nearest import hint
from routebook.walk import Node


@rule("unknown-error-code", ResponseDescriptor)
def unknown_error_code(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A response names an error code that is in no group of the API.

    The error index would not have it, and every link to it would lead nowhere.
    """
    for position, error in enumerate(response.error_codes):
        if error.value not in index.codes:
            yield Problem(
                f"the error code {error.value!r} is in no group of the API",
                f"add it to a group; {hint(error.value, index.codes)}",
                f".error_codes[{position}]",
            )


@rule("error-code-differs", ResponseDescriptor)
def error_code_differs(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A response names a code that says something else than the API's code of that name.

    A code has one message and one description; the reference shows those of the group.
    """
    for position, error in enumerate(response.error_codes):
        known = index.codes.get(error.value)
        if known is not None and known is not error and known != error:
            yield Problem(
                f"the API's {error.value!r} is another one",
                "use the one of the group",
                f".error_codes[{position}]",
            )


@rule("duplicate-error-code", APIDescriptor)
def duplicate_error_code(api: APIDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """One error code is declared twice.

    Clients tell errors apart by the code alone, so it can have one meaning in an API.
    """
    declared = [(group.name, error.value) for group in api.error_groups for error in group.errors]
    for position, value in repeated(value for _, value in declared):
        yield Problem(
            f"the error code {value!r} is declared twice",
            "declare it once, in one group",
            f".error_groups[{declared[position][0]}].{value}",
        )


@rule("repeated-error-code", ResponseDescriptor, local=True)
def repeated_error_code(
    response: ResponseDescriptor, node: Node, index: Index
) -> Iterator[Problem]:
    """A response names one error code twice."""
    for position, value in repeated(error.value for error in response.error_codes):
        yield Problem(f"{value!r} is named twice", "name it once", f".error_codes[{position}]")


@rule("unused-error-code", ErrorDescriptor, level="warning")
def unused_error_code(error: ErrorDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """No response names an error code that the API declares.

    Either a response forgot to say so, or clients prepare for what never comes.
    """
    if error.value not in index.used_codes:
        yield Problem(
            f"no response answers with {error.value!r}",
            "add it to the error_codes of those that do, or take it out",
        )


@rule("error-status", ErrorDescriptor, local=True)
def error_status(error: ErrorDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """An error code has an HTTP status that is none of an error.

    400 to 599 are (RFC 9110, section 15).
    """
    if not 400 <= error.http_status <= 599:
        yield Problem(f"{error.http_status} is no status of an error", "take one of 400 to 599")


@rule("error-code-status", ResponseDescriptor, level="warning")
def error_code_status(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A response names a code that is sent with another status.

    The server takes the status from the code, so this response never comes with it.
    """
    status = str(response.status_code)
    for position, error in enumerate(response.error_codes):
        sent = str(error.http_status)
        if status not in {sent, f"{sent[0]}XX", "default"}:
            yield Problem(
                f"{error.value!r} is sent with {sent}, not {status}",
                f"move it to the response with {sent}",
                f".error_codes[{position}]",
            )


@rule("error-without-body", ResponseDescriptor, level="warning")
def error_without_body(response: ResponseDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """A response names error codes, but no body that could carry them."""
    method = node.inside(MethodDescriptor)
    if response.error_codes and response.body is None and method and method.method != "HEAD":
        yield Problem("there are error codes but no body", "describe the error envelope as body")


@rule("empty-error-value", ErrorDescriptor, local=True)
def empty_error_value(error: ErrorDescriptor, node: Node, index: Index) -> Iterator[Problem]:
    """An error code is empty, or has white space in it."""
    if not error.value or error.value.split() != [error.value]:
        yield Problem(f"{error.value!r} is no error code", "write one word, such as NAME_UNKNOWN")
