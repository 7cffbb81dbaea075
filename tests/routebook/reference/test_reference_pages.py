"""The pages: structure, ids and links of any API's reference; the facts of the registry's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reference_html import gfm, read
from reference_pages import check, written
from test_reference_text import NASTY, letters

from registry_api.v2 import API
from routebook import (
    APIDescriptor,
    LinkDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    RoutebookError,
    RouteDescriptor,
    SecurityRequirement,
    TagDescriptor,
)
from routebook.cli import options
from routebook.emit.markdown import LAYOUTS, Page, navigation, pages, single_page
from routebook.values import Value
from routebook.walk import walk
from strategies import apis

SLOW = settings(
    deadline=None,
    max_examples=5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink an API takes minutes
)
SMALL = replace(API, routes=API.routes[1:2], tags=API.tags[:2], schemas={})
TEXTS = {"description", "summary", "title", "entity", "when", "message"}


@pytest.mark.parametrize("layout", ["route", "operation", "group"])
def test_registry_reference_is_sound(layout: str) -> None:
    check(API, layout)


@SLOW
@given(apis(most_routes=1), st.sampled_from(LAYOUTS))
def test_any_reference_is_sound(api: APIDescriptor, layout: str) -> None:
    check(api, layout)


@pytest.mark.parametrize(
    "own", [None, (), (SecurityRequirement(),)], ids=["nothing", "none", "empty"]
)
@pytest.mark.parametrize(
    "usual",
    [None, (), (SecurityRequirement(),), (SecurityRequirement(schemes={"gone": ()}),)],
    ids=["nothing", "none", "empty", "undescribed"],
)
def test_authentication_without_schemes_has_its_section(
    usual: tuple[SecurityRequirement, ...] | None, own: tuple[SecurityRequirement, ...] | None
) -> None:
    """OpenAPI 3.1, section 4.8.1: `security` may be said where no scheme is described."""
    request = RequestDescriptor(
        querystring=ParameterDescriptor(
            name="q",
            content=(MediaTypeDescriptor(content_type="application/json", schema=True),),
        )
    )
    method = MethodDescriptor(method="GET", requests=(request,), security=own)
    route = RouteDescriptor(name="a", path="/a", methods=(method,))
    check(APIDescriptor(title="A", version="1", routes=(route,), security=usual))


def poisoned(value: Any, texts: Iterator[str]) -> Any:
    """A description with other texts in it."""
    if isinstance(value, tuple):
        return tuple(poisoned(item, texts) for item in value)
    if not isinstance(value, Value):
        return value
    changed = {
        field.name: next(texts)
        if field.name in TEXTS and isinstance(getattr(value, field.name), str)
        else poisoned(getattr(value, field.name), texts)
        for field in fields(value)  # type: ignore[arg-type]  # every subclass is a dataclass
    }
    return replace(value, **changed)  # type: ignore[type-var]  # as above


@SLOW
@given(st.lists(NASTY, min_size=1, max_size=20))
def test_nasty_text_breaks_no_page(texts: list[str]) -> None:
    def endless() -> Iterator[str]:
        while True:
            yield from texts

    check(poisoned(SMALL, endless()))


def test_one_page_is_short() -> None:
    assert len(single_page(API).encode()) <= 110_000


NAMES = {"name", "operation_id", "value", "method", "content_type", "regexp", "url"}
HIDDEN = {"ExampleDescriptor", "LinkDescriptor", "RouteDescriptor", "ServerVariable", "ErrorGroup"}


def test_every_fact_is_on_the_page() -> None:
    """Methods, variants, parameters, patterns, answers, headers, codes of the registry's API."""
    root = read(gfm(single_page(API)))
    targets = [element.attributes.get("href", "") for element in root.every("a")]
    page = " ".join([*root.text.split(), *targets])
    missing = [
        (place, name, getattr(value, name))
        for place, value in walk(API)
        if type(value).__name__ not in HIDDEN
        for name in sorted(NAMES & {field.name for field in fields(value)})  # type: ignore[arg-type]  # every subclass is a dataclass
        if str(getattr(value, name)) not in page
    ]
    assert not missing
    assert not [name for name in API.schemas if name not in page]


def test_every_description_is_on_the_page() -> None:
    page = letters(read(gfm(single_page(API))).text)
    said = {
        letters(read(gfm(getattr(value, "description", ""))).text)
        for _, value in walk(API)
        if not isinstance(value, LinkDescriptor)
    }
    assert not [text for text in said if text not in page]


@pytest.mark.parametrize(
    ("summary", "description", "times"),
    [
        ("Make a thing", "Make a thing.", 1),
        ("Make a thing", "Make a thing. It takes a while.", 2),
        ("", "Make a thing.", 1),
    ],
)
def test_a_description_that_is_the_summary_is_not_said_again(
    summary: str, description: str, times: int
) -> None:
    method = MethodDescriptor(method="POST", summary=summary, description=description)
    route = RouteDescriptor(name="things", path="/things", methods=(method,))
    page = single_page(APIDescriptor(title="t", version="1", routes=(route,)))
    assert page.partition("## About")[2].count("Make a thing") == times


