"""The sample of a request is a request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry_api.v2 import API
from routebook.views import reference
from routebook.views.model import VariantView


def variants() -> Iterator[tuple[str, VariantView]]:
    for route in reference(API).routes:
        for operation in route.operations:
            for variant in operation.variants:
                yield operation.method.strip("`"), variant


CASES = [pytest.param(method, variant, id=variant.id) for method, variant in variants()]


@pytest.mark.parametrize(("method", "variant"), CASES)
def test_request_sample_is_a_request(method: str, variant: VariantView) -> None:
    """RFC 9112, section 2.1: request line, headers, an empty line, the body."""
    lines = variant.request.text.split("\n")
    assert lines[0].startswith(f"{method} /v2/")
    assert lines[0].endswith(" HTTP/1.1")
    head = lines[1 : lines.index("")] if "" in lines else lines[1:]
    names = [line.partition(": ")[0].lower() for line in head]
    assert names[0] == "host"
    assert len(set(names)) == len(names)
