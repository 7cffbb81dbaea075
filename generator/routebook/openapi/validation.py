"""The judgement of openapi-spec-validator, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)
from openapi_spec_validator.schemas import get_validator_backend, schema_v31, schema_v32
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from routebook.documents.data import ABSENT, lookup
from routebook.findings import Finding, RoutebookError
from routebook.openapi.sparing import spared

Path: TypeAlias = tuple[object, ...]
"""The keys and indexes that lead to a part of a document."""

_LONGEST = 300
"""Messages repeat parts of the document, of any size."""


def _known(schema: Mapping[str, Any]) -> Any:
    """The validator for a schema, its anchors looked for once.

    The one that openapi-spec-validator makes looks for them anew at each `$dynamicRef`, of which
    there is one for each schema of a document.
    """
    if get_validator_backend() != "jsonschema":
        return None
    content = dict(schema)
    resource = DRAFT202012.create_resource(content)
    registry: Registry[Any] = Registry().with_resource(content["$id"], resource).crawl()
    return Draft202012Validator({"$ref": content["$id"]}, registry=registry)


class _Validator31(OpenAPIV31SpecValidator):
    schema_validator = _known(schema_v31) or OpenAPIV31SpecValidator.schema_validator


class _Validator32(OpenAPIV32SpecValidator):
    schema_validator = _known(schema_v32) or OpenAPIV32SpecValidator.schema_validator


_VALIDATORS: dict[str, Any] = {
    "3.0": OpenAPIV30SpecValidator,
    "3.1": _Validator31,
    "3.2": _Validator32,
}


def findings(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Every error of a document; none for a valid one.

    Raises `RoutebookError` when the document does not name a version that can be validated.
    """
    version = str(document.get("openapi", ""))
    validator = _VALIDATORS.get(".".join(version.split(".")[:2]))
    if validator is None:
        raise RoutebookError(
            f"there is no validator for OpenAPI {version!r}",
            hint=f"versions that can be validated: {', '.join(_VALIDATORS)}",
        )
    try:
        judged = _judged(document)
        least = spared(judged)
        errors = [one for one in validator(least).iter_errors() if not _is_false(one)]
        defaults = _Defaults(least)
        return tuple(_finding(one, judged, defaults) for one in errors)
    except Unresolvable as error:
        pointed = error.ref.startswith("/")
        return (_unresolved(document, f"#{error.ref}" if pointed else error.ref),)
    except _CRASHES as error:
        return (
            Finding(
                rule="openapi-invalid",
                place="#",
                message=f"the validator fails: {type(error).__name__}: {error}"[:_LONGEST],
                hint="mend what else is told of the document, and validate it again",
            ),
        )
    except RecursionError:
        return (
            Finding(
                rule="openapi-invalid",
                place="#/components/schemas",
                message="the validator does not come to an end: a schema is part of itself",
                hint="find the named schema whose `allOf` leads back to it, and break the circle",
            ),
        )


_CRASHES = (AttributeError, LookupError, TypeError, ValueError)
"""What the validator raises for documents that are so wrong that it stumbles."""


