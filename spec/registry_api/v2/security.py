"""How callers show who they are."""

from routebook import SecurityRequirement, SecurityScheme

BEARER = SecurityScheme(
    name="bearer",
    type="http",
    scheme="bearer",
    bearer_format="JWT",
    description="""\
A token from the registry's token service. It goes like this:

1. The client asks without a token. The registry answers 401, and `WWW-Authenticate` has a
   `realm`, a `service` and a `scope`, as in
   `Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:library/ubuntu:pull"`.
2. The client asks the `realm` with `service` and `scope` in the query, with its name and password
   as Basic credentials, or with none for public content. The answer is JSON with a `token` or an
   `access_token`, and mostly `expires_in` in seconds.
3. The client sends the first request again, with `Authorization: Bearer <token>`.

A scope is `repository:<name>:<actions>` with `pull`, `push` or `delete` as actions, several with
commas between them, or `registry:catalog:*`. A token is good for what its scopes say until it
expires. To the client it is opaque.""",
)

BASIC = SecurityScheme(
    name="basic",
    type="http",
    scheme="basic",
    description="A name and a password with every request (RFC 7617), over TLS only. Small "
    "registries use it; 401 then has `WWW-Authenticate: Basic`.",
)

SCHEMES = (BEARER, BASIC)

ANY_CALLER = (
    SecurityRequirement(schemes={"bearer": ()}),
    SecurityRequirement(schemes={"basic": ()}),
    SecurityRequirement(),
)
"""A token, a password, or nothing: the registry's configuration decides, for each repository."""
