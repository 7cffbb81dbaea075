"""YAML text to data: the core schema of YAML 1.2, and nothing that JSON could not say."""

from __future__ import annotations

from typing import Any

from routebook.documents import scalars
from routebook.documents.problems import DEPTH, error, too_deep
from routebook.documents.yamlevents import events, may_be_pairs, paired, place
from routebook.findings import DescriptionError

EXPANDED = 2_000_000
"""How many values aliases may stand for in all, beyond those that are written."""

_CORE = "tag:yaml.org,2002:"
_MERGE = object()
_NONE = object()
_LITERAL_PAIR = "\\U"


class DuplicateError(Exception):
    """A key stands twice in a mapping."""


def parse_yaml(text: str, name: str) -> Any:
    """The data of a YAML text with one document.

    Keys are texts as they are written. Raises `DescriptionError` for what is no YAML, for keys
    that stand twice in one mapping (all of them at once), unknown tags, a second document,
    and aliases that stand for too much.
    """
    try:
        return _built(text, name, pairs=False)
    except DescriptionError as problem:
        if not may_be_pairs(problem, text):
            raise
    return _built(paired(text), name, pairs=True)


def _built(text: str, name: str, *, pairs: bool) -> Any:
    try:
        return Builder(name, pairs=pairs).build(text)
    except DuplicateError:
        from routebook.documents.yamlplaces import duplicates

        raise DescriptionError(duplicates(text, name)) from None


