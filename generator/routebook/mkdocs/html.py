"""The pages of a reference, after Python-Markdown and Material wrote them as HTML."""

from __future__ import annotations

import importlib.util
import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from routebook.emit import markdown

log = get_plugin_logger(__name__)

_UNCOLOURED = re.compile('<span class="(?:w|n|nx|p|o)">([^<]*)</span>')
"""What Pygments marks as blanks, names, punctuation and operators."""

_ANCHORS = re.compile(r'<p>((?:<a id="[^"]*"></a>)+)</p>')

_UNSEARCHED = re.compile(r'<pre(?=[ >])|<div class="tabbed-labels"')
"""What Material's search leaves out. It takes the end of an element inside that has the same name
for that of the whole: these hold none. It drops the attribute itself, as it has a value."""

_INDENTED = re.compile(r"\n\s+")
_BESIDE_TAGS = re.compile(r"\n(?=<)|(?<=>)\n")

_SETTINGS: dict[str, dict[str, bool]] = {
    "pymdownx.tabbed": {"alternate_style": True},  # the only one that Material shows
    "pymdownx.superfences": {"preserve_tabs": True},  # Go is indented with them
}


def add_extensions(config: MkDocsConfig) -> None:
    """Add the extensions of Python-Markdown that our pages need, and the site does not name."""
    for name in markdown.MKDOCS_EXTENSIONS:
        if {name, f"markdown.extensions.{name}"} & set(config.markdown_extensions):
            continue
        if name.startswith("pymdownx.") and importlib.util.find_spec("pymdownx") is None:
            log.warning("the pages need pymdown-extensions: pip install pymdown-extensions")
            return
        config.markdown_extensions.append(name)
        config.mdx_configs.setdefault(name, {}).update(_SETTINGS.get(name, {}))


def light(content: str) -> str:
    """The content of a page with lighter samples, which stay out of Material's search.

    What they say is said beside them, too. Blanks, names and punctuation in code are written
    without marks of their own, which take more than half of a sample's size, for hardly another
    colour than that of text. Ids are no paragraphs, which would leave empty lines. Our style sheet
    speaks of what is in the element around it all.
    """
    content = _UNCOLOURED.sub(r"\1", content)
    content = _ANCHORS.sub(r"\1", content)
    content = _UNSEARCHED.sub(r'\g<0> data-search-exclude="true"', content)
    return f'<div class="routebook">{content}</div>'


def tight(output: str) -> str:
    """A page of Material without the blank lines and indentation of what is not its content.

    These are two thirds of a page of a reference, and the menus have nothing preformatted.
    """
    start, end, rest = output.find("<nav"), output.find("<article"), output.find("</article>")
    around = output[:end] + output[rest:]
    if not 0 <= start < end < rest or any(mark in around for mark in ("<pre", "<textarea", "`")):
        return output
    menus = _BESIDE_TAGS.sub("", _thin(output[start:end]))
    content = output[end:rest].rstrip()
    return f"{_thin(output[:start])}{menus}{content}{_thin(output[rest:])}"


def _thin(markup: str) -> str:
    return _INDENTED.sub("\n", markup)
