"""What templates print, safe Markdown: a *line* fits a cell or heading, *blocks* stand alone."""

from __future__ import annotations

from collections.abc import Sequence

from routebook.values import Value, frozen
from routebook.views.later import Described


@frozen
class LinkView(Value):
    """A link to a part of the reference."""

    title: str
    """What it is called: a line."""
    id: str
    """The id it goes to."""


@frozen
class FactView(Value):
    """Something to know, under a word."""

    label: str
    """The word, such as `Licence`: a line."""
    text: str
    """What is to know: a line."""


@frozen
class SampleView(Value):
    """A text as it is sent or typed. It is not Markdown: print it through the filter `fenced`."""

    text: str
    """The text itself."""
    language: str = ""
    """What it is highlighted as: `http`, `sh`, `json`."""
    title: str = ""
    """What tells it apart from other samples: a line."""


@frozen
class FieldView(Value):
    """A parameter, a header, or a property of a schema: a row of a table. All are lines."""

    name: str
    """Its name, as code."""
    place: str = ""
    """Where a parameter goes: `path`, `query`, `header`, `cookie` or `query string`."""
    type: str = ""
    """What it carries, with links to schemas."""
    required: str = ""
    """`yes` or `no`."""
    default: str = ""
    """Its default, as code."""
    constraints: str = ""
    """What a value must satisfy beyond its type."""
    description: str = ""
    """What it means, with examples."""
    id: str = ""
    """The id under which it is described in full; empty when it is where it is used."""


@frozen
class TableView(Value):
    """The properties of an object; those of small objects in it under a path: `config.digest`."""

    title: str
    """Where the object is in the one around it, as code; empty for the whole. A line."""
    path: str
    """The same as plain text; it is not Markdown."""
    about: str
    """What an item, an alternative or the like is about: a line."""
    rows: tuple[FieldView, ...]
    """The properties, in the author's order."""
    tables: tuple[TableView, ...]
    """Large objects inside it, each with a table of its own."""


@frozen
class ShapeView(Value):
    """What a schema says."""

    type: str
    """Its type in words, with links to schemas: a line."""
    constraints: str
    """What else holds: a line."""
    tables: tuple[TableView, ...]
    """Its properties as a tree of tables; what is deep in it follows with its whole path."""


@frozen
class MediaView(Value):
    """One representation of a body."""

    content_type: str
    """The media type, as code: a line."""
    shape: ShapeView | None
    """What it must satisfy; None when nothing is said."""
    notes: tuple[str, ...]
    """How parts of it are encoded, and the like: lines."""
    examples: tuple[SampleView, ...]
    """Further examples, besides the one that the sample of the message shows."""


@frozen
class BodyView(Value):
    """The body of a request or response."""

    required: bool
    """Whether a request must have it."""
    description: str
    """What it holds: blocks."""
    media: tuple[MediaView, ...]
    """Its representations."""
    fields: tuple[FieldView, ...]
    """Fields that have words of their own."""


@frozen
class ResponseView(Value):
    """One answer."""

    id: str
    """Its id."""
    aliases: tuple[str, ...]
    """Further ids."""
    code: str
    """The status by itself, `404`: a line."""
    status: str
    """The status with its reason phrase, `404 Not Found`: a line."""
    name: str
    """What tells it apart from others of its status: a line. Empty where the status says it."""
    description: str
    """When it comes: blocks."""
    brief: str
    """The same as a line."""
    when: str
    """The configuration or state of a server that it depends on: a line."""
    lacks: str
    """The headers that nearly all other answers have, and this one has not: a line."""
    common_headers: tuple[LinkView, ...]
    """Its headers that many answers have, but for those that go without saying."""
    headers: tuple[str, ...]
    """Its other headers with type, constraints and meaning, each a line."""
    codes: tuple[LinkView, ...]
    """The error codes that it may carry."""
    body: BodyView | None
    """Its body; None for none, and for the usual one of answers with error codes."""
    bare: bool
    """Whether it has error codes, and no body."""
    sample: SampleView | None
    """The answer as it goes over the wire; None for one without a body, or with codes."""
    links: tuple[str, ...]
    """Operations that it leads to, each a line."""
    common: str
    """The id of the common answer that says all of this; empty when it is said here."""
    label: str
    """The status, with the name where others beside it have the same status: a line."""


@frozen
class VariantView(Value):
    """One variant of an operation's request."""

    id: str
    """Its id; that of its operation when there is just one, without a name."""
    aliases: tuple[str, ...]
    """Further ids."""
    title: str
    """Its name: a line. Empty when there is just one, without a name."""
    when: str
    """When it applies, in words: a line."""
    condition: str
    """When it applies, by the parts of the request: `query.digest` and not `query.mount`."""
    description: str
    """What it does: blocks."""
    request: SampleView
    """The request as it goes over the wire, with placeholders."""
    samples: tuple[SampleView, ...]
    """Commands and programs that send such a request, with values, each in another language."""
    parameters: tuple[FieldView, ...]
    """Its parameters: path, query, headers, cookies."""
    body: BodyView | None
    """Its body; None for none."""
    successes: tuple[ResponseView, ...]
    """Answers that give what was asked for, and that few others have."""
    failures: tuple[ResponseView, ...]
    """Answers that do not, and that few others have."""
    common: tuple[ResponseView, ...]
    """Answers that many operations share, but not all variants of this one."""


