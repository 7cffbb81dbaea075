"""Media types and statuses: what covers what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routebook.descriptors import MediaTypeDescriptor, ResponseDescriptor


def essence(content_type: str) -> str:
    """A media type without its parameters, in lower case (RFC 9110, section 8.3.1)."""
    return content_type.partition(";")[0].strip().lower()


def covers(wide: str, narrow: str) -> bool:
    """Whether a media range takes every body of a media type or range."""
    wide, narrow = essence(wide), essence(narrow)
    if wide in (narrow, "*/*", "*"):
        return True
    return wide.endswith("/*") and narrow.startswith(wide[:-1])


def specialises(wide: str, narrow: str) -> bool:
    """Whether a media type is another one's with a name of its own (RFC 6839).

    >>> specialises("application/json", "application/vnd.acme+json")
    True
    """
    wide, narrow = essence(wide), essence(narrow)
    kind, _, name = wide.partition("/")
    other, _, long_name = narrow.partition("/")
    return kind == other and "+" not in name and long_name.endswith(f"+{name}")


def covering(content: Iterable[MediaTypeDescriptor], wanted: str) -> MediaTypeDescriptor | None:
    """The narrowest range of some content that covers a media type; None for none."""
    found = [one for one in content if covers(one.content_type, wanted)]
    return min(found, key=lambda one: essence(one.content_type).count("*"), default=None)


def status(response: ResponseDescriptor) -> str:
    """The status of a response as it is written in OpenAPI."""
    text = str(response.status_code)
    return text if text == "default" else text.upper()


def covering_response(
    responses: Iterable[ResponseDescriptor], wanted: str
) -> ResponseDescriptor | None:
    """The response that a status falls under: its range, or else `default`; None for none.

    Not so a status of success under `default`, by which descriptions tell of failures.
    """
    found = {status(response): response for response in responses}
    if wanted == "default":
        return None
    rest = None if wanted.startswith("2") else found.get("default")
    return found.get(f"{wanted[:1]}XX") or rest


def schemas_on_one_side(
    without: MediaTypeDescriptor | None, having: MediaTypeDescriptor | None
) -> Iterator[str]:
    """The keys of schemas that say something and that the other side does not have."""
    if without is None or having is None:
        return
    for field, key in (("schema", "schema"), ("item_schema", "itemSchema")):
        if getattr(without, field) is None and getattr(having, field) not in (None, True, {}):
            yield key
