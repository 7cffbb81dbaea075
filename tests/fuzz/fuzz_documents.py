"""Fuzzes the reading of documents with atheris: coverage leads it to odd inputs by itself.

    pip install atheris pyyaml
    mkdir -p build/corpus && cp YOUR/DOCUMENTS/*.yaml build/corpus/
    PYTHONPATH=generator python tests/fuzz/fuzz_documents.py build/corpus -max_total_time=3600

The options are libFuzzer's; `-runs=N` stops after so many executions, and the last line says how
many there were. An input that ends in anything but a reading or a `RoutebookError` is written to
`crash-...`: make it a case of `tests/routebook/documents/test_mutations.py`.
"""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]  # it is no dependency

with atheris.instrument_imports(include=["routebook", "yaml", "json"]):
    from routebook import openapi
    from routebook.documents import parse
    from routebook.findings import DescriptionError, RoutebookError

    for start in (b"openapi: 3.1.0", b"swagger: '2.0'"):  # loads what is loaded on first use
        made = openapi.read(parse(start + b"\ninfo: {title: T, version: '1'}\npaths: {}", "a"))
        openapi.write(made)


def one(content: bytes) -> None:
    """Read one input; its first byte chooses between a name for JSON and one for YAML."""
    name = "a.json" if content[:1] in {b"{", b"["} else "a.yaml"
    try:
        reading = openapi.reading(parse(content, name))
    except DescriptionError as error:
        if not error.findings or any(finding.location is None for finding in error.findings):
            raise AssertionError("an error has no place") from error
        return
    except RoutebookError as error:
        raise AssertionError("an error has no place") from error
    for version in openapi.VERSIONS:
        try:
            openapi.write(reading.api, version)
        except RoutebookError:
            return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
