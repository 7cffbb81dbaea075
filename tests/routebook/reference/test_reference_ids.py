"""Ids: from names, for ever, the same whatever the titles say and the order is."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_pages import ids, rendered

import descriptions
from registry_api.v2 import API
from routebook import APIDescriptor, MethodDescriptor, RequestDescriptor, ResponseDescriptor
from routebook.emit.markdown import pages
from routebook.views.ids import Ids, slug, slugs

KEPT = Path(__file__).parent / "registry-ids.txt"


@lru_cache
def ids_of(api: APIDescriptor) -> list[str]:
    """All ids of an API's reference, aliases among them."""
    return ids(rendered("gfm", pages(api)))


def test_no_id_vanishes(request: pytest.FixtureRequest) -> None:
    """Every id that was ever published is there: where a name changed, as an alias.

    With `--update-golden` new ids are added to the list; none is ever taken from it.
    """
    kept = KEPT.read_text(encoding="utf-8").split() if KEPT.is_file() else []
    now = sorted(set(ids_of(API)))
    if request.config.getoption("--update-golden"):
        text = "".join(f"{name}\n" for name in sorted({*kept, *now}))
        KEPT.write_text(text, encoding="utf-8", newline="\n")
        return
    assert not [name for name in kept if name not in now], "give what was renamed an alias"
    assert not [name for name in now if name not in kept], "run pytest with --update-golden"


@pytest.mark.parametrize(
    "name",
    [
        "op-manifest-get",
        "op-blob-upload-post--mount-blob",
        "op-blob-upload-post--mount-blob--201-created",
        "op-manifest-get--404-manifest-unknown",
        "op-blob-get--fetch-blob-part--206-partial-content",
        "op-manifest-get--401-authentication-required",
        "err-blob-unknown",
        "schema-oci-image-manifest",
        "auth-bearer",
        "end-4b",
    ],
)
def test_ids_come_from_names(name: str) -> None:
    assert name in ids_of(API)


def test_titles_and_order_do_not_matter() -> None:
    turned = replace(
        API,
        title="Other",
        tags=API.tags[::-1],
        routes=tuple(
            replace(
                route,
                entity="X",
                description="",
                methods=tuple(
                    replace(method, summary="", description="Y", requests=method.requests[::-1])
                    for method in route.methods[::-1]
                ),
            )
            for route in API.routes[::-1]
        ),
        error_groups=API.error_groups[::-1],
        schemas=dict(list(API.schemas.items())[::-1]),
    )
    assert set(ids_of(turned)) == set(ids_of(API))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mount Blob", "mount-blob"),
        ("BLOB_UNKNOWN", "blob-unknown"),
        ("OciImageIndex", "oci-image-index"),
        ("getHTTPHeader", "get-http-header"),
        ("  a//b  ", "a-b"),
        ("Größe", "grosse"),
        ("名前", "u540d-u524d"),
        ("", "x"),
        ("--", "x"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.lists(st.text(max_size=6) | st.sampled_from(["a b", "a-b", "A_B", "a--b", "other"])))
def test_slugs_are_unique_and_keep_to_their_names(names: list[str]) -> None:
    made = slugs(names)
    assert len(made) == len(names)
    unique = list(dict.fromkeys(names))
    one = dict(zip(unique, slugs(unique), strict=True))
    other = dict(zip(unique[::-1], slugs(unique[::-1]), strict=True))
    assert one == other
    assert len(set(one.values())) == len(unique)


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b", "a-3"]), max_size=12))
def test_no_id_is_given_twice(wanted: list[str]) -> None:
    ids = Ids()
    given_out = [ids.take(name) for name in wanted]
    assert len(set(given_out)) == len(wanted)
    assert not set(ids.free([*wanted, "c"])) & set(given_out)


def test_equal_names_and_clashing_aliases() -> None:
    gone = ResponseDescriptor(status_code=404, name="Gone", aliases=("op-a-post", "old", "old"))
    again = ResponseDescriptor(status_code=404, name="Gone", description="Again.")
    route = descriptions.route("a", descriptions.request(failures=(gone, again)))
    found = ids_of(descriptions.api(route))
    assert "op-a-post--404-gone" in found
    assert "op-a-post--404-gone-2" in found
    assert found.count("old") == 1
    assert found.count("op-a-post") == 1


def test_variants_without_names_have_ids() -> None:
    method = MethodDescriptor(
        method="GET",
        requests=(RequestDescriptor(), RequestDescriptor(), RequestDescriptor(name="A")),
    )
    route = replace(descriptions.route("a"), methods=(method,))
    found = ids_of(descriptions.api(route))
    assert {"op-a-get--otherwise", "op-a-get--otherwise-2", "op-a-get--a"} <= set(found)
