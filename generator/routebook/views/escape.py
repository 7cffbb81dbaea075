"""Writes any text so that Markdown takes it for text, code or a link, and never for markup.

What is made here means the same to a CommonMark or GFM renderer and to Python-Markdown with
the extensions that sites use: attribute lists, tables, admonitions, tabs, snippets, emoji,
math. It is safe in a paragraph, a heading and a table cell alike. Where a backslash does not
protect a character in all of them, a numeric character reference does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_ASCII_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})
_SURROGATES = re.compile("[\ud800-\udfff]")
_ANY = re.compile(r"[<\[~^$&{=:+@\\`*\]|_]")
_SPECIAL = re.compile(
    r"""
    (?P<entity>[<\[~^$]                # a character reference does: a backslash makes math of [
      | &(?=[#A-Za-z0-9]) | \{(?=[-+~=>])
      | =(?==) | :(?=[\w+-]+:) | \+(?=\+.*\+\+) | @(?=@))
    | (?P<slash>[\\`*\]{|])                # a backslash does
    | (?<![A-Za-z0-9])(?P<open>_)        # an underscore, unless it stands inside a word
    | (?P<close>_)(?![A-Za-z0-9])
    """,
    re.VERBOSE,
)
_WORDS = re.compile("[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")
_START = re.compile(r"[#>+-]|!(?=!!)|\d{1,9}(?=[.)](?:\s|$))")
_START_ENTITY = re.compile(r"[=:;]|\?(?=\?\?)|/(?=//)")
_IN_HTML = re.compile(r"[<*_\\`|{$~^@\[\]]|&(?=[#\w])|\+(?=\+)|=(?==)|:(?=//|[\w+-]+:)")
# Snippets and critic marks work inside code too. Links and ids are looked for in whole pages,
# and runs of empty lines are made one: code shall have none of them that it does not mean.
_ACTIVE = r"-8<-|\{(?:\+\+|--|~~|==|>>|\#)|\]\(\#|<a\ id="
_ACTIVE_MARK = re.compile(r"\{(?:\+\+|--|~~|==|>>|\#)")
_ACTIVE_IN_BLOCK = ("-8<-", "](#", "<a id=", "\n\n\n")
_UNSAFE_IN_CODE = re.compile(rf"\||<[!?/]|{_ACTIVE}")
_SUSPECT_IN_CODE = re.compile(r"[|<{\]]")
"""What each of these has in it."""
_LANGUAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+#.-]{0,30}")
_ACTIVE_LANGUAGES = frozenset({"mermaid", "math", "geojson", "topojson", "stl"})
_SCHEME = re.compile(r"(?i)(?:https?://|mailto:)[^\s]")


def clean(text: str) -> str:
    """A text without control characters, with a line feed at each line end, fit for UTF-8."""
    if text.isprintable():
        return text
    if text.isascii():
        octets = text.encode()
        if len(octets.translate(None, _ASCII_CONTROLS)) == len(octets):
            return text
    elif text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text))


@lru_cache(maxsize=8192)
def text(source: str) -> str:
    """A plain text on one line, as it is to be read."""
    if _WORDS.fullmatch(source):
        return source
    return start(characters(" ".join(clean(source).split())))


def characters(source: str) -> str:
    """A plain text that does not begin a line."""
    escaped = _SPECIAL.sub(_escape, source) if _ANY.search(source) else source
    return escaped[:-1] + "\\#" if escaped.endswith("#") else escaped


def _escape(match: re.Match[str]) -> str:
    found = match.group()
    return _reference(found) if match["entity"] else "\\" + found


def _reference(char: str) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(char) or f"&#{ord(char)};"


def start(escaped: str) -> str:
    """An escaped text whose beginning cannot be the marker of a block."""
    if match := _START.match(escaped):
        found = match.group()
        at = len(found) if found.isdigit() else 0
        return f"{escaped[:at]}\\{escaped[at:]}"
    if _START_ENTITY.match(escaped):
        return _reference(escaped[0]) + escaped[1:]
    return escaped


@lru_cache(maxsize=16384)
def code(source: str) -> str:
    """A code span that shows `source` to the character, line ends as spaces."""
    line = clean(source).replace("\n", " ").replace("\t", " ")
    stripped = line.strip()
    if not stripped:
        return "(empty)"
    if stripped != line or (_SUSPECT_IN_CODE.search(line) and _UNSAFE_IN_CODE.search(line)):
        return html_code(line)
    ticks = _fence(line, 1)
    pad = " " if "`" in (line[0], line[-1]) else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def html_code(source: str) -> str:
    """Code as an HTML element, for where the marks of a code span would not be safe."""
    return f"<code>{_IN_HTML.sub(lambda found: _reference(found.group()), source)}</code>"


def block(source: str, language: str = "") -> str:
    """A code block that shows `source` to the character."""
    lines = clean(source).rstrip("\n")
    if _ACTIVE_MARK.search(lines) or any(map(lines.__contains__, _ACTIVE_IN_BLOCK)):
        return f"<pre>{html_code(lines)}</pre>".replace("\n\n", "\n&#10;")
    ticks = _fence(lines, 3)
    return f"{ticks}{info(language)}\n{lines}\n{ticks}"


def info(language: str) -> str:
    """A language for a code block; empty for one that a page would run, or that is no word."""
    word = language.strip().split(None, 1)[0] if language.strip() else ""
    good = _LANGUAGE.fullmatch(word) and word.lower() not in _ACTIVE_LANGUAGES
    return word if good else ""


def _fence(source: str, least: int) -> str:
    if "`" not in source:
        return "`" * least
    longest = max(map(len, re.findall("`+", source)))
    return "`" * (max(least, longest + 1) if longest >= least else least)


def destination(url: str) -> str:
    """A URL as a link's destination; empty unless it is http, https, mailto or an absolute path."""
    url = clean(url).strip()
    path = url.startswith("/") and not url.startswith(("//", "/\\"))
    if not (path or _SCHEME.match(url)):
        return ""
    encoded = quote(url, safe="%/:?#@!&+,;=~-._[]")
    encoded = encoded.replace("[", "%5B").replace("]", "%5D")
    return re.sub(r"&(?=#?\w+;)", "&amp;", encoded)


def link(label: str, url: str) -> str:
    """A link with an escaped label; where the URL may not be followed it is shown as code."""
    target = destination(url)
    if target:
        return f"[{label or text(url)}]({target})"
    return f"{label} ({code(url)})" if url and label else label or code(url)
