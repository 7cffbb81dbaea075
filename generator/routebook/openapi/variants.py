"""The note of an operation: its request variants, against what the operation says.

Whatever a variant has just as the operation has it stands there by name, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from routebook.descriptors import (
    BodyDescriptor,
    Condition,
    ExampleDescriptor,
    MediaTypeDescriptor,
    ParameterDescriptor,
    RequestDescriptor,
    ResponseDescriptor,
)
from routebook.openapi.basics import example, link
from routebook.openapi.bodies import body_rest, told
from routebook.openapi.context import Context, JsonObject
from routebook.openapi.merging import Group, separate
from routebook.openapi.parameters import (
    HEADER,
    PLACES,
    media_content,
    parameter,
    parameter_content,
)
from routebook.schemas import plain


def request_notes(
    context: Context,
    request: RequestDescriptor,
    union: RequestDescriptor,
    groups: Sequence[Group],
    spanning: Collection[str],
) -> JsonObject:
    """A request variant, without its description."""
    out: JsonObject = {}
    for name in ("name", "when"):
        if getattr(request, name):
            out[name] = getattr(request, name)
    if request.condition is not None:
        out["condition"] = _condition(request.condition)
    for attribute, place in PLACES.items():
        names = roster(
            context, getattr(request, attribute), getattr(union, attribute), place, spanning
        )
        if names is not None:
            out[attribute] = names
    _querystring(context, out, request, union)
    if request.body != union.body:
        with context.hidden():
            out["body"] = _body(context, request.body, union.body)
    out.update(_answers(request, groups))
    if request.aliases:
        out["aliases"] = list(request.aliases)
    if request.extra:
        out["extra"] = plain(request.extra)
    return out


def _condition(condition: Condition) -> JsonObject:
    parts = {"present": list(condition.present), "absent": list(condition.absent)}
    return {key: part for key, part in parts.items() if part}


def shows_querystring(context: Context, union: RequestDescriptor) -> bool:
    """Whether the operation has the whole query as one parameter (OpenAPI 3.2)."""
    return (
        union.querystring is not None
        and context.has("3.2")
        and not union.querystring.documented_only
        and not any(not one.documented_only for one in union.query_parameters)
    )


def _querystring(
    context: Context, out: JsonObject, request: RequestDescriptor, union: RequestDescriptor
) -> None:
    shown = union.querystring if shows_querystring(context, union) else None
    if request.querystring == shown:
        return
    if not context.has("3.2"):
        context.lost("a parameter `in: querystring`")
    with context.hidden():
        own = request.querystring
        out["querystring"] = own and parameter(context, own, "querystring")


def _answers(request: RequestDescriptor, groups: Sequence[Group]) -> JsonObject:
    """The answers of a variant, unless they are those that a reader takes it to have."""
    usual = usual_answers(groups)
    return {
        name: names
        for name, answers in (("successes", request.successes), ("failures", request.failures))
        if (names := [answer_name(groups, one) for one in answers]) != usual[name]
    }


def usual_answers(groups: Sequence[Group]) -> dict[str, list[str]]:
    """All answers of an operation, in its order, by how their status begins."""
    out: dict[str, list[str]] = {"successes": [], "failures": []}
    for group in groups:
        names = [answer_name(groups, part) for part in group.parts]
        out["successes" if group.status[0] in "123" else "failures"].extend(names)
    return out


def answer_name(groups: Sequence[Group], answer: ResponseDescriptor) -> str:
    """How a variant calls an answer: `404`, or `404/2` for the second that was merged there."""
    status = str(answer.status_code)
    parts = next(group.parts for group in groups if group.status == status)
    return status if len(parts) == 1 else f"{status}/{parts.index(answer) + 1}"


def merged_notes(context: Context, group: Group, union: ResponseDescriptor) -> list[JsonObject]:
    """The answers that were merged into one."""
    with context.hidden():
        notes = [_merged(context, part, union) for part in group.parts]
    texts = [part.description for part in group.parts]
    if separate(union.description, group.leads) != texts:
        for note, text in zip(notes, texts, strict=True):
            note["description"] = text
    return notes


def _merged(context: Context, part: ResponseDescriptor, union: ResponseDescriptor) -> JsonObject:
    out = told(context, part)
    if part.summary:
        out["summary"] = part.summary
    names = roster(context, part.headers, union.headers, HEADER)
    if names is not None:
        out["headers"] = names
    if part.body is None:
        if union.body is not None:
            out["content"] = None
    elif union.body is not None:
        _add_content(context, out, part.body, union.body)
        rest = body_rest(part.body)
        if rest != body_rest(union.body):
            out["body"] = rest
    if part.links != union.links:
        out["links"] = [
            one.name if one in union.links else {"name": one.name, "link": link(context, one)}
            for one in part.links
        ]
    for name in ("component", "extra"):
        if getattr(part, name) != getattr(union, name):
            out[name] = plain(getattr(part, name))
    return out


def _add_content(
    context: Context, out: JsonObject, own: BodyDescriptor, union: BodyDescriptor
) -> None:
    """Each representation by its media type where it is the operation's, or whole."""
    if own.content == union.content:
        return
    shown = {media.content_type: media for media in union.content}
    out["content"] = [
        one.content_type
        if one == shown.get(one.content_type)
        else _media(context, one, shown.get(one.content_type))
        for one in own.content
    ]


