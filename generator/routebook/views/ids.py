"""Ids of the reference: made from declared names, never from titles or positions.

    op-{route}-{method}                                an operation
    op-{route}-{method}--{variant}                     a request variant
    op-{route}-{method}--{variant}--{status}-{name}    an answer (without the variant's part
                                                       where there is just one)
    err-{code}   answer-{status}-{name}   param-{name}   schema-{name}   auth-{name}   tag-{name}

They are for ever: a renamed title and another order leave them as they are, and what is
renamed itself keeps its old id as an alias.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORDS = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_RUN = re.compile("[^a-z0-9]+")
_ALIAS = re.compile("[^A-Za-z0-9_.:-]+")


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as part of an id: its words in lower-case ASCII, with hyphens between them.

    >>> slug("Mount Blob"), slug("BLOB_UNKNOWN"), slug("ImageIndex"), slug("Größe")
    ('mount-blob', 'blob-unknown', 'image-index', 'grosse')
    """
    spaced = _WORDS.sub("-", name)
    text = spaced.lower() if name.isascii() else _ascii(spaced)
    return _RUN.sub("-", text).strip("-") or "x"


def _ascii(name: str) -> str:
    """A name without accents; a letter that is not Latin becomes its code point."""
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = (char for char in spelled if not unicodedata.combining(char))
    return "".join(
        f"-u{ord(char):x}-" if char.isalnum() and not char.isascii() else char for char in kept
    )


def slugs(names: Iterable[str]) -> tuple[str, ...]:
    """A slug for each of the names that stand beside one another, no two of them equal.

    Where different names have one slug, each but the one that is spelled like the slug gets
    six digits of a hash of the name itself, so that their order does not matter. The second
    of two equal names is told apart by number, there being nothing else.

    >>> slugs(["get item", "get-item", "other", "other"])
    ('get-item-96cd7f', 'get-item', 'other', 'other-2')
    """
    return _slugs(tuple(names))


@lru_cache(maxsize=4096)
def _slugs(listed: tuple[str, ...]) -> tuple[str, ...]:
    texts = tuple(map(slug, listed))
    if len(set(texts)) == len(texts):
        return texts
    spellings: dict[str, set[str]] = {}
    for name, text in zip(listed, texts, strict=True):
        spellings.setdefault(text, set()).add(name)
    counts: dict[str, int] = {}
    result = []
    for name, text in zip(listed, texts, strict=True):
        apart = len(spellings[text]) > 1 and name != text
        own = f"{text}-{_digest(name)}" if apart else text
        counts[own] = counts.get(own, 0) + 1
        result.append(own if counts[own] == 1 else f"{own}-{counts[own]}")
    return tuple(result)


LONGEST = 120
"""How long the name of a page may be; files have 255 bytes, of which others may want some."""


def file_name(identity: str) -> str:
    """A slug as the name of a page: a long one is cut, and ends with digits of its hash.

    >>> file_name("get-item"), len(file_name("a" * 500))
    ('get-item', 120)
    """
    if len(identity) <= LONGEST:
        return identity
    return f"{identity[: LONGEST - 7]}-{_digest(identity)}"


def _digest(name: str) -> str:
    import hashlib  # few names need it, and it loads OpenSSL

    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


class Ids:
    """The ids of one reference; no id is given out twice."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._taken

    def take(self, wanted: str) -> str:
        """`wanted`, or with a number behind it when something else already has it."""
        count = self._taken.get(wanted, 0) + 1
        self._taken[wanted] = count
        return wanted if count == 1 else self.take(f"{wanted}-{count}")

    def free(self, aliases: Iterable[str]) -> tuple[str, ...]:
        """Those of `aliases`, spelled as ids, that nothing else has; they are taken now.

        Ask for them after all ids are given out: an id comes before an alias.
        """
        spelled = (_ALIAS.sub("-", alias).strip("-") for alias in aliases)
        return tuple(self.take(alias) for alias in spelled if alias and alias not in self._taken)
