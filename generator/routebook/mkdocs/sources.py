"""Where a description comes from, what is wrong with it, and how it is read anew."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from routebook import checks, configuration, loading
from routebook.descriptors import APIDescriptor
from routebook.findings import DescriptionError, Finding, RoutebookError

log = get_plugin_logger(__name__)

DOCUMENTS = (".yaml", ".yml", ".json")
"""What the names of OpenAPI documents end with, which are shown whatever `check` says of them."""


def load(option: str, base: Path) -> tuple[str, Path, APIDescriptor]:
    """The description that the option names, or else the project, or else the bundled one."""
    if option:
        return option, base, loading.load(option, base)
    project = configuration.find(base)
    api = loading.load(project.api, project.root, project.search)
    return project.api or loading.BUNDLED, project.root, api


def sources(spec: str, base: Path) -> Iterator[Path]:
    """The files and folders that a loaded description is made of."""
    registered = importlib.metadata.entry_points(group=loading.GROUP, name=spec)
    module = next((entry.value for entry in registered), spec).partition(":")[0]
    file = base / module
    if file.is_file():
        yield file
        return
    found = importlib.util.find_spec(module.partition(".")[0]) if module else None
    if found is None:
        return
    if found.submodule_search_locations is not None:
        yield from (Path(folder) for folder in found.submodule_search_locations)
    elif found.origin:
        yield Path(found.origin)


def forget(sources: Iterable[Path]) -> None:
    """Make Python read the modules of these files and folders again when next imported."""
    roots = [source.resolve() for source in sources]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and any(Path(file).resolve().is_relative_to(root) for root in roots):
            del sys.modules[name]
    importlib.invalidate_caches()


def refuse_errors(api: APIDescriptor) -> None:
    """Tell warnings about a description; raise `DescriptionError` where it has errors."""
    findings = checks.check(api)
    for finding in findings:
        if finding.level == "warning":
            log.warning(_line(finding))
    errors = [finding for finding in findings if finding.level == "error"]
    if errors:
        raise DescriptionError(errors)


def told(error: RoutebookError) -> str:
    """An error in the words that a person is shown."""
    if isinstance(error, DescriptionError):
        return "\n".join(_line(finding) for finding in error.findings)
    return f"{error}. {error.hint}" if error.hint else str(error)


def _line(finding: Finding) -> str:
    return f"{finding}. {finding.hint}" if finding.hint else str(finding)
