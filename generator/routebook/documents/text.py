"""From bytes to text: the encodings that JSON and YAML are written in."""

from __future__ import annotations

import codecs
import re

from routebook.documents.problems import at, error
from routebook.findings import DescriptionError, Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
_SPARSE = 64
"""Of so many bytes, at most one may be beyond ASCII for a text to be left undecoded."""
_PIECE = 1 << 16
_CODES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}


LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, which no encoding of Unicode can say."""


def half(location: Location) -> DescriptionError:
    """The error of a lone half of a surrogate pair (RFC 8259, section 8.2)."""
    return error(
        "document-encoding",
        "expected characters, found half of a surrogate pair",
        location,
        hint=r"write both halves, as in \ud83d\ude00, or the character itself",
    )


def decode(content: bytes | str, name: str) -> str:
    """The text of a file, without a byte order mark (YAML 1.2.2, section 5.2).

    UTF-8 unless a byte order mark or the zero bytes of ASCII characters say UTF-16 or UTF-32.
    Raises `DescriptionError` for other bytes, with the place of the first that is wrong.
    """
    if isinstance(content, str):
        if (lone := LONE.search(content)) is not None:
            raise half(at(name, content, lone.start()))
        return content.removeprefix("\ufeff")
    encoding, start = _encoding(content)
    try:
        return content[start:].decode(encoding)
    except UnicodeDecodeError as problem:
        raise _undecodable(content[start:], name, encoding, problem) from None


def octets(content: bytes) -> str | None:
    """The bytes of a text in UTF-8, each as the character of its number, without a mark.

    Scanning them is quicker than scanning decoded text, where one emoji makes every character
    four bytes. None when the text is in another encoding, has errors, or has much beyond ASCII.
    """
    encoding, start = _encoding(content)
    if encoding != "utf-8":
        return None
    if not content.isascii() and not _is_sparse(content):
        return None
    return content[start:].decode("latin-1")


def characters(text: str) -> str:
    """What octets say, as `octets` gives them."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8")


def _is_sparse(content: bytes) -> bool:
    """Whether bytes are UTF-8 with little beyond ASCII.

    Only pieces with some of it are decoded; a whole text would fill the memory.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond = 0
    try:
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            if not piece.isascii() or decoder.getstate()[0]:
                beyond += len(piece.translate(None, _ASCII))
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return beyond * _SPARSE <= len(content)


def _encoding(content: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    head = content[:4]
    if len(head) == 4:
        zeros = tuple(byte == 0 for byte in head)
        patterns: dict[tuple[bool, ...], str] = {
            (True, True, True, False): "utf-32-be",
            (False, True, True, True): "utf-32-le",
            (True, False, True, False): "utf-16-be",
            (False, True, False, True): "utf-16-le",
        }
        return patterns.get(zeros, "utf-8"), 0
    return "utf-8", 0


def _undecodable(
    content: bytes, name: str, encoding: str, problem: UnicodeDecodeError
) -> Exception:
    before = content[: problem.start].decode(encoding, "replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    shown = _CODES.get(encoding.removesuffix("-le").removesuffix("-be"), encoding)
    byte = content[problem.start]
    return error(
        "document-encoding",
        f"expected text in {shown}, found the byte 0x{byte:02X}",
        Location(file=name, line=line, column=column),
        hint="save the file as UTF-8; compressed and other binary files are not read",
    )
