"""What is written for particular descriptions: names, sharing, sizes, and text from strangers."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import pytest

from descriptions import media, parameter
from python_packages import imported
from registry_api.v2 import API as REGISTRY
from routebook import (
    APIDescriptor,
    BodyDescriptor,
    EncodingDescriptor,
    MediaTypeDescriptor,
    MethodDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RoutebookError,
    RouteDescriptor,
    SecurityScheme,
    ServerDescriptor,
    TagDescriptor,
)
from routebook.emit.python import package
from routebook.output import write_folder
from support import run

HOSTILE = (
    '"""\nimport os\nos._exit(3)\n"""',
    "'''+__import__('os')._exit(3)+'''",
    '\\"""\nraise SystemExit\n',
    "\\N{DIGIT ONE} \\x41 \\u0041 \\",
    "\0\x1b[31m\x7f\x85",
    "\u2028\u2029raise SystemExit\u202e\u2066",
    "\ud800 \udc00 \U0001f600 \ufeff",
    "{API} %s {{x}}",
    "# type: ignore\n# noqa",
    'ends with a quote"',
    "ends with a backslash\\",
    "",
)


def route(path: str, *methods: MethodDescriptor, **fields: Any) -> RouteDescriptor:
    return RouteDescriptor(name=path.strip("/") or "root", path=path, methods=methods, **fields)


def method(verb: str = "GET", **fields: Any) -> MethodDescriptor:
    return MethodDescriptor(method=verb, **fields)


def api(*routes: RouteDescriptor, **fields: Any) -> APIDescriptor:
    return APIDescriptor(**{"title": "T", "version": "1", "routes": routes, **fields})


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_document_stays_text(text: str) -> None:
    """Wherever it stands: each module is docstring, imports, constants and classes, no more."""
    described = api(
        RouteDescriptor(
            name=text, path=f"/{text}", methods=(method(operation_id=text, tags=(text,)),)
        ),
        title=text,
        version=text,
        description=f"{text}\n\n{text}",
        tags=(TagDescriptor(name=text),),
        security_schemes=(SecurityScheme(name=text, type=text),),
        schemas={
            text: {"type": "object", "description": text, "properties": {"a": {"title": text}}},
            f"{text}2": {"type": "object", "properties": {text: {"const": text}}},
        },
        extra={f"x-{text}": {text: [text]}},
    )
    files = package(described)
    for source in files.values():
        for node in ast.parse(source).body:
            assert isinstance(
                node,
                (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.ClassDef, ast.Expr),
            )
            assert not isinstance(node, ast.Expr) or isinstance(node.value, ast.Constant)
        assert all(char == "\n" or char.isprintable() for char in source)
    with imported(files) as found:
        assert described == found.API


@pytest.mark.parametrize(
    ("tag", "file"),
    [
        ("Pets & Co.", "routes/pets_co.py"),
        ("import", "routes/import_.py"),
        ("list", "routes/list_.py"),
        ("CON", "routes/con_.py"),
        ("3rd party", "routes/n3_rd_party.py"),
        ("Équipe", "routes/equipe.py"),
        ("動物", "routes/x.py"),
        ("../../etc", "routes/etc.py"),
        ("OAuth2Token", "routes/o_auth2_token.py"),
        ("a" * 300, f"routes/{'a' * 50}.py"),
    ],
)
def test_modules_are_named_after_tags(tag: str, file: str) -> None:
    assert file in package(api(route("/x", method(tags=(tag,)))))


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/pets/{id}", "pets"),
        ("/api/v1/pets", "pets"),
        ("/{id}", "root"),
        ("/", "root"),
        ("/v1", "v1"),
    ],
)
def test_without_tags_modules_are_named_after_paths(path: str, file: str) -> None:
    assert f"routes/{file}.py" in package(api(route(path, method())))


def test_names_that_differ_in_case_only_stay_apart() -> None:
    names = ("pet", "Pet", "PET", "p-et", "class", "2", "é", "e")
    described = api(schemas={name: {"type": "object", "properties": {name: {}}} for name in names})
    with imported(package(described)) as found:
        assert described == found.API
        assert list(found.API.schemas) == list(names)


def test_routes_keep_their_order_where_tags_alternate() -> None:
    described = api(*(route(f"/r{n}", method(tags=("ab"[n % 2],))) for n in range(6)))
    with imported(package(described)) as found:
        assert described == found.API


