"""The judgement of openapi-spec-validator, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

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
        errors = validator(spared(judged)).iter_errors()
        return tuple(_finding(one, judged) for one in errors if not _is_false(one))
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


def _finding(error: Any, document: Mapping[str, Any]) -> Finding:
    return Finding(
        rule="openapi-invalid",
        place=pointer(error.absolute_path),
        message=_message(error, document),
        hint="mend the descriptor that this part of the document is made of",
    )


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
