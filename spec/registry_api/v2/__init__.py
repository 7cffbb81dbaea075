"""The Docker Registry HTTP API V2, described.

`API` is the description. `RouteName` and `errors` hold the names that servers and clients
write. Read on in the order of the protocol: `base`, `manifests`, `blobs`, `uploads`, `chunks`,
`tags`, `catalog`; what they share is in `names`, `parameters`, `headers`, `schemas`, `details`,
`errors`, `responses` and `security`.
"""

from registry_api.v2 import errors
from registry_api.v2.base import BASE
from registry_api.v2.blobs import BLOB
from registry_api.v2.catalog import CATALOG
from registry_api.v2.chunks import BLOB_UPLOAD_CHUNK
from registry_api.v2.details import DETAILS
from registry_api.v2.manifests import MANIFEST
from registry_api.v2.names import RouteName
from registry_api.v2.overview import DESCRIPTION, GROUPS, SERVERS
from registry_api.v2.schemas import NAMED
from registry_api.v2.security import ANY_CALLER, SCHEMES
from registry_api.v2.tags import TAGS
from registry_api.v2.uploads import BLOB_UPLOAD
from routebook import APIDescriptor, ContactDescriptor, ExternalDocs, LicenseDescriptor

API = APIDescriptor(
    title="Docker Registry HTTP API V2",
    version="2.0",
    summary="Push, pull, list and delete container images.",
    description=DESCRIPTION,
    contact=ContactDescriptor(name="The routebook authors"),
    license=LicenseDescriptor(name="Apache-2.0", url="https://www.apache.org/licenses/LICENSE-2.0"),
    external_docs=ExternalDocs(
        url="https://github.com/opencontainers/distribution-spec",
        description="The OCI Distribution Specification, which grew out of this protocol.",
    ),
    servers=SERVERS,
    security_schemes=SCHEMES,
    security=ANY_CALLER,
    tags=GROUPS,
    routes=(BASE, TAGS, MANIFEST, BLOB, BLOB_UPLOAD, BLOB_UPLOAD_CHUNK, CATALOG),
    error_groups=errors.GROUPS,
    schemas={**NAMED, **DETAILS},
)

__all__ = ["API", "RouteName", "errors"]
