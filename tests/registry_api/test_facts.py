from __future__ import annotations

import re
from collections import Counter

from registry_api.v2 import API, RouteName, errors
from registry_facts import FACTS, differences, expand

ANY = r"\S+ \S+ \[[^]]*\]"
ANSWER = ANY + r" \d{3} '[^']*'"

DIFFERENCES: tuple[tuple[str, str], ...] = (
    # What upstream leaves out and registries send: measured on versions 2.8.2 and 3.1.1.
    (r"\+ (manifest|blob) HEAD", "both answer HEAD; clients ask so before they pull and push"),
    (rf"\+ {ANY} 301 'Moved Permanently'", "the router redirects paths that are not clean"),
    (rf"\+ (manifest|blob) GET {'.*'} 304 'Not Modified'", "If-None-Match is honoured"),
    (r"\+ blob GET .* 412 'Precondition Failed'", "If-Match is honoured"),
    (rf"\+ {ANY} 500 'Internal Error'", "UNKNOWN is a code that every operation can send"),
    (rf"\+ {ANY} 503 'Unavailable'", "a registry whose health check fails sends UNAVAILABLE"),
    (r"\+ catalog .* 401 'Authentication Required'", "the catalog needs a right of its own"),
    (r"\+ catalog .* 403 'Access Denied'", "the catalog needs a right of its own"),
    (r"\+ catalog .* 429 'Too Many Requests'", "limits hold for the catalog, too"),
    (r"\+ manifest GET \[\] 404 'Manifest Unknown'", "the most common failure of a pull"),
    (r"\+ blob-upload.* 405 'Not allowed'", "a read-only registry refuses all of the push"),
    (r"\+ blob-upload-chunk .* 416 'Range Not Satisfiable'", "version 3: the URL is stale"),
    (r"\+ blob-upload-chunk .* 416 '' code RANGE_INVALID", "upstream names no code for it"),
    (r"\+ blob-upload-chunk .* 400 '' code SIZE_INVALID", "version 3 compares the lengths"),
    (r"\+ blob-upload POST .* 202 '(Mount Failed|Upload Started)'", "the fall-back is an upload"),
    (r"\+ blob GET \[Fetch Blob Part\] 200 'Whole Blob'", "If-Range; ranges are optional in HTTP"),
    (r"\+ blob GET \[Fetch Blob Part\] 307 'Temporary Redirect'", "storage serves parts as well"),
    (r"\+ manifest PUT \[\] 400 .* code (DIGEST_INVALID|MANIFEST_BLOB_UNKNOWN)", "what is sent"),
    (r"\+ manifest GET \[\] 400 '' code MANIFEST_INVALID", "sent to clients without schema 2"),
    (r"\+ manifest DELETE \[\] 400 .* code DIGEST_INVALID", "version 2, to a tag"),
    (rf"\+ {ANSWER} header Docker-Distribution-Api-Version", "on every answer of the registry"),
    (rf"\+ {ANSWER} header Content-Length", "on every answer with a body, and on 202"),
    (r"\+ .* 405 '.*' header Allow", "RFC 9110 demands it, and read-only registries send it"),
    (
        r"\+ .* 429 'Too Many Requests' header Retry-After",
        "where there is a limit, this is its end",
    ),
    (r"\+ (tags|catalog) GET .* 200 '' header Link", "lists are paged without being asked"),
    (r"\+ (manifest|blob) .* header (ETag|Cache-Control|Accept-Ranges)", "what caches go by"),
    (r"\+ blob GET \[Fetch Blob Part\] (206|416) '' header Docker-Content-Digest", "always there"),
    (r"\+ blob GET \[Fetch Blob Part\] 416 '' header Content-Range", "RFC 9110, section 15.5.17"),
    (r"\+ blob-upload POST .* 201 '' header Docker-Content-Digest", "sent with each new blob"),
    (r"\+ blob-upload-chunk GET \[\] 204 .* header Location", "OCI demands it, registries send it"),
    (r"\+ blob-upload-chunk DELETE .* header Docker-Upload-UUID", "sent"),
    (r"\+ manifest GET \[\] header Accept", "it decides which formats come"),
    (r"\+ manifest PUT \[\] header Content-Type", "it decides how the body is read"),
    (r"\+ (manifest|blob) GET .* header If-(None-)?Match", "honoured"),
    (r"\+ blob GET \[Fetch Blob Part\] header If-Range", "honoured"),
    (rf"\+ {ANY} header Host", "three variants forget it"),
    (r"\+ blob-upload-chunk .* query _state", "the reference implementation cannot do without"),
    (r"\+ (tags|catalog) .* query last", "it works without n, too"),
    # What upstream has in the wrong place.
    (rf"- {ANY} header Authorization", "authentication is the security schemes bearer and basic"),
    (r"- blob-upload-chunk .* 400 '' code BLOB_UPLOAD_INVALID", "its status on the wire is 404"),
    (r"\+ blob-upload-chunk .* 404 '' code BLOB_UPLOAD_INVALID", "its status on the wire is 404"),
    (r"- blob-upload-chunk PUT \[\] 400 '' code UNSUPPORTED", "its status is 405; stands there"),
    (r"- manifest PUT \[\] 400 .* code BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN is what is sent"),
    (r"- .* 404 '.*' code NAME_UNKNOWN", "stands once, under No Such Repository Error"),
    # What upstream says loosely.
    (rf"~ {ANSWER} name: '' -> '.+'", "each answer has a name, of which its id is made"),
    (
        r"~ .* (400|405|416) '.*' body: .*",
        "codes come in an envelope; a router's 405 is plain text",
    ),
    (r"~ base GET \[\] 200 '' body: '' -> 'application/json'", "the body is an empty object"),
    (r"~ manifest .*body: '<media type of manifest>' -> .*", "the five formats, with schemas"),
    (r"~ blob GET \[Fetch Blob Part\] 206 '' body: .*", "several ranges come in parts"),
    (rf"~ {ANY}.* type: '(path|query|header|byte range|)' -> .*", "a place is not a type"),
    (r"~ .* query digest type: 'string' -> 'digest'", "it is a digest"),
    (r"~ .* header Range type: 'string' -> 'byte-range'", "it is a range"),
    (rf"~ {ANY} path \w+ format: .*", "the placeholder was a pattern, or missing"),
    (
        rf"~ {ANY} path \w+ regexp: '' -> .*",
        "the pattern stood in format; reference had no digests",
    ),
    (r"~ .* header \S+ regexp: '' -> .*", "the pattern was not said"),
    (r"~ .* query last format: '<integer>' -> .*", "it is an entry, not a number"),
    (r"~ .* query (n|digest|mount) required: False -> True", "without it, it is another variant"),
    (r"~ blob GET \[Fetch Blob Part\] header Range required: .*", "or else it is Fetch Blob"),
    (rf"~ {ANY} header Host required: .*", "RFC 9112, section 3.2"),
    (rf"~ {ANSWER} header (Location|Range|WWW-Authenticate) required: .*", "always there"),
    (r"~ .* header WWW-Authenticate format: .*", "a quotation mark too many"),
)
"""Patterns of the differences that are meant, each with its reason."""

