"""Whatever a description says stays inside the literals of its samples."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sample_api
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reference_html import gfm, read, site
from sample_runs import samples

import descriptions
from routebook import (
    APIDescriptor,
    EncodingDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    RouteDescriptor,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
)
from routebook.emit.markdown import pages
from routebook.languages import LANGUAGES
from routebook.views.requests import go, javascript, python
from routebook.views.requests.literals import fit
from support import require, run

if TYPE_CHECKING:
    from conftest import Golden

GOLDEN = Path(__file__).parent / "golden"

NASTY = (
    "\"'`\\",
    '\\"\'\'\'"""',
    "a\nb\r\nc\rd\te",
    "\x00\x01\x0b\x0c\x1b\x7f\x85\xa0\xad",
    "\u2028\u2029\u202e\u200b\ufeff\ufffe",
    "\ud800 \udfff",
    "\U0001f6a2 \U000e0041 \U0010ffff",
    "${process.exit(1)} {os.abort()} %s {0} {{}}",
    "</script><!-- --> ]]> `+panic(1)+`",
    '``` \n~~~\n=== "Tab"\n\n    ```\n',
    '"; import os; os.abort() #',
    "*/ // # --> \\u0041 \\x41 \\N{DASH} \\",
    "__proto__",
    "-8<- {++a++} ](#x) <a id=",
)
TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=12),
    st.text(st.sampled_from("\"'`\\\n\r\t\x00${}</>#%a \u2028\ud800\U0001f6a2"), max_size=12),
)


def hostile(text: str) -> APIDescriptor:
    """An API that says a text wherever a sample may show one."""
    parameter = sample_api.given(text, text)
    both: dict[str, Any] = {"query_parameters": (parameter,), "headers": (parameter,)}
    bodies = (
        sample_api.body(sample_api.JSON, {text: [text, {"a": text}]}),
        sample_api.body("text/plain", text),
        sample_api.body(text, text),
        sample_api.body(sample_api.FORM, {text: [text, "b"]}),
        sample_api.body(
            sample_api.PARTS,
            {text: text, "file": text, "more": {"a": text}},
            encoding=(
                EncodingDescriptor(name=text, content_type=text),
                EncodingDescriptor(name="file", content_type="image/png"),
            ),
        ),
    )
    schemes = (
        SecurityScheme(name="a", type="apiKey", parameter=text, location="query"),
        SecurityScheme(name="b", type="apiKey", parameter=text, location="cookie"),
        SecurityScheme(name="c", type="http", scheme=text),
    )
    requests = (
        *(RequestDescriptor(name=f"v{n}", body=body, **both) for n, body in enumerate(bodies)),
        RequestDescriptor(name="cookie", cookie_parameters=(parameter,)),
    )
    methods = (MethodDescriptor(method="POST", requests=requests), MethodDescriptor(method=text))
    routes = (RouteDescriptor(name="thing", path="/things", methods=methods),)
    return descriptions.api(
        *routes,
        servers=(ServerDescriptor(url=f"https://example.net/{text}"),),
        security_schemes=schemes,
        security=(SecurityRequirement(schemes={"a": (), "b": (), "c": ()}),),
    )


