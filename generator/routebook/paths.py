"""Path templates: one parse gives the pattern to match, the OpenAPI form and the parts to build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from routebook.findings import RoutebookError
from routebook.values import Value, frozen

DEFAULT_PATTERN = "[^/]+"
"""What a variable without a pattern matches: one path segment."""


_GLOBAL_FLAGS = re.compile(r"\(\?([aiLmsux]+)\)")


def scoped(pattern: str) -> str:
    """The pattern as a part of a larger one: flags at its beginning hold for it alone."""
    flags = _GLOBAL_FLAGS.match(pattern)
    return f"(?{flags[1]}:{pattern[flags.end() :]})" if flags else pattern


@frozen(kw_only=False)
class Variable(Value):
    """A variable of a path template."""

    name: str
    """As it stands between the braces, before the colon."""
    pattern: str = ""
    """The regular expression after the colon; empty when there is none."""

    @property
    def effective_pattern(self) -> str:
        """The pattern that it is matched with."""
        return self.pattern or DEFAULT_PATTERN

    @property
    def multi_segment(self) -> bool:
        """Whether its pattern names a slash, so that its value may span path segments."""
        return "/" in re.sub(r"\[\^[^\]]*\]", "", self.pattern) or ".*" in self.pattern


@frozen(kw_only=False)
class PathTemplate(Value):
    """A parsed path template."""

    text: str
    """As it was written."""
    parts: tuple[str | Variable, ...]
    """Literal texts and variables, in order."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables, in order."""
        return tuple(part for part in self.parts if isinstance(part, Variable))

    @property
    def bare(self) -> str:
        """The template without patterns, as OpenAPI writes it: `/v2/{name}/tags/list`."""
        return "".join(p if isinstance(p, str) else f"{{{p.name}}}" for p in self.parts)

    @property
    def segments(self) -> tuple[tuple[str | Variable, ...], ...]:
        """The parts of each path segment, what stands before the first slash included."""
        found: list[list[str | Variable]] = [[]]
        for part in self.parts:
            if isinstance(part, Variable):
                found[-1].append(part)
                continue
            first, *others = part.split("/")
            if first:
                found[-1].append(first)
            found += [[text] if text else [] for text in others]
        return tuple(map(tuple, found))

    @property
    def regex(self) -> str:
        """The pattern of the whole path, unanchored, one group named `v0`, `v1`... a variable."""
        count = iter(range(len(self.parts)))
        return "".join(
            re.escape(part)
            if isinstance(part, str)
            else f"(?P<v{next(count)}>{scoped(part.effective_pattern)})"
            for part in self.parts
        )


@lru_cache(maxsize=16384)
def parse(template: str) -> PathTemplate:
    """Parse a path template such as `/v2/{name:[a-z]{1,9}}/tags/list`.

    Raises `RoutebookError` for an unbalanced brace, an empty name, a name twice, or a
    pattern that is not a regular expression; each says where and what to write instead.
    """
    parts = tuple(_parts(template))
    names = [part.name for part in parts if isinstance(part, Variable)]
    for name in names:
        if names.count(name) > 1:
            raise RoutebookError(
                f"the variable {name!r} stands twice in the path {template!r}",
                hint="give each variable of a path a name of its own",
            )
    return PathTemplate(template, parts)


def _parts(template: str) -> Iterator[str | Variable]:
    start = 0
    while start < len(template):
        opening = template.find("{", start)
        literal = template[start:] if opening < 0 else template[start:opening]
        if "}" in literal:
            position = start + literal.index("}") + 1
            raise RoutebookError(
                f"a '}}' without its '{{' at character {position} of the path {template!r}",
                hint="write variables as {name} or {name:pattern}",
            )
        if literal:
            yield literal
        if opening < 0:
            return
        end = _closing(template, opening)
        yield _variable(template, template[opening + 1 : end])
        start = end + 1


def _closing(template: str, opening: int) -> int:
    """The index of the brace that closes the one at `opening`."""
    depth = 0
    escaped = False
    for index in range(opening, len(template)):
        char = template[index]
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return index
    raise RoutebookError(
        f"the '{{' at character {opening + 1} of the path {template!r} is never closed",
        hint="write variables as {name} or {name:pattern}",
    )


def _variable(template: str, inner: str) -> Variable:
    name, colon, pattern = inner.partition(":")
    if not name or (colon and not pattern):
        raise RoutebookError(
            f"the variable {{{inner}}} of the path {template!r} lacks its "
            + ("pattern" if name else "name"),
            hint="write variables as {name} or {name:pattern}",
        )
    try:
        re.compile(pattern)
    except re.error as error:
        raise RoutebookError(
            f"the pattern of {{{name}}} in the path {template!r} "
            f"is not a regular expression: {error}",
            hint="mend the pattern after the colon",
        ) from error
    return Variable(name, pattern)
