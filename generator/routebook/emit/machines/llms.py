"""`llms.txt` and `llms-full.txt`: a site for language models, as llmstxt.org describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from routebook.descriptors import APIDescriptor
from routebook.emit.layout import LONG
from routebook.emit.machines.targets import Target, line
from routebook.emit.page import Page
from routebook.views import escape
from routebook.views.prose import Prose

_ALWAYS = re.compile(r"(?:index|common|errors|schemas|webhooks)\.md|groups/")
"""The pages that stand for a whole reference, where it is too large to list all."""
_SENTENCE = re.compile(r"[^.!?]*[.!?](?=\s|\Z)")
_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A line of a list of links."""

    title: str
    """What it is called, plain text."""
    url: str
    """Where it leads."""
    about: str = ""
    """What is there: a line of Markdown."""


def document(path: str, url: str = "") -> Link:
    """The line of an OpenAPI document."""
    return Link(title=path, url=url or path, about="the whole API as an OpenAPI document")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A list of links under a heading."""

    title: str
    """The heading, plain text."""
    links: tuple[Link, ...]
    """The links."""


def index(title: str, about: str, notes: Iterable[str], sections: Iterable[Section]) -> str:
    """`llms.txt`: a heading, what it is about in a quote, notes, and lists of links.

    `title` is plain text; `about` and `notes` are lines of Markdown.
    """
    parts = [f"# {escape.text(title) or 'API'}"]
    parts += [f"> {about}"] * bool(about)
    parts += [note for note in notes if note]
    for section in sections:
        if section.links:
            lines = (_line(link) for link in section.links)
            parts.append(f"## {escape.text(section.title)}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(link: Link) -> str:
    about = f": {link.about}" if link.about else ""
    return f"- [{escape.text(link.title) or link.url}]({link.url}){about}"


def whole(pages: Iterable[str]) -> str:
    """`llms-full.txt`: pages of Markdown, one below the other."""
    return "\n\n".join(page.strip("\n") for page in pages if page.strip()) + "\n"


def about(api: APIDescriptor) -> str:
    """What an API is, in a line of Markdown: its summary, or the beginning of its description."""
    return brief(api.summary or api.description)


def brief(description: str) -> str:
    """The first paragraph of a description as a line without links, cut where it is long."""
    first = re.split(r"\n\s*\n", description.strip(), maxsplit=1)[0]
    said = Prose().line(first)
    if len(said) <= _LONGEST:
        return said
    sentence = _SENTENCE.match(first)
    return Prose().line(sentence[0] if sentence and len(sentence[0]) <= _LONGEST else "")


def contents(
    api: APIDescriptor,
    pages: Sequence[Page],
    targets: Sequence[Target],
    homes: Mapping[str, str],
    folder: str = "",
) -> Iterator[Link]:
    """The pages of a reference that are worth a line, and which operations are on them.

    The pages are below `folder`; their URLs are their paths, and `homes` the paths of all ids.
    A reference of more than `LONG` pages is listed by its groups, as its own index is.
    """
    start = len(f"{folder}/") if folder else 0
    grouped = len(pages) > LONG and any(page.path.startswith("groups/", start) for page in pages)
    on: dict[str, list[Target]] = {}
    for target in targets:
        at = target.tag if grouped and target.tag else target.id
        if target.path and at in homes:
            on.setdefault(homes[at], []).append(target)
    described = {line(tag.name): tag.description for tag in api.tags}
    notes = {target.id: described.get(target.title, "") for target in targets if target.group}
    for page in pages:
        found = on.get(page.path, [])
        if grouped and _ALWAYS.match(page.path, start):
            yield Link(title=page.title, url=page.path, about=_counted(found, notes))
        elif not grouped:
            yield Link(title=page.title, url=page.path, about=_listed(page.title, found))


def _listed(title: str, operations: Sequence[Target]) -> str:
    """The operations of a page; of one that is called after the only one, the request."""
    if [operation.title for operation in operations] == [title]:
        return _request(operations[0])
    return "; ".join(map(_named, operations))


def _request(target: Target) -> str:
    return escape.code(f"{target.method} {target.path}")


def _named(target: Target) -> str:
    same = target.title == f"{target.method} {target.path}"
    return _request(target) if same else f"{escape.text(target.title)} ({_request(target)})"


def _counted(operations: Sequence[Target], notes: Mapping[str, str]) -> str:
    if not operations:
        return ""
    count = f"{len(operations)} operation{'s' if len(operations) > 1 else ''}"
    note = brief(notes.get(operations[0].tag, ""))
    return f"{count}. {note}" if note else count
