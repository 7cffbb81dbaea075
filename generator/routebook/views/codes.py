"""The index of error codes: each with everything that answers with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from routebook.descriptors import APIDescriptor, ResponseDescriptor, RouteDescriptor
from routebook.errors import ErrorDescriptor
from routebook.views import escape
from routebook.views.definitions import Definitions
from routebook.views.jsontext import pretty
from routebook.views.model import (
    ErrorGroupView,
    ErrorView,
    LinkView,
    MentionView,
    SampleView,
)
from routebook.views.operations import status
from routebook.views.plan import Node, Plan, answer_name
from routebook.views.prose import Prose
from routebook.views.shapes import Shapes
from routebook.views.sharing import answers
from routebook.views.values import Values


class Codes:
    """Makes the views of error codes."""

    def __init__(
        self,
        api: APIDescriptor,
        plan: Plan,
        definitions: Definitions,
        shapes: Shapes,
        values: Values,
        prose: Prose,
    ) -> None:
        self._api = api
        self._plan = plan
        self._definitions = definitions
        self._shapes = shapes
        self._values = values
        self._prose = prose
        self._common: dict[str, dict[LinkView, dict[LinkView, None]]] = {}
        self._direct: dict[str, dict[LinkView, None]] = {}
        self._statuses: dict[str, dict[str, None]] = {}
        if plan.errors:
            self._collect((*api.routes, *api.webhooks), (*plan.routes, *plan.webhooks))

    def groups(self) -> tuple[ErrorGroupView, ...]:
        """The groups of the API, and one of codes that are in none."""
        groups = [
            self._group(group.name, group.description, group.errors, self._plan.groups[group.name])
            for group in self._api.error_groups
        ]
        if self._plan.loose:
            words = "Codes that answers carry and that belong to no group of the API."
            groups.append(self._group("Other codes", words, self._plan.loose, ""))
        return tuple(groups)

    def _group(
        self, name: str, description: str, errors: Iterable[ErrorDescriptor], id: str
    ) -> ErrorGroupView:
        return ErrorGroupView(
            id=id or self._plan.ids.take("errors-other"),
            title=escape.text(name),
            description=self._prose.block(description),
            errors=tuple(self._error(error) for error in errors),
        )

    def _error(self, error: ErrorDescriptor) -> ErrorView:
        node = self._plan.errors[error.value]
        detail = None if error.detail is None else self._definitions.convert(error.detail)
        common = self._common.get(error.value, {})
        direct = tuple(self._direct.get(error.value, ()))
        return ErrorView(
            id=node.id,
            aliases=node.aliases,
            title=escape.code(error.value),
            message=escape.code(error.message) if error.message else "",
            status=", ".join(self._seen(error)),
            description=self._prose.block(error.description),
            detail=None if detail is None else self._shapes.shape(detail),
            sample=self._sample(error),
            mentions=tuple(
                MentionView(answer=answer, places=tuple(places))
                for answer, places in common.items()
            ),
            answers=direct,
            count=len(direct) + sum(len(places) for places in common.values()),
        )

    def _seen(self, error: ErrorDescriptor) -> Iterator[str]:
        """The code's own status, and those of the answers that carry it under another."""
        own = status(error.http_status)
        yield own
        yield from (other for other in self._statuses.get(error.value, ()) if other != own)

    def _sample(self, error: ErrorDescriptor) -> SampleView:
        return SampleView(text=pretty(self._values.envelope(error)), language="json")

    def _collect(self, routes: Iterable[RouteDescriptor], nodes: Iterable[Node]) -> None:
        for route, node in zip(routes, nodes, strict=True):
            for method, child in zip(route.methods, node.children, strict=True):
                name = method.operation_id or f"{method.method} {route.entity or route.name}"
                for request, variant in zip(method.requests, child.children, strict=True):
                    for answer, place in zip(answers(request), variant.children, strict=True):
                        whole = place in child.everywhere
                        title = name if whole else f"{name} {request.name}".strip()
                        link = LinkView(
                            title=escape.text(title), id=(child if whole else variant).id
                        )
                        self._add(answer, link, place)
                for callback, inner in zip(method.callbacks, child.callbacks, strict=True):
                    self._collect(callback.routes, inner)

    def _add(self, answer: ResponseDescriptor, link: LinkView, place: Node) -> None:
        """Note the codes of an answer of an operation or variant."""
        shared = self._plan.answer(answer)
        words = escape.text(answer_name(answer))
        for error in answer.error_codes:
            if shared is not None:
                common = self._common.setdefault(error.value, {})
                common.setdefault(LinkView(title=words, id=shared.id), {})[link] = None
            else:
                title = f"{link.title}: {answer.status_code}"
                direct = self._direct.setdefault(error.value, {})
                direct[LinkView(title=title, id=place.id)] = None
            self._statuses.setdefault(error.value, {})[status(answer.status_code)] = None


def mentions(plan: Plan) -> Mapping[str, str]:
    """The names that text may mention, and the ids that they link to."""
    return {
        **plan.schemas,
        **plan.operations,
        **{value: node.id for value, node in plan.errors.items()},
    }
