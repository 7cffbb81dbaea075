"""Instances that show a breaking edit."""

from __future__ import annotations

from collections.abc import Mapping

from routebook.diff.model import Witness
from routebook.diff.schemas.graph import Entry, Key
from routebook.diff.schemas.model import SchemaEdit
from routebook.diff.schemas.normal import View


class Prover:
    """Finds instances that one side accepts, and the other does not."""

    def __init__(
        self, views: tuple[View, View], entries: Mapping[Key, Entry], roots: tuple[Key, ...]
    ) -> None:
        self._views = views
        self._entries = entries
        self._roots = roots

    def prove(self, edit: SchemaEdit, home: Key) -> Witness | None:
        """An instance for an edit that was found at a pair."""
        del edit, home
        return None
