"""Routes, operations, variants and answers as the reference shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from routebook.descriptors import (
    APIDescriptor,
    Condition,
    LinkDescriptor,
    MethodDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
    RouteDescriptor,
)
from routebook.metadata import ExternalDocs, SecurityRequirement, ServerDescriptor
from routebook.paths import PathTemplate, parse
from routebook.views import escape
from routebook.views.fields import Fields
from routebook.views.ids import slugs
from routebook.views.later import Later
from routebook.views.model import (
    LinkView,
    OperationView,
    ResponseView,
    RouteView,
    VariantView,
)
from routebook.views.plan import Node, Plan
from routebook.views.prose import Prose
from routebook.views.requests import Requests, samples
from routebook.views.security import auth, requirements
from routebook.views.sharing import answers, everywhere
from routebook.views.values import Values
from routebook.views.wire import Wire, filled, reason
from routebook.views.written import scalar


class Operations:
    """Makes the views of routes."""

    def __init__(
        self,
        api: APIDescriptor,
        plan: Plan,
        values: Values,
        fields: Fields,
        prose: Prose,
        languages: tuple[str, ...],
    ) -> None:
        self._api = api
        self._plan = plan
        self._fields = fields
        self._prose = prose
        self._wire = Wire(api, values)
        self._requests = Requests(api, values)
        self._languages = languages
        self._tags = {tag.name: tag.summary or tag.name for tag in api.tags}

    def answers(self) -> Sequence[ResponseView]:
        """The answers that many operations share."""
        return Later(len(self._plan.answers), self._answers)

    def _answers(self) -> tuple[ResponseView, ...]:
        pairs = zip(self._plan.shared.answers, self._plan.answers.values(), strict=True)
        views = [(self._full(answer, node), answer) for answer, node in pairs]
        counts = Counter((view.code, view.name) for view, _ in views)
        return tuple(
            replace(view, name=f"{_full_name(answer)} ({escape.text(answer.component)})")
            if counts[view.code, view.name] > 1 and answer.component
            else view
            for view, answer in views
        )

    def routes(
        self, routes: Sequence[RouteDescriptor], nodes: Sequence[Node], *, calls: bool = True
    ) -> tuple[RouteView, ...]:
        """Routes; those whose requests the API sends itself with `calls` false."""
        names = slugs(route.name for route in routes)
        return tuple(
            self._route(route, node, name, calls=calls)
            for route, node, name in zip(routes, nodes, names, strict=True)
        )

    def _route(self, route: RouteDescriptor, node: Node, name: str, *, calls: bool) -> RouteView:
        template = parse(route.path) if calls else None
        operations = [
            operation
            for method, child in zip(route.methods, node.children, strict=True)
            for operation in self._operations(route, template, method, child)
        ]
        path = template.bare if template else route.path
        tag = next((tag for method in route.methods for tag in method.tags), "")
        return RouteView(
            id=node.id,
            aliases=node.aliases,
            slug=name,
            title=escape.text(route.entity or route.summary or (path if calls else route.name)),
            path=escape.code(path) if path else "",
            group=escape.text(self._tags.get(tag, tag)) if tag else "",
            description=self._prose.block(route.description),
            notes=tuple(_servers(route.servers)),
            operations=tuple(operations),
        )

    def _operations(
        self,
        route: RouteDescriptor,
        template: PathTemplate | None,
        method: MethodDescriptor,
        node: Node,
        caller: str = "",
    ) -> Iterator[OperationView]:
        """An operation, followed by what it may call back."""
        yield self._operation(route, template, method, node, caller)
        for callback, nodes in zip(method.callbacks, node.callbacks, strict=True):
            for inner, inner_node in zip(callback.routes, nodes, strict=True):
                for called, called_node in zip(inner.methods, inner_node.children, strict=True):
                    yield from self._operations(inner, None, called, called_node, caller or node.id)

    def _operation(
        self,
        route: RouteDescriptor,
        template: PathTemplate | None,
        method: MethodDescriptor,
        node: Node,
        caller: str,
    ) -> OperationView:
        path = template.bare if template else route.path or route.name
        title = method.summary or f"{method.method} {path}"
        old = method.deprecated
        return OperationView(
            id=node.id,
            aliases=node.aliases,
            title=escape.text(title),
            method=escape.code(method.method),
            path=escape.code(path),
            caller=caller,
            operation_id=escape.code(method.operation_id) if method.operation_id else "",
            auth=auth(self._auth(method), self._plan.schemes),
            usual_auth=method.security in (None, self._api.security),
            deprecated=f"**Deprecated**{self._fields.deprecation(old)}" if old else "",
            blocks=Later(1, lambda: (self._prose.block(_further(method)),)),
            notes=Later(_noted(method), lambda: tuple(self._notes(method, node))),
            variants=Later(
                len(method.requests), lambda: self._variants(route, template, method, node)
            ),
            common=Later(len(node.everywhere), lambda: self._common(method, node)),
        )

    def _variants(
        self,
        route: RouteDescriptor,
        template: PathTemplate | None,
        method: MethodDescriptor,
        node: Node,
    ) -> tuple[VariantView, ...]:
        return tuple(
            self._variant(route, template, method, request, child, node)
            for request, child in zip(method.requests, node.children, strict=True)
        )

    def _common(self, method: MethodDescriptor, node: Node) -> tuple[ResponseView, ...]:
        """The shared answers of all variants."""
        found = everywhere(method, self._plan.shared)
        return self._labelled(
            self._brief(answer, child) for answer, child in zip(found, node.everywhere, strict=True)
        )

    def _auth(self, method: MethodDescriptor) -> tuple[SecurityRequirement, ...] | None:
        nothing = self._api.security is None and method.security is None
        return None if nothing else requirements(self._api, method)

    def _notes(self, method: MethodDescriptor, node: Node) -> Iterator[str]:
        yield from _servers(method.servers)
        if len(method.tags) > 1:
            yield f"Groups: {', '.join(map(self._tag, method.tags))}"
        for callback, nodes in zip(method.callbacks, node.callbacks, strict=True):
            links = [
                f"[{escape.text(f'{called.method} {route.path}')}](#{child.id})"
                for route, inner in zip(callback.routes, nodes, strict=True)
                for called, child in zip(route.methods, inner.children, strict=True)
            ]
            yield f"Calls back {escape.code(callback.name)}: {', '.join(links)}"
        yield from more(method.external_docs, self._prose)

    def _tag(self, tag: str) -> str:
        """A tag, linked to its group; those that only callbacks have are no groups."""
        known = self._plan.tags.get(tag)
        return f"[{escape.text(tag)}](#{known})" if known else escape.text(tag)

    def _variant(
        self,
        route: RouteDescriptor,
        template: PathTemplate | None,
        method: MethodDescriptor,
        request: RequestDescriptor,
        node: Node,
        parent: Node,
    ) -> VariantView:
        said = {child.id for child in parent.everywhere}
        good, bad = (
            [self._response(answer, child) for answer, child in pairs if child.id not in said]
            for pairs in _split(request, node)
        )
        return VariantView(
            id=node.id,
            aliases=node.aliases,
            title=escape.text(request.name or ("Otherwise" if len(method.requests) > 1 else "")),
            when=self._prose.line(request.when),
            condition=condition(request.condition),
            description=self._prose.block(request.description),
            request=self._wire.request(template, route, method, request),
            samples=tuple(
                samples(self._requests.request(template, route, method, request), self._languages)
            ),
            parameters=self._fields.parameters(request),
            body=self._fields.body(request.body),
            successes=tuple(answer for answer in good if not answer.common),
            failures=tuple(answer for answer in bad if not answer.common),
            common=self._labelled(answer for answer in (*good, *bad) if answer.common),
        )

    def _labelled(self, answers: Iterable[ResponseView]) -> tuple[ResponseView, ...]:
        """Answers in order of status, each told apart from the others."""
        listed = sorted(answers, key=lambda answer: answer.code)
        counts = Counter(answer.code for answer in listed)
        return tuple(
            replace(answer, label=f"{answer.code} {answer.name}".strip())
            if counts[answer.code] > 1
            else answer
            for answer in listed
        )

    def _response(self, response: ResponseDescriptor, node: Node) -> ResponseView:
        shared = self._plan.answer(response) is not None
        return self._brief(response, node) if shared else self._full(response, node)

    def _brief(self, response: ResponseDescriptor, node: Node) -> ResponseView:
        """An answer that is described elsewhere."""
        shared = self._plan.answer(response)
        return ResponseView(
            id=node.id,
            aliases=node.aliases,
            code=status(response.status_code).partition(" ")[0],
            status=status(response.status_code),
            name=_name(response),
            description="",
            brief="",
            when="",
            lacks="",
            common_headers=(),
            headers=(),
            codes=self._codes(response),
            body=None,
            bare=False,
            sample=None,
            links=(),
            common=shared.id if shared else "",
            label=status(response.status_code).partition(" ")[0],
        )

    def _full(self, response: ResponseDescriptor, node: Node) -> ResponseView:
        known = self._plan.shared.envelope
        usual = bool(response.error_codes) and response.body is not None and response.body == known
        return ResponseView(
            id=node.id,
            aliases=node.aliases,
            code=status(response.status_code).partition(" ")[0],
            status=status(response.status_code),
            name=_name(response),
            description=self._prose.block(response.description),
            brief=self._prose.line(response.description),
            when=self._prose.line(response.when),
            lacks=self._fields.lacking(response),
            common_headers=self._fields.header_links(response),
            headers=self._fields.headers(response),
            codes=self._codes(response),
            body=None if usual else self._fields.body(response.body, response.fields),
            bare=bool(response.error_codes) and response.body is None,
            sample=self._wire.response(response),
            links=tuple(self._link(link) for link in response.links),
            common="",
            label="",
        )

    def _codes(self, response: ResponseDescriptor) -> tuple[LinkView, ...]:
        return tuple(
            LinkView(title=escape.code(error.value), id=self._plan.errors[error.value].id)
            for error in response.error_codes
        )

    def _link(self, link: LinkDescriptor) -> str:
        known = self._plan.operations.get(link.operation_id)
        name = link.operation_id or link.operation_ref
        target = f"[{escape.code(name)}](#{known})" if known else escape.code(name)
        given = [
            f"{escape.code(key)} = {escape.code(scalar(value))}"
            for key, value in link.parameters.items()
        ]
        words = self._prose.line(link.description)
        with_values = f" with {', '.join(given)}" if given else ""
        return f"{target}{with_values}" + (f": {words}" if words else "")


def _further(method: MethodDescriptor) -> str:
    """What a description says besides the summary: some documents say both in the same words."""
    summary, description = (one.strip().rstrip(".") for one in (method.summary, method.description))
    return "" if summary == description else method.description


def _noted(method: MethodDescriptor) -> int:
    """How many notes an operation has."""
    links = len(method.callbacks) + (method.external_docs is not None)
    return len(method.servers) + (len(method.tags) > 1) + links


def _split(
    request: RequestDescriptor, node: Node
) -> tuple[list[tuple[ResponseDescriptor, Node]], list[tuple[ResponseDescriptor, Node]]]:
    """The answers of a variant with their ids: successes and failures."""
    pairs = list(zip(answers(request), node.children, strict=True))
    return pairs[: len(request.successes)], pairs[len(request.successes) :]


def _full_name(response: ResponseDescriptor) -> str:
    return escape.text(response.name or response.summary or reason(response.status_code))


def _name(response: ResponseDescriptor) -> str:
    name = response.name or response.summary
    return "" if name.lower() == reason(response.status_code).lower() else escape.text(name)


@lru_cache(maxsize=256)
def status(code: int | str) -> str:
    """A status with its reason phrase: a line.

    >>> status(404), status("5XX"), status("default")
    ('404 Not Found', '5XX', 'Any other status')
    """
    if str(code) == "default":
        return "Any other status"
    return escape.text(f"{code} {reason(code)}".strip())


def condition(condition: Condition | None) -> str:
    """The parts of a request that a condition names: a line.

    >>> condition(Condition(present=("query.digest",), absent=("query.mount", "body")))
    '`query.digest`, not `query.mount`, not `body`'
    """
    if condition is None:
        return ""
    lacks = (f"not {escape.code(name)}" for name in condition.absent)
    return ", ".join((*map(escape.code, condition.present), *lacks))


def _servers(servers: Iterable[ServerDescriptor]) -> Iterator[str]:
    for server in servers:
        words = escape.text(server.description)
        yield f"Server: {escape.code(filled(server))}" + (f" ({words})" if words else "")


def more(docs: ExternalDocs | None, prose: Prose) -> Iterator[str]:
    """A link to documentation elsewhere: a line."""
    if docs is not None:
        yield f"More: {escape.link(prose.line(docs.description), docs.url)}"
