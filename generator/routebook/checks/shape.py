"""The first look at a description: whether each field holds what its annotation says.

Where it does not, a mended copy takes what can be meant, or the field's default, so that the
other rules still tell what else is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, replace
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from routebook import contents, descriptors, errors, metadata
from routebook.checks.frame import Problem, rule
from routebook.descriptors import APIDescriptor
from routebook.values import Type, Value
from routebook.walk import Node, part_place


@rule("wrong-type", APIDescriptor)
def wrong_type(api: APIDescriptor, node: Node, index: object) -> Iterator[Problem]:  # noqa: ARG001  # as all rules
    """A field holds a value of another type than it is declared with.

    Python lets a list, a lone descriptor or a text stand where a tuple belongs (often a comma
    is missing). Everything that is made from the description would go wrong later, and say
    less well what is the matter.
    """
    return iter(mended(api)[1])


def mended(api: APIDescriptor) -> tuple[APIDescriptor, list[Problem]]:
    """The API with every wrong value replaced, and what was wrong; itself when nothing was."""
    mender = _Mender()
    value = mender.mend(Node(api, ""))
    return (value if isinstance(value, APIDescriptor) else api), mender.problems


class _Mender:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._done: dict[int, Value] = {}

    def mend(self, node: Node) -> Value:
        """The descriptor at a node, or a copy in which all fields have their types."""
        value = node.value
        if id(value) not in self._done:
            changes = {}
            kind: Any = type(value)
            for name, (hint, default) in _hints(kind).items():
                held = getattr(value, name)
                if held is not default:
                    right = self._right(node, name, hint, held)
                    if right is not held:
                        changes[name] = right
            self._done[id(value)] = replace(value, **changes) if changes else value  # type: ignore[type-var]  # every subclass is a dataclass
        return self._done[id(value)]

    def _right(self, node: Node, name: str, hint: Any, held: Any) -> Any:
        if get_origin(hint) is tuple:
            return self._tuple(node, name, get_args(hint)[0], held)
        if isinstance(held, Value) and _fits(held, hint):
            return self.mend(Node(held, part_place(node, name, held), name, node))
        if _fits(held, hint):
            return held
        self._wrong(f"{_where(node)}{name}", f"is {_told(held)}, not {_expected(hint)}")
        return _default(type(node.value), name, hint)

    def _tuple(self, node: Node, name: str, item_hint: Any, held: Any) -> tuple[Any, ...]:
        items = held
        if not isinstance(held, tuple):
            lone = _fits(held, item_hint) and item_hint is not Any
            self._wrong(
                f"{_where(node)}{name}",
                f"is {_told(held)}, not a tuple",
                "write a comma after a single item: (item,)" if lone else "write a tuple",
            )
            items = (held,) if lone else tuple(held) if isinstance(held, list) else ()
        right = tuple(self._items(node, name, item_hint, items))
        return held if isinstance(held, tuple) and _same(right, held) else right

    def _items(self, node: Node, name: str, hint: Any, items: tuple[Any, ...]) -> Iterator[Any]:
        for index, item in enumerate(items):
            if not _fits(item, hint):
                self._wrong(
                    f"{_where(node)}{name}[{index}]", f"is {_told(item)}, not {_expected(hint)}"
                )
            elif isinstance(item, Value) and name != "error_codes":
                place = part_place(node, name, item, index, len(items))
                yield self.mend(Node(item, place, name, node))
            else:
                yield item

    def _wrong(self, place: str, message: str, hint: str = "") -> None:
        name = place.rpartition(".")[2]
        self.problems.append(Problem(f"{name} {message}", hint, f".{place}"))


def _where(node: Node) -> str:
    return f"{node.place}." if node.place else ""


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=128)
def _hints(kind: Any) -> dict[str, tuple[Any, Any]]:
    """For each field of a descriptor class, its type and its default."""
    known = {
        name: value
        for module in (metadata, errors, contents, descriptors)
        for name, value in vars(module).items()
        if not name.startswith("_")
    }
    found = get_type_hints(kind, known, {"Schema": Any})
    return {field.name: (found[field.name], field.default) for field in fields(kind)}


def _fits(value: Any, hint: Any) -> bool:
    if hint is Any or value is hint:
        return True
    origin = get_origin(hint)
    if origin in {UnionType, Union}:
        return any(_fits(value, option) for option in get_args(hint))
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(item, get_args(hint)[0]) for item in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        keys, values = get_args(hint)
        return isinstance(value, Mapping) and all(
            _fits(key, keys) and _fits(item, values) for key, item in value.items()
        )
    if hint is int and isinstance(value, bool):
        return False
    return isinstance(value, hint)


def _default(kind: Any, name: str, hint: Any) -> Any:
    field: Field[Any] = kind.__dataclass_fields__[name]
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return "default" if name == "status_code" else "" if hint is str else None


def _told(value: Any) -> str:
    """A value in a few words."""
    if value is None:
        return "None"
    kind = type(value).__name__
    shown = "" if isinstance(value, Value) else f" {str(value)[:40]!r}"
    article = "an" if kind[0] in "aeiouAEIOU" else "a"
    return f"{article} {kind}{shown}"


def _expected(hint: Any) -> str:
    """A type in words."""
    if isinstance(hint, type) and not get_args(hint):
        shown = "a text (str)" if hint is str else "True or False" if hint is bool else ""
        shown = shown or (f"a member of {hint.__name__}" if hint is Type else "")
        return shown or f"{'an' if hint.__name__[0] in 'aeiouAEIOU' else 'a'} {hint.__name__}"
    if get_origin(hint) in {UnionType, Union}:
        return " or ".join(
            "None" if option is type(None) else _expected(option) for option in get_args(hint)
        )
    if get_origin(hint) is tuple:
        return "a tuple"
    keys, values = (getattr(each, "__name__", "tuple") for each in get_args(hint))
    return f"a mapping of {keys} to {values}"
