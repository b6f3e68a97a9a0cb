"""Codes and labels, where the one or the other is not certain."""

from __future__ import annotations

import pytest

from infra.files.codes import Codes

CODES = Codes(
    {
        "levels": {"city": "市政府", "province": "省 政府", "state": "city"},
        "hosts": {"office": "市政府", "province": "省政府"},
        "twins": {"a": "同名", "b": "同名"},
    }
)


@pytest.mark.parametrize(
    ("lists", "written", "code"),
    [
        (("levels",), "省政府", "province"),
        (("levels",), "市政府", "city"),
        (("hosts", "levels"), "省政府", "province"),
        (("levels",), "city", "city"),
        (("hosts", "levels"), "市政府", "市政府"),
        (("twins",), "同名", "同名"),
        (("unheard of",), "市政府", "市政府"),
        (("levels",), 3, 3),
    ],
)
def test_a_label_is_a_code_only_when_it_can_be_no_other(
    lists: tuple[str, ...], written: object, code: object
) -> None:
    """Codes go before labels, lists may agree; two codes for one label are left to the check."""
    assert CODES.code_of(lists, written) == code


def test_a_code_is_shown_by_its_label_only_when_that_leads_back() -> None:
    """A label that is another's code, or is used twice, would be read back wrongly."""
    assert CODES.label_of(("levels",), "province") == "省 政府"
    assert CODES.label_of(("levels",), "state") == "state"
    assert CODES.label_of(("twins",), "a") == "a"
    assert CODES.label_of(("hosts", "levels"), "city") == "city"
    assert CODES.label_of(("levels",), "moon") == "moon"


def test_of_several_rulebooks_each_word_is_understood() -> None:
    """Any label is read that means one code; the first rulebook says how a code is written."""
    codes = Codes(
        {"levels": {"city": "本市", "county": "旗县"}},
        {"levels": {"city": "市政府", "town": "旗县", "state": "国务院"}},
    )
    assert [codes.code_of(("levels",), word) for word in ("本市", "市政府")] == ["city", "city"]
    assert codes.code_of(("levels",), "旗县") == "旗县"
    assert [codes.label_of(("levels",), code) for code in ("city", "state")] == ["本市", "国务院"]
    assert codes.labels(("levels",)) == ["本市", "county", "town", "国务院"]


def test_what_may_be_chosen_is_the_first_list_there_is() -> None:
    """Choices are labels, or codes where labels are not certain."""
    assert CODES.labels(("none", "levels")) == ["市政府", "省 政府", "state"]
    assert CODES.labels(("twins", "levels")) == ["a", "b"]
    assert CODES.labels(("none",)) == []
