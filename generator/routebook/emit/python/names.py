"""Names for what a description holds: valid, readable, unique, and plain ASCII."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from unicodedata import ucd_3_2_0 as unicode  # the same on every Python

_WORD = re.compile(r"[A-Z]+[0-9]*(?![a-z])|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_DEVICES = re.compile(r"aux|con|nul|prn|com[0-9]|lpt[0-9]")
_TAKEN_MODULES = frozenset(
    {"abs", "all", "any", "ascii", "bin", "bool", "bytes", "chr", "compile", "complex", "copyright"}
    | {"credits", "dict", "dir", "eval", "exec", "exit", "filter", "float", "format", "globals"}
    | {"hash", "help", "hex", "id", "input", "int", "iter", "len", "license", "list", "locals"}
    | {"map", "max", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property"}
    | {"quit", "range", "rb", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum"}
    | {"super", "tuple", "type", "vars", "zip"}
)
"""Builtins, and the name under which modules know routebook."""
_TAKEN_CLASSES = frozenset(
    {"Annotated", "Any", "AttributeError", "BaseException", "ConnectionError", "Ellipsis"}
    | {"Exception", "ImportError", "IndexError", "KeyError", "MemoryError", "NotImplemented"}
    | {"NotImplementedError", "NotRequired", "OSError", "PermissionError", "RuntimeError"}
    | {"SyntaxError", "SystemError", "TimeoutError", "TypeError", "ValueError", "Warning"}
)
_LONGEST = 50


def words(text: str, most: int = _LONGEST) -> list[str]:
    """The words of a text, in lower case: `getPetById` and `get-pet-by_ID` both have four.

    Together they have at most `most` characters; further words are left out.
    """
    folded = unicode.normalize("NFKD", text.replace("ß", "ss"))
    ascii_only = folded.encode("ascii", "ignore").decode("ascii")
    found = [word.lower() for word in _WORD.findall(ascii_only)]
    while len(found) > 1 and len("_".join(found)) > most:
        found.pop()
    return [word[:most] for word in found]


def constant(*parts: str, most: int = _LONGEST) -> str:
    """A name in UPPER_CASE; empty when no part has a letter or digit."""
    name = "_".join(word for part in parts for word in words(part, most)).upper()
    return f"N{name}" if name[:1].isdigit() else name


def class_name(text: str, most: int = _LONGEST) -> str:
    """A name in CapWords; empty when the text has no letter or digit."""
    name = "".join(word[:1].upper() + word[1:] for word in words(text, most))
    if name in _TAKEN_CLASSES or keyword.iskeyword(name):
        return f"{name}Schema"
    return f"N{name}" if name[:1].isdigit() else name


def module(text: str) -> str:
    """The name of a module; empty when the text has no letter or digit."""
    name = "_".join(words(text))
    if name in _TAKEN_MODULES or keyword.iskeyword(name) or _DEVICES.fullmatch(name):
        return f"{name}_"
    return f"n{name}" if name[:1].isdigit() else name


class Names:
    """The names of one place, each given once; two that differ in case only count as one."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}
        self._next: dict[str, int] = {}

    def take(self, *choices: str) -> str:
        """The first of the names that is free, or else the last, numbered from 2 on."""
        wanted = [name for name in choices if name]
        for name in wanted:
            if name.lower() not in self._taken:
                self._taken.add(name.lower())
                return name
        base = wanted[-1].rstrip("_")
        number = self._next.get(base, 2)
        while f"{base}_{number}".lower() in self._taken:
            number += 1
        self._next[base] = number + 1
        self._taken.add(f"{base}_{number}".lower())
        return f"{base}_{number}"
