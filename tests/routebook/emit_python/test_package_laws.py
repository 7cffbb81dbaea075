"""Laws of the packages that stand for descriptions."""

from __future__ import annotations

import ast
import inspect
import keyword
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import json_strategies
import strategies
from python_packages import imported
from registry_api.v2 import API as REGISTRY
from routebook import APIDescriptor, openapi
from routebook.emit import json as json_text
from routebook.emit.python import package
from routebook.emit.python.names import Names, class_name, constant, module
from routebook.emit.python.plain import without_types
from routebook.emit.python.text import WIDTH, docstring, is_safe, literal, pieces, width
from routebook.output import write_folder

RUFF = Path(sys.executable).with_name("ruff")

texts = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\"'\\\n\r\t {}N\x00\x1b\x85\xa0\u2028\u202e\ufeff\ud800\U0001f600界é"),
    ),
    max_size=80,
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(api=strategies.apis(most_routes=1), title=texts)
def test_the_package_is_the_description(api: APIDescriptor, title: str) -> None:
    """With types it is equal; without, it says the same word for word, and 1 is not 1.0 or true.

    A formatter changes nothing in either, and a linter finds nothing.
    """
    api = replace(api, title=title, description=f"{title}\n\n{title}")
    typed, plain = package(api), package(api, types=False)
    with imported(typed) as found:
        assert api == found.API
    with imported(plain) as found:
        assert api == found.API
        for version in openapi.VERSIONS:
            ours = json_text.dump(openapi.write(found.API, version))
            assert ours == json_text.dump(openapi.write(api, version))
    with tempfile.TemporaryDirectory() as folder:
        for name, files in (("typed", typed), ("plain", plain)):
            write_folder(Path(folder, name), files)
        ruff(folder)


@pytest.mark.parametrize("types", [True, False])
def test_a_description_with_python_types(types: bool) -> None:
    with imported(package(REGISTRY, types=types)) as found:
        assert without_types(REGISTRY) == found.API
        for version in openapi.VERSIONS:
            assert openapi.write(found.API, version) == openapi.write(REGISTRY, version)


def ruff(folder: str | Path) -> None:
    """Both what `ruff format` would change and what `ruff check` finds, with its default rules."""
    options = ("--isolated", "--no-cache", "--line-length", str(WIDTH))
    for command in (("format", "--diff"), ("check", "--extend-select", "I")):
        result = subprocess.run(
            [RUFF, *command, *options, folder], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr


@given(text=texts)
def test_a_literal_is_its_text(text: str) -> None:
    """It is also one line of characters that nothing obeys."""
    source = literal(text)
    assert ast.literal_eval(source) == text
    assert is_safe(source.replace("\\", ""))
    assert "\n" not in source
    source.encode("utf-8")


@given(text=texts, room=st.integers(20, 60))
def test_pieces_are_the_text_and_fit(text: str, room: int) -> None:
    parts = pieces(text, room)
    assert "".join(parts) == text
    assert all(width(literal(part)) <= room for part in parts)


@given(text=texts | json_strategies.prose, indent=st.sampled_from([0, 4]))
def test_a_docstring_is_its_text_or_there_is_none(text: str, indent: int) -> None:
    source = docstring(text, indent)
    if source:
        assert inspect.cleandoc(ast.literal_eval(source)) == text
        assert all(width(line) <= WIDTH for line in source.split("\n"))


@given(text=texts)
def test_names_are_plain_identifiers(text: str) -> None:
    for name in (constant(text), class_name(text), module(text)):
        assert not name or (name.isascii() and name.isidentifier() and not keyword.iskeyword(name))


@given(wanted=st.lists(st.sampled_from(["A", "a", "A_2", "B", "A_3"]), max_size=12))
def test_names_are_given_once(wanted: list[str]) -> None:
    names = Names(["b"])
    given_names = [names.take(one) for one in wanted]
    folded = [one.lower() for one in given_names]
    assert len(set(folded)) == len(folded)
    assert "b" not in folded
