"""What YAML text stands for: the core schema of YAML 1.2.2, as OpenAPI asks for it.

The table is by construct. Each case was checked against the text of the specification, not
against what some parser makes of it.
"""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routebook.documents import parse
from routebook.documents.scalars import STARTS, resolve
from routebook.findings import DescriptionError, Finding

BIG = 2**70

SCALARS: list[tuple[str, Any]] = [
    # texts that YAML 1.1 took for something else
    ("no", "no"),
    ("on", "on"),
    ("yes", "yes"),
    ("Off", "Off"),
    ("y", "y"),
    ("2020-01-01", "2020-01-01"),
    ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
    ("12:30", "12:30"),
    ("190:20:30.15", "190:20:30.15"),
    ("1_000", "1_000"),
    ("0b11", "0b11"),
    ("=", "="),
    ("0x", "0x"),
    ("0o8", "0o8"),
    ("-0x1F", "-0x1F"),
    ("1.2.3", "1.2.3"),
    ("+", "+"),
    (".", "."),
    ("-.", "-."),
    ("e3", "e3"),
    ("1e", "1e"),
    (".Nan", ".Nan"),
    ("nULL", "nULL"),
    ("tRUE", "tRUE"),
    ("\u0661", "\u0661"),
    # numbers
    ("0", 0),
    ("-0", 0),
    ("+12", 12),
    ("0123", 123),
    ("-012", -12),
    ("0o10", 8),
    ("0x1F", 31),
    ("0xff", 255),
    (str(BIG), BIG),
    (str(-BIG), -BIG),
    ("1.0", 1.0),
    ("1.", 1.0),
    (".5", 0.5),
    ("-.5", -0.5),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("685.230_15e+03", "685.230_15e+03"),
    ("6.8523015e+5", 685230.15),
    ("0e0", 0.0),
    (".inf", math.inf),
    ("-.INF", -math.inf),
    ("+.Inf", math.inf),
    # constants
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("true", True),
    ("True", True),
    ("FALSE", False),
    # quotes make texts
    ("'1'", "1"),
    ('"null"', "null"),
    ("''", ""),
    ('"~"', "~"),
    # tags of the core schema
    ("!!str 1", "1"),
    ("!!str", ""),
    ("! 1", "1"),
    ("!<tag:yaml.org,2002:str> true", "true"),
    ("!!int 0x10", 16),
    ("!!float 1", 1.0),
    ("!!bool true", True),
    ("!!null ''", None),
    ("!!binary aGk=", "aGk="),
    ("!!timestamp 2020-01-01", "2020-01-01"),
    # escapes
    (r'"\x41\u00e9\U0001F600"', "A\u00e9\U0001f600"),
    (r'"\ud83d\ude00 \ud83d\uDE01"', "\U0001f600 \U0001f601"),
    (r'"\\ud83d\\ude00"', r"\ud83d\ude00"),
    (r'"\\\ud83d\ude00"', "\\\U0001f600"),
    (r"'\ud83d\ude00'", r"\ud83d\ude00"),
    (r'"a\/b\tc\nd\0"', "a/b\tc\nd\0"),
    ("\U0001f600", "\U0001f600"),
    # characters that ended a line in YAML 1.1
    ('"a\u2028 b"', "a\u2028 b"),
    ("a\u2028b", "a\u2028b"),
    ("'a \u2029b'", "a \u2029b"),
    ('"a\x85b"', "a\x85b"),
    ("a\x85b", "a\x85b"),
    ("|\n a\x85b\n c\u2028\n", "a\x85b\nc\u2028\n"),
    ("\ue000\u2028", "\ue000\u2028"),
    # over several lines
    ("|\n a\n  b\n\n c\n", "a\n b\n\nc\n"),
    ("|-\n a\n", "a"),
    ("|+\n a\n\n", "a\n\n\n"),
    (">\n a\n b\n\n c\n", "a b\nc\n"),
    ("|2\n   a\n", " a\n"),
    ("'a\n  b\n\n  c'", "a b\nc"),
    ('"a\\\n   b"', "ab"),
    ("a\n  b", "a b"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS)
@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])
def test_scalars(text: str, value: Any, pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if pure:
        monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    found = parse(f"- {text}\n", "a.yaml").data[0]
    assert (found, type(found)) == (value, type(value))


def test_not_a_number() -> None:
    assert math.isnan(parse(".nan", "a.yaml").data)


DOCUMENTS: list[tuple[str, Any]] = [
    # keys are texts, as they are written
    ("200: a\n'404': b\n2XX: c", {"200": "a", "404": "b", "2XX": "c"}),
    ("true: 1\nNo: 2\n~: 3\n1.50: 4\n0x1F: 5", {"true": 1, "No": 2, "~": 3, "1.50": 4, "0x1F": 5}),
    ("2020-01-01: a", {"2020-01-01": "a"}),
    ("? a\n: 1\n? b\n", {"a": 1, "b": None}),
    ("!!str 1: a", {"1": "a"}),
    ("&k a: 1\nb: *k", {"a": 1, "b": "a"}),
    ("- &k 404\n- {*k : a}", [404, {"404": "a"}]),
    # aliases and merge keys
    ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
    ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
    (
        "a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n  e: 4",
        {"a": {"b": 1, "c": 2}, "d": {"c": 3, "b": 1, "e": 4}},
    ),
    (
        "- &x {a: 1}\n- &y {a: 2, b: 2}\n- {<<: [*x, *y], c: 3}",
        [{"a": 1}, {"a": 2, "b": 2}, {"a": 1, "b": 2, "c": 3}],
    ),
    (
        "- &x {a: 1}\n- &y {<<: *x, b: 2}\n- {<<: *y}",
        [{"a": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2}],
    ),
    ("{'<<': 1}", {"<<": 1}),
    ("{!!str <<: 1}", {"<<": 1}),
    # flow style, JSON in it, comments, document markers
    ("{a: [1, 'b', {c: d}], \"e\":1}", {"a": [1, "b", {"c": "d"}], "e": 1}),
    ("[a, b,]", ["a", "b"]),
    ("{a, b: }", {"a": None, "b": None}),
    ("a: b\u2028c", {"a": "b\u2028c"}),
    ("a\u2028b: c", {"a\u2028b": "c"}),
    ("# c\na: b # d\nc: d#e\n", {"a": "b", "c": "d#e"}),
    ("%YAML 1.2\n---\na: no\n...\n", {"a": "no"}),
    ("--- !!map\na: b", {"a": "b"}),
    ("--- |\n a\n", "a\n"),
    ("a: !!seq []", {"a": []}),
    # white space
    ("a:\tb\n", {"a": "b"}),
    ("a: b\t# c\n", {"a": "b"}),
    ("a: b\r\nc: |\r\n  d\r\n  e\r\n", {"a": "b", "c": "d\ne\n"}),
    ("\ufeffa: b", {"a": "b"}),
    ("a: 'b\tc'", {"a": "b\tc"}),
    ("a: x:y\nb: http://c/d", {"a": "x:y", "b": "http://c/d"}),
]


@pytest.mark.parametrize(("text", "value"), DOCUMENTS)
def test_documents(text: str, value: Any) -> None:
    found = parse(text, "a.yaml").data
    assert found == value
    assert str(found) == str(value), "the order of keys"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert parse("a: é\U0001f600\n".encode(encoding), "a.yaml").data == {"a": "é\U0001f600"}
    assert parse('{"a": "é"}'.encode(encoding), "a.json").data == {"a": "é"}


def refused(text: str | bytes, name: str = "a.yaml") -> tuple[Finding, ...]:
    with pytest.raises(DescriptionError) as caught:
        parse(text, name)
    return caught.value.findings


ERRORS = [
    ("a: 1\nb: 2\na: 3", "a.yaml:3:1", "'a' stands twice in one mapping, first at a.yaml:1:1"),
    ("x:\n- {200: a, '200': b}", "a.yaml:2:12", "'200' stands twice"),
    ("- &k a\n- {a: 1, *k : 2}", "a.yaml:2:10", "'a' stands twice"),
    ("<<: {}\n<<: {}", "a.yaml:2:1", "'<<' stands twice"),
    (r'{a: "\ud83d\ude00", b: 1, b: 2}', "a.yaml:1:25", "'b' stands twice"),
    ("a: !foo b", "a.yaml:1:4", "found !foo"),
    ("a: !!python/object:os.system x", "a.yaml:1:4", "found !!python/object:os.system"),
    ("a: !!set {b}", "a.yaml:1:4", "found !!set"),
    ("a: !!map []", "a.yaml:1:4", "found !!map"),
    ("a: !!int b", "a.yaml:1:4", "a value of the tag !!int, found 'b'"),
    ("a: b\n---\nc: d", "a.yaml:2:1", "found a second one"),
    ("a: b\n---\n", "a.yaml:2:1", "found a second one"),
    ("a: *b", "a.yaml:1:4", "there is no anchor &b"),
    ("a: &b [*b]", "a.yaml:1:8", "inside of its own anchor"),
    ("a: &b {c: &b 1, d: *b, <<: 3}", "a.yaml:1:29", "as the value of the merge key"),
    ("{<<: 3}", "a.yaml:1:7", "as the value of the merge key"),
    ("? [a]\n: b", "a.yaml:1:3", "found a mapping or list"),
    ("? {a: b}\n: b", "a.yaml:1:3", "found a mapping or list"),
    ("- &a {}\n- {*a : b}", "a.yaml:2:4", "found a mapping or list"),
    ("a:\n\tb: c", "a.yaml:2:1", "cannot start any token"),
    ("a: b: c", "a.yaml:1:5", "mapping values are not allowed"),
    ("a: [b", "a.yaml:1:6", "is not YAML"),
    ("a: 'b", "a.yaml:1:6", "found unexpected end of stream"),
    ("a: \x00", "a.yaml:1:4", "found U+0000"),
    ("a: \x07", "a.yaml:1:4", "found U+0007"),
    ("", "a.yaml", "found an empty file"),
    (" \n\t\n", "a.yaml", "found an empty file"),
    (r'a: "\ud83d"', "a.yaml:1:", "escape code"),
    (r'a: "\ud83d\ude00"' + "\nb: '\\U0001f600'", "a.yaml:2:4", "outside of double quotes"),
    ("a: " + "9" * 5000, "a.yaml:1:4", "too many digits"),
]


@pytest.mark.parametrize(("text", "place", "message"), ERRORS)
def test_errors(text: str, place: str, message: str) -> None:
    (found,) = refused(text)
    assert str(found.location).startswith(place)
    assert message in found.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n-\tb", "write spaces"),
        ("a:\n\tb: c", "write spaces"),
        ("a: @b\nc: d\ne: f", "put a text that begins with @ in quotes"),
        ("a: [:b]\nc: d\ne: f", "write a space after a key's colon"),
        ("a: {b:}\nc: d\ne: f", "write a space after a key's colon"),
        ("a: b: c\nd: e\nf: g", "put a text that holds `: ` in quotes"),
        ("a: [b", "the file may be cut off"),
    ],
)
def test_what_to_do_about_errors(text: str, hint: str) -> None:
    (found,) = refused(text)
    assert hint in found.hint


