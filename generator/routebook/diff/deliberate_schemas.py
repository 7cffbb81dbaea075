"""Deliberate differences from oasdiff, each with its reason: of schemas."""

from __future__ import annotations

from routebook.diff.deliberate import Difference

_SET = "a limit where there was none, or another one, refuses values that were accepted"
_COMES = "values may come that could not come before"
_TYPE = ("re*-type-*", "re*-list-of-types-*", "re*-became-*nullable")
_INSIDE = (
    "another type, or another branch, is told at the value itself; what is inside it is not told "
    "again"
)
_CHOICE = ("re*-one-of-*", "re*-any-of-*")
_BRANCHES = ("re*-all-of-*", "re*-any-of-*", "re*-one-of-*", "re*-wrapped-in-one-of")
_WRAPPED = (
    "a schema that is put into `allOf`, `anyOf` or `oneOf`, or taken out, has the type and the "
    "properties that it had; what the others say is told"
)
_LIST = "that the value is limited to a list, or no longer, is told once, not for each value"
_BRANCH = (
    "branches are matched by what they accept, not by name: one that is renamed, repeated or "
    "written otherwise is no change, and what a changed one accepts is told inside it"
)
_TURNED = (
    "re*-not-*ed",
    "re*-if-changed",
    "re*-then-changed",
    "re*-else-changed",
    "re*-contains-changed",
    "re*-dependent-schema-changed",
    "re*-unevaluated-*-changed",
)
_BELOW = (
    "what stands below `not`, `if` or `contains` is told there, as it turns the effect round, and "
    "what stands below `then`, `else` and `dependentSchemas` with it"
)
_MEMBERS = (
    "re*-items-added",
    "re*-items-removed",
    "re*-additional-properties-added",
    "re*-additional-properties-removed",
)
_WHOLE = "a schema for items or further properties that appears or goes is told as such"
_CONST = "`const` is a list of one value: what is in the list now, and is not any more, is told"
_DEAD = "the keyword says nothing of values of this type: no value is accepted or refused for it"
_IDLE = "the keyword says nothing of such values: no value is accepted or refused for it (info)"
_UNSENT = "what is read-only is not sent in requests, what is write-only not in responses"

_SAME = ("same",)
_NOTHING = ("",)

