"""Parts of a view that are made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

_T = TypeVar("_T")


class Later(Sequence[_T]):
    """A sequence whose items are made when one of them is asked for; its length is known before.

    A reference of thousands of operations is written page by page: what a page does not show
    is not made for it, and processes that write different pages share the work.
    """

    __slots__ = ("_length", "_made", "_make")

    def __init__(self, length: int, make: Callable[[], tuple[_T, ...]]) -> None:
        """`make` gives `length` items."""
        self._length = length
        self._make = make
        self._made: tuple[_T, ...] | None = None

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._items()[index]

    def __iter__(self) -> Any:
        return iter(self._items())

    def __eq__(self, other: object) -> bool:
        return self._items() == (other._items() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._items())

    def forget(self) -> None:
        """Drop the items; they are made again when one is asked for."""
        self._made = None

    def _items(self) -> tuple[_T, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made


class Described:
    """What has a description that is written when it is looked at."""

    __slots__ = ()

    blocks: Sequence[str]
    """The description, as one item."""

    @property
    def description(self) -> str:
        """What it does: blocks."""
        return self.blocks[0]

    def forget(self) -> None:
        """Drop what was made when it was looked at; it can be made again."""
        names: tuple[str, ...] = self.__slots__
        for name in names:
            if isinstance(held := getattr(self, name), Later):
                held.forget()