class Builder:
    """Builds data from events; one pass, without recursion."""

    def __init__(self, name: str, *, pairs: bool = False) -> None:
        self._name = name
        self._pairs = pairs
        self._root: list[Any] = []
        self._container: Any = self._root
        self._key: Any = _NONE
        self._stack: list[tuple[Any, Any, str | None]] = []
        self._anchors: dict[str, Any] = {}
        self._written: dict[str, str] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        self._expanded = 0
        self._documents = 0

    def build(self, text: str) -> Any:
        """The data of the only document in the text."""
        from yaml import events as kinds

        handlers = {
            kinds.ScalarEvent: self._scalar,
            kinds.MappingStartEvent: self._mapping,
            kinds.SequenceStartEvent: self._sequence,
            kinds.MappingEndEvent: self._end,
            kinds.SequenceEndEvent: self._end,
            kinds.AliasEvent: self._alias,
            kinds.DocumentStartEvent: self._document,
        }
        find = handlers.get
        for event in events(text, self._name):
            handler = find(type(event))
            if handler is not None:
                handler(event)
        return self._root[0] if self._root else None

    def _scalar(self, event: Any) -> None:
        text = event.value
        if event.tag is not None or event.anchor is not None or self._pairs:
            self._marked(event)
        elif self._key is _NONE and type(self._container) is dict:
            self._key = _MERGE if text == "<<" and event.implicit[0] else text
        elif event.implicit[0] and (not text or text[0] in scalars.STARTS):
            self._add(self._plain(text, event))
        else:
            self._add(text)

    def _marked(self, event: Any) -> None:
        """A scalar with a tag or an anchor."""
        text = event.value
        if self._pairs and event.style != '"' and _LITERAL_PAIR in text:
            raise error(
                "document-syntax",
                "escaped surrogate pairs stand both inside and outside of double quotes",
                place(event, self._name),
                hint="write the characters themselves",
            )
        value = self._tagged(event) if event.tag is not None else self._untagged(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
            self._written[event.anchor] = text
        if self._key is _NONE and type(self._container) is dict:
            merge = text == "<<" and event.implicit[0] and event.tag is None
            self._key = _MERGE if merge else text
        else:
            self._add(value)

    def _untagged(self, event: Any) -> Any:
        return self._plain(event.value, event) if event.implicit[0] else event.value

    def _plain(self, text: str, event: Any) -> Any:
        try:
            return scalars.resolve(text)
        except ValueError:
            raise error(
                "document-syntax",
                "a number has too many digits",
                place(event, self._name),
                hint="numbers may have up to 4,300 digits; put quotes around a text",
            ) from None

    def _tagged(self, event: Any) -> Any:
        text, tag = event.value, event.tag.removeprefix(_CORE)
        if tag in {"!", "str", "timestamp"}:
            return text
        if tag == "binary":
            return "".join(text.split())
        kinds = _TAGGED.get(tag)
        if kinds is None:
            raise self._unknown_tag(event)
        value = self._plain(text, event)
        if type(value) not in kinds:
            raise error(
                "document-tag",
                f"expected a value of the tag !!{tag}, found {text[:40]!r}",
                place(event, self._name),
            )
        return float(value) if tag == "float" else value

    def _unknown_tag(self, event: Any) -> DescriptionError:
        tag = event.tag
        shown = f"!!{tag.removeprefix(_CORE)}" if tag.startswith(_CORE) else tag
        return error(
            "document-tag",
            f"expected no tag, or one of JSON's types, found {shown}",
            place(event, self._name),
            hint="remove the tag, or write the value as a text in quotes",
        )

    def _mapping(self, event: Any) -> None:
        self._open({}, event, "map")

    def _sequence(self, event: Any) -> None:
        self._open([], event, "seq")

    def _open(self, container: Any, event: Any, tag: str) -> None:
        if event.tag is not None and event.tag not in {"!", _CORE + tag}:
            raise self._unknown_tag(event)
        if self._key is _NONE and type(self._container) is dict:
            raise _complex_key(event, self._name)
        if len(self._stack) >= DEPTH:
            raise too_deep(place(event, self._name))
        if event.anchor is not None:
            self._anchors[event.anchor] = _NONE
        self._stack.append((self._container, self._key, event.anchor))
        self._container = container
        self._key = _NONE

    def _end(self, event: Any) -> None:
        value = self._container
        self._container, self._key, anchor = self._stack.pop()
        if anchor is not None:
            self._anchors[anchor] = value
        if type(value) is dict and _MERGE in value:
            value = self._merged(value, event)
            if anchor is not None:
                self._anchors[anchor] = value
        self._add(value)

    def _add(self, value: Any) -> None:
        container = self._container
        if type(container) is list:
            container.append(value)
            return
        key = self._key
        if key in container:
            raise DuplicateError
        container[key] = value
        self._key = _NONE

    def _alias(self, event: Any) -> None:
        value = self._anchors.get(event.anchor, self)
        if value is self or value is _NONE:
            raise error(
                "document-alias",
                f"the alias *{event.anchor} stands inside of its own anchor"
                if value is _NONE
                else f"there is no anchor &{event.anchor} before this alias",
                place(event, self._name),
            )
        if self._key is _NONE and type(self._container) is dict:
            if event.anchor not in self._written:
                raise _complex_key(event, self._name)
            self._key = self._written[event.anchor]
            return
        self._count(value, event)
        self._add(value)

    def _count(self, value: Any, event: Any) -> None:
        """Keep account of what aliases stand for: bombs are small, and unfold without end."""
        size, height = _measure(value, self._sizes)
        self._expanded += size
        if self._expanded > EXPANDED:
            raise error(
                "document-alias",
                f"aliases stand for more than {EXPANDED:,} values",
                place(event, self._name),
                hint="aliases of aliases multiply; write `$ref` instead",
            )
        if len(self._stack) + height > DEPTH:
            raise too_deep(place(event, self._name))

    def _merged(self, value: dict[Any, Any], event: Any) -> dict[str, Any]:
        """A mapping with what its merge key `<<` names (yaml.org/type/merge.html)."""
        sources = value[_MERGE] if type(value[_MERGE]) is list else [value[_MERGE]]
        if not all(type(source) is dict for source in sources):
            raise error(
                "document-syntax",
                "expected a mapping, or a list of mappings, as the value of the merge key <<",
                place(event, self._name),
                hint="put quotes around a key that is meant as the text <<",
            )
        merged: dict[str, Any] = {}
        for key, item in value.items():
            if key is not _MERGE:
                merged[key] = item
                continue
            for source in sources:
                for name, inherited in source.items():
                    if name not in value:
                        merged.setdefault(name, inherited)
        return merged

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise error(
                "document-syntax",
                "expected one document, found a second one",
                place(event, self._name),
                hint="keep one document in a file; a line of `---` starts another",
            )


_TAGGED: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "null": (type(None),),
}


def _complex_key(event: Any, name: str) -> DescriptionError:
    return error(
        "document-syntax",
        "expected a text as key, found a mapping or list",
        place(event, name),
        hint="put a key that starts with `{`, `[`, or `?` in quotes",
    )


def _measure(value: Any, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values stand in a value, aliases unfolded, and how deep; each counted once."""
    if type(value) not in (dict, list):
        return 1, 0
    todo = [value]
    while todo:
        node = todo[-1]
        if id(node) in known:
            todo.pop()
            continue
        below = [v for v in (node.values() if type(node) is dict else node) if type(v) in _BRANCH]
        fresh = [v for v in below if id(v) not in known]
        if fresh:
            todo.extend(fresh)
            continue
        todo.pop()
        sizes = [known[id(v)] for v in below]
        size = 1 + len(node) - len(below) + sum(s for s, _ in sizes)
        known[id(node)] = size, 1 + max((h for _, h in sizes), default=0)
    return known[id(value)]


_BRANCH = (dict, list)
