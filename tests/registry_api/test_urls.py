"""The registry's URLs, against the reference implementation; and the law that binds them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reference_vectors import Record, load
from registry_api.v2 import API, names
from registry_api.v2.reference import Reference, parse
from registry_api.v2.urls import URLBuilder
from routebook import RoutebookError, uri
from routebook.router import Outcome, Router
from routebook.urls import URLBuilder as AnyURLBuilder

VECTORS = load("urls", Path(__file__).with_name("vectors-urls.json"))
DIGEST = "sha256:" + "0123456789abcdef" * 4

EXCEPTIONS: dict[str, str] = {}
"""Vectors that we answer otherwise on purpose: id to the reason."""


def expected_otherwise(vector: Record) -> bool:
    """An upload called `.` or `..` stands in no URL: resolving the URL takes it away.

    Upstream builds such a URL nevertheless, of another resource. We refuse.
    """
    return vector["input"]["build"].get("uuid") in (".", "..")


def builder(given_: Record) -> URLBuilder:
    if "root" in given_:
        return URLBuilder.from_string(given_["root"], given_["relative"])
    request = given_["request"]
    target = uri.parse(request["url"])
    return URLBuilder.from_request(
        scheme="https" if request["tls"] else target.scheme or "http",
        host=request["host"],
        path=target.path,
        headers=request["headers"],
        relative=given_["relative"],
    )


def build(given_: Record) -> str | None:
    build = given_["build"]
    values: list[Any] = build.get("values") or []
    name = build.get("name", "")
    try:
        urls = builder(given_)
        match build["route"]:
            case "base":
                return urls.base()
            case "catalog":
                return urls.catalog(*values)
            case "tags":
                return urls.tags(name, *values)
            case "manifest":
                return urls.manifest(name, tag=build.get("tag", ""), digest=build.get("digest", ""))
            case "blob":
                return urls.blob(name, build["digest"])
            case "blob-upload":
                return urls.blob_upload(name, *values)
            case _:
                return urls.blob_upload_chunk(name, build["uuid"], *values)
    except RoutebookError:
        return None


def test_every_vector_agrees() -> None:
    wrong = {}
    for vector in VECTORS:
        wanted = None if expected_otherwise(vector) else vector["expected"].get("url")
        got = build(vector["input"])
        if got != wanted and vector["id"] not in EXCEPTIONS:
            wrong[vector["id"]] = (wanted, got)
    assert wrong == {}
    assert len(VECTORS) > 200


@pytest.mark.parametrize("uuid", [".", "..", "", "a/b", "a b"])
def test_an_upload_that_stands_in_no_path_is_refused(uuid: str) -> None:
    with pytest.raises(RoutebookError):
        URLBuilder("https://r.example/").blob_upload_chunk("a", uuid)


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        (parse("r:5000/a/b:1.0"), "/v2/r:5000/a/b/manifests/1.0"),
        (parse(f"a:1.0@{DIGEST}"), "/v2/a/manifests/1.0"),
        (parse(f"a@{DIGEST}"), f"/v2/a/manifests/{DIGEST}"),
    ],
)
def test_a_reference_is_enough_for_a_manifest(reference: Reference, url: str) -> None:
    assert URLBuilder("", relative=True).manifest(reference) == url


def test_what_is_given_goes_before_what_the_reference_has() -> None:
    urls = URLBuilder("", relative=True)
    assert urls.manifest(parse("a:1"), digest=DIGEST) == f"/v2/a/manifests/{DIGEST}"
    assert urls.manifest(parse(f"a@{DIGEST}"), tag="2") == "/v2/a/manifests/2"
    assert urls.blob(parse(f"a:1@{DIGEST}")) == f"/v2/a/blobs/{DIGEST}"


def test_a_manifest_needs_a_tag_or_digest() -> None:
    with pytest.raises(RoutebookError, match="reference must have a tag or digest"):
        URLBuilder("").manifest("a/b")
    with pytest.raises(RoutebookError, match="invalid digest format"):
        URLBuilder("").blob("a/b")


def test_a_name_has_at_most_255_characters() -> None:
    urls = URLBuilder("", relative=True)
    assert urls.tags("a" * 255) == f"/v2/{'a' * 255}/tags/list"
    with pytest.raises(RoutebookError, match="more than 255 characters"):
        urls.tags("a" * 256)


def texts(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)


VALUES = {
    "name": texts(names.NAME),
    "reference": texts(names.REFERENCE),
    "digest": texts(names.DIGEST),
    "uuid": texts(names.UPLOAD_ID),
}
VARIABLES = {
    "base": (),
    "tags": ("name",),
    "manifest": ("name", "reference"),
    "blob": ("name", "digest"),
    "blob-upload": ("name",),
    "blob-upload-chunk": ("name", "uuid"),
    "catalog": (),
}


BUILDER = AnyURLBuilder(API, "https://r.example/p/")
ROUTER = Router(API, "/p")


@given(st.fixed_dictionaries(VALUES))
def test_what_is_built_is_matched(values: dict[str, str]) -> None:
    """Every value that a pattern allows is built, and found again, but `.` and `..`."""
    assume(values["uuid"] not in (".", ".."))
    for route, wanted in VARIABLES.items():
        own = {name: values[name] for name in wanted}
        resolution = ROUTER.resolve("GET", BUILDER.build(route, own, {"n": 1}))
        assert resolution.outcome in (Outcome.ROUTE, Outcome.METHOD_NOT_ALLOWED)
        assert resolution.route is not None
        assert (resolution.route.name, resolution.values) == (route, own)
