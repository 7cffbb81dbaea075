"""Sphinx' inventories, as a peer reads them."""

from __future__ import annotations

from sphobjinv import Inventory  # type: ignore[import-untyped]  # it ships no types

__all__ = ["Inventory"]
