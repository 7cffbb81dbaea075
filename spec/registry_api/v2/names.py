"""Names: of routes, and the patterns of what stands in their paths.

The patterns are the grammar of image references, from its smallest parts up. They are
unanchored, and mean ASCII only. Two rules are not in them: a repository name has at most
255 characters, and an algorithm fixes the length of a digest's encoded part.
"""

from typing import Final


class RouteName:
    """What the router and the URL builder know the routes by."""

    BASE: Final = "base"
    TAGS: Final = "tags"
    MANIFEST: Final = "manifest"
    BLOB: Final = "blob"
    BLOB_UPLOAD: Final = "blob-upload"
    BLOB_UPLOAD_CHUNK: Final = "blob-upload-chunk"
    CATALOG: Final = "catalog"


ALPHANUMERIC: Final = "[a-z0-9]+"
"""A run of lower-case letters and digits."""

SEPARATOR: Final = "(?:[._]|__|[-]+)"
"""What may stand between two runs: a dot, one or two underscores, or any number of dashes."""

PATH_COMPONENT: Final = f"{ALPHANUMERIC}(?:{SEPARATOR}{ALPHANUMERIC})*"
"""What stands between two slashes of a repository name."""

DOMAIN_COMPONENT: Final = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
"""A label of a host name."""

DOMAIN: Final = (
    rf"(?:{DOMAIN_COMPONENT}(?:\.{DOMAIN_COMPONENT})*|\[(?:[a-fA-F0-9:]+)\])(?::[0-9]+)?"
)
"""A host name or a bracketed IPv6 address, with an optional port."""

NAME: Final = f"(?:{DOMAIN}/)?{PATH_COMPONENT}(?:/{PATH_COMPONENT})*"
"""A repository name, such as `library/ubuntu`; its first component may be a domain."""

TAG: Final = r"[\w][\w.-]{0,127}"
"""A tag, such as `24.04`: at most 128 characters."""

DIGEST: Final = "[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+"
"""A digest, `algorithm:encoded`, such as `sha256:e3b0c442...`."""

REFERENCE: Final = f"{TAG}|{DIGEST}"
"""What names a manifest in its repository: a tag or a digest."""

UPLOAD_ID: Final = "[a-zA-Z0-9-_.=]+"
"""What names an upload session; only the registry can read it."""
