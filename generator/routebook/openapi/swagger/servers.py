"""`host`, `basePath` and `schemes` as servers (OpenAPI 3.0.3, section 4.7.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routebook.openapi.swagger.state import items


def servers(root: Mapping[str, Any], schemes: Any) -> list[dict[str, Any]]:
    """The servers of an API or an operation; none where Swagger's defaults hold.

    Without a scheme, the one counts with which the document was fetched: a URL that begins with
    the host says the same (RFC 3986, section 4.2).
    """
    host, path = root.get("host"), root.get("basePath")
    host = host if isinstance(host, str) else ""
    path = path if isinstance(path, str) else ""
    path = path if path.startswith("/") or not path else f"/{path}"
    path = path.rstrip("/") if host else path
    if not host:
        return [{"url": path}] if path not in {"", "/"} else []
    known = [one for one in items(schemes) if isinstance(one, str)]
    return [{"url": f"{one}://{host}{path}"} for one in known] or [{"url": f"//{host}{path}"}]
