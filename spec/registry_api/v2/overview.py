"""What holds for the protocol as a whole: the introduction, the groups, the servers."""

from routebook import ServerDescriptor, ServerVariable, TagDescriptor

DESCRIPTION = """\
The protocol that Docker, containerd, Podman and other tools speak with a container registry, and
the one that the OCI Distribution Specification grew out of. This description says what it asks
of a registry, and what registries really send: wherever the two part, or an answer depends on
how a registry is set up, it says so. "The reference implementation" is the open-source registry
of the `distribution` project, in versions 2 and 3.

**Content.** A registry holds repositories. A repository holds *blobs*, which are bytes such as
the layers of an image; *manifests*, which are JSON documents that name blobs or other manifests;
and *tags*, which are names for manifests. Blobs and manifests are known by their *digest*:
`sha256:` and the SHA-256 hash of the content in hexadecimal, or another algorithm in the same
form. What a digest names never changes. A tag can be moved to another manifest at any time.

**Pulling** an image is: get its manifest by tag; if that is an index or list, get the manifest
of the right platform by digest; get the blobs that it names. Check each digest against the bytes
that came, whoever sent them.

**Pushing** goes the other way: for each blob, ask with `HEAD` whether it is there, and if not,
mount it from another repository or upload it; then put the manifest, last. The registry refuses a
manifest that names what it does not have.

**URLs from answers.** Where an answer has a `Location` or a `Link`, the next request goes there. It
may be relative to the URL of the request, may lead to another host, and may have a query, which
stays as it is: a parameter is added to it with `&`. Do not send credentials to another host.

**Paths.** A registry may serve all of this under a prefix, such as `/registry/v2/`. The paths stand
for themselves: with a slash too many or too few, the registry redirects with 301. A path that is
none of these, such as that of a tag with more than 128 characters, is answered with 404 in plain
text, before there is any error code.

**Methods.** `OPTIONS` is answered with 200 and the path's methods in `Allow`, but for `/v2/`, which
answers any method alike. A method that a path does not have gets 405 with `Allow`. A read-only
registry has only `GET` and `HEAD`.

**Versions.** Every answer of a registry has the header `Docker-Distribution-Api-Version:
registry/2.0`; proxies and token services before it may leave it out. Do not require it.

**Errors** come as JSON: `{"errors": [{"code": ..., "message": ..., "detail": ...}]}`. Decide by the
code, show the message, and expect codes that are not listed here. There may be several errors; the
status is that of the first. `detail` may be missing. Before anything else, check that the body is
JSON: proxies, and the registry's own router, answer in plain text or HTML. Answers to `HEAD` have
no body, so that their status must do.

**Authentication** is up to the registry. Some are open to all, some to all for pulling only, others
ask for a token or a password. The operations say which right each needs; a caller that lacks it
gets 401 with `WWW-Authenticate`.
"""

GROUPS = (
    TagDescriptor(
        name="Base", description="Whether a host speaks the protocol, and knows the caller."
    ),
    TagDescriptor(name="Tags", description="The names that a repository gives to its manifests."),
    TagDescriptor(
        name="Manifests", description="What images are made of: fetch, check, push, delete."
    ),
    TagDescriptor(
        name="Blobs", description="Layers, configurations and other content: fetch, check, delete."
    ),
    TagDescriptor(
        name="Uploads", description="Blobs on their way into a repository, at once or in parts."
    ),
    TagDescriptor(name="Catalog", description="The repositories of the whole registry."),
)

SERVERS = (
    ServerDescriptor(
        url="https://{registry}",
        description="A registry.",
        variables=(
            ServerVariable(
                name="registry",
                default="registry.example.com",
                description="Its host, with the port and the path prefix where there are any.",
            ),
        ),
    ),
    ServerDescriptor(
        url="http://{address}",
        description="A registry on your own machine, without TLS.",
        variables=(
            ServerVariable(
                name="address", default="localhost:5000", description="Its host and port."
            ),
        ),
    ),
)