def _media(
    context: Context, own: MediaTypeDescriptor, shown: MediaTypeDescriptor | None
) -> JsonObject:
    """A representation whose examples stand by name where the operation has them."""
    there = shown.examples if shown is not None else ()
    if shown is not None and replace(own, examples=there) == shown:
        out: JsonObject = {"use": own.content_type}
    else:
        out = {
            "content_type": own.content_type,
            **media_content(context, replace(own, examples=())),
            **({"component": own.component} if own.component else {}),
        }
    if own.examples:
        out["samples"] = [_example(context, one, there) for one in own.examples]
    return out


def _example(context: Context, own: ExampleDescriptor, there: tuple[ExampleDescriptor, ...]) -> Any:
    """An example by its name among those of the operation, or whole.

    One without a name of its own says by which name the operation has it.
    """
    names = [one.name for one in there]
    for one in there:
        if one == own and names.count(one.name) == 1:
            return one.name
        if not own.name and replace(one, name="") == own and names.count(one.name) == 1:
            return {"name": "", "use": one.name}
    return {"name": own.name, "example": example(context, own)}


def _body(context: Context, own: BodyDescriptor | None, union: BodyDescriptor | None) -> Any:
    if own is None or union is None:
        return None
    out = body_rest(own)
    _add_content(context, out, own, union)
    return out


def roster(
    context: Context,
    own: tuple[ParameterDescriptor, ...],
    shown: tuple[ParameterDescriptor, ...],
    place: str,
    spanning: Collection[str] = (),
) -> list[Any] | None:
    """A variant's parameters against those that the operation shows; None for the same.

    One that is shown stands by its name. One that differs in some fields is `use`, its name, and
    those fields. Any other is written whole.
    """
    visible = tuple(one for one in shown if not one.documented_only)
    if own == visible:
        return None
    by_name = {one.name: one for one in reversed(visible)}
    with context.hidden():
        return [_entry(context, one, by_name.get(one.name), place, spanning) for one in own]


def _entry(
    context: Context,
    own: ParameterDescriptor,
    shown: ParameterDescriptor | None,
    place: str,
    spanning: Collection[str],
) -> Any:
    if own == shown:
        return own.name
    whole = parameter(context, own, place, spanning)
    if place == HEADER:
        whole = {"name": own.name, **({"header": whole} if "$ref" in whole else whole)}
    if shown is None or "$ref" in whole or "header" in whole:
        return whole
    base = parameter_content(context, shown, place, spanning)
    changed = {k: v for k, v in whole.items() if k != "name" and base.get(k, ...) != v}
    if base.keys() <= whole.keys() and len(changed) < len(whole) - 1:
        return {"use": own.name, **changed}
    return whole