def strings(source: str) -> Iterator[str]:
    """The strings of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


IN_CALLS = frozenset({"httpx", "response", "os", "context", "ssl", "Path", "quote", "print"})


@settings(max_examples=40)
@given(TEXT)
@example(NASTY[0])
@example(NASTY[8])
def test_texts_stay_inside_the_literals_of_python(text: str) -> None:
    """They are read back as they were, and no name stands there that is not ours."""
    found = samples(hostile(text), "python")
    for source in found.values():
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        assert names <= IN_CALLS
    wanted = fit(text)
    modules = [list(strings(source)) for name, source in found.items() if "--v" in name]
    assert wanted in modules[0]
    assert wanted in "".join(modules[1])
    assert wanted in modules[3]
    assert wanted in modules[4]


@settings(max_examples=3)
@given(st.lists(TEXT, min_size=60, max_size=60).map(lambda found: [*NASTY, *found]))
def test_literals_of_javascript_are_read_back(texts: list[str]) -> None:
    node = shutil.which("node")
    require("node", node)
    written = ",\n".join(javascript.quoted(text) for text in texts)
    data = [{text: [text, None, True, 1.5]} for text in texts]
    values = ",\n".join(str(python_free(javascript.value(item))) for item in data)
    code = f"console.log(JSON.stringify([[{written}], [{values}]]));"
    done = run(str(node), "--input-type=module", "--eval", code)
    assert done.stderr == ""
    read_back, objects = json.loads(done.stdout)
    assert read_back == [fit(text) for text in texts]
    assert objects == [{fit(text): [fit(text), None, True, 1.5]} for text in texts]


def python_free(node: Any) -> str:
    """A laid out value as text."""
    return javascript.LAYOUT.text(node)


def test_literals_of_go_are_read_back(tmp_path: Path) -> None:
    binary = shutil.which("go")
    require("go", binary)
    texts = [*NASTY, *map(chr, (*range(0x250), 0x2028, 0xFEFF, 0xFFFD, 0x10FFFF)), "a\n`b", "a\nb"]
    lines = [f"\t\t{written(text)}," for text in texts for written in (go.quoted, go.written)]
    code = [
        *("package main", "", "import (", '\t"encoding/json"', '\t"os"', ")", ""),
        *("func main() {", "\tencoder := json.NewEncoder(os.Stdout)"),
        *("\tencoder.Encode([]string{", *lines, "\t})", "}", ""),
    ]
    (tmp_path / "main.go").write_text("\n".join(code), encoding="utf-8")
    done = run(str(binary), "run", "main.go", cwd=tmp_path, env={"GOTOOLCHAIN": "local"})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [fit(text) for text in texts for _ in range(2)]


@pytest.mark.parametrize("language", ["javascript", "go"])
def test_samples_of_hostile_descriptions_parse(language: str, tmp_path: Path) -> None:
    tool = {"javascript": "node", "go": "gofmt"}[language]
    require(tool, shutil.which(tool))
    ending = {"javascript": "mjs", "go": "go"}[language]
    files = []
    for count, text in enumerate(NASTY):
        for name, source in samples(hostile(text), language).items():
            files.append(tmp_path / f"{count}-{name[-40:]}.{ending}")
            files[-1].write_text(f"{source}\n", encoding="utf-8")
    assert len(files) > 5 * len(NASTY)
    if language == "go":
        done = run("gofmt", "-d", *files)
        assert (done.stdout, done.stderr) == ("", "")
        return
    sources = json.dumps([file.read_text("utf-8") for file in files])
    code = (
        "const {SourceTextModule} = await import('node:vm');"
        f"for (const source of {sources}) new SourceTextModule(source);"
    )
    options = ("--no-warnings", "--experimental-vm-modules", "--input-type=module")
    done = run("node", *options, "--eval", code)
    assert done.stderr == ""


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_samples_stay_inside_their_code_blocks(text: str) -> None:
    for target, render in (("markdown", gfm), ("mkdocs", site)):
        for page in pages(hostile(text), target, layout="operation", samples=LANGUAGES):
            if "operations/" in page.path:
                root = read(render(page.content.partition("\n---\n")[2] or page.content))
                assert not root.every("script", "img", "iframe", "svg")


SHOWN = (
    *("query-plain", "query-styles", "headers", "json", "form", "parts", "text-lines", "binary"),
    *("auth-basic", "auth-query-encoded", "auth-certificate", "head", "redirected"),
)


def test_samples_are_what_people_like_to_paste(golden: Golden) -> None:
    """Read the golden file: it shows what the samples are like."""
    found = {language: samples(sample_api.API, language) for language in LANGUAGES}
    ids = [name for name in found["curl"] if name.removeprefix("op-").rpartition("-")[0] in SHOWN]
    assert len(ids) == len(SHOWN)
    blocks = [
        f"## {name}\n\n" + "\n\n".join(found[language].get(name, "none") for language in LANGUAGES)
        for name in ids
    ]
    golden(GOLDEN / "samples-ferries.txt", "\n\n".join(blocks) + "\n")


def test_parameters_of_httpx_are_used_only_where_they_are_the_same_on_the_wire() -> None:
    def query(value: Any, **fields: Any) -> str:
        parameter = ParameterDescriptor(name="q", required=True, examples=(value,), **fields)
        api = descriptions.api(
            RouteDescriptor(
                name="t",
                path="/t",
                methods=(
                    MethodDescriptor(
                        method="GET", requests=(RequestDescriptor(query_parameters=(parameter,)),)
                    ),
                ),
            )
        )
        return samples(api, "python")["op-t-get"]

    assert 'params={"q": "1.0~x_y-z"}' in query("1.0~x_y-z")
    assert "params=" not in query("sha256:1")
    assert "/t?q=sha256:1" in query("sha256:1")
    assert "/t?q=a%20b" in query("a b")


def test_what_python_quotes() -> None:
    assert python.quoted('"a"') == "'\"a\"'"
    assert python.quoted("it's") == '"it\'s"'
    assert python.quoted("\n\u200b") == '"\\n\\u200b"'
