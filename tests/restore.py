"""The way back: the descriptors of which routebook wrote a document.

It reads only what `routebook.openapi.write` writes, and trusts it. That it can is the proof that
nothing is lost on the way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from restore_parts import (
    HEADER,
    Object,
    Parts,
    condition,
    deprecation,
    error,
    named,
    optional,
    server,
    simple,
    without,
)
from routebook import (
    APIDescriptor,
    BodyDescriptor,
    CallbackDescriptor,
    ComponentsDescriptor,
    ContactDescriptor,
    ErrorDescriptor,
    ErrorGroup,
    ExternalDocs,
    LicenseDescriptor,
    MethodDescriptor,
    OAuthFlow,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
    SecurityRequirement,
    SecurityScheme,
    TagDescriptor,
    paths,
)
from routebook.openapi.components import used_names
from routebook.openapi.dialect import NOTE
from routebook.openapi.merging import Group, lead, separate
from routebook.openapi.operations import read_order

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
PLACES = {
    "path_parameters": "path",
    "query_parameters": "query",
    "headers": "header",
    "cookie_parameters": "cookie",
}
Shown = Sequence[tuple[Object, ParameterDescriptor]]
"""Parameters that an operation has: as they are written, and what that is."""


def restore(document: Object) -> APIDescriptor:
    return Restorer(document).api()


def docs(value: Object) -> ExternalDocs:
    return simple(ExternalDocs, value)


def security(value: Any) -> tuple[SecurityRequirement, ...] | None:
    if value is None:
        return None
    return tuple(
        SecurityRequirement(schemes={name: tuple(scopes) for name, scopes in one.items()})
        for one in value
    )


def tag(value: Object) -> TagDescriptor:
    return simple(TagDescriptor, value, external_docs=optional(docs, value.get("externalDocs")))


def scheme(value: Object, key: str) -> SecurityScheme:
    note = value.get(NOTE, {})
    flows = value.get("flows", {})
    rest = flows.get(NOTE, {})
    found = {k: v for k, v in flows.items() if k != NOTE} | rest.get("flows", {})
    order = rest.get("order", list(found))
    renamed = {"parameter": "name", "location": "in"}
    made = simple(
        SecurityScheme,
        value,
        renamed=renamed,
        name=named(value, key),
        flows=tuple(simple(OAuthFlow, found[one], name=one) for one in order),
    )
    if note.get("type"):
        made = replace(made, type=note["type"], scheme=note.get("scheme", ""))
    return made


class Restorer(Parts):
    def __init__(self, document: Object) -> None:
        super().__init__(document)
        self.groups = tuple(
            ErrorGroup(
                name=group["name"],
                description=group.get("description", ""),
                errors=tuple(error(one) for one in group["errors"]),
            )
            for group in document.get(NOTE, {}).get("error_groups", ())
        )
        self.errors = {one.value: one for group in reversed(self.groups) for one in group}

    def api(self) -> APIDescriptor:
        root, info = self.document, self.document["info"]
        note = root.get(NOTE, {})
        hooks = "x-webhooks" if self.version == "3.0" else "webhooks"
        known = "openapi $self jsonSchemaDialect info servers security tags externalDocs paths"
        said = "title version summary description termsOfService contact license"
        components = root.get("components", {})
        return APIDescriptor(
            title=info["title"],
            version=info["version"],
            summary=info.get("summary", info.get(NOTE, {}).get("summary", "")),
            description=info.get("description", ""),
            terms_of_service=info.get("termsOfService", ""),
            contact=optional(lambda one: simple(ContactDescriptor, one), info.get("contact")),
            license=optional(lambda one: simple(LicenseDescriptor, one), info.get("license")),
            servers=tuple(map(server, root.get("servers", ()))),
            security_schemes=tuple(
                scheme(one, key) for key, one in components.get("securitySchemes", {}).items()
            ),
            security=security(root.get("security")),
            tags=tuple(map(tag, root.get("tags", ()))),
            routes=self.routes(root["paths"]),
            error_groups=self.groups,
            schemas=self.schemas,
            components=self.components(components),
            external_docs=optional(docs, root.get("externalDocs")),
            webhooks=tuple(self.route(one, key, "") for key, one in root.get(hooks, {}).items()),
            json_schema_dialect=root.get("jsonSchemaDialect", note.get("json_schema_dialect", "")),
            self_uri=root.get("$self", note.get("self_uri", "")),
            extra=without(root, {*known.split(), "components", hooks}),
            info_extra=without(info, said.split()),
        )

    def components(self, value: Object) -> ComponentsDescriptor:
        note = value.get(NOTE, {})
        kinds = "parameters headers requestBodies responses mediaTypes examples links callbacks"
        used = used_names(self.document)
        kept = note.get("kept", ())
        pools: dict[str, list[tuple[str, Object, Object]]] = {}
        newer = {"mediaTypes": "3.2", "pathItems": "3.1"}
        for kind in (*kinds.split(), "pathItems"):
            known = self.version >= newer.get(kind, "")
            for name, content in (value if known else note).get(kind, {}).items():
                path = f"#/components/{kind}/{name}"
                if not known or path not in used or path in kept:
                    said = note.get("listed", {}).get(kind, {}).get(name, {})
                    pools.setdefault(kind, []).append((name, content, said))
        return ComponentsDescriptor(
            **self.kept_parameters(pools),
            headers=tuple(
                replace(self.parameter(one, HEADER), name=said.get("name", ""), component=name)
                for name, one, said in pools.get("headers", ())
            ),
            responses=tuple(
                replace(self.response(one, said.get("status_code", "default")), component=name)
                for name, one, said in pools.get("responses", ())
            ),
            bodies=tuple(
                replace(self.body(one), component=name)
                for name, one, _ in pools.get("requestBodies", ())
            ),
            media_types=tuple(
                replace(self.media_type(one, said.get("content_type", "")), component=name)
                for name, one, said in pools.get("mediaTypes", ())
            ),
            examples=tuple(
                replace(self.example(one, said.get("name", name)), component=name)
                for name, one, said in pools.get("examples", ())
            ),
            links=tuple(
                replace(self.link(one, said.get("name", name)), component=name)
                for name, one, said in pools.get("links", ())
            ),
            callbacks=tuple(
                replace(self.callback(one, said.get("name", name)), component=name)
                for name, one, said in pools.get("callbacks", ())
            ),
            path_items=tuple(
                replace(
                    self.route(one, said.get("name", name), said.get("path", "")), component=name
                )
                for name, one, said in pools.get("pathItems", ())
            ),
            extra=without(value, {*kinds.split(), "pathItems", "schemas", "securitySchemes"}),
        )

    def kept_parameters(self, pools: Any) -> Object:
        places = {
            "path_parameters": "path",
            "query_parameters": "query",
            "header_parameters": "header",
            "cookie_parameters": "cookie",
            "querystrings": "querystring",
        }
        return {
            attribute: tuple(
                replace(self.parameter(one, place), component=name)
                for name, one, _ in pools.get("parameters", ())
                if one["in"] == place
            )
            for attribute, place in places.items()
        }

    def routes(self, items: Object) -> tuple[RouteDescriptor, ...]:
        aside = items.get(NOTE, {}).get("items", {})
        found = [self.route(one, k, k, aside.get(k, {})) for k, one in items.items() if k[0] == "/"]
        rest = items.get(NOTE, {}).get("routes", ())
        return (*found, *(self.route(one, "", "") for one in rest))

    def route(
        self, item: Object, name: str, path: str, aside: Object | None = None
    ) -> RouteDescriptor:
        place = item.get(NOTE, {}) | (aside or {})
        content, component = self.target(item)
        note = content.get(NOTE, {})
        name, path = place.get("name", name), place.get("path", path)
        spanning: frozenset[str] = frozenset()
        if path.startswith("/"):
            variables = paths.parse(path).variables
            spanning = frozenset(one.name for one in variables if one.multi_segment)
        written = [(key.upper(), one) for key, one in content.items() if key in METHODS]
        written += content.get("additionalOperations", {}).items()
        rest = note.get("methods", ())
        written += [(one["method"], {k: one[k] for k in one if k != "method"}) for one in rest]
        waiting = [self.method(verb, one, spanning) for verb, one in written]
        ordered = []
        for verb in note.get("order", read_order(content, rest)):
            ordered.append(next(one for one in waiting if one.method == verb))
            waiting.remove(ordered[-1])
        known = {*METHODS, "additionalOperations", "summary", "description", "servers"}
        return RouteDescriptor(
            name=name,
            path=path,
            entity=note.get("entity", ""),
            summary=content.get("summary", ""),
            description=content.get("description", ""),
            methods=tuple(ordered),
            servers=tuple(map(server, content.get("servers", ()))),
            aliases=tuple(note.get("aliases", ())),
            component=component,
            extra=without(content, known),
        )

    def method(self, verb: str, item: Object, spanning: frozenset[str]) -> MethodDescriptor:
        note = item.get(NOTE, {})
        known = "tags summary description externalDocs operationId parameters requestBody responses"
        more = {"callbacks", "deprecated", "security", "servers"}
        requests, description = self.requests(item, spanning)
        return MethodDescriptor(
            method=verb,
            description=description,
            requests=requests,
            operation_id=note.get("operation_id", item.get("operationId", "")),
            summary=item.get("summary", ""),
            tags=tuple(item.get("tags", ())),
            deprecated=deprecation(item),
            security=security(item.get("security")),
            servers=tuple(map(server, item.get("servers", ()))),
            callbacks=tuple(
                self.callback(one, key) for key, one in item.get("callbacks", {}).items()
            ),
            external_docs=optional(docs, item.get("externalDocs")),
            aliases=tuple(note.get("aliases", ())),
            extra=without(item, {*known.split(), *more}),
        )

    def callback(self, item: Object, key: str) -> CallbackDescriptor:
        content, component = self.target(item)
        found = {k: v for k, v in content.items() if not k.startswith("x-")}
        rest = content.get(NOTE, {}).get("routes", ())
        return CallbackDescriptor(
            name=named(item, key),
            routes=(
                *(self.route(one, expression, expression) for expression, one in found.items()),
                *(self.route(one, "", "") for one in rest),
            ),
            component=component,
            extra=without(content, found),
        )

    def requests(
        self, item: Object, spanning: frozenset[str]
    ) -> tuple[tuple[RequestDescriptor, ...], str]:
        note = item.get(NOTE, {})
        entries = note.get("requests", [{}])
        shown: dict[str, list[tuple[Object, ParameterDescriptor]]] = {}
        for one in item.get("parameters", ()):
            content, _ = self.target(one)
            made = self.parameter(one, content["in"], spanning)
            shown.setdefault(content["in"], []).append((content, made))
        body = optional(self.body, item.get("requestBody"))
        answers = self.answers(item.get("responses", {}), entries)
        requests = [self.request(one, shown, body, answers, spanning) for one in entries]
        text = item.get("description", "")
        texts: Sequence[str]
        if len(requests) == 1 or "description" in note or not requests:
            texts = [note.get("description", text), *(e.get("description", "") for e in entries)]
        else:
            leads = ["", *(lead(one.name, one.when) for one in requests)]
            texts = separate(text, leads) or []
        pairs = zip(requests, texts[1:], strict=True)
        return tuple(replace(one, description=own) for one, own in pairs), texts[0]

    def request(
        self,
        entry: Object,
        shown: dict[str, list[tuple[Object, ParameterDescriptor]]],
        body: BodyDescriptor | None,
        answers: dict[str, ResponseDescriptor],
        spanning: frozenset[str],
    ) -> RequestDescriptor:
        lists: Object = {
            attribute: self.roster(entry.get(attribute), shown.get(place, ()), place, spanning)
            for attribute, place in PLACES.items()
        }
        whole = next((made for _, made in shown.get("querystring", ())), None)
        if "querystring" in entry:
            whole = optional(
                lambda given: self.parameter(given, "querystring"), entry["querystring"]
            )
        if "body" in entry:
            given = entry["body"]
            body = self.own_body(given, body) if given is not None and body is not None else None
        usual: dict[str, list[str]] = {"successes": [], "failures": []}
        for name in answers:
            usual["successes" if name[0] in "123" else "failures"].append(name)
        return RequestDescriptor(
            name=entry.get("name", ""),
            when=entry.get("when", ""),
            condition=optional(condition, entry.get("condition")),
            querystring=whole,
            body=body,
            successes=tuple(answers[one] for one in entry.get("successes", usual["successes"])),
            failures=tuple(answers[one] for one in entry.get("failures", usual["failures"])),
            aliases=tuple(entry.get("aliases", ())),
            extra=entry.get("extra", {}),
            **lists,
        )

    def roster(
        self, entries: Any, shown: Shown, place: str, spanning: Iterable[str] = ()
    ) -> tuple[ParameterDescriptor, ...]:
        if entries is None:
            return tuple(made for _, made in shown)
        return tuple(self.listed(one, shown, place, spanning) for one in entries)

    def listed(
        self, entry: Any, shown: Shown, place: str, spanning: Iterable[str]
    ) -> ParameterDescriptor:
        name = entry if isinstance(entry, str) else entry.get("use", entry.get("name", ""))
        if isinstance(entry, str):
            return next(made for _, made in shown if made.name == name)
        if "use" in entry:
            base = next(content for content, made in shown if made.name == name)
            entry = {**base, **{k: v for k, v in entry.items() if k != "use"}}
        elif "header" in entry:
            entry = entry["header"]
        if place == HEADER:
            entry = {k: v for k, v in entry.items() if k != "name"}
        return self.parameter(entry, place, spanning, name)

    def answers(
        self, responses: Object, entries: Sequence[Object]
    ) -> dict[str, ResponseDescriptor]:
        """Every answer by the name that variants call it by."""
        out: dict[str, ResponseDescriptor] = {}
        for status, written in responses.items():
            note = written.get(NOTE, {})
            if note.get("generated"):
                continue
            code = int(status) if status.isdigit() else status
            if "merged" not in note:
                out[status] = self.response(written, code)
                continue
            union = self.response(written, code)
            content, _ = self.target(written)
            shown = [
                (self.target(one)[0], self.parameter(one, HEADER, name=key))
                for key, one in content.get("headers", {}).items()
            ]
            parts = [self.merged(one, union, shown, code) for one in note["merged"]]
            out |= self.described(status, parts, union.description, note["merged"], entries)
        return out

    def described(
        self,
        status: str,
        parts: list[ResponseDescriptor],
        text: str,
        notes: Sequence[Object],
        entries: Sequence[Object],
    ) -> dict[str, ResponseDescriptor]:
        """Merged answers with the descriptions that stand in the joint one."""
        names = [f"{status}/{number}" for number in range(1, len(parts) + 1)]
        usual, other = ("successes", "failures")[:: 1 if status[0] in "123" else -1]
        users = tuple(
            tuple(
                entry["name"]
                for entry in entries
                if len(entries) > 1
                and entry.get("name")
                and name in {*entry.get(usual, names), *entry.get(other, ())}
            )
            for name in names
        )
        if any("description" in note for note in notes):
            texts = [note.get("description", "") for note in notes]
        else:
            leads = Group(status, tuple(parts), users).leads
            texts = separate(text, leads) or []
        made = (replace(one, description=own) for one, own in zip(parts, texts, strict=True))
        return dict(zip(names, made, strict=True))

    def codes(self, note: Object) -> tuple[ErrorDescriptor, ...]:
        return tuple(
            self.errors[one] if isinstance(one, str) else error(one)
            for one in note.get("error_codes", ())
        )

    def response(self, value: Object, code: int | str) -> ResponseDescriptor:
        content, component = self.target(value)
        note = content.get(NOTE, {})
        errors = self.codes(note)
        if "merged" in note:
            errors = tuple(
                dict.fromkeys(one for part in note["merged"] for one in self.codes(part))
            )
        shown = [
            (self.target(one)[0], self.parameter(one, HEADER, name=key))
            for key, one in content.get("headers", {}).items()
        ]
        body = None
        if "content" in content:
            media = tuple(
                self.media_type(one, key, errors) for key, one in content["content"].items()
            )
            body = BodyDescriptor(content=media, **note.get("body", {}))
        known = {"summary", "description", "headers", "content", "links"}
        return ResponseDescriptor(
            status_code=code,
            **self.told(note, errors),
            summary=content.get("summary", note.get("summary", "")),
            description=content.get("description", ""),
            headers=self.roster(note.get("headers"), shown, HEADER),
            body=body,
            links=tuple(self.link(one, key) for key, one in content.get("links", {}).items()),
            component=component,
            extra=without(content, known),
        )

    def told(self, note: Object, errors: tuple[ErrorDescriptor, ...]) -> Object:
        return {
            "name": note.get("name", ""),
            "when": note.get("when", ""),
            "error_codes": errors,
            "fields": tuple(self.parameter(one, "field") for one in note.get("fields", ())),
            "aliases": tuple(note.get("aliases", ())),
        }

    def merged(
        self, note: Object, union: ResponseDescriptor, shown: Shown, code: int | str
    ) -> ResponseDescriptor:
        """One of the answers that were merged."""
        body = None
        if union.body is not None and note.get("content", ()) is not None:
            rest = {
                key: getattr(union.body, key)
                for key in ("description", "required", "component", "extra")
            }
            if "body" in note:
                rest = note["body"]
            body = BodyDescriptor(content=self.own_content(note, union.body), **rest)
        links = {one.name: one for one in union.links}
        return ResponseDescriptor(
            status_code=code,
            **self.told(note, self.codes(note)),
            summary=note.get("summary", ""),
            headers=self.roster(note.get("headers"), shown, HEADER),
            body=body,
            links=tuple(
                links[one] if isinstance(one, str) else self.link(one["link"], one["name"])
                for one in note.get("links", list(links))
            ),
            component=note.get("component", ""),
            extra=note.get("extra", union.extra),
        )