def test_all_duplicate_keys_are_told_at_once() -> None:
    found = refused("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3")
    assert [str(one.location) for one in found] == ["a.yaml:2:1", "a.yaml:4:1", "a.yaml:3:11"]


def test_an_alias_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (found,) = refused("\n".join(lines))
    assert found.rule == "document-alias"
    assert found.location is not None
    assert found.location.line > 4


def test_aliases_that_nest_too_deeply() -> None:
    deep = "\n".join([f"a0: &a0 {'[' * 300}{']' * 300}", f"b: {'[' * 300}*a0{']' * 300}"])
    (found,) = refused(deep)
    assert (found.rule, str(found.location)) == ("document-depth", "a.yaml:2:304")


def test_many_aliases_of_one_thing_are_fine() -> None:
    text = "a: &a {b: [1, 2, 3]}\nc:\n" + "- *a\n" * 10_000
    assert len(parse(text, "a.yaml").data["c"]) == 10_000


@given(st.text(alphabet="+-.0123456789eExXoOinfaNnulltrue~_:", max_size=8))
def test_only_what_starts_so_is_no_text(text: str) -> None:
    if text and text[0] not in STARTS:
        assert resolve(text) == text


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(exclude_characters="\x7f", exclude_categories=["Cs"]))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | FLOATS | TEXT,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
        max_leaves=12,
    )
)
def test_json_is_yaml(value: Any) -> None:
    """YAML 1.2.2, section 1.2: "every JSON file is also a valid YAML file"."""
    assert parse(f"# c\n{json.dumps(value)}", "a.yaml").data == value
