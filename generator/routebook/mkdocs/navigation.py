"""The pages of a reference in the navigation of a site."""

from __future__ import annotations

from typing import Any


def complete(nav: list[Any], path: str, title: str, entries: list[dict[str, object]]) -> list[Any]:
    """The navigation with `entries` where it names the folder `path`, or else at its end.

    Without entries (a plugin that is not enabled) the mention of the folder is left out.
    """
    placed, found = _place(nav, f"{path}/", entries)
    if found or not entries:
        return placed
    return [*placed, {title: entries}]


def _place(nav: list[Any], folder: str, entries: list[dict[str, object]]) -> tuple[list[Any], bool]:
    result: list[Any] = []
    found = False
    for item in nav:
        title, value = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if value == folder:
            found = True
            if entries:
                result.extend(entries if title is None else [{title: entries}])
        elif isinstance(value, list):
            inner, inside = _place(value, folder, entries)
            found = found or inside
            result.append({title: inner})
        else:
            result.append(item)
    return result, found
