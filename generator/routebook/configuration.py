"""`[tool.routebook]` of `pyproject.toml`: what a project would otherwise repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from routebook.findings import RoutebookError
from routebook.languages import USUAL, checked
from routebook.nearest import hint
from routebook.openapi import VERSIONS
from routebook.values import Value, frozen

TARGETS = ("markdown", "mkdocs")
"""The flavours of Markdown that the reference can be written in."""

FAIL_ON = ("error", "warning", "info", "none")
"""The mildest level of a comparison that fails it; `none` fails never."""

_TABLE = "[tool.routebook]"


@frozen
class Committed(Value):
    """Generated files that a project keeps under version control; `routebook check` compares them.

    Paths are relative to the folder of `pyproject.toml`.
    """

    openapi: tuple[str, ...] = ()
    """OpenAPI documents; `.json` or YAML by their suffix."""
    reference: str = ""
    """The folder of the Markdown reference, which holds no other Markdown; empty for none."""
    single_page: str = ""
    """The reference as one page; empty for none."""


@frozen
class Comparing(Value):
    """How `routebook diff` judges; its options come before these.

    Paths are relative to the folder of `pyproject.toml`.
    """

    fail_on: str = "error"
    """The mildest level that makes the exit code 1."""
    only: tuple[str, ...] = ()
    """Beginnings of rule ids; others are not told."""
    leave_out: tuple[str, ...] = ()
    """Beginnings of rule ids that are not told; the key is `except`."""
    levels: Mapping[str, str] = field(default_factory=dict)
    """Levels of rules in place of their own, by id or by a beginning that ends in `*`."""
    severity_levels: str = ""
    """A file of levels in oasdiff's form, which come after `levels`; empty for none."""
    accepted: str = ".routebook-accepted.toml"
    """The file of accepted changes."""


@frozen
class Configuration(Value):
    """What a project says in `[tool.routebook]`; the defaults hold without one."""

    root: Path
    """The folder of `pyproject.toml`, or the current one when there is none."""
    api: str | None = None
    """What commands describe when they are given no API; None for the bundled one."""
    path: tuple[str, ...] = ()
    """Folders in which description modules are looked for, relative to `root`."""
    openapi_version: str = "3.1"
    """The version that is written when none is asked for."""
    openapi_versions: tuple[str, ...] = VERSIONS
    """The versions in which `check` and `build` validate the document."""
    templates: str = ""
    """A folder of templates that stand in for those of the same name; relative to `root`."""
    target: str = "markdown"
    """The flavour of Markdown."""
    samples: tuple[str, ...] = USUAL
    """The languages that requests are shown in."""
    committed: Committed = field(default_factory=Committed)
    """Generated files that are committed."""
    diff: Comparing = field(default_factory=Comparing)
    """How descriptions are compared."""

    @property
    def search(self) -> tuple[Path, ...]:
        """The folders of `path`."""
        return tuple(self.root / folder for folder in self.path)

    @property
    def templates_folder(self) -> Path | None:
        """The folder of `templates`; None when there is none."""
        return self.root / self.templates if self.templates else None


def find(start: Path | None = None) -> Configuration:
    """The configuration of the project that `start` (the current folder when None) is in.

    It is the nearest `pyproject.toml` upwards that has a `[tool.routebook]`; without one,
    the defaults. Raises `RoutebookError` for unknown keys and wrong values.
    """
    start = Path.cwd() if start is None else start
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        table = _table(file)
        if table is not None:
            return _configuration(folder, table, str(file))
    return Configuration(root=start)


def _table(file: Path) -> Any:
    """`tool.routebook` of a file; None when it has none. TOML is loaded only when it is named."""
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise RoutebookError(f"cannot be read: {error}", place=str(file)) from error
    if "routebook" not in text:
        return None
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise RoutebookError(f"is not TOML: {error}", place=str(file)) from error
    return tool.get("routebook") if isinstance(tool, dict) else None


def _configuration(root: Path, table: Any, file: str) -> Configuration:
    reader = _Reader(table, f"{file}: {_TABLE}")
    committed = _Reader(reader.take("committed", {}), f"{file}: [tool.routebook.committed]")
    configuration = Configuration(
        root=root,
        api=reader.text("api") or None,
        path=reader.texts("path"),
        openapi_version=reader.choice("openapi-version", "3.1", VERSIONS),
        openapi_versions=reader.choices("openapi-versions", VERSIONS),
        templates=reader.text("templates"),
        target=reader.choice("target", "markdown", TARGETS),
        samples=checked(reader.texts("samples", USUAL), f"{file}: {_TABLE}"),
        committed=Committed(
            openapi=committed.texts("openapi"),
            reference=committed.text("reference").rstrip("/"),
            single_page=committed.text("single-page"),
        ),
        diff=_comparing(_Reader(reader.take("diff", {}), f"{file}: [tool.routebook.diff]")),
    )
    reader.done()
    committed.done()
    return configuration


def _comparing(table: _Reader) -> Comparing:
    comparing = Comparing(
        fail_on=table.choice("fail-on", "error", FAIL_ON),
        only=table.texts("only"),
        leave_out=table.texts("except"),
        levels=table.words("levels"),
        severity_levels=table.text("severity-levels"),
        accepted=table.text("accepted", ".routebook-accepted.toml"),
    )
    table.done()
    return comparing


class _Reader:
    """Takes the values of a table out, one by one, and knows which keys were asked for."""

    def __init__(self, table: Any, place: str) -> None:
        if not isinstance(table, Mapping):
            raise RoutebookError("is not a table", place=place, hint="write keys below it")
        self._table = table
        self._place = place
        self._known: list[str] = []

    def take(self, key: str, default: Any) -> Any:
        self._known.append(key)
        return self._table.get(key, default)

    def text(self, key: str, default: str = "") -> str:
        value = self.take(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, value, 'a text, such as "docs"')
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.take(key, default)
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, (list, tuple)) or not all(isinstance(v, str) for v in values):
            raise self._wrong(key, value, 'a text or a list of texts, such as ["src"]')
        return tuple(values)

    def words(self, key: str) -> dict[str, str]:
        value = self.take(key, {})
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            raise self._wrong(key, value, 'a table of texts, such as {endpoint-added = "none"}')
        return dict(value)

    def choice(self, key: str, default: str, known: tuple[str, ...]) -> str:
        value = self.text(key, default)
        self._check(key, value, known)
        return value

    def choices(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        values = self.texts(key, known)
        for value in values:
            self._check(key, value, known)
        return values

    def done(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._table:
            if key not in self._known:
                raise RoutebookError(
                    f"there is no key {key!r}", place=self._place, hint=hint(key, self._known)
                )

    def _check(self, key: str, value: str, known: tuple[str, ...]) -> None:
        if value not in known:
            raise self._wrong(key, value, f"one of {', '.join(map(repr, known))}")

    def _wrong(self, key: str, value: object, wanted: str) -> RoutebookError:
        return RoutebookError(f"{key} is {value!r}", place=self._place, hint=f"write {wanted}")
