"""The Jinja environment that templates are rendered in.

A template is looked up in the caller's own folder first, so that a file of the same name
there takes the place of the one that comes with routebook.
"""

from __future__ import annotations

import functools
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routebook import resources
from routebook.findings import RoutebookError

if TYPE_CHECKING:
    import jinja2


def environment(kind: str, own: Path | None = None) -> jinja2.Environment:
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

    class Environment(jinja2.Environment):
        """One whose templates do not change: those that include others need not ask again."""

        get_template = functools.cache(jinja2.Environment.get_template)

        def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
            """What every template knows, in one piece: it is looked through at each inclusion."""
            return {**self.globals, **(d or {})}

    # Markdown is made here, not HTML: what a view holds is escaped for Markdown already.
    return Environment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folder) for folder in folders]),
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


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