def _judged(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document without the extensions among its paths: the validator takes them for paths."""
    paths = document.get("paths")
    if not isinstance(paths, Mapping) or not any(str(key).startswith("x-") for key in paths):
        return document
    left = {key: item for key, item in paths.items() if not str(key).startswith("x-")}
    return {**document, "paths": left}


def _is_false(error: Any) -> bool:
    """Whether the validator is wrong: its schemas since 3.1 know less than OpenAPI says.

    They take an extension of a Callback Object for a path item (OpenAPI 3.1, section 4.8.18), and
    call the `server` of a link `body` (section 4.8.20).
    """
    steps = [str(step) for step in error.absolute_path]
    if steps[-2:-1] == ["links"] and "'server' was unexpected" in error.message:
        return True
    return any(
        callbacks == "callbacks" and above in _WITH_CALLBACKS and key.startswith("x-")
        for above, callbacks, key in zip(steps, steps[1:], steps[3:], strict=False)
    )


_WITH_CALLBACKS = frozenset(
    {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "components"}
)
"""What the field `callbacks` stands in."""


def _unresolved(document: Mapping[str, Any], reference: str) -> Finding:
    """A reference that leads nowhere, with the first place where it stands."""
    waiting: list[tuple[tuple[object, ...], Any]] = [((), document)]
    place: tuple[object, ...] = ()
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, Mapping):
            if node.get("$ref") == reference:
                place = (*place, "$ref")
                break
            waiting += [((*place, key), node[key]) for key in reversed(node)]
        elif isinstance(node, list):
            waiting += [((*place, n), node[n]) for n in reversed(range(len(node)))]
    else:
        place = ()
    return Finding(
        rule="openapi-invalid",
        place=pointer(place),
        message=f"the reference {reference!r} leads nowhere"[:_LONGEST],
        hint="name the schema that it means among the components",
    )


def _finding(error: Any, document: Mapping[str, Any], defaults: _Defaults) -> Finding:
    place, message = tuple(error.absolute_path), _message(error, document)
    if found := defaults.place(error):
        place = (*found, *place)
        message = f"the default does not fit its schema: {_shortened(str(error.message))}"
    elif not place and (named := _OPERATION.search(str(error.message))):
        place = ("paths", named["path"], named["method"])
    return Finding(
        rule="openapi-invalid",
        place=pointer(() if _at(document, place) is ABSENT else place),
        message=message,
        hint="mend this part of the document, or the descriptor that it is made of",
    )


_OPERATION = re.compile(r" for '(?P<method>\w+)' (?:operation )?in '(?P<path>/.*)' (?:is|was) not ")
"""How the validator names the operation whose id or parameter is wrong; it gives no path."""


class _Defaults:
    """Where the defaults of a document stand.

    Of what is wrong in one, the validator says only the path from there.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def place(self, error: Any) -> Path:
        """The path of the default that an error is about; empty when it is about none."""
        path = tuple(error.absolute_path)
        if not isinstance(error.validator, str) or _at(self._document, path) is error.instance:
            return ()
        alike = [one for one in self._all if _alike(_at(one[1]["default"], path), error)]
        own = [one for one in alike if one[1] is error.schema] or alike
        return own[0][0] if len(own) == 1 else ()

    @cached_property
    def _all(self) -> list[tuple[Path, Mapping[str, Any]]]:
        found: list[tuple[Path, Mapping[str, Any]]] = []
        waiting: list[tuple[Path, Any]] = [((), self._document)]
        while waiting:
            place, node = waiting.pop()
            if isinstance(node, Mapping):
                if "default" in node:
                    found.append(((*place, "default"), node))
                waiting += [((*place, key), node[key]) for key in node]
            elif isinstance(node, list):
                waiting += [((*place, n), item) for n, item in enumerate(node)]
        return found


def _alike(value: Any, error: Any) -> bool:
    """Whether a value may be what an error is about: it is, or equals it as a scalar."""
    wanted = error.instance
    if isinstance(wanted, (Mapping, list)):
        return value is wanted
    return type(value) is type(wanted) and bool(value == wanted)


def _at(data: Any, path: Path) -> Any:
    """What a path leads to, or `ABSENT`."""
    try:
        for step in path:
            data = data[step]
    except (LookupError, TypeError):
        return ABSENT
    return data


def pointer(path: Iterable[object]) -> str:
    """The JSON pointer (RFC 6901) of a path into a document."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join(f"/{step}" for step in steps)


def _message(error: Any, document: Mapping[str, Any]) -> str:
    """The likeliest reason, shortened: of the alternatives, the one that went deepest.

    What it says of a part is said of that part as it stands in the document.
    """
    while error.context:
        error = max(error.context, key=_likeliness)
    text = str(error.message)
    if isinstance(error.instance, (dict, list)) and text.startswith(found := repr(error.instance)):
        whole = lookup(document, tuple(map(str, error.absolute_path)))
        text = text if whole is ABSENT else repr(whole) + text[len(found) :]
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _likeliness(error: Any) -> tuple[int, bool, bool]:
    """How likely an error inside an alternative is the reason that the whole fails.

    Least likely are that it is no reference, and that a property is unexpected: that follows
    from whatever is wrong in the property.
    """
    return (
        len(error.absolute_path),
        "'$ref'" not in error.message,
        error.validator != "unevaluatedProperties",
    )
