"""Pieces of Swagger 2.0 for tests, and what they become."""

from __future__ import annotations

from typing import Any

from routebook.documents import parse
from routebook.findings import Finding
from routebook.openapi.swagger import convert

HEAD = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"


def converted(text: str) -> Any:
    document, _ = convert(parse(HEAD + text, "a.yaml"))
    return document.data


def told(text: str) -> tuple[Finding, ...]:
    return convert(parse(HEAD + text, "a.yaml"))[1]


def operation(fields: str, root: str = "") -> Any:
    text = f"{root}paths:\n  /a:\n    post:\n      responses: {{}}\n"
    body = "".join(f"      {line}\n" for line in fields.strip().split("\n"))
    made = converted(text + body)["paths"]["/a"]["post"]
    del made["responses"]
    return made
