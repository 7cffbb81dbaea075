"""What is wrong with a description: all of it at once, each thing with its place.

for finding in check(api):
    print(finding)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routebook.findings import Finding

if TYPE_CHECKING:
    from routebook.checks.frame import Rule
    from routebook.descriptors import APIDescriptor
    from routebook.places import Places


def all_rules() -> tuple[Rule, ...]:
    """Every rule about descriptions."""
    from routebook.checks import shape
    from routebook.checks.frame import rules_of
    from routebook.checks.rules import (
        answers,
        codes,
        names,
        parameters,
        paths,
        references,
        schemas,
        shared,
    )

    modules = (names, paths, answers, parameters, codes, references, shared, schemas)
    return (shape.wrong_type, *rules_of(modules))


def check(
    api: APIDescriptor,
    *,
    overlaps: bool = True,
    schemas: bool = True,
    outside: bool = False,
    places: Places | None = None,
) -> tuple[Finding, ...]:
    """Every error and warning of a description, in the order of the description.

    Without `overlaps` it is not proved that at most one route matches any path; without
    `schemas`, schemas are not checked nor examples validated. Both load other packages.

    With `outside`, for an API that was read from a document of others, what would be an error
    in a description is a warning: such documents are as they are. `places` says where findings
    stand in their file.
    """
    from routebook.checks.frame import finding, judge
    from routebook.checks.index import Index
    from routebook.checks.shape import mended, wrong_type
    from routebook.descriptors import APIDescriptor
    from routebook.walk import nodes

    if not isinstance(api, APIDescriptor):
        message = f"this is a {type(api).__name__}, not an APIDescriptor"
        return (Finding(rule=wrong_type.id, place="", message=message),)
    whole, problems = mended(api)
    wrong = [finding(wrong_type, "", problem) for problem in problems]
    asked = {"overlaps": overlaps, "schemas": schemas}
    chosen = [one for one in all_rules()[1:] if asked.get(one.needs, True)]
    index = Index(whole, tuple(nodes(whole)))
    found = judge(chosen, index.nodes, index, places)
    return (*wrong, *(map(_milder, found) if outside else found))


def _milder(finding: Finding) -> Finding:
    from dataclasses import replace

    return replace(finding, level="warning") if finding.level == "error" else finding
