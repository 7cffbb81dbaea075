"""What routebook notes in a document, checked: anyone may have written it since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from routebook.openapi.dialect import NOTE

if TYPE_CHECKING:
    from routebook.openapi.reader.state import At, Object, State

_TEXTS = (
    "name when description summary format type regexp style entity path component scheme"
    " identifier parent kind operation_id self_uri json_schema_dialect oauth2_metadata_url"
    " device_authorization_url value message content_type since sunset replacement method"
)
_FLAGS = "required documented_only explode allow_reserved allow_empty_value generated boolean"
_TEXT_LISTS = "aliases successes failures order kept without present absent"
_LISTS = "path_parameters query_parameters cookie_parameters headers fields links error_codes"
_OBJECT_LISTS = "requests merged methods routes error_groups errors"
_OBJECTS = "condition extra items flows listed schemas"


def _each(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is list and all(type(one) is kind for one in value)


def _of(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: type(value) in kinds


_NONE = type(None)
_WANTED: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(_TEXTS.split(), (_of(str), "text")),
    **dict.fromkeys(_FLAGS.split(), (_of(bool), "true or false")),
    **dict.fromkeys(_TEXT_LISTS.split(), (_each(str), "a list of texts")),
    **dict.fromkeys(_LISTS.split(), (_of(list), "a list")),
    **dict.fromkeys(_OBJECT_LISTS.split(), (_each(dict), "a list of objects")),
    **dict.fromkeys(_OBJECTS.split(), (_of(dict), "an object")),
    "body": (_of(dict, _NONE), "an object"),
    "querystring": (_of(dict, _NONE), "an object"),
    "content": (_of(list, _NONE), "a list"),
    "deprecated": (_of(dict, bool), "an object"),
    "http_status": (_of(int), "a status"),
}
"""Field of a note to what it holds, for the program and in words."""

_NOTES = frozenset(
    {"requests", "merged", "error_groups", "errors", "error_codes", "body", "condition"}
    | {"deprecated"}
)
"""Fields that hold what is a note itself, or a list of such."""

BROKEN = (LookupError, TypeError, ValueError, AttributeError, StopIteration, RuntimeError)
"""What goes wrong when a note does not fit what stands around it."""


def checked(state: State, note: Object, at: At) -> Object:
    """A note without the fields that do not hold what they should; each is told."""
    left: Object = {}
    for key, value in note.items():
        fits, words = _WANTED.get(key, (None, ""))
        if fits is not None and not fits(value):
            state.expected(words, value, (at, key), _HINT)
        else:
            left[key] = _inside(state, value, (at, key)) if key in _NOTES else value
    return left


def checked_pools(state: State, note: Object, at: At) -> Object:
    """The same for the note of the components: parts by kind and name, and what is said of them."""
    left: Object = {}
    for key, value in note.items():
        if key == "kept":
            left |= checked(state, {key: value}, at)
        elif type(value) is dict:
            left[key] = value
        else:
            state.expected("an object", value, (at, key), _HINT)
    return left


_HINT = f"{NOTE} is written by routebook alone"


def _inside(state: State, value: Any, at: At) -> Any:
    if type(value) is dict:
        return checked(state, value, at)
    if type(value) is list:
        return [_inside(state, one, (at, index)) for index, one in enumerate(value)]
    return value


def is_noted(value: Any) -> bool:
    """Whether there is a note anywhere in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if NOTE in one:
                return True
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return False


@contextmanager
def fitting(state: State, at: At) -> Iterator[None]:
    """Tell of notes that do not fit what stands around them, instead of failing."""
    try:
        yield
    except BROKEN as error:
        if isinstance(error, RecursionError) or not is_noted(state.root):
            raise
        state.say(
            "openapi-structure",
            f"the {NOTE} in it does not fit what stands around it",
            at,
            f"write the document again, or remove the {NOTE}",
        )
