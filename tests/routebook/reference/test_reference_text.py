"""Text from a description cannot break a page nor run in a browser, wherever it is rendered."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reference_html import RENDERERS, Element, gfm, read, site

from routebook.views import escape, quick
from routebook.views.prose import Prose
from routebook.views.unlinked import Unlinked, unlinked

PIECES = [
    *"`*_~^=:+-#>|<&{}[]()!\\/$@.1a \n\t",
    *("```", "~~~", "***", "__", "==", "--8<--", "!!!", "???", "///", ":::", "---", "\n\n"),
    *("    ", "<script>", "</p>", "<!--", "-->", "<![CDATA[", "<?php", "&lt;", "&#60;", "&amp;"),
    *("](javascript:alert(1))", "](http://a.b)", "](#op-x)", "![i](x.png)", "[x]: http://a.b"),
    *("{: onclick=alert(1)}", "{onclick=alert(1)}", "{#id}", "| a | b |\n|---|---|\n", "- ", "1. "),
    *(
        "[^1]",
        "*[HTML]: x",
        "{++",
        "++}",
        "$x$",
        "++ctrl++",
        ":smile:",
        "https://a.b/c?d=1&e",
        "\x02",
    ),
    *(
        '<a href="javascript:x">',
        "<b>",
        "</b>",
        "<br>",
        "<p>",
        "</code>",
        "<code>",
        "é",
        "名前",
        "\ud800",
    ),
    *(
        '--8<-- "pyproject.toml"',
        '!!! note "x"\n\n    ',
        '=== "tab"\n\n    ',
        "BLOB_UNKNOWN",
        "getBlob",
    ),
]
NASTY = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map("".join)
MENTIONS = {"BLOB_UNKNOWN": "err-blob-unknown", "getBlob": "op-blob-get"}
IDS = {"err-blob-unknown", "op-blob-get", "op-x"}
PROSE = Prose(MENTIONS, IDS)

INLINE = {"a", "br", "code", "del", "em", "strong"}
BLOCKS = INLINE | {
    *("blockquote", "hr", "li", "ol", "p", "pre", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr", "h2", "h3", "h4"),
}
ATTRIBUTES = {
    "a": {"href"},
    "code": {"class"},
    "ol": {"start"},
    "pre": {"class"},
    "h1": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
}
URL = re.compile(r"(https?|mailto):|/(?!/)|#(op-x|op-blob-get|err-blob-unknown)$")


def words(text: str) -> str:
    return " ".join(escape.clean(text).split())


def letters(text: str) -> str:
    return words(text).replace(" ", "")


def harmless(root: Element, tags: set[str]) -> None:
    """Only the tags and attributes that our own Markdown makes, and links that may be followed."""
    for element in root.every():
        if element.tag in {"div", "span"}:  # what the site's code blocks are wrapped in
            assert set(element.attributes) <= {"class"}
            continue
        assert element.tag in tags, element
        assert set(element.attributes) <= ATTRIBUTES.get(element.tag, set()), element
        if element.tag == "a":
            assert URL.match(element.attributes["href"]), element


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=NASTY)
@example("1. x")
@example("a\\`b`c")
@example("# x #")
@example("_a_ __b__ snake_case_")
@example("::: x")
def test_plain_text_is_read_as_it_is(renderer: str, source: str) -> None:
    shown = escape.text(source)
    root = read(RENDERERS[renderer](shown))
    assert [element.tag for element in root.every()] == (["p"] if shown else [])
    assert words(root.text) == words(source)


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=NASTY)
def test_code_is_read_as_it_is(renderer: str, source: str) -> None:
    root = read(RENDERERS[renderer](f"Code: {escape.code(source)}."))
    assert letters(root.text) == f"Code:{letters(source) or '(empty)'}."
    assert {element.tag for element in root.every()} <= {"p", "code"}


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=NASTY, language=NASTY)
def test_code_block_is_read_as_it_is(renderer: str, source: str, language: str) -> None:
    root = read(RENDERERS[renderer](f"a\n\n{escape.block(source, language)}\n\nb"))
    harmless(root, BLOCKS)
    assert letters(root.text) == letters(f"a {source} b")


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=NASTY)
def test_text_stays_in_its_heading_and_cell(renderer: str, source: str) -> None:
    text, code = escape.text(source), escape.code(source)
    page = f"# {text} {code}\n\n| a | b |\n|---|---|\n| {text} | {code} |\n| {code} | {text} |\n"
    root = read(RENDERERS[renderer](page))
    assert [element.tag for element in root.every("h1", "h2", "p")] == ["h1"]
    assert [len(row.every("td", "th")) for row in root.every("tr")] == [2, 2, 2]
    assert words(root.every("td")[0].text) == words(source)
    assert letters(root.every("td")[2].text) == (letters(source) or "(empty)")


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=NASTY)
@example("<script>alert(1)</script>")
@example("<p><a href='javascript:alert(1)'>x</a></p>")
@example("[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>")
@example("[x](data:text/html,x) [y](vbscript:x) [z](//evil.example) [w](#nowhere)")
@example("a\n{: onclick=alert(1)}\n\n## b {onclick=alert(1)}")
@example('```\n--8<-- "pyproject.toml"\n```')
@example("- ```\n  --8<--\n  ```\n- b")
def test_description_is_harmless(renderer: str, source: str) -> None:
    for block in (PROSE.block(source), PROSE.block(source, 1)):
        root = read(RENDERERS[renderer](f"# T\n\n{block}\n\n## Next"))
        harmless(root, {*BLOCKS, "h1"} | {"sup"})
        assert len(root.every("h1")) == 1
        assert root.every("h1", "h2")[-1].text == "Next"


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=NASTY)
def test_description_stays_in_its_cell(renderer: str, source: str) -> None:
    page = f"| a | b |\n|---|---|\n| {PROSE.line(source)} | x |\n| y | {PROSE.line(source)} |\n"
    root = read(RENDERERS[renderer](page))
    assert [len(row.every("td", "th")) for row in root.every("tr")] == [2, 2, 2]
    for cell in root.every("td"):
        harmless(cell, INLINE)
    assert root.every("td")[1].text.strip() == "x"


WORDS = ["a", "b", " ", " ", "\n", "\n\n", "*", "**", "`", "- ", "1. ", "> ", "# ", "## ", "1 < 2"]
PLAIN = st.lists(
    st.sampled_from([*WORDS, "    ", "_", "\\", "&", "|", "\n- ", "\n\n"]), max_size=16
)


@pytest.mark.parametrize("renderer", RENDERERS)
@given(source=PLAIN.map("".join))
@example("- ```")
@example("```\n```")
@example("> ```\n>\n> ```")
def test_description_says_what_it_said(renderer: str, source: str) -> None:
    """CommonMark 0.31: what its reference rules make of the text is what a reader sees."""
    before = read(gfm(escape.clean(source)))
    after = read(RENDERERS[renderer](PROSE.block(source, 1)))
    assert letters(after.text.replace("(empty)", "")) == letters(before.text)
    for tag in ("em", "code", "blockquote"):
        full = [element for element in before.every(tag) if element.text.strip()]
        said = [
            element for element in after.every(tag) if element.text.replace("(empty)", "").strip()
        ]
        assert len(said) == len(full) or (tag == "blockquote" and said), tag


def test_headings_go_below_without_a_gap() -> None:
    source = "### One\n\n# Two\n\n#### Three\n\n###### Four\n\n- # In a list\n"
    block = PROSE.block(source, 1)
    assert [e.tag for e in read(gfm(block)).every("h1", "h2", "h3", "h4", "h5")] == [
        *("h2", "h2", "h3", "h4")
    ]
    assert PROSE.block(source).startswith("**One**\n\n**Two**")


def test_names_become_links() -> None:
    assert PROSE.block("See `getBlob`; BLOB_UNKNOWN.") == (
        "See [`getBlob`](#op-blob-get); [BLOB_UNKNOWN](#err-blob-unknown)."
    )
    assert PROSE.line("[go](#op-x), [no](#op-y)") == "[go](#op-x), no (`#op-y`)"


def test_formatting_in_html_is_kept() -> None:
    source = "<p>Returns a <b>list</b> of <code>x</code>,<br>see <a href='https://a.b'>a</a>.</p>"
    html = site(PROSE.block(source))
    assert words(read(html).text.replace(",", ", ")) == "Returns a list of x, see a."
    assert "<strong>list</strong>" in html
    assert 'href="https://a.b"' in html


SPANS = [
    *("a", "B", " ", " ", "\n", "\n\n", "`a`", "`a b`", "**a**", "**a b:**", "[a](https://a.b/c)"),
    *("[`a`](https://a.b/c_d?e=f)", "<p>", "</p>", "<code>a</code>", '<a href="https://a.b">a</a>'),
    *("BLOB_UNKNOWN", "`getBlob`", "https://a.b/c", "a_b", "_", "*", "`", "[", "]", "(", ")", "!"),
    *("**`a`**", "**a.**", "**`getBlob`**: ", "a\nb", "#", "++", "[a\nb](https://a.b/c)"),
    *("\n- a", "\n* b", "* ", "\n- `a`: b.", "\n-   c", "- - "),
    *("_a_", "_a b_ ", "> ", "\n> ", "> [!NOTE]\n> ", "**a(b)**", '**"a"**', " & ", "[a](#b)"),
    *("*a*", "*a: b_c*", " *a* ", "**a_b**", "[a_b](/c)", "[a](<>)", "\n a", "</p>\n\n<p>", " a"),
    *("1.", "- ", "# ", "=", ":", ".", "\u00e9", "&", "<b>", "</b>", "<br>", "~", "|", "\\", "  "),
]


@given(source=st.lists(st.sampled_from(SPANS), max_size=10).map("".join) | NASTY)
@example("<p>See <a href='https://a.b/c'>a</a>, <code>b</code>.</p>")
@example("One `a`.\nTwo **b** [c](https://d.e).\n\nThree BLOB_UNKNOWN.")
@example("> [!NOTE]\n> One `a`.\n> Two.\n\nThree _four_ & [five](#six).")
@example("    a")
@example("a\n===")
@example("<p>One *a*.</p>\n\n<p>Two **b_c**.</p>")
def test_plain_descriptions_are_written_as_the_parser_has_them(source: str) -> None:
    """What is written without the parser (CommonMark 0.31) is what is written with it."""
    found = quick.blocks(source, PROSE)
    if found is not None:
        assert quick.block(found) == PROSE.parsed_block(source, 1)
        assert quick.line(found) == PROSE.parsed_line(source)


def test_most_descriptions_need_no_parser() -> None:
    source = "Use `a` or **b**: see [the guide](https://a.b/c).\n\nOne of:\n- `a`: x\n- b"
    quoted = "\n\n> [!NOTE]\n> Not _yet_."
    found = quick.blocks(source + quoted, PROSE)
    note = quick.Quote("&#91;!NOTE\\] Not *yet*.")
    assert found == [source.partition("\n")[0], "One of:", ["`a`: x", "b"], note]


@given(source=st.lists(st.sampled_from(SPANS), max_size=10).map("".join) | NASTY)
@example("**`getBlob`**, *BLOB_UNKNOWN*, BLOB_UNKNOWNhttps://a.b, [a](#op-x), [b](#op-y)")
@example("# One\n\n| a | b |\n|---|---|\n| `getBlob` | c |")
def test_a_description_is_the_same_when_it_was_written_before_its_api_was_known(
    source: str,
) -> None:
    prose = Prose(MENTIONS, IDS, lambda: written(source))
    assert prose.block(source) == PROSE.block(source)
    assert prose.line(source) == PROSE.line(source)
    assert prose.block(source, 1) == PROSE.block(source, 1)


def test_what_was_written_before_is_taken_unless_it_names_something() -> None:
    texts = ("Use `a`.", "Use `getBlob`.", "See [x](#op-x).", "Is not BLOB_UNKNOWN, *no*.")
    known = {text: Unlinked("block", "line", ("a",), ("b",)) for text in texts}
    known |= written(*texts[1:])
    prose = Prose(MENTIONS, IDS, lambda: known)
    assert (prose.block(texts[0]), prose.line(texts[0])) == ("block", "line")
    for text in texts[1:]:
        assert prose.line(text) == PROSE.line(text) != known[text].line


def described(*descriptions: str) -> list[dict[str, str]]:
    return [{"description": one} for one in descriptions]


def written(*descriptions: str, room: int = 100_000) -> dict[str, Unlinked]:
    """Descriptions of a document that has something else, too."""
    return unlinked(json.dumps(described(*descriptions)).encode() + b" " * room)


def test_the_descriptions_of_a_document_are_found_in_its_text() -> None:
    texts = ('A "b" `c`\\', "\\`d\\\\` \u00e9\U0001f600", "one\n\ntwo `e`", "*f*")
    assert list(written(*texts, "plain", "")) == list(texts)
    named = "`a` is BLOB_UNKNOWN; see [x](#y)."
    said = named.replace("[x](#y)", "x (`#y`)")
    assert written(named)[named] == Unlinked(said, said, ("BLOB_UNKNOWN", "a"), ("y",))
    for wrong in (b'"description": "`a', b'"description": "\\u12"', b'"description": 1', b"\xff"):
        assert unlinked(wrong + b" " * 1000) == {}


def test_what_is_written_before_is_a_part_of_the_document() -> None:
    texts = [f"`{number:02}`" for number in range(40)]
    assert [*written(*texts, room=0)] == texts[: len(json.dumps(described(*texts))) // 16 // 6]
