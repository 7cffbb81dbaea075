"""The router against the reference implementation of the registry."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reference_vectors import Record, load, text_in
from registry_api.v2 import API
from routebook.router import Outcome, Resolution, Router

VECTORS = load("routing", Path(__file__).with_name("vectors-routing.json"))

EXCEPTIONS: dict[str, str] = {}
"""Vectors that we answer otherwise on purpose: id to the reason."""


@cache
def router(prefix: str) -> Router:
    return Router(API, prefix)


def differences(expected: Record, got: Resolution) -> list[str]:
    """The vectors decide before the method: for a route, 405 is as good as 200."""
    outcome = expected["outcome"]
    told = {
        "outcome": (outcome, got.outcome),
        "path": (text_in(expected, "path") or "", got.path),
        "status": (expected["status"], got.status),
        "location": (text_in(expected, "location") or "", got.location),
        "values": (expected.get("vars", {}), got.values),
        "route": (expected.get("route"), got.route.name if got.route else None),
    }
    if got.outcome == Outcome.METHOD_NOT_ALLOWED and outcome == "route":
        del told["outcome"], told["status"]
    if outcome == "other":
        del told["path"]
    return [
        f"{name}: {wanted!r}, not {had!r}" for name, (wanted, had) in told.items() if wanted != had
    ]


@pytest.mark.parametrize("as_bytes", [False, True], ids=["str", "bytes"])
def test_every_vector_agrees(as_bytes: bool) -> None:
    wrong = {}
    for vector in VECTORS:
        given = vector["input"]
        target: str | bytes = text_in(given, "target") or ""
        if as_bytes and isinstance(target, str):
            target = target.encode("utf-8", "surrogateescape")
        got = router(given["prefix"]).resolve(given["method"], target)
        found = differences(vector["expected"], got)
        if found and vector["id"] not in EXCEPTIONS:
            wrong[vector["id"]] = found
    assert wrong == {}
    assert len(VECTORS) > 400
