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

_SAMPLES = re.compile(r'<pre\b.*?</pre>|<div class="tabbed-labels">.*?</div>', re.DOTALL)
_TABLES = re.compile(r"\s*(?:</?(?:table|thead|tbody|tr|td|th)\b[^>]*>\s*)+")
_LINKS = re.compile(r'<a href="[^"]*">(.*?)</a>', re.DOTALL)

_ENDS = re.compile(r"\s*</t[dhr]>\s*")
"""End tags that HTML does without: what begins next ends a cell or a row, too."""
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
    """The content of a page with lighter samples, in the element that our style sheet speaks of.

    Blanks, names and punctuation in code are written without marks of their own, which take more
    than half of a sample's size, for hardly another colour than that of text. Ids are no
    paragraphs, which would leave empty lines.
    """
    content = _UNCOLOURED.sub(r"\1", content)
    content = _ANCHORS.sub(r"\1", content)
    return f'<div class="routebook">{content}</div>'


def searched(content: str) -> str:
    """What search should find of a page: all but samples, which say what is said beside them.

    Search keeps no tables and links, and takes a sixth of a build to read them.
    """
    content = _SAMPLES.sub("", content)
    return _LINKS.sub(r"\1", _TABLES.sub(" ", content))


def tight(output: str) -> str:
    """A page of Material without blank lines, indentation, and end tags of cells.

    These are two thirds of a page of a reference. What stands around its content is left as it
    is where it has anything preformatted.
    """
    start, end, rest = output.find("<nav"), output.find("<article"), output.find("</article>")
    around = output[:end] + output[rest:]
    if not 0 <= start < end < rest or any(mark in around for mark in ("<pre", "<textarea", "`")):
        return output
    menus = _BESIDE_TAGS.sub("", _thin(output[start:end]))
    content = _ENDS.sub("", output[end:rest]).rstrip()
    return f"{_thin(output[:start])}{menus}{content}{_thin(output[rest:])}"


def _thin(markup: str) -> str:
    return _INDENTED.sub("\n", markup)
