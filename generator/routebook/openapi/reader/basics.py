"""The small objects of a document: people, servers, tags, security, examples, links."""

from __future__ import annotations

from typing import Any

from routebook.descriptors import ExampleDescriptor, LinkDescriptor
from routebook.metadata import (
    ContactDescriptor,
    Deprecation,
    ExternalDocs,
    LicenseDescriptor,
    OAuthFlow,
    SecurityRequirement,
    SecurityScheme,
    ServerDescriptor,
    ServerVariable,
    TagDescriptor,
)
from routebook.openapi.context import HINT
from routebook.openapi.dialect import NOTE
from routebook.openapi.reader import shapes
from routebook.openapi.reader.references import shared
from routebook.openapi.reader.state import At, Object, State

_NO_NOTE: Object = {}


def note_of(value: Object) -> Object:
    """What routebook noted at an object."""
    note = value.get(NOTE, _NO_NOTE)
    return note if type(note) is dict else _NO_NOTE


def named(value: Any, key: str) -> str:
    """The name of what stands at `key`, unless a note says another."""
    return str(note_of(value).get("name", key)) if type(value) is dict else key


def contact(state: State, value: Any, at: At) -> ContactDescriptor:
    """A Contact Object."""
    given, extra = state.fields(value, shapes.CONTACT, at)
    made = ContactDescriptor(
        name=given.get("name", ""),
        url=given.get("url", ""),
        email=given.get("email", ""),
        extra=extra,
    )
    return state.put(made, at)


def license_(state: State, value: Any, at: At) -> LicenseDescriptor:
    """A License Object."""
    given, extra = state.fields(value, shapes.LICENSE, at)
    identifier: str = given.get("identifier", "") if state.has("3.1") else ""
    made = LicenseDescriptor(
        name=given.get("name", ""),
        identifier=note_of(given).get("identifier", identifier),
        url=given.get("url", ""),
        extra=extra,
    )
    return state.put(made, at)


def external_docs(state: State, holder: Object, at: At) -> ExternalDocs | None:
    """The External Documentation Object in a field that may be absent."""
    if "externalDocs" not in holder:
        return None
    at = (at, "externalDocs")
    given, extra = state.fields(holder["externalDocs"], shapes.EXTERNAL_DOCS, at)
    made = ExternalDocs(
        url=given.get("url", ""), description=given.get("description", ""), extra=extra
    )
    return state.put(made, at)


def servers(state: State, holder: Object, at: At) -> tuple[ServerDescriptor, ...]:
    """The Server Objects in a field that may be absent."""
    if "servers" not in holder:
        return ()
    at = (at, "servers")
    given = holder["servers"] or ()
    return tuple([server(state, one, (at, index)) for index, one in enumerate(given)])


def server(state: State, value: Any, at: At) -> ServerDescriptor:
    """A Server Object."""
    given, extra = state.fields(value, shapes.SERVER, at)
    inside = (at, "variables")
    made = ServerDescriptor(
        url=given.get("url", ""),
        name=newer(state, given, "name", "3.2"),
        description=given.get("description", ""),
        variables=tuple(
            _variable(state, one, (inside, key), key)
            for key, one in given.get("variables", {}).items()
        ),
        extra=extra,
    )
    return state.put(made, at)


def newer(state: State, given: Object, key: str, since: str, attribute: str = "") -> Any:
    """A text that older versions say in a note."""
    note: Any = note_of(given).get(attribute or key, "")
    return given.get(key, note) if state.has(since) else note


def _variable(state: State, value: Any, at: At, key: str) -> ServerVariable:
    given, extra = state.fields(value, shapes.VARIABLE, at)
    made = ServerVariable(
        name=named(value, key),
        default=given.get("default", ""),
        enum=state.texts(given, "enum", at),
        description=given.get("description", ""),
        extra=extra,
    )
    return state.put(made, at)


def tags(state: State, holder: Object, at: At) -> tuple[TagDescriptor, ...]:
    """The Tag Objects of a document."""
    at = (at, "tags")
    given = holder.get("tags") or ()
    return tuple(_tag(state, one, (at, index)) for index, one in enumerate(given))


def _tag(state: State, value: Any, at: At) -> TagDescriptor:
    given, extra = state.fields(value, shapes.TAG, at)
    made = TagDescriptor(
        name=given.get("name", ""),
        summary=newer(state, given, "summary", "3.2"),
        description=given.get("description", ""),
        parent=newer(state, given, "parent", "3.2"),
        kind=newer(state, given, "kind", "3.2"),
        external_docs=external_docs(state, given, at),
        extra=extra,
    )
    return state.put(made, at)


def security(state: State, holder: Object, at: At) -> tuple[SecurityRequirement, ...] | None:
    """The Security Requirement Objects in a field that may be absent."""
    if "security" not in holder:
        return None
    at = (at, "security")
    return tuple(
        _requirement(state, one, (at, index)) for index, one in enumerate(holder["security"])
    )


