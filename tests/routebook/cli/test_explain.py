"""`explain`."""

from __future__ import annotations

import json

from cli_support import CLI

MAXIMUM = "request-parameter-max-decreased"
LENGTH = "request-property-max-length-decreased"


def test_a_rule_is_explained(cli: CLI) -> None:
    result = cli("explain", LENGTH)
    assert result.code == 0
    assert result.out.startswith(f"{LENGTH}\n\n")
    assert "Level (error or info)\n" in result.out
    assert '  before  {"type": "object"' in result.out
    written = cli("explain", "endpoint-added")
    assert "  info for a request that it " in written.out
    assert "Example\n  before  paths:" in written.out
    wrong = cli("explain", "endpoint-aded")
    assert wrong.code == 2
    assert "did you mean 'endpoint-added'?" in wrong.err


def test_all_rules_are_listed(cli: CLI) -> None:
    strange = cli("explain", "zzz")
    assert (strange.code, len(strange.err.splitlines())) == (2, 2)
    begun = cli("explain", "endpoint-server").out.splitlines()
    assert len(begun) > 2
    assert all(line.startswith("endpoint-server") for line in begun[1:])
    listed = cli("explain").out.splitlines()
    found = json.loads(cli("explain", "--format", "json").out)["rules"]
    assert len(listed) == len(found) + 1
    assert [line.split()[0] for line in listed[1:]] == sorted(one["id"] for one in found)
    assert {MAXIMUM, LENGTH, "endpoint-added"} <= {one["id"] for one in found}
    for one in found:
        assert one["summary"]
        assert one["levels"]
        assert one["derivation"]
        assert one["cases"], one["id"]
