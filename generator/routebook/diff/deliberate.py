"""Deliberate differences from oasdiff, each with its reason: of operations and the API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """What oasdiff says, what we say instead, and why."""

    rule: str
    """Rule ids of oasdiff, as a shell pattern."""
    levels: tuple[str, ...]
    """The levels that it gives them."""
    instead: tuple[str, ...]
    """The rule ids that we report, as shell patterns; `same` for the same at another level.

    Empty for nothing; after `the API: `, an id that is reported for the API as a whole.
    """
    reason: str
    """Why."""
    beside: tuple[str, ...] = ()
    """Rule ids of which oasdiff gives one to the same operation as well, as shell patterns.

    Empty where it does not matter.
    """
    path: str = "*"
    """The paths that it is about, as a shell pattern; a webhook's begins with `webhook:`."""


_SAME = ("same",)
_NOTHING = ("",)

OPERATIONS = (
    Difference(
        "api-security-*",
        ("info",),
        _SAME,
        "who is not let in any more breaks; where the effect is none, it is told as info",
    ),
    Difference("api-global-security-*", ("info",), _SAME, "who is not let in any more breaks"),
    Difference(
        "api-security-scope-*",
        ("error", "info"),
        ("the API: api-global-security-scope-*",),
        "an operation that lists nothing of its own has what the API lists: told once, there",
    ),
    Difference(
        "response-success-status-removed",
        ("error",),
        _SAME,
        "a range that is still there, `2XX`, covers the status (info)",
    ),
    Difference(
        "new-*-request-default-parameter-to-existing-path",
        ("error", "info"),
        ("new-*-request-parameter",),
        "a parameter of a path is one of each of its operations, and told at those",
    ),
    *(
        Difference(
            rule,
            ("error", "warning", "info"),
            _NOTHING,
            "it moved between the path and the operation, where it is the same parameter",
        )
        for rule in (
            "request-parameter-removed",
            "new-*-request-default-parameter-to-existing-path",
            "new-optional-request-parameter",
            "new-required-request-parameter",
        )
    ),
    Difference(
        "new-request-path-parameter",
        ("error",),
        ("same", ""),
        "a variable of the path is there whether it is described or not",
    ),
    *(
        Difference(
            f"request-parameter-became-{what}",
            (level,),
            _NOTHING,
            "a parameter of the path is always there, whatever `required` says",
        )
        for what, level in (("required", "error"), ("optional", "info"))
    ),
    Difference(
        "request-parameter-sunset-parse",
        ("error",),
        ("request-parameter-sunset-date-changed",),
        "a sunset that was no date and is one now is put right",
    ),
    Difference(
        "response-media-type-name-*",
        ("info",),
        ("response-media-type-name-*",),
        "a name of its own (RFC 6839) counts more than parameters, and names have no case",
    ),
    Difference(
        "re*-media-type-removed",
        ("error",),
        _SAME,
        "a media range that is there now covers the media type (info)",
    ),
    *(
        Difference(
            rule,
            (level,),
            ("the API: api-server-added",),
            "the path of the server moved into the paths, or out of them: the URLs are the same",
        )
        for rule, level in (
            ("endpoint-added", "info"),
            ("api-path-removed-without-deprecation", "error"),
        )
    ),
    *(
        Difference(
            f"api-{whole}security-{what}",
            ("info",),
            _NOTHING,
            "the scheme has another name, and is the same",
            (f"api-{whole}security-{other}",),
        )
        for whole in ("", "global-")
        for what, other in (("added", "removed"), ("removed", "added"))
    ),
    Difference(
        "api-*version-*",
        ("info",),
        _NOTHING,
        "it follows from whether there are breaking changes, which we see otherwise",
    ),
    Difference(
        "*",
        ("error", "warning", "info"),
        _SAME,
        "in a webhook the API sends the request and reads the answer, so each breaks the other way",
        path="webhook:*",
    ),
)