def _requirement(state: State, value: Any, at: At) -> SecurityRequirement:
    if type(value) is not dict:
        state.expected("an object (security requirement)", value, at)
        value = {}
    schemes: dict[str, tuple[str, ...]] = {}
    for name, scopes in value.items():
        if type(scopes) is list:
            schemes[str(name)] = state.texts(value, name, at)
        elif scopes is None:
            state.warn("openapi-null", "null counts as an empty list here", (at, name), "write []")
            schemes[str(name)] = ()
        else:
            state.expected("a list of scopes", scopes, (at, name))
    return state.put(SecurityRequirement(schemes=schemes), at)


def security_scheme(state: State, value: Any, at: At, name: str, _component: str) -> SecurityScheme:
    """A Security Scheme Object."""
    given, extra = state.fields(value, shapes.SCHEME, at)
    note = note_of(given)
    flows, more = _flows(state, given, (at, "flows"))
    if more:
        extra = {**extra, "flows": more}
    deprecated: bool = given.get("deprecated", False) if state.has("3.2") else False
    kind: str = given.get("type", "")
    made = SecurityScheme(
        name=named(value, name),
        type=note.get("type", kind),
        description=given.get("description", ""),
        scheme=note.get("scheme", "") if "type" in note else given.get("scheme", ""),
        bearer_format=given.get("bearerFormat", ""),
        parameter=given.get("name", ""),
        location=given.get("in", ""),
        flows=flows,
        open_id_connect_url=given.get("openIdConnectUrl", ""),
        oauth2_metadata_url=newer(state, given, "oauth2MetadataUrl", "3.2", "oauth2_metadata_url"),
        deprecated=note.get("deprecated", deprecated),
        extra=extra,
    )
    return state.put(made, at)


def _flows(state: State, holder: Object, at: At) -> tuple[tuple[OAuthFlow, ...], Object]:
    """The flows of a scheme, and further fields beside them."""
    if "flows" not in holder:
        return (), {}
    given, extra = state.fields(holder["flows"], shapes.FLOWS, at)
    note = note_of(given)
    known = shapes.FLOWS.known(state.version)
    found = {key: one for key, one in given.items() if key in known and key != NOTE}
    found |= note.get("flows", {})
    order = note.get("order", list(found))
    return tuple(_flow(state, found[key], (at, key), key) for key in order), extra


def _flow(state: State, value: Any, at: At, name: str) -> OAuthFlow:
    given, extra = state.fields(value, shapes.FLOW, at)
    scopes = given.get("scopes", {})
    for key, text in scopes.items():
        if type(text) is not str:
            state.expected("text", text, ((at, "scopes"), key))
    made = OAuthFlow(
        name=named(value, name),
        authorization_url=given.get("authorizationUrl", ""),
        token_url=given.get("tokenUrl", ""),
        refresh_url=given.get("refreshUrl", ""),
        device_authorization_url=newer(
            state, given, "deviceAuthorizationUrl", "3.2", "device_authorization_url"
        ),
        scopes=scopes,
        extra=extra,
    )
    return state.put(made, at)


def deprecation(state: State, given: Object, at: At) -> Deprecation | None:
    """That something is deprecated, and what a note says of it."""
    if not given.get("deprecated"):
        return None
    note = note_of(given).get("deprecated")
    return state.put(Deprecation(**(note if type(note) is dict else {})), (at, "deprecated"))


_VALUES = frozenset({"dataValue", "serializedValue"})


def example(state: State, value: Object, at: At, name: str, component: str) -> ExampleDescriptor:
    """An Example Object."""
    given, extra = state.fields(value, shapes.EXAMPLE, at)
    said = note_of(given).get("name")
    if "value" not in given and not ("externalValue" in given or _VALUES & extra.keys()):
        extra = {**extra, HINT: {"absent": True}}
    made = ExampleDescriptor(
        name=name if said is None else str(said),
        summary=given.get("summary", ""),
        description=given.get("description", ""),
        value=given.get("value"),
        external_value=given.get("externalValue", ""),
        component=component,
        extra=extra,
    )
    return state.put(made, at)


def link(state: State, value: Object, at: At, name: str, component: str) -> LinkDescriptor:
    """A Link Object."""
    given, extra = state.fields(value, shapes.LINK, at)
    made = LinkDescriptor(
        name=str(note_of(given).get("name", name)),
        operation_id=given.get("operationId", ""),
        operation_ref=given.get("operationRef", ""),
        parameters=given.get("parameters", {}),
        request_body=given.get("requestBody"),
        description=given.get("description", ""),
        server=server(state, given["server"], (at, "server")) if "server" in given else None,
        component=component,
        extra=extra,
    )
    return state.put(made, at)


def links(state: State, given: Object, at: At) -> tuple[LinkDescriptor, ...]:
    """Links by name."""
    return tuple(shared(state, one, (at, key), link, key) for key, one in given.items())