def test_pages_are_the_same_with_any_hash_seed() -> None:
    script = (
        "import hashlib; from registry_api.v2 import API\n"
        "from routebook.emit.markdown import pages, single_page\n"
        "text = repr(pages(API)) + repr(pages(API, 'mkdocs')) + single_page(API)\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(digests) == 1


def test_unknown_target_is_an_error() -> None:
    with pytest.raises(RoutebookError, match="no target 'pdf'"):
        pages(API, "pdf")


def test_first_page_is_the_index() -> None:
    assert next(page.path for page in pages(API)) == "index.md"


def test_navigation_has_every_page_and_goes_by_tag() -> None:
    found = pages(API, "mkdocs")
    nav = navigation(found)
    assert nav[0] == {"Docker Registry HTTP API V2": "index.md"}
    listed: list[object] = []
    for entry in nav:
        for target in entry.values():
            listed += (
                [t for e in target for t in e.values()] if isinstance(target, list) else [target]
            )
    assert sorted(map(str, listed)) == sorted(page.path for page in found)
    assert {"Manifests": "routes/manifest.md"} in nav


def test_untagged_api_has_its_pages_at_the_top() -> None:
    bare = replace(
        API,
        tags=(),
        routes=tuple(
            replace(route, methods=tuple(replace(method, tags=()) for method in route.methods))
            for route in API.routes
        ),
    )
    assert {"Blob": "routes/blob.md"} in navigation(pages(bare))
    check(bare)


def test_command_line_has_every_layout() -> None:
    assert options.LAYOUTS == LAYOUTS


def test_unknown_layout_is_an_error() -> None:
    with pytest.raises(RoutebookError, match="no layout 'book'"):
        pages(API, layout="book")


def many(count: int, tags: int) -> APIDescriptor:
    """An API of some operations in some groups."""
    return APIDescriptor(
        title="Many",
        version="1",
        tags=tuple(TagDescriptor(name=f"t{tag}") for tag in range(tags)),
        routes=tuple(
            RouteDescriptor(
                name=f"r{number}",
                path=f"/a/w{number // 7}/r{number}",
                methods=(MethodDescriptor(method="GET", tags=(f"t{number % tags}",)),),
            )
            for number in range(count)
        ),
    )


@pytest.mark.parametrize(
    ("count", "tags", "layout", "expected"),
    [
        (40, 2, "auto", ["index.md"]),
        (40, 2, "", ["index.md", "routes/r0.md", "routes/r1.md"]),
        (41, 2, "", ["index.md", "groups/t0.md", "groups/t1.md"]),
        (50, 2, "auto", ["index.md", "groups/t0.md", "groups/t1.md"]),
        (51, 2, "auto", ["index.md", "operations/r0-get.md", "operations/r2-get.md"]),
        (51, 2, "group", ["index.md", "groups/t0.md", "groups/t0-2.md"]),
        (101, 2, "auto", ["index.md", "groups/t0.md", "operations/r0-get.md"]),
    ],
)
def test_layout_fits_the_number_of_operations(
    count: int, tags: int, layout: str, expected: list[str]
) -> None:
    found = pages(many(count, tags), layout=layout)
    assert [page.path for page in found][:3] == expected


def levels(entries: list[dict[str, Any]]) -> Iterator[int]:
    """How many entries each level of a navigation has."""
    yield len(entries)
    for entry in entries:
        for below in entry.values():
            if isinstance(below, list):
                yield from levels(below)


@pytest.mark.parametrize("layout", ["operation", "group", "route"])
def test_large_api_stays_easy_to_look_through(layout: str) -> None:
    """No level of the navigation has more than 30 entries, and the index lists groups only."""
    api = many(1000, 40)
    found = pages(api, layout=layout)
    assert max(levels(navigation(found))) <= 30
    rows = [line for line in found[0].content.split("\n") if line.startswith("| [t")]
    assert len(rows) == 40
    assert all("| 25 |" in row for row in rows)
    assert len(found[0].content) < 6_000


def test_large_api_is_sound() -> None:
    hook = RouteDescriptor(name="hook", path="", methods=(MethodDescriptor(method="POST"),))
    check(replace(many(101, 2), webhooks=(hook,)), "auto")


def test_large_schemas_are_divided() -> None:
    words = "A property that is described in a sentence of some length. " * 8
    schema = {"type": "object", "properties": {f"p{n}": {"description": words} for n in range(99)}}
    api = APIDescriptor(title="A", version="1", schemas={f"S{n}": schema for n in range(6)})
    found = {page.path: page.content for page in pages(api)}
    assert [path for path in found if path.startswith("schemas")] == [
        "schemas.md",
        "schemas/s0.md",
        "schemas/s2.md",
        "schemas/s4.md",
    ]
    assert max(map(len, found.values())) < 125_000
    assert "](schemas/s4.md#schema-s5)" in found["schemas.md"]
    check(api)


def test_long_samples_have_no_colours_in_a_site() -> None:
    def content(target: str, length: int) -> str:
        schema = {"type": "string", "examples": ["x" * length]}
        api = APIDescriptor(title="A", version="1", schemas={"S": schema})
        return "".join(page.content for page in pages(api, target))

    assert "```json\n" in content("mkdocs", 900)
    assert "```\n" + '"xx' in content("mkdocs", 1_000)
    assert "```json\n" in content("markdown", 1_000)


def test_empty_api_has_an_index() -> None:
    api = APIDescriptor(title="Nothing", version="1", tags=(TagDescriptor(name="t"),))
    assert [page.path for page in pages(api)] == ["index.md"]
    check(api)


def test_forms_say_the_same() -> None:
    forms = written(API)
    assert len(forms["gfm"]) == len(forms["site"])
    assert all(isinstance(page, Page) for page in forms["single"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_of_long_names_have_names_that_files_can_have(layout: str) -> None:
    long = "name" * 100
    routes = [
        RouteDescriptor(
            name=long + last,
            path=f"/{last}",
            methods=(MethodDescriptor(method="GET", tags=(long,)),),
        )
        for last in "ab"
    ]
    api = APIDescriptor(title="T", version="1", routes=tuple(routes))
    check(api, layout)
    for page in pages(api, layout=layout):
        assert all(len(step) < 150 for step in page.path.split("/"))
