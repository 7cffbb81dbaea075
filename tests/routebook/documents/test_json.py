"""What JSON text stands for, and what is refused in it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routebook.documents import parse
from routebook.findings import DescriptionError, Finding


def refused(text: str | bytes, name: str = "a.json") -> tuple[Finding, ...]:
    with pytest.raises(DescriptionError) as caught:
        parse(text, name)
    return caught.value.findings


def test_numbers_texts_and_pairs_of_surrogates() -> None:
    text = f'\t{{"a": {2**70}, "b": "\\ud83d\\ude00\\/", "c": [1e3, -0.0], "d\\u0020": null}}\r\n'
    assert parse(text, "a.json").data == {
        "a": 2**70,
        "b": "\U0001f600/",
        "c": [1000.0, -0.0],
        "d ": None,
    }


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"a": 1, "b": {"c": 1,\n "c": 2}}', "a.json:2:2", "'c' stands twice"),
        ('{"a": 1,\n"\\u0061": 2}', "a.json:2:1", "first at a.json:1:2"),
        ('{"a": NaN}', "a.json:1:7", "expected a JSON value, found NaN"),
        ('["NaN", -Infinity]', "a.json:1:9", "found -Infinity"),
        ('{"a": 1', "a.json:1:8", "found the end of the file"),
        ('{"a": "b', "a.json:1:7", "the closing quote"),
        ('{"b": {"a": 1, "a": 2}}}', "a.json:1:24", "extra data"),
        ('{"b": {"a": 1, "a": 2} ]', "a.json:1:24", "is not JSON"),
        ('{"a": 1;}', "a.json:1:8", "is not JSON"),
        ('{"a": 1,\n}', "a.json:1:8", "is not JSON: a comma after the last member"),
        ('{"a": [1, 2 , ]}', "a.json:1:13", "is not JSON: a comma after the last member"),
        ('{"a": [,]}', "a.json:1:8", "is not JSON"),
        ('{"a": "\\ud83d"}', "a.json:1:7", "half of a surrogate pair"),
        ('{"\\ud83d\\ude00": "\\ude00\\ud83d"}', "a.json:1:18", "half of a surrogate pair"),
        ('{"a": "\ud83d"}', "a.json:1:8", "half of a surrogate pair"),
        ("{'a': 1}", "a.json:1:2", "property name"),
        ('{"a": 1}x', "a.json:1:9", "extra data"),
        ('{"a": "\n"}', "a.json:1:8", "control character"),
        ('{"a": ' + "9" * 5000 + "}", "a.json:1:7", "too many digits"),
        ("[" * 100_000, "a.json:1:501", "more than 500 deep"),
        ('{"a":' * 100_000, "a.json:1:2501", "more than 500 deep"),
        ("[" * 600 + "]" * 600, "a.json:1:501", "more than 500 deep"),
        ('["[[[[",' * 100_000, "a.json:1:4001", "more than 500 deep"),
        ("<!DOCTYPE html><html>", "a.json:1:1", "found an HTML page"),
        ("<?xml version='1.0'?>", "a.json:1:1", "XML or other markup"),
    ],
)
def test_errors(text: str, place: str, message: str) -> None:
    (found,) = refused(text)
    assert str(found.location) == place
    assert message in found.message


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"\x1f\x8b\x08\x00abc", "a.json:1:2", "expected text in UTF-8, found the byte 0x8B"),
        (b'{"a": "\xe9"}', "a.json:1:8", "found the byte 0xE9"),
        (b'{\n"a": "x\xff"}', "a.json:2:8", "found the byte 0xFF"),
        (b"\xff\xfe{\x00}", "a.json:1:2", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.json:1:1", "found the byte 0x89"),
        (b"\x00" * 1000, "a.json:1:1", "U+0000"),
    ],
)
def test_bytes_that_are_no_text(content: bytes, place: str, message: str) -> None:
    (found,) = refused(content)
    assert str(found.location) == place
    assert message in found.message


def test_as_deep_as_is_allowed() -> None:
    text = "[" * 400 + "]" * 400
    assert parse(text, "a.json").data == parse(f"# c\n{text}", "a.yaml").data


def test_yaml_in_flow_style_in_a_file_for_yaml() -> None:
    assert parse("{a: b}", "a.yaml").data == {"a": "b"}
    assert parse("[a]", "a.YML").data == ["a"]
    (found,) = refused("{a: b}")
    assert "is not JSON" in found.message


def test_yaml_in_a_file_for_json() -> None:
    assert parse("a: b", "a.json").data == {"a": "b"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(
    VALUES.map(lambda value: [value]) | st.dictionaries(st.text(), VALUES, max_size=4),
    st.sampled_from([None, 2]),
)
def test_every_part_has_its_place(value: Any, indent: int | None) -> None:
    document = parse(json.dumps(value, indent=indent, ensure_ascii=False), "a.json")
    assert document.data == value
    todo: list[tuple[str, Any]] = [("", value)]
    while todo:
        pointer, part = todo.pop()
        if isinstance(part, dict):
            todo += [(f"{pointer}/{escape(key)}", one) for key, one in part.items()]
        elif isinstance(part, list):
            todo += [(f"{pointer}/{index}", one) for index, one in enumerate(part)]
        found = document.trace(pointer)
        assert found is not None
        assert found[1] == pointer.count("/")


def escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


@pytest.mark.parametrize(
    ("pointer", "json_place", "yaml_place"),
    [
        ("", "a:1:1", "a:1:1"),
        ("/a", "a:2:1", "a:1:1"),
        ("/a/b~1c", "a:2:7", "a:2:3"),
        ("/a/b~1c/1", "a:2:19", "a:4:5"),
        ("/a/b~1c/2", "a:2:7", "a:2:3"),
        ("/a/b~1c/1/x", "a:2:19", "a:4:5"),
        ("/d/e", "a:3:7", "a:5:5"),
        ("/nothing/at/all", "a:1:1", "a:1:1"),
    ],
)
def test_places(pointer: str, json_place: str, yaml_place: str) -> None:
    as_json = parse('{\n"a": {"b/c" : [1,\t2]},\n"d": {"e": {}}}', "a")
    as_yaml = parse("a:\n  b/c:\n  - 1\n  - 2\nd: {e: {}}", "a")
    assert str(as_json.locate(pointer)) == json_place
    assert str(as_yaml.locate(pointer)) == yaml_place


def test_places_behind_aliases_are_those_of_the_anchor() -> None:
    document = parse("a: &a\n  b: 1\nc: *a\n", "a.yaml")
    assert str(document.locate("/c")) == "a.yaml:3:1"
    assert str(document.locate("/c/b")) == "a.yaml:2:3"


PAIRS = [
    ('{"a": {"b": 1, "c": [2]}, "d": {"e": {"f": {"g": 3}}}}', "a"),
    ('{"a": {"b": 1, "c": [3]}, "d": {"e": {"f": {"g": 3}}}}', "d"),
    ('{\n  "d" : {"e": {"f": {"g": 3}}},\n  "a": {"b": 1}\n}', "d"),
]


@pytest.mark.parametrize(("text", "shared"), PAIRS)
def test_what_another_version_says_in_the_same_words_is_the_same_data(
    text: str, shared: str
) -> None:
    old = parse(PAIRS[0][0], "old.json")
    new = parse(text, "new.json", beside=old)
    assert new.data == json.loads(text)
    assert new.data[shared] is old.data[shared]
    for pointer in ("/a/b", "/d/e/f/g", "/a/c/0"):
        assert new.locate(pointer) == parse(text, "new.json").locate(pointer)


@given(VALUES, VALUES, st.booleans())
def test_texts_beside_others_are_read_as_by_themselves(one: Any, two: Any, moved: bool) -> None:
    """A member that moved, and a value of another shape, are told apart."""
    old = parse(json.dumps({"a": one, "b": {"c": one, "d": two}}), "a.json")
    text = json.dumps({"b": {"d": one, "c": two}} if moved else {"a": one, "b": two})
    assert json.dumps(parse(text, "b.json", beside=old).data) == text


PADDING = "x" * 20_000
"""So much that few characters of a text are beyond ASCII, as in documents in English."""


def pointers(data: Any, start: str = "") -> Iterator[str]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        pointer = f"{start}/{str(key).replace('~', '~0').replace('/', '~1')}"
        yield pointer
        if isinstance(value, (dict, list)):
            yield from pointers(value, pointer)


@given(VALUES, st.sampled_from([None, 1]), st.sampled_from([b"", codecs.BOM_UTF8]))
def test_bytes_are_read_as_the_characters_that_they_stand_for(
    value: Any, indent: int | None, mark: bytes
) -> None:
    data = {
        "\u00e9": {"\U0001f600": value, "\u00df": 1},
        "padding": PADDING,
        "z": [value, "\u00e9"],
    }
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    as_text = parse(text, "a.json")
    as_bytes = parse(mark + text.encode(), "a.json", beside=as_text)
    again = parse(text.encode(), "a.json", beside=as_bytes)
    assert as_bytes.data == as_text.data == again.data == data
    for pointer in pointers(data):
        assert as_bytes.locate(pointer) == as_text.locate(pointer) == again.locate(pointer)


def test_keys_have_places_however_they_are_written() -> None:
    inner = (
        '{"\\u00e9": 1, "\u00e9\\n": 2, "\u00c3\u00a9": 3,'
        ' "\\ud83d\\ude00\U0001f600": 4, "a\\"": 5}'
    )
    text = f'{{"a": {{"b": {{"c": {inner}}}}}, "padding": "{PADDING}"}}'
    as_text, as_bytes = parse(text, "a.json"), parse(text.encode(), "a.json")
    assert as_bytes.data == as_text.data == json.loads(text)
    keys = [*as_bytes.data["a"]["b"]["c"]]
    found = [as_bytes.locate(f"/a/b/c/{key}") for key in keys]
    assert found == [as_text.locate(f"/a/b/c/{key}") for key in keys]
    assert len({str(one) for one in found}) == len(keys)


def test_bytes_and_characters_of_the_same_numbers_are_told_apart() -> None:
    old = parse(f'{{"a": ["\u00c3\u00a9"], "padding": "{PADDING}"}}', "old.json")
    new = parse(f'{{"a": ["\u00e9"], "padding": "{PADDING}"}}'.encode(), "new.json", beside=old)
    assert (old.data["a"], new.data["a"]) == (["\u00c3\u00a9"], ["\u00e9"])


def test_places_of_errors_count_characters() -> None:
    text = f'{{"padding": "{PADDING}",\n"\u00e9\U0001f600": 1, "b": NaN}}'
    assert str(refused(text.encode())[0].location) == "a.json:2:15"


@pytest.mark.parametrize("text", ["\\ud83d\\ude00", "\\\\ud83d", "\\n\\\\\\uD83D\\uDE00"])
def test_escaped_pairs_are_read_as_quickly_as_other_texts(text: str) -> None:
    content = f'{{"a": "{text}"}}'
    document = parse(content.encode(), "a.json")
    assert document.data == json.loads(content)
    assert document.outline is not None
    assert document.outline.raw


@pytest.mark.parametrize("text", ["\\ud83d", "\\ude00\\ud83d", "\\ud83d\\n\\ude00", "\\\\\\udead"])
def test_lone_halves_of_pairs_are_refused(text: str) -> None:
    (found,) = refused(f'{{"b": 1, "a": "{text}"}}'.encode())
    assert str(found.location) == "a.json:1:15"
