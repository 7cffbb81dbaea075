from __future__ import annotations

import copy
import pickle

import pytest

from routebook.errors import (
    UNKNOWN,
    Error,
    ErrorDescriptor,
    ErrorGroup,
    Errors,
    all_errors,
    code_for_status,
    group_errors,
    group_names,
    parse_code,
)
from routebook.verbs import fill, quote

LOST = ErrorDescriptor(value="PARCEL_LOST", message="the parcel is lost", http_status=404)
LATE = ErrorDescriptor(value="PARCEL_LATE", message="%d days late, %s", http_status=503)
OWN_UNKNOWN = ErrorDescriptor(value="UNKNOWN", message="who knows", http_status=500)
GROUPS = (
    ErrorGroup(name="parcels", errors=(LOST, LATE)),
    ErrorGroup(name="common", errors=(OWN_UNKNOWN,)),
)


def test_a_raised_code_reads_as_words() -> None:
    with pytest.raises(Error, match=r"^parcel lost: the parcel is lost$") as raised:
        raise LOST.with_detail({"id": 7})
    assert raised.value.code is LOST
    assert raised.value.detail == {"id": 7}
    assert raised.value.http_status == 404
    assert (
        repr(raised.value) == "Error(PARCEL_LOST, message='the parcel is lost', detail={'id': 7})"
    )


def test_a_bare_error_is_its_code() -> None:
    error = LOST.error()
    assert error.bare
    assert (str(error), error.message, repr(error)) == (
        "parcel lost", "the parcel is lost", "Error(PARCEL_LOST)",
    )  # fmt: skip  # one row a test
    assert not LOST.with_detail(None).bare, "who says that there is no detail says something"


def test_args_fill_the_message_and_keep_the_detail() -> None:
    error = LATE.with_detail([1]).with_args(3, "sorry")
    assert (error.message, error.detail) == ("3 days late, sorry", [1])
    assert LATE.with_args(3, "sorry").with_detail([1]) == error
    assert LOST.with_message("gone").message == "gone"


def test_errors_do_not_change() -> None:
    with pytest.raises(AttributeError):
        LOST.error().code = LATE  # type: ignore[misc]  # it is what the test is about
    with pytest.raises(AttributeError):
        LOST.error().detail = 1  # type: ignore[misc]  # it is what the test is about


@pytest.mark.parametrize(
    "error", [LOST.error(), LOST.with_detail({"a": [1]}), Errors(LOST, LATE.with_args(1, "x"))]
)
def test_errors_are_values(error: Exception) -> None:
    assert copy.copy(error) == error
    assert pickle.loads(pickle.dumps(error)) == error  # noqa: S301  # our own bytes
    assert hash(pickle.loads(pickle.dumps(error))) == hash(error)  # noqa: S301  # our own bytes
    assert error != LATE.error()


def test_a_collection() -> None:
    plain = ValueError("odd")
    errors = Errors(LATE, LOST.with_detail(1), plain)
    assert len(errors) == 3
    assert list(errors) == [LATE.error(), LOST.with_detail(1), plain]
    assert errors[0] == LATE.error()
    assert errors.http_status == 503
    assert LOST in errors
    assert UNKNOWN not in errors
    assert plain in errors
    assert str(errors) == "errors:\nparcel late\nparcel lost: the parcel is lost\nodd\n"
    assert Errors(plain).http_status == 500
    assert (str(Errors()), bool(Errors()), Errors().http_status) == ("<nil>", False, 500)


def test_codes_are_found_by_value_in_the_groups_of_an_api() -> None:
    assert parse_code(GROUPS, "PARCEL_LOST") is LOST
    assert parse_code(GROUPS, "parcel_lost") is OWN_UNKNOWN, "codes compare with case"
    assert parse_code((), "PARCEL_LOST") is UNKNOWN
    assert group_names(GROUPS) == ("common", "parcels")
    assert group_errors(GROUPS, "parcels") == (LATE, LOST)
    assert group_errors(GROUPS, "nothing") == ()
    assert all_errors(GROUPS) == (LATE, LOST, OWN_UNKNOWN)


def test_the_code_for_a_status_is_the_only_one_or_unknown_with_that_status() -> None:
    assert code_for_status(GROUPS, 404) is LOST
    unknown = code_for_status(GROUPS, 418)
    assert (unknown.value, unknown.message, unknown.http_status) == ("UNKNOWN", "who knows", 418)
    two = (ErrorGroup(name="two", errors=(LOST, ErrorDescriptor(value="X", http_status=404))),)
    assert code_for_status(two, 404).value == "UNKNOWN"


@pytest.mark.parametrize(
    ("message", "args", "text"),
    [
        ("Sorry %q isn't valid", ("a\tb",), 'Sorry "a\\tb" isn\'t valid'),
        ("%s and %v", ("x", None), "x and <nil>"),
        ("%v %v %v", (True, [1, "a"], {"b": 1, "a": 2}), "true [1 a] map[a:2 b:1]"),
        ("%d%% of %t", (50, False), "50% of false"),
        ("%x %x", ("hi", 255), "6869 ff"),
        ("%q", (), "%!q(MISSING)"),
        ("none", ("x", 5), "none%!(EXTRA string=x, int=5)"),
        ("%d", ("x",), "%!d(string=x)"),
        ("%s", (5,), "%!s(int=5)"),
        ("%s", (None,), "%!s(<nil>)"),
        ("100%", (), "100%!(NOVERB)"),
        ("%s", (ValueError("odd"),), "odd"),
        ("%q", ('\udcff\x01\u200b\U000e0001é"',), '"\\xff\\x01\\u200b\\U000e0001é\\""'),
    ],
)
def test_verbs(message: str, args: tuple[object, ...], text: str) -> None:
    assert fill(message, args) == text


def test_quoting() -> None:
    assert quote('a"\\\n') == '"a\\"\\\\\\n"'
