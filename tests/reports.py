"""Reports of comparisons that the tests of formats and commands share, and a strategy for more."""

from __future__ import annotations

from hypothesis import strategies as st

from routebook import Location
from routebook.diff.model import LEVELS, Acceptance, Change, Operation, Report, Side, Witness

OPERATIONS = tuple(
    Operation(method=method, path=path, operation_id=name)
    for method, path, name in (
        ("GET", "/users", "listUsers"),
        ("POST", "/users", "addUser"),
        ("GET", "/users/{id}", "getUser"),
        ("PUT", "/users/{id}", "putUser"),
        ("GET", "/teams/{id}", ""),
    )
)

REMOVED = Change(
    rule="request-parameter-removed",
    level="error",
    message="the query parameter `limit` is gone",
    method="GET",
    path="/users",
    place="query[limit]",
    reason="a client that sends it gets all users at once",
    hint="deprecate it first, and remove it after its sunset",
    old=Side(
        pointer="/paths/~1users/get/parameters/0",
        location=Location(file="base.yaml", line=12, column=11),
        value={"name": "limit", "in": "query"},
    ),
    new=Side(pointer="/paths/~1users/get", location=Location(file="api.yaml", line=8, column=5)),
    operations=OPERATIONS[:1],
    tags=("users",),
)
SHORTER = Change(
    rule="request-property-max-length-decreased",
    level="error",
    message="`name` lowered `maxLength` from `50` to `20`",
    method="POST",
    path="/users",
    place="name",
    component="schemas/User",
    reason="a request with a longer name is refused now",
    old=Side(
        pointer="/components/schemas/User/properties/name/maxLength",
        location=Location(file="base.yaml", line=40, column=20),
        value=50,
    ),
    new=Side(
        pointer="/components/schemas/User/properties/name/maxLength",
        location=Location(file="api.yaml", line=36, column=20),
        value=20,
    ),
    witness=Witness(value={"name": "a" * 21}, valid_before=True, valid_now=False),
    operations=OPERATIONS,
    tags=("users", "teams"),
)
UNDECIDED = Change(
    rule="response-body-schema-undecided",
    level="warning",
    message="whether the new schema is narrower could not be decided",
    method="GET",
    path="/teams/{id}",
    place="response[200].body",
    operations=OPERATIONS[4:],
)
ADDED = Change(
    rule="endpoint-added",
    level="info",
    message="the operation is new",
    method="DELETE",
    path="/users/{id}",
    new=Side(location=Location(file="api.yaml", line=20, column=5)),
    operations=(Operation(method="DELETE", path="/users/{id}"),),
)
SECURITY = Change(
    rule="api-global-security-removed",
    level="info",
    message="callers need no token any more",
    accepted=Acceptance(reason="the gateway asks for it", until="2026-12-31"),
)

REPORT = Report(
    findings=(SHORTER, REMOVED, UNDECIDED, SECURITY, ADDED),
    base="main:api.yaml",
    head="api.yaml",
    old_version="1.4.2",
    new_version="1.5.0",
    notes=("stale: GET /old endpoint-removed (0123456789abcdef) is accepted, and not found",),
)

NASTY = (
    "\x1b[31m",
    "\x07\r\n",
    "::error file=a::b",
    "##[group]x",
    "##vso[task.x]",
    "%0A::error::y",
    "<script>alert(1)</script>",
    "<img src=x onerror=y>",
    "]]>",
    "&amp;",
    "\"'><b>",
    "[a](javascript:b)",
    "![i](http://e/x)",
    "# h",
    "| a | b |",
    "```\n",
    "`",
    "$x$",
    "\u202e",
    "\ud800",
    "\ufffe",
    "{{ x }}",
    "{% raw %}",
    "@user #1",
    ":,%",
    "http://evil.example/x",
)

words = (
    st.text(max_size=12)
    | st.sampled_from(NASTY)
    | st.lists(st.sampled_from(NASTY) | st.text(max_size=4), max_size=4).map("".join)
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
operations = st.builds(
    Operation,
    method=st.sampled_from(["GET", "POST"]),
    path=words,
    operation_id=words,
    kind=st.sampled_from(["operation", "webhook", "callback"]),
)
locations = st.builds(
    Location, file=words.filter(bool), line=st.integers(0, 9), column=st.integers(0, 9)
)
sides = st.none() | st.builds(Side, pointer=words, location=st.none() | locations, value=values)
changes = st.builds(
    Change,
    rule=st.from_regex(r"[a-z]{1,4}(?:-[a-z]{1,6}){0,3}", fullmatch=True),
    level=st.sampled_from(LEVELS),
    message=words,
    method=st.sampled_from(["GET", "POST", ""]),
    path=words,
    place=words,
    component=st.just("") | words,
    reason=words,
    hint=words,
    old=sides,
    new=sides,
    witness=st.none()
    | st.builds(Witness, value=values, valid_before=st.booleans(), valid_now=st.booleans()),
    operations=st.lists(operations, max_size=5).map(tuple),
    tags=st.lists(words, max_size=2).map(tuple),
    accepted=st.none()
    | st.builds(Acceptance, reason=words, until=st.sampled_from(["", "2026-12-31"])),
)
reports = st.builds(
    Report,
    findings=st.lists(changes, max_size=4).map(tuple),
    base=words,
    head=words,
    old_version=words,
    new_version=words,
    notes=st.lists(words, max_size=2).map(tuple),
)
