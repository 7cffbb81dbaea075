"""The fields of each object of a document, and of what it is that they hold.

`TEXT` also takes numbers and booleans that should have been quoted. A field that is newer than
the document's version counts as unknown: it is kept as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from routebook.openapi.dialect import NOTE

TEXT = str
FLAG = bool
OBJECT = dict
LIST = list
ANY = object
"""What a field may hold; `ANY` is checked where it is read."""

Kind = type


class Shape:
    """What an object of a document may and must say."""

    def __init__(
        self,
        name: str,
        fields: Mapping[str, Kind],
        required: tuple[str, ...],
        wanted: tuple[str, ...],
        since: Mapping[str, str],
    ) -> None:
        self.name = name
        """What OpenAPI calls it, as it stands in messages."""
        self.fields = fields
        """Field to what it holds."""
        self.required = required
        """Fields without which it cannot be read."""
        self.needed = (*required, *wanted)
        """Fields that OpenAPI requires, those without which it can be read among them."""
        self.since = since
        """Fields that are not in every version, and the version that has them first."""
        self._known: dict[str, dict[str, Kind]] = {}

    def known(self, version: str) -> dict[str, Kind]:
        """The fields in a version of OpenAPI."""
        found = self._known.get(version)
        if found is None:
            found = self._known[version] = self._fields(version)
        return found

    def _fields(self, version: str) -> dict[str, Kind]:
        since = self.since
        given = {key: kind for key, kind in self.fields.items() if version >= since.get(key, "")}
        return {**given, NOTE: OBJECT}


def _shape(
    name: str,
    required: str = "",
    wanted: str = "",
    since: Mapping[str, str] | None = None,
    **kinds: str,
) -> Shape:
    """A shape whose fields are listed by what they hold: `text="title version"`."""
    named = {"text": TEXT, "flag": FLAG, "object": OBJECT, "list": LIST, "any": ANY}
    fields = {key: named[kind] for kind, keys in kinds.items() for key in keys.split()}
    return Shape(name, fields, tuple(required.split()), tuple(wanted.split()), since or {})


_V31 = "3.1"
_V32 = "3.2"

ROOT = _shape(
    "OpenAPI document",
    required="openapi",
    wanted="info",
    since={"jsonSchemaDialect": _V31, "webhooks": _V31, "$self": _V32},
    text="openapi jsonSchemaDialect $self",
    object="info paths webhooks components externalDocs",
    list="servers security tags",
)
INFO = _shape(
    "info",
    wanted="title version",
    since={"summary": _V31},
    text="title version summary description termsOfService",
    object="contact license",
)
CONTACT = _shape("contact", text="name url email")
LICENSE = _shape("license", wanted="name", since={"identifier": _V31}, text="name identifier url")
EXTERNAL_DOCS = _shape("external documentation", wanted="url", text="url description")
SERVER = _shape(
    "server",
    wanted="url",
    since={"name": _V32},
    text="url name description",
    object="variables",
)
VARIABLE = _shape("server variable", wanted="default", text="default description", list="enum")
TAG = _shape(
    "tag",
    required="name",
    since={"summary": _V32, "parent": _V32, "kind": _V32},
    text="name summary description parent kind",
    object="externalDocs",
)
SCHEME = _shape(
    "security scheme",
    required="type",
    since={"oauth2MetadataUrl": _V32, "deprecated": _V32},
    text="type description scheme bearerFormat name in openIdConnectUrl oauth2MetadataUrl",
    object="flows",
    flag="deprecated",
)
FLOW = _shape(
    "OAuth flow",
    since={"deviceAuthorizationUrl": _V32},
    text="authorizationUrl tokenUrl refreshUrl deviceAuthorizationUrl",
    object="scopes",
)
FLOWS = _shape(
    "OAuth flows",
    since={"deviceAuthorization": _V32},
    object="implicit password clientCredentials authorizationCode deviceAuthorization",
)
PARAMETER = _shape(
    "parameter",
    required="name in",
    text="name in description style",
    flag="required deprecated explode allowReserved allowEmptyValue",
    object="content examples",
    any="schema example",
)
HEADER = _shape(
    "header",
    text="description style",
    flag="required deprecated explode",
    object="content examples",
    any="schema example",
)
MEDIA_TYPE = _shape(
    "media type",
    since={"itemSchema": _V32},
    object="examples encoding",
    any="schema itemSchema example",
)
ENCODING = _shape(
    "encoding", text="contentType style", flag="explode allowReserved", object="headers"
)
EXAMPLE = _shape("example", text="summary description externalValue", any="value")
LINK = _shape(
    "link",
    text="operationRef operationId description",
    object="parameters server",
    any="requestBody",
)
BODY = _shape(
    "request body", wanted="content", text="description", flag="required", object="content"
)
RESPONSE = _shape(
    "response",
    since={"summary": _V32},
    text="summary description",
    object="headers content links",
)
OPERATION = _shape(
    "operation",
    text="summary description operationId",
    flag="deprecated",
    object="externalDocs requestBody responses callbacks",
    list="tags parameters security servers",
)
PATH_ITEM = _shape(
    "path item",
    since={"query": _V32, "additionalOperations": _V32},
    text="summary description $ref",
    object="get put post delete options head patch trace query additionalOperations",
    list="servers parameters",
)
COMPONENTS = _shape(
    "components",
    since={"pathItems": _V31, "mediaTypes": _V32},
    object="schemas responses parameters examples requestBodies headers securitySchemes links"
    " callbacks pathItems mediaTypes",
)
FIELD = _shape(
    "field",
    required="name",
    text="name description style",
    flag="required deprecated explode allowReserved allowEmptyValue",
    object="content examples",
    any="schema example",
)
