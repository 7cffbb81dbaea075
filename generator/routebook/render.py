"""The Jinja environment that templates are rendered in.

A template is looked up in the caller's own folder first, so that a file of the same name
there takes the place of the one that comes with routebook.
"""

from __future__ import annotations

import functools
import marshal
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routebook import resources
from routebook.findings import RoutebookError

if TYPE_CHECKING:
    from types import CodeType

    import jinja2
    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame
    from jinja2.nodes import Expr


Filters = Mapping[str, Callable[..., str]]
Codes = dict[str, "CodeType | None"]
"""Templates as Python code, by name and content."""


def environment(
    kind: str, own: Path | None = None, filters: Filters | None = None
) -> jinja2.Environment:
    """An environment for the templates of one kind of output, such as `markdown`.

    `own` is a folder whose templates come first: `own/kind/NAME`, or else `own/NAME`. A name
    that a template uses and nothing defines is an error. Raises `RoutebookError` when `own`
    is not a folder.
    """
    import jinja2

    folders = [resources.templates() / kind]
    if own is not None:
        if not own.is_dir():
            raise RoutebookError(
                f"the folder of templates {str(own)!r} does not exist",
                hint="name a folder that has files called like those of templates/" + kind,
            )
        folders = [own / kind, own, *folders]
    environments, caches = _classes()
    # Markdown is made here, not HTML: what a view holds is escaped for Markdown already.
    made = environments(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folder) for folder in folders]),
        undefined=jinja2.StrictUndefined,
        bytecode_cache=caches(_codes(kind)),
        optimized=False,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters or {})
    return made


@functools.cache
def _classes() -> tuple[type[jinja2.Environment], Callable[[Codes], jinja2.BytecodeCache]]:
    """The classes of environments and of their caches; Jinja takes a while to load."""
    import jinja2
    from jinja2 import nodes
    from jinja2.compiler import CodeGenerator

    class Generator(CodeGenerator):
        """Applies filters when a template is used: what they make may differ from time to time."""

        def _output_child_to_const(self, node: Expr, frame: Frame, finalize: Any) -> str:
            if not isinstance(node, nodes.TemplateData):
                raise nodes.Impossible
            return super()._output_child_to_const(node, frame, finalize)

    class Environment(jinja2.Environment):
        """One whose templates do not change: those that include others need not ask again."""

        code_generator_class = Generator

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            vars(self)["get_template"] = functools.cache(self.get_template)

        def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
            """What every template knows, in one piece: it is looked through at each inclusion."""
            return {**self.globals, **(d or {})}

    class Cache(jinja2.BytecodeCache):
        """The templates that were compiled before, in this process or for it."""

        def __init__(self, codes: Codes) -> None:
            self._codes = codes

        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = self._codes.get(bucket.key + bucket.checksum)

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._codes[bucket.key + bucket.checksum] = bucket.code

    return Environment, Cache


def compiled(kind: str, filters: Filters) -> dict[str, bytes]:
    """Routebook's own templates of a kind, compiled, to be handed to another process."""
    made = environment(kind, filters=filters)
    for name in made.list_templates():
        made.get_template(name)
    return {key: marshal.dumps(code) for key, code in _codes(kind).items()}


def know(kind: str, codes: Mapping[str, bytes]) -> None:
    """Take over what `compiled` gave in another process."""
    for key, code in codes.items():
        _codes(kind)[key] = marshal.loads(code)  # noqa: S302  # routebook wrote it


@functools.cache
def _codes(kind: str) -> Codes:
    """The templates of a kind that are compiled; new ones may be added."""
    del kind
    return {}


def render(environment: jinja2.Environment, template: str, **values: object) -> str:
    """Render a template by name.

    Raises `RoutebookError` with the file and line when the template cannot be read or asks
    for something that its view does not have.
    """
    import jinja2

    try:
        return environment.get_template(template).render(**values)
    except jinja2.TemplateSyntaxError as error:
        raise RoutebookError(
            str(error.message),
            place=f"{error.filename or template}:{error.lineno}",
            hint="see Jinja's documentation of templates",
        ) from error
    except jinja2.TemplateNotFound as error:
        raise RoutebookError(
            f"there is no template {error.name!r}",
            place=template,
            hint="include only templates that exist in your folder or in routebook's",
        ) from error
    except (jinja2.UndefinedError, AttributeError, TypeError) as error:
        raise RoutebookError(
            str(error),
            place=_place(error, template),
            hint="the fields that a template may use are those of its view, in routebook.views",
        ) from error


def _place(error: BaseException, template: str) -> str:
    """The innermost frame of a template, which Jinja gives its own file name and line."""
    place, trace = template, error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".md", ".jinja")):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
