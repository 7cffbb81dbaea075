"""Where classes, fields, variables and calls stand in the source of a Python file."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

_NESTED = ("body", "orelse", "finalbody", "handlers", "cases")
_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_OF_TYPES = frozenset({"items", "additionalProperties", "anyOf", "oneOf", "prefixItems"})
"""The keywords that stand for what Python writes as `list[...]`, `dict[...]`, `... | ...`."""


class Sources:
    """The sources of files, each read and parsed once, when it is asked for.

    `kept` are the texts of files that may be gone by then.
    """

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self._kept = kept
        self._parsed: dict[str, Source] = {}

    def of(self, file: str) -> Source:
        """The source of a file; an empty one when it cannot be read."""
        if file not in self._parsed:
            text = self._kept.get(file)
            self._parsed[file] = Source(_read(file) if text is None else text)
        return self._parsed[file]


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""


class Source:
    """The source of a Python file; one that cannot be parsed has nothing in it."""

    def __init__(self, text: bytes) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they were told when it was compiled
                self._body = ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self._body = []
        self._names: dict[int, dict[str, ast.stmt]] = {}

    def class_line(self, qualname: str, keys: Sequence[str]) -> int | None:
        """The line of a class, or of a keyword of its schema that a decorator gives it."""
        found = self._defined(qualname)
        if isinstance(found, ast.ClassDef):
            below = (_descend(one, keys) for one in found.decorator_list)
            return next(filter(None, below), found.lineno)
        return None

    def field_line(self, qualname: str, field: str, keys: Sequence[str]) -> int | None:
        """The line of a field that a class itself defines, or of a keyword of its schema."""
        found = self._defined(qualname)
        if not isinstance(found, ast.ClassDef):
            return None
        for one in found.body:
            if field in (*_defines(one), *_aliases(one)):
                return _line(one, [key for key in keys if not _is_of_types(key)])
        return None

    def variable_line(self, name: str, keys: Sequence[str]) -> int | None:
        """The line on which a variable is set, or of what stands below its value, key by key."""
        found = self._defined(name)
        if found is None or isinstance(found, _DEFINITIONS):
            return None
        return _line(found, keys)

    def call_line(self, name: str, line: int, keys: Sequence[str]) -> int | None:
        """The line of what stands below an argument, key by key, of a call; None for nothing.

        The call is the only one of this name that begins on the line.
        """
        found = [one for one in _calls(self._body, line) if _called(one) == name]
        return _descend(found[0], keys) if len(found) == 1 else None

    def _defined(self, qualname: str) -> ast.stmt | None:
        """What defines a name last: that is what it means at run time."""
        body, found = self._body, None
        for name in qualname.partition("[")[0].split("."):
            if name == "<locals>":
                continue
            if name not in (known := self._known(body)):
                return None
            found = known[name]
            body = found.body if isinstance(found, _DEFINITIONS) else []
        return found

    def _known(self, body: list[ast.stmt]) -> dict[str, ast.stmt]:
        """The names that statements define."""
        known = self._names.get(id(body))
        if known is None:
            known = {name: one for one in _statements(body) for name in _defines(one)}
            self._names[id(body)] = known
        return known


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.stmt]:
    """Statements, with those inside `if`, `try` and the like."""
    for one in body:
        if isinstance(one, ast.stmt):
            yield one
        if not isinstance(one, _DEFINITIONS):
            for name in _NESTED:
                yield from _statements(getattr(one, name, ()))


def _defines(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement defines."""
    if isinstance(statement, _DEFINITIONS):
        yield statement.name
        return
    alias = getattr(statement, "name", None)  # `type Name = ...`, from Python 3.12
    targets = [alias, getattr(statement, "target", None), *getattr(statement, "targets", ())]
    yield from (one.id for one in targets if isinstance(one, ast.Name))


def _aliases(field: ast.stmt) -> Iterator[object]:
    """The names that a field goes by, as pydantic has them."""
    for node in ast.walk(field) if isinstance(field, ast.AnnAssign) else ():
        if isinstance(node, ast.keyword) and (node.arg or "").endswith("alias"):
            yield getattr(node.value, "value", None)


def _is_of_types(key: str) -> bool:
    return key in _OF_TYPES or key.isdigit()


def _line(statement: ast.stmt, keys: Sequence[str]) -> int:
    """The line of what stands below what a statement says, or else of the statement."""
    parts = (getattr(statement, name, None) for name in ("annotation", "value"))
    below = (_descend(part, keys) for part in parts if isinstance(part, ast.expr))
    return next(filter(None, below), statement.lineno)


def _calls(nodes: Iterable[ast.AST], line: int) -> Iterator[ast.Call]:
    """The calls that begin on a line."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        first = getattr(node, "lineno", line)
        if first <= line <= (getattr(node, "end_lineno", None) or line):
            if isinstance(node, ast.Call) and first == line:
                yield node
            waiting.extend(ast.iter_child_nodes(node))


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return str(getattr(call.func, "attr", None) or getattr(call.func, "id", ""))


def _descend(node: ast.expr, keys: Sequence[str]) -> int | None:
    """The line of what stands below an expression, key by key, as far as it is written there."""
    line = None
    for key in keys:
        wanted = (key, _snake(key))
        entry = next((one for one in _entries(node) if one[0] in wanted), None)
        if entry is None:
            break
        _, line, node = entry
    return line


def _snake(key: str) -> str:
    """A keyword as pydantic's arguments are called: `max_length` for `maxLength`."""
    return re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", key)


_Entry = tuple[str, int, ast.expr]


def _entries(node: ast.expr) -> Iterator[_Entry]:
    """What an expression gives names to, with their lines; what counts more comes first."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant):
                yield str(key.value), key.lineno, value
    elif isinstance(node, (ast.List, ast.Tuple)):
        for index, one in enumerate(node.elts):
            yield str(index), one.lineno, one
    elif isinstance(node, ast.Call):
        yield from ((one.arg, one.lineno, one.value) for one in node.keywords if one.arg)
        for part in (*node.args, *(one.value for one in node.keywords if not one.arg)):
            if isinstance(part, ast.Dict):
                yield from _entries(part)
    else:
        for part in _type_arguments(node):
            yield from _entries(part)


def _type_arguments(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of a type, the last first: `Annotated[str, JsonSchema(...)]`, `A | B`."""
    if isinstance(node, ast.BinOp):
        yield from (node.right, node.left)
    elif isinstance(node, ast.Subscript):
        inner = node.slice
        yield from reversed(inner.elts if isinstance(inner, ast.Tuple) else [inner])
