"""Error codes: what an API can answer when it refuses, as values that can be raised.

A code is an `ErrorDescriptor`; an API lists its codes in `ErrorGroup`s. There is
no global registry: two APIs may give one text two meanings.

    raise BLOB_UNKNOWN.with_detail({"digest": digest})

How errors look on the wire is `routebook.envelope`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from routebook.values import Value, frozen


@frozen
class ErrorDescriptor(Value):
    """An error code: its text on the wire, its message, and when it comes."""

    value: str
    """The code on the wire, unique in its API, such as `BLOB_UNKNOWN`."""
    message: str = ""
    """The wire message; the `%`-verbs in it (see `routebook.verbs`) are filled by `with_args`."""
    description: str = ""
    """When it comes and what to do about it, in CommonMark."""
    http_status: int = 500
    """The HTTP status it is sent with."""
    detail: Any = None
    """The schema of the envelope's `detail`; None when its shape is not said."""
    aliases: tuple[str, ...] = ()
    """Other ids under which the reference anchors it (`code-6`)."""

    def __str__(self) -> str:
        """The code as words: `blob unknown`."""
        return self.value.lower().replace("_", " ")

    def error(self) -> Error:
        """An error of this code and nothing else: `raise NAME_UNKNOWN.error()`."""
        return Error(self)

    def with_detail(self, detail: Any) -> Error:
        """An error of this code with `detail`: JSON data, or an exception for its text."""
        return Error(self, message=self.message, detail=detail)

    def with_args(self, *args: Any) -> Error:
        """An error of this code whose message is the code's, filled with `args`."""
        return Error(self, args=args)

    def with_message(self, message: str) -> Error:
        """An error of this code with a message of its own."""
        return Error(self, message=message)


UNKNOWN = ErrorDescriptor(
    value="UNKNOWN",
    message="unknown error",
    description="The server met an error that has no code of its own.",
    http_status=500,
)
"""Stands for codes that an API does not list, unless it lists an `UNKNOWN` of its own."""


class Error(Exception):
    """One error of an envelope: a code, a message, and details. Raise it in a server.

    It is immutable; `with_detail` and `with_args` give a changed copy.
    """

    def __init__(
        self,
        code: ErrorDescriptor,
        *,
        message: str | None = None,
        detail: Any = None,
        args: tuple[Any, ...] | None = None,
        sent_code: str = "",
    ) -> None:
        if message is None and args is not None:
            # only errors with arguments need the verbs, and most processes never make one
            from routebook.verbs import fill

            message = fill(code.message, args)
        self._fields = (code, message, detail, sent_code)
        super().__init__(code)

    @property
    def code(self) -> ErrorDescriptor:
        """What went wrong."""
        return self._fields[0]

    @property
    def message(self) -> str:
        """What people read: a message of its own, or else the code's."""
        own: str | None = self._fields[1]
        return self.code.message if own is None else own

    @property
    def detail(self) -> Any:
        """JSON data about the case at hand; None when there is none."""
        return self._fields[2]

    @property
    def sent_code(self) -> str:
        """In a decoded error whose code the API does not list: the code as it was sent."""
        return self._fields[3]

    @property
    def bare(self) -> bool:
        """Whether it says nothing beyond its code."""
        return self._fields[1] is None and self.detail is None

    @property
    def http_status(self) -> int:
        """The HTTP status it is sent with: its code's."""
        return self.code.http_status

    def with_detail(self, detail: Any) -> Error:
        """The same error with another detail."""
        return Error(self.code, message=self.message, detail=detail, sent_code=self.sent_code)

    def with_args(self, *args: Any) -> Error:
        """The same error, its message the code's filled with `args`."""
        return Error(self.code, detail=self.detail, args=args, sent_code=self.sent_code)

    def __str__(self) -> str:
        return str(self.code) if self.bare else f"{self.code}: {self.message}"

    def __repr__(self) -> str:
        parts = [self.code.value, *([] if self.bare else [f"message={self.message!r}"])]
        parts += [] if self.detail is None else [f"detail={self.detail!r}"]
        return f"Error({', '.join(parts)})"

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Error) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.code.value, self.message))

    def _key(self) -> tuple[Any, ...]:
        return self.code, self.message, self.detail, self.sent_code, self.bare

    def __reduce__(self) -> tuple[Any, ...]:
        return _remake_error, self._fields


