"""The table of deliberate differences from oasdiff: rule by rule, each with its reason."""

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


_SET = "a limit where there was none, or another one, refuses values that were accepted"
_COMES = "values may come that could not come before"
_TYPE = ("re*-type-*", "re*-list-of-types-*", "re*-became-*nullable")
_INSIDE = (
    "another type, or another branch, is told at the value itself; what is inside it is not told "
    "again"
)
_CHOICE = ("re*-one-of-*", "re*-any-of-*")
_LIST = "that the value is limited to a list, or no longer, is told once, not for each value"
_BRANCH = (
    "branches are matched by what they accept, not by name: one that is renamed, repeated or "
    "written otherwise is no change, and what a changed one accepts is told inside it"
)
_DEAD = "the keyword says nothing of values of this type: no value is accepted or refused for it"
_UNSENT = "what is read-only is not sent in requests, what is write-only not in responses"

_SAME = ("same",)
_NOTHING = ("",)

DIFFERENCES = (
    Difference("request-*-set", ("warning",), _SAME, _SET),
    Difference(
        "request-*-pattern-changed", ("warning",), ("same", "request-*-pattern-generalized"), _SET
    ),
    Difference("response-*-pattern-removed", ("info",), _SAME, _COMES),
    Difference("response-*-pattern-changed", ("info",), _SAME, _COMES),
    Difference("response-*-enum-value-added", ("warning",), _SAME, _COMES),
    Difference("response-*-any-of-added", ("info",), _SAME, _COMES),
    Difference("response-body-media-type-schema-removed", ("warning",), _SAME, _COMES),
    Difference(
        "api-security-*",
        ("info",),
        _SAME,
        "who is not let in any more breaks; where the effect is none, it is told as info",
    ),
    Difference("api-global-security-*", ("info",), _SAME, "who is not let in any more breaks"),
    Difference(
        "api-security-scope-*",
        ("info",),
        ("the API: api-global-security-scope-*",),
        "an operation that lists nothing of its own has what the API lists: told once, there",
    ),
    Difference(
        "request-property-removed",
        ("warning",),
        _SAME,
        "a closed object refuses what is not in it (error); what was required was sent by all, "
        "and an open object goes on to accept it (info)",
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
    Difference("re*-enum-value-added", ("info",), ("re*-became-enum", *_TYPE), _LIST),
    Difference("re*-enum-value-removed", ("error", "info"), ("re*-became-not-enum", *_TYPE), _LIST),
    Difference("re*-became-enum", ("error",), _TYPE, _INSIDE),
    *(
        Difference(
            f"re*-{what}",
            ("error", "warning", "info"),
            ("re*-not-changed", "re*-if-*", "re*-contains-changed", "re*-then-*", "re*-else-*"),
            "what stands below `not`, `if` or `contains` is told there, as it turns the effect "
            "round, and what stands below `then` and `else` with it",
        )
        for what in (
            "const-changed",
            "max-length-*",
            "min-*",
            "property-removed",
            "required-request-property",
        )
    ),
    Difference(
        "new-required-request-property",
        ("error",),
        ("re*-not-changed", "re*-then-changed", "re*-else-changed", "re*-dependent-schema-changed"),
        "what stands below `not`, `then`, `else` or `dependentSchemas` is told there",
    ),
    *(
        Difference(rule, ("error", "warning", "info"), (*_TYPE, *_CHOICE), _INSIDE)
        for rule in (
            "new-*-request-property",
            "re*-property-added",
            "re*-property-removed",
            "re*-property-became-*nullable",
            "re*-property-*-of-*",
            "re*-property-list-of-types-*",
            "re*-property-type-*",
            "re*-property-max-set",
        )
    ),
    *(
        Difference(
            f"re*-all-of-{what}",
            ("error", "warning", "info"),
            _NOTHING,
            "`allOf` is merged: what a branch adds or takes away is told as such, "
            "`new-required-request-property` and the like",
        )
        for what in ("added", "removed", "added-annotation-only", "removed-annotation-only")
    ),
    *(
        Difference(f"re*-{what}", ("error", "info"), _NOTHING, _BRANCH)
        for what in ("any-of-added", "any-of-removed", "one-of-added", "one-of-removed")
    ),
    *(
        Difference(
            f"re*-{what}",
            ("error",),
            _SAME,
            "another branch takes all that this one takes: nobody breaks (info)",
        )
        for what in ("any-of-removed", "one-of-added", "one-of-removed")
    ),
    Difference(
        "response-body-one-of-removed",
        ("info",),
        _SAME,
        "an object that took the place of a choice takes what no branch took (error)",
    ),
    Difference(
        "re*-body-wrapped-in-one-of",
        ("error",),
        ("re*-one-of-added",),
        "the branch that the object became, and the others, are told each by itself",
    ),
    Difference(
        "re*-list-of-types-*",
        ("error", "info"),
        _TYPE,
        "`null` is told by itself; a list that takes other types, not more or fewer, is another "
        "type",
    ),
    Difference("re*-became-*nullable", ("error", "info"), ("re*-type-*", "re*-one-of-*"), _INSIDE),
    Difference(
        "request-property-became-*nullable",
        ("error", "info"),
        ("request-body-became-*nullable",),
        "it is the body itself that may be null now, or may not any more",
    ),
    Difference(
        "request-parameter-became-*nullable",
        ("error", "info"),
        _NOTHING,
        "`nullable` in 3.0 and the type `null` in 3.1 are the same",
    ),
    *(
        Difference(
            f"re*-pattern-{what}",
            (level,),
            ("re*-pattern-*",),
            f"patterns are compared by what they match, and those of other branches; {_UNSENT}",
        )
        for what, level in (
            ("added", "error"),
            ("removed", "info"),
            ("changed", "warning"),
            ("changed", "info"),
        )
    ),
    *(
        Difference(f"re*-pattern-{what}", ("error", "warning", "info"), ("re*-type-*",), _INSIDE)
        for what in ("added", "removed", "changed")
    ),
    *(
        Difference(
            f"re*-property-pattern-{what}",
            ("error", "info"),
            _NOTHING,
            "a pattern that every text matches is none",
        )
        for what in ("added", "removed")
    ),
    *(
        Difference(
            f"request-{place}-type-generalized",
            ("info",),
            _TYPE,
            "a text for a number is refused, or read as something else, by who parses numbers",
        )
        for place in ("parameter", "parameter-property")
    ),
    *(
        Difference(
            f"re*-{place}-type-compatible",
            ("info",),
            (f"re*-{place}-type-changed",),
            "an object or list is no text, in XML neither",
        )
        for place in ("body", "property")
    ),
    *(
        Difference(
            f"re*-body-type-{what}",
            ("error", "info"),
            (*_TYPE, *_CHOICE, "re*-property-*", "new-*-property"),
            "an `allOf` or `oneOf` without a type of its own has the type of its branches; what "
            "they say is told",
        )
        for what in ("changed", "generalized", "specialized")
    ),
    *(
        Difference(
            f"re*-{place}-type-{what}",
            ("error", "warning", "info"),
            _TYPE,
            "types are compared as sets of values; the effect decides whether it is wider",
        )
        for place in ("body", "property", "parameter")
        for what in ("changed", "specialized")
    ),
    Difference(
        "response-media-type-name-changed",
        ("info",),
        ("response-media-type-name-*",),
        "a name of its own (RFC 6839) counts more than parameters",
    ),
    Difference(
        "re*-discriminator-property-name-changed",
        ("info",),
        _SAME,
        "clients find the kind of a value in another property",
    ),
    Difference(
        "re*-discriminator-mapping-changed",
        ("info",),
        ("same", ""),
        "a value that stands for another schema is read as another thing (error); for a schema "
        "that is the same by another name, nothing changed",
    ),
    Difference(
        "re*-dependent-required-changed",
        ("error",),
        _SAME,
        "more dependencies only narrow a response, fewer only widen a request",
    ),
    Difference(
        "request-*-prefix-items-added",
        ("info",),
        _SAME,
        "JSON Schema: an item that was free, or like the others, has a schema of its own now",
    ),
    Difference("response-*-prefix-items-added", ("error",), _SAME, "the same: a response narrows"),
    Difference("response-*-prefix-items-removed", ("info",), _SAME, "the same: a response widens"),
    Difference("request-*-prefix-items-removed", ("error",), _SAME, "the same: a request widens"),
    *(
        Difference(f"re*-{keyword}-{what}", ("error", "warning", "info"), _NOTHING, _DEAD)
        for keyword, actions in (
            ("max", ("increased", "decreased", "set", "unset")),
            ("min", ("increased", "decreased", "set", "unset")),
            ("exclusive-max", ("increased", "decreased", "set", "unset")),
            ("exclusive-min", ("increased", "decreased", "set", "unset")),
            ("max-length", ("increased", "decreased", "set", "unset")),
            ("min-length", ("increased", "decreased")),
            ("max-items", ("increased", "decreased")),
            ("min-items", ("increased", "decreased", "set", "unset")),
            ("unevaluated-items", ("added", "removed")),
            ("content-encoding", ("changed",)),
            ("content-media-type", ("changed",)),
            ("content-schema", ("added", "removed")),
        )
        for what in actions
    ),
    Difference(
        "request-property-became-required",
        ("error",),
        _NOTHING,
        "the value is of a type that has no properties",
    ),
    Difference(
        "api-*version-*",
        ("info",),
        _NOTHING,
        "it follows from whether there are breaking changes, which we see otherwise",
    ),
    Difference(
        "request-*-became-required",
        ("error",),
        _SAME,
        "in a webhook or callback the API sends the request, and who receives it is the one to "
        "break",
    ),
    Difference("request-*-became-optional", ("info",), _SAME, "the same"),
    Difference(
        "request-required-property-became-not-read-only",
        ("info",),
        _SAME,
        "clients that did not have to send it have to now",
    ),
    Difference(
        "response-required-property-became-write-only",
        ("info",),
        _SAME,
        "what always came does not come any more",
    ),
    *(
        Difference(
            rule,
            ("error", "info"),
            ("response-*property-*", "request-*property-*", "new-required-request-property"),
            "whether a property comes, and whether it is asked for, is judged on each side by its "
            "own flags",
        )
        for rule in (
            "response-property-became-optional",
            "response-write-only-property-became-optional",
            "response-optional-property-added",
            "response-optional-write-only-property-added",
            "re*-optional-property-became-*only",
        )
    ),
)