SCHEMAS = (
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
        "request-property-removed",
        ("warning",),
        _SAME,
        "a closed object refuses what is not in it (error); what was required was sent by all, "
        "and an open object goes on to accept it (info)",
    ),
    Difference("re*-enum-value-added", ("warning", "info"), ("re*-became-enum", *_TYPE), _LIST),
    Difference("re*-enum-value-removed", ("error", "info"), ("re*-became-not-enum", *_TYPE), _LIST),
    Difference("re*-became-enum", ("error",), _TYPE, _INSIDE),
    *(
        Difference(rule, levels, _NOTHING, _CONST, beside)
        for rule, levels, beside in (
            ("re*-const-added", ("error", "info"), ("re*-enum-value-removed",)),
            ("re*-const-removed", ("error", "info"), ("re*-enum-value-added", "re*-became-enum")),
            ("re*-became-enum", ("error",), ("re*-const-removed",)),
            ("re*-enum-value-added", ("warning", "info"), ("re*-const-removed",)),
            ("re*-enum-value-removed", ("error", "info"), ("re*-const-added",)),
        )
    ),
    *(
        Difference(rule, ("error", "warning", "info"), _TURNED, _BELOW)
        for rule in (
            "re*-const-*",
            "re*-type-changed",
            "re*-max-length-*",
            "re*-min-*",
            "re*-property-added",
            "re*-property-removed",
            "re*-property-deprecated",
            "re*-property-reactivated",
            "re*-default-value-*",
            "new-*-request-property",
        )
    ),
    *(
        Difference(rule, levels, (*_TYPE, *_CHOICE), _INSIDE, (*_TYPE, *_BRANCHES))
        for rule, levels in (
            ("new-required-request-property", ("error",)),
            ("new-optional-request-property", ("info",)),
            ("response-*-property-added", ("info",)),
            ("re*-property-removed", ("error", "warning")),
            ("re*-property-became-*nullable", ("error", "info")),
            ("re*-property-any-of-*", ("error", "info")),
            ("re*-property-one-of-*", ("error", "info")),
            ("re*-property-type-*", ("error", "warning", "info")),
            ("re*-property-max-set", ("warning",)),
        )
    ),
    *(
        Difference(rule, levels, _CHOICE, _BRANCH)
        for rule, levels in (
            ("response-optional-property-added", ("info",)),
            ("response-optional-property-removed", ("warning",)),
            ("re*-property-type-*", ("error", "warning", "info")),
            ("re*-list-of-types-*", ("error", "info")),
        )
    ),
    *(
        Difference(f"request-property-{what}", ("error",), _SAME, _UNSENT)
        for what in ("became-enum", "min-length-increased", "min-items-increased", "pattern-added")
    ),
    *(
        Difference(rule, ("error", "warning", "info"), _MEMBERS, _WHOLE)
        for rule in (
            "re*-property-type-*",
            "re*-property-added",
            "re*-property-removed",
            "re*-property-enum-value-*",
            "new-*-request-property",
        )
    ),
    *(
        Difference(rule, levels, _NOTHING, _WRAPPED, _BRANCHES)
        for rule, levels in (
            ("new-required-request-property", ("error",)),
            ("new-optional-request-property", ("info",)),
            ("response-*-property-added", ("info",)),
            ("re*-property-removed", ("error", "warning")),
            ("re*-type-changed", ("error",)),
            ("request-*-type-generalized", ("info",)),
            ("response-*-type-specialized", ("info",)),
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
    Difference(
        "re*-type-changed",
        ("error",),
        _SAME,
        "a format of texts says nothing of other values (info)",
    ),
    *(
        Difference(
            f"re*-{what}",
            ("error",),
            _SAME,
            "something beside it may refuse the same values, and no instance shows that something "
            "breaks (warning)",
        )
        for what in ("*contains-*", "not-*", "if-*", "then-*", "else-*", "dependent-*")
    ),
    Difference(
        "re*-all-of-*",
        ("error", "warning"),
        _SAME,
        "what the component says is said beside it as well: nobody breaks (info)",
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
    *(
        Difference(
            rule,
            ("info",),
            _SAME,
            "an object that took the place of a choice takes what no branch took, and the reverse "
            "(error)",
        )
        for rule in (
            "response-*-one-of-removed",
            "response-*-any-of-removed",
            "request-*-one-of-added",
            "request-*-any-of-added",
        )
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
        "re*-became-*nullable",
        ("error",),
        _SAME,
        "`nullable` without a `type` beside it accepts nothing (OpenAPI 3.0.3): it may be meant "
        "(warning)",
    ),
    *(
        Difference(
            rule,
            ("error", "info"),
            _NOTHING,
            "`nullable` in 3.0 and the type `null` in 3.1 are the same",
        )
        for rule in ("request-parameter-became-*nullable", "re*-property-became-*nullable")
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
    Difference(
        "re*-body-type-compatible",
        ("info",),
        ("re*-body-type-changed",),
        "an object or list is no text, in XML neither",
    ),
    *(
        Difference(
            rule,
            levels,
            _TYPE,
            "types are compared as sets of values; the effect decides whether it is wider",
        )
        for rule, levels in (
            ("request-parameter-type-changed", ("error",)),
            ("request-body-type-changed", ("error",)),
            ("re*-property-type-changed", ("error", "warning")),
            ("re*-property-type-specialized", ("error", "info")),
        )
    ),
    Difference(
        "response-header-type-compatible",
        ("info",),
        ("response-header-type-changed",),
        "who reads a number in a header meets a word, or the reverse",
    ),
    Difference(
        "request-header-property-became-enum",
        ("error",),
        ("request-parameter-became-enum",),
        "the header itself is limited, which is told once",
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
        Difference(f"re*-{keyword}-{what}", ("error", "warning"), _SAME, _IDLE)
        for keyword, what in (
            *(("max-length", "decreased"), ("min-length", "increased"), ("pattern", "added")),
            *(("max", "decreased"), ("min", "increased"), ("max-items", "decreased")),
            *(("max", "set"), ("max-length", "set"), ("max-items", "set"), ("min", "set")),
            *(("min-items", "decreased"), ("min-items", "increased")),
            *(("exclusive-max", "*"), ("exclusive-min", "*"), ("unevaluated-*", "*")),
        )
    ),
    *(
        Difference(f"re*-{keyword}-{what}", ("error", "warning", "info"), _NOTHING, _DEAD)
        for keyword, actions in (
            ("max", ("increased", "decreased", "set")),
            ("min", ("increased", "decreased", "set")),
            ("max-length", ("increased", "decreased", "set", "unset")),
            ("min-length", ("increased", "decreased")),
            ("max-items", ("increased", "decreased")),
            ("min-items", ("increased", "decreased")),
            ("unevaluated-items", ("added", "removed")),
        )
        for what in actions
    ),
    *(
        Difference(
            f"request-property-became-{what}",
            (level,),
            _NOTHING,
            "the value is of a type that has no properties",
        )
        for what, level in (("required", "error"), ("optional", "info"))
    ),
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
        )
    ),
)
