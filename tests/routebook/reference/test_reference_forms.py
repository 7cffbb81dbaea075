"""Bodies of forms, as the samples of the reference send them."""

from __future__ import annotations

from email import message_from_string
from typing import Any

import pytest

from routebook import EncodingDescriptor, MediaTypeDescriptor
from routebook.views.forms import BOUNDARY, Field, fields, multipart, urlencoded


def media(kind: str, **encoding: Any) -> MediaTypeDescriptor:
    said = (EncodingDescriptor(name="a", **encoding),) if encoding else ()
    return MediaTypeDescriptor(content_type=kind, encoding=said)


@pytest.mark.parametrize(
    ("value", "encoding", "expected"),
    [
        ("x", {}, [Field("a", "x")]),
        (True, {}, [Field("a", "true")]),
        (["x", "y"], {}, [Field("a", "x"), Field("a", "y")]),
        (["x", "y"], {"style": "form"}, [Field("a", "x"), Field("a", "y")]),
        (["x", "y"], {"style": "form", "explode": False}, [Field("a", "x,y")]),
        (["x", "y"], {"style": "pipeDelimited"}, [Field("a", "x|y")]),
        (["x"], {"content_type": "application/json"}, [Field("a", '["x"]', "application/json")]),
        ({"b": 1}, {}, [Field("a", '{"b":1}', "application/json")]),
        ("<binary data>", {}, [Field("a", "<binary data>", "application/octet-stream", "a.bin")]),
        (
            "x",
            {"content_type": "image/png, image/gif"},
            [Field("a", "<binary data>", "image/png", "a.bin")],
        ),
    ],
)
def test_fields(value: Any, encoding: dict[str, Any], expected: list[Field]) -> None:
    assert list(fields(media("multipart/form-data", **encoding), {"a": value})) == expected


def test_parts_are_read_as_they_were_meant() -> None:
    text = multipart(media("multipart/form-data"), {'a"b': "x\ny", "c": ["1", "2"], "d": {"e": 1}})
    read = message_from_string(f"Content-Type: multipart/form-data; boundary={BOUNDARY}\n\n{text}")
    parts = [part for part in read.walk() if part is not read]
    names = [part.get_param("name", header="content-disposition") for part in parts]
    assert names == ["a%22b", "c", "c", "d"]
    assert [part.get_payload() for part in parts] == ["x\ny", "1", "2", '{"e":1}']
    assert [part.get_content_type() for part in parts[2:]] == ["text/plain", "application/json"]


def test_pairs_of_an_html_form() -> None:
    kind = "application/x-www-form-urlencoded"
    assert urlencoded(media(kind), {"a": ["x y", "&"], "b=": 1}) == "a=x%20y&a=%26&b%3D=1"