@frozen
class OperationView(Described, Value):
    """One method of a route."""

    id: str
    """Its id."""
    aliases: tuple[str, ...]
    """Further ids."""
    title: str
    """Its summary, or else method and path: a line."""
    method: str
    """The HTTP method, as code: a line."""
    path: str
    """The path without patterns, as code: a line."""
    caller: str
    """The id of the operation that calls it back; empty for one of the API's own."""
    operation_id: str
    """Its operation id, as code: a line."""
    auth: str
    """How to authenticate, with links: a line."""
    usual_auth: bool
    """Whether that is what holds where nothing else is said."""
    deprecated: str
    """Since when, until when, and what instead: a line. Empty when it is not deprecated."""
    blocks: Sequence[str]
    """What it does, as one item."""
    notes: Sequence[str]
    """Servers of its own, callbacks, documentation elsewhere: lines."""
    variants: Sequence[VariantView]
    """The variants of its request."""
    common: Sequence[ResponseView]
    """Answers that all its variants and many operations share, and that are described once."""


@frozen
class RouteView(Value):
    """A path and its operations."""

    id: str
    """Its id."""
    aliases: tuple[str, ...]
    """Further ids."""
    slug: str
    """Its name as part of a file name."""
    title: str
    """What stands behind it: a line."""
    path: str
    """The path without patterns, as code: a line. Empty for a webhook."""
    group: str
    """The title of the tag that it belongs to: a line. Empty for none."""
    description: str
    """What the entity is: blocks."""
    notes: tuple[str, ...]
    """Servers of its own and the like: lines."""
    operations: tuple[OperationView, ...]
    """Its methods, each followed by what it may call back."""


@frozen
class GroupView(Value):
    """Operations that belong together by their first tag."""

    id: str
    """Its id; empty for the operations without a tag."""
    title: str
    """The tag's title: a line."""
    description: str
    """What belongs to it: blocks."""
    brief: str
    """The same as a line."""
    operations: tuple[OperationView, ...]
    """Its operations."""


@frozen
class SchemeView(Value):
    """A way to authenticate."""

    id: str
    """Its id."""
    title: str
    """Its name: a line."""
    kind: str
    """What sort it is and where it goes: a line."""
    description: str
    """How it goes: blocks."""
    notes: tuple[str, ...]
    """URLs and scopes: lines."""


@frozen
class MentionView(Value):
    """A common answer with a code, and what may answer so."""

    answer: LinkView
    """The answer."""
    places: tuple[LinkView, ...]
    """The operations that answer so, or variants where not all of an operation do."""


@frozen
class ErrorView(Value):
    """An error code."""

    id: str
    """Its id."""
    aliases: tuple[str, ...]
    """Further ids."""
    title: str
    """The code, as code: a line."""
    message: str
    """The message on the wire, as code: a line."""
    status: str
    """The statuses it comes with: a line."""
    description: str
    """When it comes and what to do: blocks."""
    detail: ShapeView | None
    """What `detail` holds; None when nothing is said."""
    sample: SampleView
    """An envelope with the code."""
    mentions: tuple[MentionView, ...]
    """The common answers that carry it."""
    answers: tuple[LinkView, ...]
    """The other answers that carry it, named by operation, variant and status."""
    count: int
    """How many answers of operations these are."""


@frozen
class ErrorGroupView(Value):
    """Error codes that belong together."""

    id: str
    """Its id."""
    title: str
    """Its name: a line."""
    description: str
    """What its codes have in common: blocks."""
    errors: tuple[ErrorView, ...]
    """The codes."""


@frozen
class SchemaView(Value):
    """A named schema."""

    id: str
    """Its id."""
    title: str
    """Its name: a line."""
    description: str
    """What it stands for: blocks."""
    deprecated: bool
    """Whether new callers should not use it."""
    shape: ShapeView
    """What it says."""
    sample: SampleView | None
    """A value that satisfies it; None when another sample has one in it."""


@frozen
class ReferenceView(Value):
    """A whole API."""

    title: str
    """Its name: a line."""
    version: str
    """The version of the description: a line."""
    summary: str
    """One line."""
    description: str
    """What holds everywhere in it: blocks, with headings from the second level on."""
    facts: tuple[FactView, ...]
    """Version, contact, licence, terms, documentation elsewhere."""
    servers: tuple[FactView, ...]
    """Where it is served: URL as code, and what is served there."""
    auth: str
    """How to authenticate where nothing else is said: a line."""
    schemes: tuple[SchemeView, ...]
    """The ways to authenticate."""
    groups: tuple[GroupView, ...]
    """All operations, by tag."""
    routes: tuple[RouteView, ...]
    """The routes."""
    webhooks: tuple[RouteView, ...]
    """Requests that the API sends by itself."""
    parameters: Sequence[FieldView]
    """Parameters that many operations share."""
    usual_headers: tuple[LinkView, ...]
    """Headers of all answers that do not say otherwise."""
    error_headers: tuple[LinkView, ...]
    """Further headers of all answers with error codes."""
    error_body: BodyView | None
    """The body of all answers with error codes that do not say otherwise."""
    usual_fields: tuple[LinkView, ...]
    """Headers of all requests, such as `Host`, that the tables of parameters leave out."""
    answers: Sequence[ResponseView]
    """Failures that many operations share."""
    error_groups: tuple[ErrorGroupView, ...]
    """The error codes."""
    schemas: Sequence[SchemaView]
    """The named schemas."""
