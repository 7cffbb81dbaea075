"""Values of parameters as their styles write them (OpenAPI 3.1, section 4.8.12.3; RFC 6570)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from routebook.descriptors import ParameterDescriptor
from routebook.paths import PathTemplate, Variable
from routebook.views.forms import URLENCODED, form_of, urlencoded
from routebook.views.values import Values
from routebook.views.written import is_json, scalar, simple

_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_IN_PATH = ":@"
_IN_QUERY = ":@/"
_RESERVED_IN_PATH = "/!$&'()*+,;="
_RESERVED_IN_QUERY = ";,$!?()*="
"""What `allowReserved` leaves as it is, but for what would end the value or be changed.

An apostrophe is sent percent-encoded by some clients, whatever they are given (URL Standard,
section 1.3), and a plus sign would be read as a blank.
"""
_IN_COOKIE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '",;\\')
_WHOLE_QUERY = "!$&()*+,;=:@/?%"


def encoded(text: str, safe: str = "") -> str:
    """A text percent-encoded as UTF-8, but for unreserved characters and those of `safe`."""
    return quote(text, safe=safe, errors="replace")


def path(
    template: PathTemplate, parameters: tuple[ParameterDescriptor, ...], values: Values
) -> str:
    """The path with an example for each variable, percent-encoded."""
    named = {parameter.name: parameter for parameter in parameters}
    return "".join(
        encoded(part, "/:@!$&'()*+,;=~")
        if isinstance(part, str)
        else _segment(part, named.get(part.name), values)
        for part in template.parts
    )


def _segment(variable: Variable, parameter: ParameterDescriptor | None, values: Values) -> str:
    if parameter is None:
        return encoded(variable.name)
    safe = _IN_PATH + ("/" if variable.multi_segment else "")
    safe += _RESERVED_IN_PATH if parameter.allow_reserved else ""
    value = values.of(parameter)
    if parameter.content:
        return encoded(_document(parameter, value), safe)
    match parameter.style:
        case "label":
            explode = bool(parameter.explode)
            return "." + _joined(value, "." if explode else ",", safe, explode=explode)
        case "matrix":
            return "".join(f";{pair}" for pair in _matrix(parameter, value, safe))
    return _joined(value, ",", safe, explode=bool(parameter.explode))


def _joined(value: Any, mark: str, safe: str, *, explode: bool) -> str:
    """Items with a mark between them; an object's as `key=value`, or else one after the other."""
    if isinstance(value, Mapping):
        pairs = [
            (encoded(str(key), safe), encoded(scalar(item), safe)) for key, item in value.items()
        ]
        return mark.join("=".join(pair) if explode else ",".join(pair) for pair in pairs)
    items = value if isinstance(value, list) else [value]
    return mark.join(encoded(scalar(item), safe) for item in items)


def _matrix(parameter: ParameterDescriptor, value: Any, safe: str) -> list[str]:
    name = encoded(parameter.name)
    if parameter.explode and isinstance(value, Mapping):
        return [_joined({key: item}, "", safe, explode=True) for key, item in value.items()]
    listed = value if parameter.explode and isinstance(value, list) else [value]
    texts = [_joined(item, ",", safe, explode=False) for item in listed]
    return [f"{name}={text}" if text else name for text in texts]


def query(parameter: ParameterDescriptor, values: Values) -> list[tuple[str, str]]:
    """A query parameter's names and values, percent-encoded, as its style writes them."""
    value = values.of(parameter)
    name = encoded(parameter.name, "/")
    safe = _IN_QUERY + (_RESERVED_IN_QUERY if parameter.allow_reserved else "")
    if parameter.content:
        return [(name, encoded(_document(parameter, value), safe))]
    style = parameter.style or "form"
    explode = parameter.explode if parameter.explode is not None else style == "form"
    if isinstance(value, dict) and style == "deepObject":
        return [
            (f"{name}%5B{encoded(str(key), '/')}%5D", encoded(scalar(item), safe))
            for key, item in value.items()
        ]
    if isinstance(value, dict) and explode:
        return [
            (encoded(str(key), "/"), encoded(scalar(item), safe)) for key, item in value.items()
        ]
    if isinstance(value, list) and explode:
        return [(name, encoded(scalar(item), safe)) for item in value]
    if isinstance(value, dict):
        value = [part for pair in value.items() for part in pair]
    return [(name, _joined(value, _DELIMITERS.get(style, ","), safe, explode=False))]


def whole_query(parameter: ParameterDescriptor, values: Values) -> str:
    """The query that a single parameter is (OpenAPI 3.2, `in: querystring`), percent-encoded."""
    value = values.of(parameter)
    media = next(iter(parameter.content), None)
    if media and form_of(media) == URLENCODED and isinstance(value, dict):
        return urlencoded(media, value)
    if isinstance(value, str):
        return encoded(value, _WHOLE_QUERY)
    return encoded(_document(parameter, value), _IN_QUERY)


def header(parameter: ParameterDescriptor, values: Values) -> str:
    """What a header holds, on one line (RFC 9110, section 5.5)."""
    value = values.of(parameter)
    if parameter.content:
        text = _document(parameter, value)
    elif parameter.explode and isinstance(value, Mapping):
        text = ",".join(f"{key}={scalar(item)}" for key, item in value.items())
    else:
        text = simple(value)
    return " ".join(text.split())


def cookie(parameter: ParameterDescriptor, values: Values) -> str:
    """What a cookie holds, what it may not hold percent-encoded (RFC 6265, section 4.1.1)."""
    value = values.of(parameter)
    text = _document(parameter, value) if parameter.content else simple(value)
    return encoded(text, _IN_COOKIE)


def _document(parameter: ParameterDescriptor, value: Any) -> str:
    """The value of a parameter with a media type, as a text."""
    media = next(iter(parameter.content), None)
    if media is None or (isinstance(value, str) and not is_json(media.content_type)):
        return simple(value)
    return json.dumps(value, separators=(",", ":"))