def _remake_error(code: ErrorDescriptor, message: str | None, detail: Any, sent: str) -> Error:
    return Error(code, message=message, detail=detail, sent_code=sent)


class Errors(Exception):  # noqa: N818 - it is many of `Error`, and called so everywhere
    """Several errors in one answer; raise it where more than one thing is wrong.

    It takes codes, errors, and exceptions of any other kind, which are sent as `UNKNOWN` with
    their text as detail. Iterating gives what it was made of.
    """

    def __init__(self, *errors: ErrorDescriptor | Error | Exception) -> None:
        self._errors = tuple(e.error() if isinstance(e, ErrorDescriptor) else e for e in errors)
        super().__init__(*self._errors)

    @property
    def http_status(self) -> int:
        """The HTTP status of the answer: the first error's; 500 when it has none."""
        first = self._errors[0] if self._errors else None
        return first.http_status if isinstance(first, Error) else UNKNOWN.http_status

    def __iter__(self) -> Iterator[Error | Exception]:
        return iter(self._errors)

    def __len__(self) -> int:
        return len(self._errors)

    def __bool__(self) -> bool:
        """Whether there is any error."""
        return bool(self._errors)

    def __getitem__(self, index: int) -> Error | Exception:
        return self._errors[index]

    def __contains__(self, wanted: object) -> bool:
        """Whether an error, or any error of a code, is among them: `BLOB_UNKNOWN in errors`."""
        if isinstance(wanted, ErrorDescriptor):
            codes = (error.code for error in self._errors if isinstance(error, Error))
            return any(code.value == wanted.value for code in codes)
        return wanted in self._errors

    def __str__(self) -> str:
        if len(self._errors) == 1:
            return str(self._errors[0])
        return "".join(["errors:\n", *(f"{e}\n" for e in self._errors)]) if self else "<nil>"

    def __repr__(self) -> str:
        return f"Errors({', '.join(map(repr, self._errors))})"

    def __eq__(self, other: object) -> bool:
        return self._errors == other._errors if isinstance(other, Errors) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._errors)


@frozen
class ErrorGroup(Value):
    """Error codes that belong together."""

    name: str
    """What the group is called, such as `registry.api.v2`."""
    description: str = ""
    """What its codes have in common, in CommonMark."""
    errors: tuple[ErrorDescriptor, ...] = ()
    """The codes, each once, in the order that the reference shows them."""

    def __iter__(self) -> Iterator[ErrorDescriptor]:
        return iter(self.errors)


def find_error(groups: Iterable[ErrorGroup], value: str) -> ErrorDescriptor | None:
    """The code that is written `value` in one of `groups`; None when there is none."""
    return next((error for group in groups for error in group if error.value == value), None)


def parse_code(groups: Iterable[ErrorGroup], value: str) -> ErrorDescriptor:
    """The code that is written `value` in `groups`; their `UNKNOWN` when there is none."""
    groups = tuple(groups)
    return find_error(groups, value) or find_error(groups, UNKNOWN.value) or UNKNOWN


def code_for_status(groups: Iterable[ErrorGroup], status: int) -> ErrorDescriptor:
    """The code for an answer of which only the HTTP status is known.

    It is the only code of `groups` that is sent with `status`; when there are several, or none,
    their `UNKNOWN`, with `status` for its own.
    """
    groups = tuple(groups)
    codes = [error for group in groups for error in group if error.http_status == status]
    if len(codes) == 1:
        return codes[0]
    return replace(parse_code(groups, UNKNOWN.value), http_status=status)


def group_names(groups: Iterable[ErrorGroup]) -> tuple[str, ...]:
    """The names of `groups`, sorted."""
    return tuple(sorted(group.name for group in groups))


def group_errors(groups: Iterable[ErrorGroup], name: str) -> tuple[ErrorDescriptor, ...]:
    """The codes of the group called `name`, sorted by value; none when there is no such group."""
    return all_errors(group for group in groups if group.name == name)


def all_errors(groups: Iterable[ErrorGroup]) -> tuple[ErrorDescriptor, ...]:
    """The codes of all `groups`, sorted by value."""
    return tuple(sorted((e for group in groups for e in group), key=lambda error: error.value))
