"""Documents as they come: JSON or YAML text from a file, read into data with its places.

`parse` takes text, `read_file` a path; `bundle` brings what stands in other files into one
document. Positions cost nothing until `locate` is asked for one.
"""

from __future__ import annotations

from routebook.documents.model import Document, Places
from routebook.documents.reading import parse, read_file

__all__ = ["Document", "Places", "parse", "read_file"]
