"""The registry with a route more, of the OCI's newer specification.

uvicorn --factory apps.referrers:create --port 5000
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apps.registry import VERSION, Manifest, Registry, checked
from registry_api.v2 import API, RouteName
from registry_api.v2.parameters import DIGEST, NAME
from routebook import MethodDescriptor, ParameterDescriptor, RequestDescriptor, RouteDescriptor
from routebook.asgi import ASGI, Request, Response, handlers_of, handles

# --8<-- [start:extension]
OCI_INDEX = "application/vnd.oci.image.index.v1+json"

REFERRERS = RouteDescriptor(
    name="referrers",
    path=f"/v2/{{name:{NAME.regexp}}}/referrers/{{digest:{DIGEST.regexp}}}",
    description="The manifests that refer to another, as an image index (OCI 1.1).",
    methods=(
        MethodDescriptor(
            method="GET",
            requests=(
                RequestDescriptor(
                    path_parameters=(NAME, DIGEST),
                    query_parameters=(ParameterDescriptor(name="artifactType"),),
                ),
            ),
        ),
    ),
)

SERVED = replace(API, routes=(*API.routes, REFERRERS))
"""What this registry serves: the API, and one route of the OCI's newer specification."""
# --8<-- [end:extension]


# --8<-- [start:referrers]
class Referring(Registry):
    """A registry that knows which manifests refer to which."""

    @handles(RouteName.MANIFEST, "PUT")
    async def put_manifest(self, request: Request) -> Response:
        response = await super().put_manifest(request)
        subject = self.find_manifest(request).value.get("subject")
        if subject:
            response.headers.append(("OCI-Subject", subject["digest"]))
        return response

    @handles(REFERRERS.name, "GET")
    async def referrers(self, request: Request) -> Response:
        digest, wanted = checked(request.values["digest"]), request.query.get("artifactType")
        found = [
            descriptor(manifest)
            for manifest in self.repository(request.values["name"]).manifests.values()
            if (manifest.value.get("subject") or {}).get("digest") == digest
        ]
        headers = {"Content-Type": OCI_INDEX}
        if wanted:
            found = [entry for entry in found if entry.get("artifactType") == wanted]
            headers["OCI-Filters-Applied"] = "artifactType"
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": found}
        return Response.json(index, headers=headers)


def create() -> ASGI:
    """The application."""
    return ASGI(SERVED, handlers_of(Referring()), headers=VERSION)


# --8<-- [end:referrers]


def descriptor(manifest: Manifest) -> dict[str, Any]:
    value = manifest.value
    found = {
        "mediaType": manifest.media_type,
        "digest": manifest.digest,
        "size": len(manifest.content),
        "artifactType": value.get("artifactType") or value.get("config", {}).get("mediaType"),
        "annotations": value.get("annotations"),
    }
    return {key: item for key, item in found.items() if item is not None}