def test_what_is_shared_is_one_object() -> None:
    limit = parameter("limit", component="Limit")
    missing = ResponseDescriptor(status_code=404, description="Gone.", component="NotFound")
    servers = (ServerDescriptor(url="https://a.example"),)
    request = RequestDescriptor(query_parameters=(limit,), failures=(missing,))
    described = api(
        route("/a", method(requests=(request,), servers=servers)),
        route("/b", method(requests=(request,), servers=servers), method("POST")),
    )
    with imported(package(described)) as found:
        first, second = (one.methods[0] for one in found.API.routes)
        assert first.requests[0] is second.requests[0]
        assert first.servers[0] is second.servers[0]
    files = package(described)
    assert files["parameters.py"].count("LIMIT = ") == 1
    assert files["responses.py"].count("NOT_FOUND = ") == 1
    assert '"limit"' not in "".join(text for path, text in files.items() if path != "parameters.py")


def test_what_has_a_name_in_the_document_keeps_it() -> None:
    """Also where something without a name would have had it first."""
    nameless = RequestDescriptor(query_parameters=(parameter("limit"),))
    named = RequestDescriptor(query_parameters=(parameter("max", component="Limit"),))
    described = api(
        *(
            route(f"/r{n}", method(requests=(one,)))
            for n, one in enumerate([nameless] * 2 + [named])
        )
    )
    source = package(described)["parameters.py"]
    assert source.index("LIMIT_QUERY = ") < source.index("LIMIT = ")
    assert 'component="Limit"' in source.partition("LIMIT = ")[2]


def test_equal_parts_without_a_name_become_one_but_only_when_equal_to_the_letter() -> None:
    """1, 1.0 and True are equal in Python, and different in JSON."""
    parts = [parameter("n", examples=(value,)) for value in (1, 1.0, True, 1)]
    described = api(
        *(
            route(f"/r{n}", method(requests=(RequestDescriptor(query_parameters=(part,)),)))
            for n, part in enumerate(parts)
        )
    )
    with imported(package(described)) as found:
        used = [one.methods[0].requests[0].query_parameters[0] for one in found.API.routes]
    assert [repr(one.examples) for one in used] == ["(1,)", "(1.0,)", "(True,)", "(1,)"]
    assert used[0] is used[3]


def test_kinds_that_need_each_other_share_a_module() -> None:
    """A header whose value is a shared media type, in the encoding of a shared body."""
    inner = MediaTypeDescriptor(content_type="application/json", schema=True, component="Inner")
    header = ParameterDescriptor(name="h", content=(inner,), component="H")
    encoding = EncodingDescriptor(name="a", headers=(header,))
    outer = MediaTypeDescriptor(content_type="multipart/form-data", encoding=(encoding,))
    body = BodyDescriptor(content=(outer,), component="B")
    described = api(route("/a", method("POST", requests=(RequestDescriptor(body=body),))))
    files = package(described)
    assert "shared.py" in files
    with imported(files) as found:
        assert described == found.API


def test_many_routes_of_one_tag_are_split() -> None:
    routes = (
        route(
            f"/r{n}",
            method(
                tags=("big",),
                description="Says something.",
                requests=(
                    RequestDescriptor(
                        query_parameters=tuple(parameter(f"p{n}_{k}") for k in range(4)),
                        successes=(ResponseDescriptor(status_code=200, body=media({"const": n})),),
                    ),
                ),
            ),
        )
        for n in range(120)
    )
    described = api(
        *routes,
        schemas={f"s{n}": {"enum": [f"{n}{k}" for k in range(40)]} for n in range(60)},
    )
    files = package(described)
    assert {"routes/big_part1.py", "routes/big_part2.py", "schemas/part2.py"} <= files.keys()
    assert max(text.count("\n") for text in files.values()) < 2000
    with imported(files) as found:
        assert described == found.API
        assert list(found.API.schemas) == list(described.schemas)


def test_deep_values_are_taken_apart() -> None:
    deep: Any = {"type": "string"}
    for level in range(150):
        deep = {"type": "object", "properties": {f"level{level}": deep}}
    described = api(schemas={"Deep": deep}, extra={"x-deep": deep})
    files = package(described)
    assert max(len(line) for text in files.values() for line in text.split("\n")) <= 100
    with imported(files) as found:
        assert described == found.API


ODD = {
    "huge": 10**5000,
    "hugely-negative": -(10**5000),
    "large": 1e300,
    "negative-zero": -0.0,
    "infinite": float("inf"),
    "small": 1e-7,
    "beyond-64-bits": 2**64,
    "true": True,
    "none": None,
    "empty": "",
}


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_values_come_back_as_they_were(value: Any) -> None:
    with imported(package(api(extra={"x-value": [value]}))) as found:
        (read,) = found.API.extra["x-value"]
    assert type(read) is type(value)
    assert read == value
    assert not isinstance(value, float) or repr(read) == repr(value)


@pytest.mark.parametrize("value", [object(), {1: "a"}, [b""], {"a": {None: 1}}])
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(RoutebookError, match="cannot be written"):
        package(api(extra={"x-value": value}))


