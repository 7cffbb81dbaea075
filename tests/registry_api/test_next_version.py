"""The bundled description, compared with mutated versions of itself, and the page about one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from registry_api.v2 import API
from registry_version import mapped, next_version
from routebook import (
    Deprecation,
    ErrorDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.diff import diff
from routebook.diff.model import Report
from routebook.emit import changelog
from support import ROOT

if TYPE_CHECKING:
    from conftest import Golden

PAGE = ROOT / "site" / "docs" / "diff" / "registry-next.md"

INTRODUCTION = """\
---
description: From the Docker Registry HTTP API V2 to a next version, in words that routebook wrote.
---

# {title}

`routebook changelog` wrote this page. It compares the Docker Registry HTTP API V2, as routebook
describes it, with a next version that has some of what the OCI Distribution Specification 1.1
changed: there is no catalog, referrers are listed, and some error codes are gone. It is an example,
and no description of that specification.

"""


def test_the_page_says_what_changes_in_the_next_version(golden: Golden) -> None:
    text = changelog.page([diff(API, next_version())], "From the Docker Registry API V2 on")
    title, _, rest = text.partition("\n\n")
    golden(PAGE, INTRODUCTION.format(title=title.removeprefix("# ")) + rest)
    assert "/v2/_catalog" in text
    assert "OCI-Subject" in text


def test_nothing_changes_from_the_description_to_itself() -> None:
    assert diff(API, API).findings == ()
    assert diff(API, mapped(API, copy)).findings == ()


def copy(value: Any) -> Any:
    return replace(value)


def only(kind: type, matches: Callable[[Any], bool], **changes: Any) -> Callable[[Any], Any]:
    """A change of the descriptors of a kind that match."""

    def change(value: Any) -> Any:
        fits = type(value) is kind and matches(value)
        return replace(value, **changes) if fits else value

    return change


MUTATIONS: dict[str, tuple[Callable[[Any], Any], str, str]] = {
    "a parameter is required": (
        only(ParameterDescriptor, lambda one: one.name == "from", required=True),
        "request-parameter-became-required",
        "error",
    ),
    "a pattern is tighter": (
        only(ParameterDescriptor, lambda one: one.name == "uuid", regexp="[a-f0-9-]{36}"),
        "request-parameter-pattern-",
        "error",
    ),
    "a status is another": (
        only(ResponseDescriptor, lambda one: one.name == "Manifest Exists", status_code=204),
        "response-success-status-removed",
        "error",
    ),
    "a code has another status": (
        only(ErrorDescriptor, lambda one: one.value == "DENIED", http_status=401),
        "error-code-status-changed",
        "error",
    ),
    "a code has another message": (
        only(ErrorDescriptor, lambda one: one.value == "DENIED", message="no"),
        "error-code-message-changed",
        "warning",
    ),
    "an operation is deprecated": (
        only(
            MethodDescriptor, lambda one: one.operation_id == "deleteBlob", deprecated=Deprecation()
        ),
        "endpoint-deprecated",
        "info",
    ),
    "a route is elsewhere": (
        only(RouteDescriptor, lambda one: one.path == "/v2/_catalog", path="/v3/_catalog"),
        "api-path-removed-without-deprecation",
        "error",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_is_seen(name: str) -> None:
    change, rule, level = MUTATIONS[name]
    mutated = mapped(API, change)
    assert mutated != API
    report: Report = diff(API, mutated)
    found = {(one.rule, one.level) for one in report.findings}
    assert any(r.startswith(rule) and r and lv == level for r, lv in found), found
    assert diff(mutated, API).findings
