"""Who is let in: security requirements as alternatives, and whether some are lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from routebook.descriptors import APIDescriptor, RouteDescriptor
from routebook.metadata import SecurityRequirement, SecurityScheme

Alternative: TypeAlias = "frozenset[tuple[str, str]]"
"""What one alternative needs: schemes with scopes; a scheme alone has the scope ''."""

Alternatives: TypeAlias = "frozenset[Alternative]"


def alternatives(
    security: Iterable[SecurityRequirement] | None, names: Mapping[str, str] | None = None
) -> Alternatives:
    """Requirements as a set; schemes are called by their new `names`."""
    renamed = names or {}
    found = set()
    for one in security or ():
        needs = {
            (renamed.get(name, name), scope)
            for name, scopes in one.schemes.items()
            for scope in ("", *scopes)
        }
        found.add(frozenset(needs))
    return frozenset(found)


def narrowed(old: Alternatives, new: Alternatives) -> bool:
    """Whether somebody who was let in is not any more.

    An empty set of alternatives, and an alternative without schemes, let everybody in.
    """
    if not new or frozenset() in new:
        return False
    ways = old or frozenset({frozenset[tuple[str, str]]()})
    return not all(any(needed <= way for needed in new) for way in ways)


def changes(old: Alternatives, new: Alternatives) -> dict[str, list[str]]:
    """What a reader of the two lists sees: alternatives and scopes, added and removed."""
    before, after = _keyed(old, new), _keyed(new, old)
    found: dict[str, list[str]] = {
        "added": [_shown(after[key]) for key in after if key not in before],
        "removed": [_shown(before[key]) for key in before if key not in after],
        "scope added": [],
        "scope removed": [],
    }
    for key in before.keys() & after.keys():
        found["scope added"] += _scopes(after[key] - before[key])
        found["scope removed"] += _scopes(before[key] - after[key])
    return {what: sorted(shown) for what, shown in found.items()}


def _keyed(held: Alternatives, others: Alternatives) -> dict[Hashable, Alternative]:
    """Alternatives by their schemes; by all they need where others have the same schemes."""
    alone = [Counter(_schemes(one) for one in side) for side in (held - others, others - held)]
    found: dict[Hashable, Alternative] = {}
    for one in sorted(held, key=sorted):
        schemes = _schemes(one)
        plain = one not in others and all(count[schemes] <= 1 for count in alone)
        found[("schemes", schemes) if plain else one] = one
    return found


def _schemes(needs: Alternative) -> frozenset[str]:
    return frozenset(name for name, _ in needs)


def _scopes(needs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{scheme}: {scope}" for scheme, scope in needs if scope]


def _shown(one: Alternative) -> str:
    if not one:
        return "no authentication"
    schemes: dict[str, list[str]] = {}
    for scheme, scope in sorted(one):
        schemes.setdefault(scheme, []).extend([scope] if scope else [])
    written = (f"{name} ({', '.join(held)})" if held else name for name, held in schemes.items())
    return " with ".join(written)


def same_schemes(old: Iterable[SecurityScheme], new: Iterable[SecurityScheme]) -> dict[str, str]:
    """The new names of schemes that were only renamed."""
    after = {one.name: one for one in new}
    old = tuple(old)
    known = {one.name for one in old}
    fresh = [one for one in after.values() if one.name not in known]
    names = {}
    for one in old:
        if one.name not in after:
            same = [other for other in fresh if replace(other, name=one.name) == one]
            if len(same) == 1:
                names[one.name] = same[0].name
    return names


def used_schemes(api: APIDescriptor) -> frozenset[str]:
    """The schemes that some operation, or the API as a whole, asks for."""
    return frozenset(_used(api))


def _used(api: APIDescriptor) -> Iterator[str]:
    routes: tuple[RouteDescriptor, ...] = (*api.routes, *api.webhooks)
    listed = [api.security, *(method.security for route in routes for method in route.methods)]
    for security in listed:
        for requirement in security or ():
            yield from requirement.schemes
