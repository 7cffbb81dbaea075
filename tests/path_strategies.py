"""Hypothesis strategies of route paths, and a router too simple to be wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from routebook import APIDescriptor, MethodDescriptor, RouteDescriptor
from routebook.paths import Variable, parse

LITERALS = ("a", "b", "list", "a-b", "x.y")
SHAPES = (
    ("{}",),
    ("{:[0-9]+}",),
    ("{:[a-z]*}",),
    ("{:(?i)[a-c]+}",),
    ("{:a|b|list}",),
    ("a-", "{}"),
    ("{}", ".y"),
    ("{}", "-", "{}"),
    ("{}", "-", "{}", ".", "{}"),
    ("{}", "{}"),
    ("{:[a-z]+}", "-", "{:[a-z-]+}"),
    ("{:[^/]*}", "-", "{}"),
    ("{:.*}",),
    ("{:.+}",),
    ("{:[a-z/]+}",),
    ("{:.*}", ".y"),
    ("a", "{:.+}", "-", "{}"),
    ("{:.*}", "-", "{:.+}"),
)

segment_texts = st.text("ab1-.\n", max_size=5) | st.sampled_from((*LITERALS, "1", "a-b-1.y"))
paths = st.lists(segment_texts, max_size=6).map(lambda texts: "/" + "/".join(texts))


@st.composite
def templates(draw: st.DrawFn) -> str:
    """A path template whose variables have names of their own."""
    count = 0
    segments = []
    for _ in range(draw(st.integers(1, 4))):
        shape = draw(st.sampled_from(LITERALS).map(lambda text: (text,)) | st.sampled_from(SHAPES))
        text = ""
        for part in shape:
            if part.startswith("{"):
                text += f"{{v{count}{part[1:]}"
                count += 1
            else:
                text += part
        segments.append(text)
    return "/" + "/".join(segments) + draw(st.sampled_from(["", "", "", "/"]))


def described(texts: Sequence[str]) -> APIDescriptor:
    """An API with these paths; the routes are called r0, r1..."""
    get = (MethodDescriptor(method="GET"),)
    routes = [
        RouteDescriptor(name=f"r{index}", path=text, methods=get)
        for index, text in enumerate(texts)
    ]
    return APIDescriptor(title="Generated", version="1", routes=tuple(routes))


apis = st.lists(templates(), min_size=1, max_size=6).map(described)


def naive_match(api: APIDescriptor, path: str) -> tuple[str, dict[str, str]] | None:
    """Try every route's whole pattern; of those that match, take the one that goes first."""
    found = []
    for index, route in enumerate(api.routes):
        template = parse(route.path)
        match = re.compile(template.regex, re.ASCII).fullmatch(path)
        if match:
            values = {
                variable.name: match[f"v{position}"]
                for position, variable in enumerate(template.variables)
            }
            found.append((precedence(route.path), index, route.name, values))
    if not found:
        return None
    _, _, name, values = min(found, key=lambda item: item[:2])
    return name, values


def precedence(path: str) -> str:
    """A letter a segment: A literal, B variable, C spanning (to the last such), D the end."""
    letters = ""
    for segment in parse(path).segments:
        patterns = [part.pattern for part in segment if isinstance(part, Variable)]
        spans = any(re.match(r"\.|\[a-z/", pattern) for pattern in patterns)
        letters += "C" if spans else "B" if patterns else "A"
    if "C" not in letters:
        return letters
    first, last = letters.index("C"), letters.rindex("C")
    return letters[:first] + letters[last:] + "D"
