"""The example registry and Debian's docker-registry, asked the same: the answers are the same."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from peers.registries import PROGRAM, registry
from peers_registry.differences import DIFFERENCES
from peers_registry.steps import STEPS, Step
from registry_api.v2 import API
from routebook.dispatch import choose_variant
from routebook.messages import headers, query
from routebook.router import Outcome, Router
from support import require

Answer = dict[str, Any]

UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def described_headers() -> frozenset[str]:
    """The response headers that the description knows, in lower case."""
    answers = (
        answer
        for route in API.routes
        for operation in route.methods
        for variant in operation.requests
        for answer in (*variant.successes, *variant.failures)
    )
    return frozenset(header.name.lower() for answer in answers for header in answer.headers)


DESCRIBED = described_headers() | {"content-type"}


def ask(root: str, steps: Iterable[Step]) -> dict[str, Answer]:
    """What a registry answers to each of the steps."""
    host, upload = urlsplit(root).netloc, ""
    answers = {}
    for step in steps:
        target = step.target.replace("{upload}", upload)
        connection = http.client.HTTPConnection(host, timeout=20)
        connection.request(step.method, target, body=step.body or None, headers=step.headers)
        response = connection.getresponse()
        answers[step.name] = shown(response)
        location = urlsplit(response.getheader("Location", ""))
        if location.path.rpartition("/")[0].endswith("/uploads"):
            upload = f"{location.path}?{location.query}" + ("&" if location.query else "")
        connection.close()
    return answers


def shown(response: http.client.HTTPResponse) -> Answer:
    """The status, the described headers and the content of an answer.

    The length of texts and of JSON does not matter, nor `charset`, which JSON does not have.
    """
    try:
        body = response.read()
    except http.client.IncompleteRead:  # 2.8.2 announces a body with 412 that it does not send
        body = b""
    sent = {name.lower(): value for name, value in response.getheaders()}
    media_type = sent.get("content-type", "").partition(";")[0]
    if media_type in ("text/plain", "text/html", "application/json"):
        sent |= {"content-length": "", "content-type": media_type}
    if media_type.startswith("multipart/"):  # the boundary is as long as its server likes
        sent["content-length"] = "LENGTH"
    kept = {name: steady(value) for name, value in sent.items() if name in DESCRIBED}
    return {"status": response.status, **kept, "content": content(media_type, body)}


def steady(value: str) -> str:
    """A header without what differs from run to run: port, upload and its state, boundary."""
    without_state = re.sub(r"[?&]_state=[^&]*", "", value)
    without_port = re.sub(r"127\.0\.0\.1:[0-9]+", "HOST", without_state)
    return re.sub(r"boundary=.*", "boundary=...", UUID.sub("UUID", without_port))


def content(media_type: str, body: bytes) -> object:
    """The error codes of an envelope, other JSON, the sort of text, or the start of all else."""
    if media_type.startswith("text/"):
        return f"some {media_type}" if body else ""
    if media_type.startswith("multipart/"):
        return "--BOUNDARY" if body.startswith(b"--") else body
    if media_type != "application/json" or not body:
        return body[:10].decode("latin-1")
    value = json.loads(body)
    if "errors" in value:
        return [error["code"] for error in value["errors"]]
    return {**value, "tags": sorted(value["tags"])} if value.get("tags") else value


def differences(theirs: dict[str, Answer], ours: dict[str, Answer]) -> dict[str, dict[str, Any]]:
    """Where the answers differ: step, and field to what the real registry and ours say."""
    found = {}
    for step, answer in theirs.items():
        fields = {
            name: (answer.get(name), ours[step].get(name))
            for name in sorted({*answer, *ours[step]})
            if answer.get(name) != ours[step].get(name)
        }
        if fields:
            found[step] = fields
    return found


def asked(step: Step) -> tuple[str, str, str] | None:
    """The route, the method and the variant that a step is an instance of."""
    target = step.target.replace("{upload}", "/v2/app/blobs/uploads/0b0cd3f6?")
    found = Router(API).resolve(step.method, target)
    if found.outcome is not Outcome.ROUTE or found.route is None:
        return None
    operation = next(one for one in found.route.methods if one.method == step.method)
    asked_for = query(target.partition("?")[2])
    variant = choose_variant(operation, asked_for, headers(step.headers.items()))
    return found.route.name, step.method, variant.name


def test_every_variant_is_asked_for() -> None:
    described = {
        (route.name, operation.method, variant.name)
        for route in API.routes
        for operation in route.methods
        for variant in operation.requests
    }
    assert {asked(step) for step in STEPS} - {None} == described


def test_steps_have_names_of_their_own() -> None:
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_same_answers(registry_url: str, tmp_path: Path) -> None:
    require("docker-registry", PROGRAM)
    with registry(tmp_path) as root:
        theirs = ask(root, STEPS)
    found = differences(theirs, ask(registry_url, STEPS))
    assert found == DIFFERENCES
