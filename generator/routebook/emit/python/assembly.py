"""The modules of a package, from the constants of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from routebook.descriptors import APIDescriptor, ComponentsDescriptor, RouteDescriptor
from routebook.emit.python import layout
from routebook.emit.python.expressions import Expressions
from routebook.emit.python.keys import Keys
from routebook.emit.python.layout import Assignment, Atom, Node
from routebook.emit.python.modules import Module
from routebook.emit.python.plan import Definition, Plan, rendered
from routebook.emit.python.schemas import Schemas
from routebook.emit.python.text import WIDTH, is_safe, plain_words, width

_ABOUT = {
    "bodies": "Bodies that several places share",
    "callbacks": "Callbacks that several methods share",
    "errors": "The error codes",
    "examples": "Examples",
    "headers": "Response headers that several answers share",
    "links": "Links that several answers share",
    "metadata": "Servers, documentation elsewhere and other facts that several places share",
    "parameters": "Parameters that several methods share",
    "path_items": "Routes and methods that stand in several places",
    "requests": "Request variants that several methods share",
    "responses": "Answers that several methods share",
    "security": "The ways to authenticate",
    "shared": "Parts that several places share",
    "tags": "Groups of operations",
    "webhooks": "Requests that the API sends by itself",
}


class Assembly:
    """Makes the modules of an API's package."""

    def __init__(self, api: APIDescriptor, *, types: bool) -> None:
        self._api = api
        self._keys = Keys()
        self._plan = Plan(api, self._keys)
        self._types = types
        self._modules: dict[tuple[str, ...], Module] = {}

    def modules(self) -> Iterator[Module]:
        """Every module."""
        self._define_constants()
        self._add_lists()
        root = self._root()
        yield root
        yield from self._modules.values()
        if self._api.schemas:
            yield from Schemas(
                self._api.schemas, self._plan, self._keys, types=self._types
            ).modules()

    def _define_constants(self) -> None:
        for one in self._plan.ordered:
            module = self._module(one.path, self._about(one))
            Expressions(module, self._plan, one.home).define(one)

    def _module(self, path: tuple[str, ...], about: str) -> Module:
        if path not in self._modules:
            if len(path) > 1 and path[0] != "routes" and path[-1] != "__init__":
                self._module((path[0], "__init__"), f"{_ABOUT[path[0]]}.")
            self._modules[path] = Module(path, about)
        return self._modules[path]

    def _about(self, one: Definition) -> str:
        """The docstring of the module that a constant stands in."""
        part = re.search(r"_part([0-9]+)$", one.path[-1])
        number = f", part {part[1]}" if part and one.home.rpartition("/")[2] != one.path[-1] else ""
        if one.path[0] == "routes":
            return f"{self._plan.about_routes(one.home)}{number}."
        return f"{_ABOUT[one.path[0]]}{number}."

    def _index(self, name: str) -> Module:
        """The module that lists what is in a module, or in the parts of one."""
        split = (name, "__init__")
        return self._module(split if split in self._modules else (name,), f"{_ABOUT[name]}.")

    def _add_lists(self) -> None:
        """The tuples of what the API lists, each in the module of its kind."""
        api = self._api
        if api.error_groups:
            self._add_list("errors", "GROUPS", api.error_groups)
        if api.security_schemes:
            self._add_list("security", "SCHEMES", api.security_schemes)
        if api.tags:
            self._add_list("tags", "TAGS", api.tags)
        if api.components != ComponentsDescriptor():
            module = self._module(("components",), "Shared parts that are kept even when unused.")
            node = Expressions(module, self._plan, "components").descriptor(api.components)
            module.add(Assignment("COMPONENTS", node))
        if api.webhooks:
            self._add_list("webhooks", "WEBHOOKS", api.webhooks)
        if api.routes:
            self._add_routes()

    def _add_list(self, home: str, name: str, items: Iterable[Any]) -> None:
        module = self._index(home)
        expressions = Expressions(module, self._plan, home)
        module.add(Assignment(name, layout.tupled(map(expressions.value, items))))

    def _add_routes(self) -> None:
        """`ROUTES` in the order in which they are matched, and in each module those that are so."""
        index = self._module(("routes", "__init__"), "The routes, in the order of matching.")
        files: dict[tuple[str, ...], list[Definition]] = {}
        runs: list[list[Definition]] = []
        for route in self._api.routes:
            one = self._route(route)
            files.setdefault(one.path, []).append(one)
            if runs and runs[-1][-1].path == one.path:
                runs[-1].append(one)
            else:
                runs.append([one])
        items: list[Node] = []
        for run in runs:
            path = run[0].path
            if len(run) == len(files[path]) and path[0] == "routes":
                names = layout.tupled(Atom(one.name) for one in run)
                self._modules[path].add(Assignment("ROUTES", names))
                items.append(Atom(f"*{index.reference(path, 'ROUTES').flat}"))
            else:
                items += [index.reference(path, one.name) for one in run]
        index.use_routebook()
        index.add(Assignment("ROUTES", layout.tupled(items), "tuple[rb.RouteDescriptor, ...]"))

    def _route(self, route: RouteDescriptor) -> Definition:
        return self._plan.defined(route, self._plan.route_home(route))

    def _root(self) -> Module:
        """`__init__` with the `API`."""
        title = plain_words(self._api.title)
        module = Module(("__init__",), f"{title}, described." if title else "The API, described.")
        listed = {
            "components": ("components", "COMPONENTS"),
            "error_groups": ("errors", "GROUPS"),
            "routes": ("routes", "ROUTES"),
            "schemas": ("schemas", "SCHEMAS"),
            "security_schemes": ("security", "SCHEMES"),
            "tags": ("tags", "TAGS"),
            "webhooks": ("webhooks", "WEBHOOKS"),
        }
        expressions = Expressions(module, self._plan, "")
        arguments: list[tuple[str, Node]] = []
        for name, held in rendered(self._api):
            if name in listed:
                home, constant = listed[name]
                module.use((home,), constant)
                arguments.append((name, Atom(constant)))
            elif name == "description" and _stands_whole(held):
                module.add_source(f'DESCRIPTION = """\\\n{held}"""')
                arguments.append((name, Atom("DESCRIPTION")))
            else:
                arguments.append((name, expressions.value(held)))
        module.use_routebook()
        module.add(Assignment("API", layout.call("rb.APIDescriptor", arguments)))
        module.add_source('__all__ = ["API"]')
        return module


def _stands_whole(text: str) -> bool:
    """Whether a text of several lines can be written between triple quotes as it is."""
    lines = text.split("\n")
    return (
        len(lines) > 2
        and is_safe(text)
        and '"""' not in text
        and text[-1] != '"'
        and all(width(line) <= WIDTH and line == line.rstrip() for line in lines)
        and width(lines[-1]) <= WIDTH - 3
    )
