"""The whole reference of an API as one value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from routebook.descriptors import APIDescriptor
from routebook.languages import USUAL, checked
from routebook.views import escape
from routebook.views.codes import Codes, mentions
from routebook.views.definitions import Definitions
from routebook.views.fields import Fields
from routebook.views.jsontext import pretty
from routebook.views.later import Later
from routebook.views.model import (
    FactView,
    GroupView,
    OperationView,
    ReferenceView,
    SampleView,
    SchemaView,
)
from routebook.views.operations import Operations, more
from routebook.views.plan import Plan, plan
from routebook.views.prose import Prose
from routebook.views.security import auth, schemes
from routebook.views.shapes import Shapes
from routebook.views.sharing import shared
from routebook.views.values import Values

if TYPE_CHECKING:
    from routebook.views.unlinked import Unlinked


def reference(
    api: APIDescriptor,
    languages: Iterable[str] = USUAL,
    unlinked: Callable[[], Mapping[str, Unlinked]] = dict,
) -> ReferenceView:
    """Everything that the reference of an API says, in the order in which it is shown.

    `languages` are those of `routebook.languages` that requests have samples in. `unlinked`
    gives descriptions that were written already: see `routebook.views.unlinked`. Raises
    `RoutebookError` for another, and for a path template or a schema that cannot be read.
    """
    definitions = Definitions(api)
    ids = plan(api, definitions.named, shared(api))
    prose = Prose(mentions(ids), ids.ids, unlinked)
    shapes = Shapes(definitions, ids.schemas, prose)
    values = Values(definitions)
    fields = Fields(definitions, shapes, prose, ids)
    operations = Operations(api, ids, values, fields, prose, checked(languages))
    answers = operations.answers()
    routes = operations.routes(api.routes, ids.routes)
    return ReferenceView(
        title=escape.text(api.title),
        version=escape.text(api.version),
        summary=escape.text(api.summary),
        description=prose.block(api.description, 1),
        facts=tuple(_facts(api, prose)),
        servers=tuple(_servers(api)),
        auth=auth(api.security, ids.schemes),
        schemes=tuple(schemes(api, ids.schemes, prose)),
        groups=tuple(_groups(api, ids, [op for route in routes for op in route.operations], prose)),
        routes=routes,
        webhooks=operations.routes(api.webhooks, ids.webhooks, calls=False),
        parameters=Later(len(ids.fields), lambda: tuple(fields.common())),
        usual_fields=fields.usual(),
        usual_headers=fields.links(ids.shared.usual),
        error_headers=fields.links(ids.shared.coded),
        error_body=fields.body(ids.shared.envelope),
        answers=answers,
        error_groups=Codes(api, ids, definitions, shapes, values, prose).groups(),
        schemas=Later(
            len(definitions.named),
            lambda: tuple(_schemas(definitions, ids, shapes, values, prose)),
        ),
    )


def _facts(api: APIDescriptor, prose: Prose) -> Iterator[FactView]:
    yield FactView(label="Version", text=escape.text(api.version))
    if contact := api.contact:
        parts = [escape.text(contact.name)] if contact.name else []
        parts += [escape.link("", contact.url)] if contact.url else []
        parts += (
            [escape.link(escape.text(contact.email), f"mailto:{contact.email}")]
            if contact.email
            else []
        )
        yield FactView(label="Contact", text=", ".join(parts))
    if licence := api.license:
        name = escape.text(licence.name or licence.identifier)
        yield FactView(
            label="Licence", text=escape.link(name, licence.url) if licence.url else name
        )
    if api.terms_of_service:
        yield FactView(label="Terms", text=escape.link("", api.terms_of_service))
    for line in more(api.external_docs, prose):
        yield FactView(label="More", text=line.removeprefix("More: "))


def _servers(api: APIDescriptor) -> Iterator[FactView]:
    for server in api.servers:
        words = [escape.text(server.description or server.name)]
        for variable in server.variables:
            allowed = (
                f", one of {', '.join(map(escape.code, variable.enum))}" if variable.enum else ""
            )
            about = f": {escape.text(variable.description)}" if variable.description else ""
            default = f" is {escape.code(variable.default)}{allowed}{about}"
            words.append(escape.code(variable.name) + default)
        yield FactView(label=escape.code(server.url), text="<br>".join(filter(None, words)))


def _groups(
    api: APIDescriptor, ids: Plan, operations: list[OperationView], prose: Prose
) -> Iterator[GroupView]:
    """The operations by first tag: tags in the API's order, then those without one."""
    described = {tag.name: tag for tag in api.tags}
    members: dict[str, list[OperationView]] = {tag: [] for tag in ids.tags}
    first = dict(_first_tags(api, ids))
    for operation in operations:
        name = first.get(operation.caller or operation.id, "")
        members.setdefault(name, []).append(operation)
    for name, group in members.items():
        tag = described.get(name)
        title = (tag.summary if tag else "") or name
        if group or name:
            yield GroupView(
                id=ids.tags.get(name, ""),
                title=escape.text(title) if title else "",
                description=prose.block(tag.description) if tag else "",
                brief=prose.line(tag.description) if tag else "",
                operations=tuple(group),
            )


def _first_tags(api: APIDescriptor, ids: Plan) -> Iterator[tuple[str, str]]:
    for route, node in zip(api.routes, ids.routes, strict=True):
        for method, child in zip(route.methods, node.children, strict=True):
            if method.tags:
                yield child.id, method.tags[0]


def _sample(value: object) -> SampleView:
    return SampleView(text=pretty(value), language="json")


def _schemas(
    definitions: Definitions, ids: Plan, shapes: Shapes, values: Values, prose: Prose
) -> Iterator[SchemaView]:
    inner = definitions.contained | definitions.sent
    for name, schema in definitions.named.items():
        own = schema if isinstance(schema, dict) else {}
        yield SchemaView(
            id=ids.schemas[name],
            title=escape.text(name),
            description=prose.block(str(own.get("description") or own.get("title") or "")),
            deprecated=bool(own.get("deprecated")),
            shape=shapes.once(schema),
            sample=None if name in inner else _sample(values.sample(schema)),
        )
