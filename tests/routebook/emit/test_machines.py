"""What machines get of a reference: links that lead elsewhere, indexes, inventories."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from descriptions import route
from inventories import Inventory
from routebook import APIDescriptor, MethodDescriptor, RouteDescriptor, TagDescriptor, loading
from routebook.emit import markdown
from routebook.emit.machines import inventory, llms
from routebook.emit.machines.inventory import Entry
from routebook.emit.machines.relink import relinked
from routebook.emit.machines.targets import targets


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("[a](b)", "[a](B)"),
        ("![a](b c)", "![a](B c)"),
        ('[a](b "title")', '[a](B "title")'),
        ("[`](`)](b)", "[`](`)](B)"),
        ("[a](b) `x` [c](d)", "[a](B) `x` [c](D)"),
        ("`[a](b)`", "`[a](b)`"),
        ("`` `[a](b) ``[a](b)", "`` `[a](b) ``[a](B)"),
        (r"\`[a](b)\`", r"\`[a](B)\`"),
        (r"[a\](b)", r"[a\](b)"),
        (r"[a\\](b)", r"[a\\](B)"),
        ("[a]: b", "[a]: B"),
        ("x [a]: b", "x [a]: b"),
        ("```\n[a](b)\n```\n[a](b)", "```\n[a](b)\n```\n[a](B)"),
        (
            "    ~~~~ md\n[a](b)\n~~~\n    ~~~~\n[a](b)",
            "    ~~~~ md\n[a](b)\n~~~\n    ~~~~\n[a](B)",
        ),
        ("```\n[a](b)", "```\n[a](b)"),
        ("", ""),
    ],
)
def test_links_lead_elsewhere_and_code_stays(page: str, expected: str) -> None:
    assert relinked(page, str.upper) == expected


def test_all_ids_of_the_registry_but_those_of_answers_are_named() -> None:
    api = loading.load()
    found = targets(api)
    given = [name for page in markdown.pages(api) for name in markdown.ids(page.content)]
    named = {target.id for target in found} | {name for each in found for name in each.names}
    sections = {"operations", "servers", "authentication", "about", "common", "errors", "schemas"}
    answer = re.compile(r"op-.*--\d{3}(-.*)?|(errors|common)-.*")
    left = {name for name in given if not answer.fullmatch(name)} - named - sections
    assert left <= {alias for route in api.routes for alias in _aliases_of_answers(route)}
    assert {target.id for target in found} <= set(given)
    by_id = {target.id: target for target in found}
    assert by_id["op-blob-get"].names[-1] == "getBlob"
    assert by_id["err-blob-unknown"].names[-1] == "BLOB_UNKNOWN"
    assert by_id["op-tags-get--tags"].title == "List the tags of a repository: Tags"
    assert by_id["op-blob-get"].title == "Fetch a blob, or a part of it"


def _aliases_of_answers(route: RouteDescriptor) -> set[str]:
    requests = [request for method in route.methods for request in method.requests]
    answers = [answer for each in requests for answer in (*each.successes, *each.failures)]
    return {alias for answer in answers for alias in answer.aliases}


def many(count: int, *, tags: int) -> APIDescriptor:
    """An API of `count` operations in groups."""
    names = [f"group {number}" for number in range(tags)]
    routes = [
        RouteDescriptor(
            name=f"r{number}",
            path=f"/r{number}",
            methods=(
                MethodDescriptor(
                    method="GET",
                    summary=f"Read {number}",
                    tags=(names[number % tags],),
                    requests=route("x").methods[0].requests,
                ),
            ),
        )
        for number in range(count)
    ]
    described = tuple(
        TagDescriptor(name=name, description=f"About *{name}*.\n\nMore.") for name in names
    )
    return APIDescriptor(title="Many", version="1", routes=tuple(routes), tags=described)


def listed(api: APIDescriptor) -> list[llms.Link]:
    pages = markdown.pages(api, layout="operation", samples=())
    homes = {name: page.path for page in pages for name in markdown.ids(page.content)}
    return list(llms.contents(api, pages, targets(api), homes))


def test_a_large_reference_is_listed_by_its_groups() -> None:
    found = listed(many(120, tags=3))
    assert [(link.title, link.about) for link in found] == [
        ("Many", ""),
        *((f"group {n}", f"40 operations. About *group {n}*.") for n in range(3)),
    ]


def test_a_small_reference_is_listed_by_its_operations() -> None:
    found = listed(many(12, tags=3))
    assert [link.about for link in found if link.about] == [
        f"`GET /r{number}`" for tag in range(3) for number in range(tag, 12, 3)
    ]


@pytest.mark.parametrize(
    ("description", "brief"),
    [
        ("", ""),
        ("One.\n\nTwo.", "One."),
        ("One\nline.", "One line."),
        ("# <b>x</b>\n\nTwo.", "&lt;b>x&lt;/b>"),
        ("A " + "long " * 100 + "text.", ""),
        ("Short. " + "long " * 100 + "text.", "Short."),
    ],
)
def test_a_brief_is_the_first_paragraph_where_that_is_short(description: str, brief: str) -> None:
    assert llms.brief(description) == brief


@pytest.mark.parametrize("count", [1, 3000])
def test_an_inventory_of_any_size_is_read_by_others(tmp_path: Path, count: int) -> None:
    entries = [Entry(name=f"n{n}", url=f"p{n}/#n{n}", title=f"Ü {n}") for n in range(count)]
    data = inventory.dump([*entries, *entries], "P", "1")
    (tmp_path / "objects.inv").write_bytes(data)
    found = Inventory(str(tmp_path / "objects.inv"))
    assert [(each.name, each.uri_expanded, each.dispname) for each in found.objects] == [
        (entry.name, entry.url, entry.title) for entry in entries
    ]


def test_labels_that_differ_in_case_alone_are_one() -> None:
    entries = [Entry(name=name, url="#x", title="x") for name in ("pets", "Pets")]
    data = inventory.dump([*entries, Entry(name="Pets", url="p", title="", role="std:doc")], "", "")
    rows = zlib.decompress(data.split(b"\n", 4)[4]).decode()
    assert re.findall(r"^\S+ \S+", rows, re.MULTILINE) == ["pets std:label", "Pets std:doc"]