def test_long_keys_and_names_stay_within_the_lines() -> None:
    names = ("n" * 95, "n" * 150, "a.b." + "long-" * 30, "x" * 70)
    described = api(
        schemas={name: {"type": "object", "properties": {name: {"const": name}}} for name in names},
        extra={"x-" + name: {name: 1} for name in names},
    )
    files = package(described)
    assert max(len(line) for text in files.values() for line in text.split("\n")) <= 100
    with imported(files) as found:
        assert described == found.API


def test_schemas_that_hold_themselves_and_each_other() -> None:
    node = {"$ref": "#/components/schemas/Node"}
    fields = {
        "up": node,
        "next": {"anyOf": [node, {"type": "null"}]},
        "parts": {"type": "array", "items": node},
        "leaf": {"$ref": "#/components/schemas/Leaf"},
    }
    leaf = {"type": "object", "properties": {"node": {**node, "description": "Where it is."}}}
    described = api(
        schemas={"Node": {"type": "object", "properties": fields, "required": ["up"]}, "Leaf": leaf}
    )
    files = package(described)
    assert "Any" not in files["schemas.py"]
    assert """\
class Node(rb.TypedDict):
    up: "Node"
    next: NotRequired["Node | None"]
    parts: NotRequired[list["Node"]]
    leaf: NotRequired[Leaf]
""" in files["schemas.py"]
    with imported(files) as found:
        assert described == found.API


def test_a_long_type_or_none_is_broken_before_none() -> None:
    long = {"type": "array", "items": {"type": "string", "description": "d" * 80}}
    either = {"anyOf": [long, {"type": "null"}]}
    shape = {"type": "object", "properties": {"a": either, "b": either}, "required": ["a"]}
    files = package(api(schemas={"Shape": shape}))
    assert "    a: (\n        list[" in files["schemas.py"]
    assert "        ]\n        | None\n    )\n" in files["schemas.py"]
    assert "        ]\n        | None\n    ]\n" in files["schemas.py"]


def test_a_type_or_none_that_fits_in_brackets_stays_on_a_line() -> None:
    words = "d" * 37
    shape = {"anyOf": [{"type": "string", "description": words}, {"type": "null"}]}
    schemas = {"Shape": {"type": "object", "properties": {"long_name": shape}}}
    schemas["Shape"]["required"] = ["long_name"]
    line = f'        Annotated[str, rb.JsonSchema(description="{words}")] | None'
    assert f"    long_name: (\n{line}\n    )\n" in package(api(schemas=schemas))["schemas.py"]


def test_type_checkers_find_nothing(tmp_path: Path) -> None:
    write_folder(tmp_path / "registry", package(REGISTRY))
    described = api(
        route("/a", method(tags=("Type",))),
        schemas={
            "Node": {
                "type": "object",
                "properties": {
                    "next": {"$ref": "#/components/schemas/Node"},
                    "list": {"type": "array"},
                    "items": {"type": ["array", "null"], "items": {"type": "string"}},
                    "keys": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                },
            },
            "Empty": {},
            "Never": False,
            "Address": {"type": "object", "properties": {"Address": {}, "str": {}}},
        },
        extra={"x-a": [], "x-b": {"c": {}}},
    )
    write_folder(tmp_path / "odd", package(described))
    mypy = Path(sys.executable).with_name("mypy")
    result = run(
        mypy, "--strict", "--cache-dir", tmp_path / "cache", "registry", "odd", cwd=tmp_path
    )
    assert result.returncode == 0, result.stdout


def test_the_whole_text(golden: Any) -> None:
    note = {
        "description": "A note.",
        "type": "object",
        "properties": {"id": {"type": "integer"}, "text": {"type": ["string", "null"]}},
        "required": ["id"],
    }
    body = media({"$ref": "#/components/schemas/Note"})
    failure = ResponseDescriptor(status_code=404, description="There is none.")
    fetch = RequestDescriptor(
        path_parameters=(parameter("id", required=True, component="Id"),),
        successes=(ResponseDescriptor(status_code=200, description="The note.", body=body),),
        failures=(failure,),
    )
    described = api(
        route(
            "/notes/{id}",
            method(tags=("Notes",), operation_id="getNote", requests=(fetch,)),
            method("DELETE", tags=("Notes",), requests=(RequestDescriptor(failures=(failure,)),)),
        ),
        title="Notes",
        description="Keeps notes.\n\nAnd gives them back.",
        schemas={"Note": note, "note-id": {"type": "integer", "minimum": 1}},
    )
    text = "\n".join(
        f"##### {path}\n{source}" for path, source in sorted(package(described).items())
    )
    golden(Path(__file__).with_name("notes.txt"), text)
