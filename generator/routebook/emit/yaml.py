"""YAML text of a document, for people to read.

The order is the author's, long and multi-line texts are block scalars, nothing is an anchor, and
a text that a YAML 1.1 or 1.2 reader could take for something else is quoted. PyYAML's dumper can
do none of the last three for emoji (which it escapes, and then gives up the block), for long
lines in blocks, and for what only 1.2 reads as a number; and it takes ten times as long to load.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from routebook.findings import RoutebookError

WIDTH = 100
"""Where long texts are folded; a single word may be longer."""

_PLAIN = re.compile(r"[\w/$^(<.;+\\~-](?:[^\s:#]|:(?=[^\s])|(?<=[^\s])#| (?=[^\s#]))*\Z")
"""What may stand without quotes in a block, `_MISREAD` aside (YAML 1.2.2, section 7.3.3)."""

_MISREAD = re.compile(
    r"(?:~|null|y|n|yes|no|on|off|true|false)\Z"
    r"|[-+.]*[0-9][0-9A-Za-z_.:+-]*\Z"  # numbers in all bases, times, dates, and versions
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt\s]"  # timestamps of YAML 1.1
    r"|[-+]?\.(?:inf|nan)\Z"
    r"|<<?=?\Z|[-.]{3}|[-~](?:\s|\Z)",
    re.IGNORECASE | re.ASCII,
)

_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What must be escaped: control characters, line ends of other kinds, surrogates."""

_FOLDABLE = re.compile(r"(?<=\S) (?=\S)")
"""A space at which a folded text may go on in the next line."""

_LONGEST_KEY = 120
"""Longer keys are written after a `?` (readers give up on a simple key after 1024 characters)."""


def dump(document: Any) -> str:
    """The document as YAML that means the same to YAML 1.1 and 1.2 readers; ends in a newline.

    Raises `RoutebookError` for a value that is not JSON data.
    """
    lines: list[str] = []
    if isinstance(document, (Mapping, list, tuple)) and document:
        _block(lines, document, "")
    else:
        lines.append(_flow(document))
    return "\n".join(lines) + "\n"


def _block(lines: list[str], value: Any, indent: str) -> None:
    """Add the lines of a mapping or list that has items."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            _entry(lines, indent + _key(key, indent) + ":", item, indent)
        return
    for item in value:
        start = len(lines)
        if isinstance(item, (Mapping, list, tuple)) and item:
            _block(lines, item, indent + "  ")
            lines[start] = f"{indent}- {lines[start][len(indent) + 2 :]}"
        else:
            _entry(lines, indent + "-", item, indent)


def _entry(lines: list[str], head: str, item: Any, indent: str) -> None:
    """Add the lines of one item after its key or dash."""
    if isinstance(item, str):
        lines.extend(_text(head, item, indent + "  "))
    elif isinstance(item, (Mapping, list, tuple)) and item:
        lines.append(head)
        _block(lines, item, indent + "  ")
    else:
        lines.append(f"{head} {_flow(item)}")


def _key(key: Any, indent: str) -> str:
    if not isinstance(key, str):
        raise RoutebookError(
            f"the key {key!r} is not a text", hint="keys of JSON objects are texts: quote it"
        )
    written = _flow(key)
    return written if len(written) <= _LONGEST_KEY else f"? {written}\n{indent}"


def _flow(value: Any) -> str:
    """A scalar, or an empty list or mapping, on one line."""
    if isinstance(value, str):
        return _line(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, (list, tuple)):
        return "[]"
    raise RoutebookError(
        f"{value!r} cannot be written as YAML",
        hint="examples, defaults and extra fields must be JSON data",
    )


def _float(value: float) -> str:
    """A float; YAML 1.1 asks for a dot before the exponent."""
    text = repr(value)
    if text in {"inf", "-inf", "nan"}:
        return text.replace("inf", ".inf").replace("nan", ".nan")
    mantissa, e, exponent = text.partition("e")
    return text if "." in mantissa or not e else f"{mantissa}.0e{exponent}"


def _line(text: str) -> str:
    """A text on one line: plain where no reader takes it for anything else, or quoted."""
    if _PLAIN.match(text) and not _MISREAD.match(text) and not _UNPRINTABLE.search(text):
        return text
    if _UNPRINTABLE.search(text) or "\n" in text or "\t" in text:
        return _UNPRINTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))
    return "'" + text.replace("'", "''") + "'"


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    """The lines of a text: one line, a literal block, or a folded one when the line is long."""
    if "\n" in text:
        if _UNPRINTABLE.search(text) or not text.strip("\n \t"):
            yield f"{head} {_line(text)}"
        else:
            yield from _literal(head, text, indent)
    elif len(head) + len(text) < WIDTH or not _folds(text):
        yield f"{head} {_line(text)}"
    else:
        yield f"{head} >-"
        yield from _folded(text, indent)


def _literal(head: str, text: str, indent: str) -> Iterator[str]:
    """A literal block (YAML 1.2.2, section 8.1.2), with the indicators that it needs."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    spaced = "2" if text[0] in " \n\t" else ""
    yield f"{head} |{spaced}{'-' if not ends else '' if ends == 1 else '+'}"
    for line in body.split("\n"):
        yield indent + line if line else ""
    for _ in range(ends - 1):
        yield ""


def _folds(text: str) -> bool:
    """Whether a long line may be folded without a change (YAML 1.2.2, section 8.1.3)."""
    return (
        text[0] not in " \t"
        and text[-1] not in " \t"
        and not _UNPRINTABLE.search(text)
        and bool(_FOLDABLE.search(text))
    )


def _folded(text: str, indent: str) -> Iterator[str]:
    """The lines of a folded block, each as long as the width allows."""
    line = ""
    for word in _FOLDABLE.split(text):
        if line and len(indent) + len(line) + 1 + len(word) > WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line