FOUND = differences(API)


def test_each_difference_has_its_reason() -> None:
    reasons = [re.compile(pattern) for pattern, _ in DIFFERENCES]
    assert [line for line in FOUND if not any(one.fullmatch(line) for one in reasons)] == []


def test_each_reason_has_its_difference() -> None:
    stale = [one for one, _ in DIFFERENCES if not any(re.fullmatch(one, line) for line in FOUND)]
    assert stale == [], "these are no longer differences"


def test_routes() -> None:
    ours = [(route.name, route.entity, route.path) for route in API.routes]
    assert ours == [(r["name"], r["entity"], expand(r["path"])) for r in FACTS["routes"]]


def test_route_names_are_constants() -> None:
    names = [value for key, value in vars(RouteName).items() if key.isupper()]
    assert names == [route.name for route in API.routes]


def test_error_groups() -> None:
    ours = {
        group.name: [(code.value, code.message, code.http_status) for code in group]
        for group in API.error_groups
    }
    assert ours == {
        name: [tuple(code) for code in codes] for name, codes in FACTS["errors"].items()
    }


def test_error_codes_are_constants() -> None:
    for group in API.error_groups:
        for code in group:
            assert getattr(errors, code.value) is code


def test_counts() -> None:
    methods = [method for route in API.routes for method in route.methods]
    requests = [request for method in methods for request in method.requests]
    answers = [r for one in requests for r in (*one.successes, *one.failures)]
    assert len(API.routes) == FACTS["counts"]["routes"] == 7
    assert Counter(method.method == "HEAD" for method in methods) == {False: 13, True: 2}
    assert len(requests) == FACTS["counts"]["request_variants"] + 2 == 21
    assert len(answers) >= FACTS["counts"]["responses"] == 120
    codes = {code.value for group in API.error_groups for code in group}
    assert len(codes) == FACTS["counts"]["error_codes_registered"] == 20


def test_every_code_is_sent_somewhere_with_its_own_status() -> None:
    sent = set()
    for route in API.routes:
        for method in route.methods:
            for request in method.requests:
                for response in (*request.successes, *request.failures):
                    for code in response.error_codes:
                        assert code.http_status == response.status_code, (route.name, code)
                        sent.add(code.value)
    assert sent == {code.value for group in API.error_groups for code in group}
