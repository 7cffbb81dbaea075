"""Where the parts of a description stand in the file that they were read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routebook.findings import Location


class Places(Protocol):
    """Places of descriptors, found by identity: the very object that the reader made."""

    def pointer(self, part: object) -> str:
        """The JSON pointer of a descriptor in its document; empty when it is not known."""

    def locate(self, part: object, *below: str) -> Location | None:
        """File, line and column of a descriptor, or of what stands `below` it, key by key.

        `part` is a descriptor, or a JSON pointer of the document (`/components/schemas/User`).
        When what stands below cannot be found, the nearest thing above it is given; None when
        nothing is known.
        """

    def marked(self, component: str) -> Sequence[Mapping[str, Any]] | None:
        """The objects in a named schema that have a `$ref` or an `x-stability-level`.

        None when nobody looked. Where they are known, the schema is JSON data all through, and no
        object in it stands anywhere else.
        """
