"""The events of a YAML text, by libyaml where PyYAML has it, and errors with their places.

Data is made of libyaml's events, not by PyYAML's loaders: that takes half of their time, and
the core schema of YAML 1.2, keys as they are written, and places come with it. There are parsers
that make data in half the time again (oryaml, py-yaml12, ryaml, yaml-rs); of the 141 cases that
`tests/routebook/documents/test_yaml.py` had in November 2026, they took from 23 to 37 otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from routebook.documents.problems import at, error
from routebook.documents.text import LONE
from routebook.findings import DescriptionError, Location

_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


_BREAKS = "\x85\u2028\u2029"
"""Characters that end a line in YAML 1.1, and so in libyaml, but not in YAML 1.2 (section 5.4)."""


def events(text: str, name: str) -> Iterator[Any]:
    """PyYAML's events of a text. Raises `DescriptionError` where it is no YAML."""
    if any(one in text for one in _BREAKS):
        return _without_breaks(text, name)
    return _events(text, name)


def _without_breaks(text: str, name: str) -> Iterator[Any]:
    """The events of a text in which other characters stand in for `_BREAKS` meanwhile."""
    private = (chr(code) for code in range(0xE000, 0xF8FF))
    unused = (one for one in private if one not in text)
    away = dict(zip(map(ord, _BREAKS), unused, strict=False))
    back = {ord(one): code for code, one in away.items()}
    for event in _events(text.translate(away), name):
        if getattr(event, "value", None):
            event.value = event.value.translate(back)
        yield event


def _events(text: str, name: str) -> Iterator[Any]:
    from yaml.error import YAMLError

    parser = _parser(text)
    get = parser.get_event
    try:
        while True:
            event = get()
            if event is None:
                return
            yield event
    except YAMLError as problem:
        raise syntax_error(problem, text, name) from None
    finally:
        parser.dispose()


def _parser(text: str) -> Any:
    try:
        from yaml._yaml import CParser
    except ImportError:  # PyYAML was built without libyaml
        return _pure_parser(text)
    return CParser(text)


def _pure_parser(text: str) -> Any:
    from yaml.error import MarkedYAMLError
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class Pure(Reader, Scanner, Parser):
        def __init__(self) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

        def scan_flow_scalar(self, style: str) -> Any:
            token = super().scan_flow_scalar(style)
            if LONE.search(token.value):
                whole = token.value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                if "\ufffd" in whole:
                    message = "found invalid Unicode character escape code"
                    raise MarkedYAMLError(None, None, message, token.start_mark)
                token.value = whole
            return token

    return Pure()


def paired(text: str) -> str:
    r"""The text with `\ud83d\ude00`, as JSON escapes characters, written as `\U0001f600`.

    YAML allows JSON's surrogate pairs in no other form (YAML 1.2.2, section 5.7).
    """
    return _PAIR.sub(_join, text)


def may_be_pairs(problem: DescriptionError, text: str) -> bool:
    """Whether an error may be that a text holds escaped surrogate pairs."""
    return "escape code" in str(problem) and _PAIR.search(text) is not None


def _join(match: re.Match[str]) -> str:
    high, low = int(match[2], 16), int(match[3], 16)
    return f"{match[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def place(event: Any, name: str) -> Location:
    """Where an event starts."""
    mark = event.start_mark
    return Location(file=name, line=mark.line + 1, column=mark.column + 1)


def syntax_error(problem: Any, text: str, name: str) -> DescriptionError:
    """A `YAMLError` as a finding with its place."""
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    if mark is None:
        return _unreadable(problem, text, name)
    message = problem.problem or problem.context or "it cannot be parsed"
    context = f" {problem.context}" if problem.context and problem.problem else ""
    location = Location(file=name, line=mark.line + 1, column=mark.column + 1)
    if mark.line > text.count("\n"):  # libyaml ends the last line where the file does not
        location = at(name, text, len(text))
    hint = _hint(message, _character(text, mark))
    if not hint and mark.line + 1 >= text.count("\n"):
        hint = "the file may be cut off"
    return error("document-syntax", f"is not YAML: {message}{context}", location, hint=hint)


def _character(text: str, mark: Any) -> str:
    """What stands at a place; empty beyond the end of its line."""
    lines = text.split("\n", mark.line + 1)
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _hint(message: str, character: str) -> str:
    if character == "\t" or "tab" in message:
        return "write spaces: a tab is no indentation (YAML 1.2.2, section 6.1)"
    if "cannot start any token" in message and character:
        return f"put a text that begins with {character} in quotes"
    if "mapping values are not allowed" in message:
        return "put a text that holds `: ` in quotes, or check the indentation"
    if character == ":":
        return "in braces and brackets, write a space after a key's colon, or quotes around a text"
    return ""


def _unreadable(problem: Any, text: str, name: str) -> DescriptionError:
    """A character that may not stand in YAML (YAML 1.2.2, section 5.1)."""
    match = _FORBIDDEN.search(text)
    if match is None:
        return error("document-syntax", f"is not YAML: {problem}", Location(file=name))
    return error(
        "document-encoding",
        f"expected printable characters, found U+{ord(match[0]):04X}",
        at(name, text, match.start()),
        hint="YAML writes others as escapes in double quotes; binary files are not read",
    )


_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)
