"""What a ruling may set a parameter to, kind by kind."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.rulebook.amounts import Unacceptable
from domain.rulebook.model import Parameter
from domain.rulebook.values import ParameterValue

TAKEN_OFF = Parameter("indicators.liaison.points", "points", Decimal(-2), deducts=True)
ADDED = Parameter("indicators.secondment.points", "points", Decimal(10))
CAP = Parameter("indicators.liaison.cap", "cap", Decimal(2), deducts=True)
CHOICE = Parameter("joint.share", "choice", "full", choices=("full", "split"))
COUNT = Parameter("liaison.notice_days", "count", 10)
DAY = Parameter("quota.counts_from", "day", date(2022, 7, 1))
GRADES = Parameter("grades", "grades", ())

hundredths = st.integers(min_value=-999_999, max_value=999_999)

ACCEPTED: list[tuple[Parameter, object, ParameterValue]] = [
    (TAKEN_OFF, -2, Decimal(-2)),
    (TAKEN_OFF, "-0.50", Decimal("-0.5")),
    (TAKEN_OFF, Decimal("-1E+1"), Decimal(-10)),
    (TAKEN_OFF, 0, Decimal(0)),
    (TAKEN_OFF, "-0", Decimal(0)),
    (TAKEN_OFF, " −２ ", Decimal(-2)),  # noqa: RUF001  as an input method writes it
    (ADDED, "+5", Decimal(5)),
    (ADDED, 0.1, Decimal("0.1")),
    (CAP, "none", None),
    (CAP, 0, Decimal(0)),
    (CAP, "20", Decimal(20)),
    (CHOICE, "split", "split"),
    (COUNT, 0, 0),
    (COUNT, "15", 15),
    (COUNT, 15.0, 15),
    (COUNT, Decimal("9999.00"), 9999),
    (DAY, "2022-08-01", date(2022, 8, 1)),
    (DAY, date(2024, 2, 29), date(2024, 2, 29)),
    (GRADES, "none", ()),
    (GRADES, [["优秀", 90], ["合格", "59.5"]], (("优秀", Decimal(90)), ("合格", Decimal("59.5")))),
    (GRADES, [{"name": " 优秀 ", "lowest": 90}], (("优秀", Decimal(90)),)),
    (GRADES, "优秀=90、良好＝80；合格：60", (
        ("优秀", Decimal(90)), ("良好", Decimal(80)), ("合格", Decimal(60)),
    )),
]  # fmt: skip

REFUSED: list[tuple[Parameter, object, str]] = [
    (TAKEN_OFF, 2, "“2”是加分，这一项只能减分；应为不大于 0 的数"),
    (ADDED, -2, "“-2”是减分，这一项只能加分；应为不小于 0 的数"),
    (ADDED, "none", "“none”不是一个数"),
    (ADDED, None, "“None”不是一个数"),
    (ADDED, True, "“True”不是一个数"),
    (ADDED, "两分", "“两分”不是一个数"),
    (ADDED, "1_0", "“1_0”不是一个数"),
    (ADDED, "1e1", "“1e1”不是一个数"),
    (ADDED, [5], "不是一个数"),
    (ADDED, float("nan"), "“nan”不是一个数"),
    (ADDED, Decimal("Infinity"), "“Infinity”不是一个数"),
    (ADDED, 0.1 + 0.2, "的小数超过两位"),
    (ADDED, "0.001", "“0.001”的小数超过两位"),
    (ADDED, Decimal("1E-1000000"), "的小数超过两位"),
    (ADDED, 10_000, "“10000”太大"),
    (ADDED, Decimal("1E+1000000"), "太大"),
    (ADDED, "9" * 5000, "…”太大"),
    (CAP, -1, '“-1”是负数，封顶不分加减；应为不小于 0、最多两位小数的数；不封顶写 "none"'),
    (CAP, None, '不是一个数；应为不小于 0、最多两位小数的数；不封顶写 "none"'),
    (CAP, "不封顶", "“不封顶”不是一个数"),
    (CHOICE, "half", '“half”不是可选的读法；应为 "full" 或 "split"'),
    (CHOICE, ["full"], "不是可选的读法"),
    (COUNT, -1, "“-1”不是可用的数目；应为 0 到 9999 的整数"),
    (COUNT, 2.5, "“2.5”不是可用的数目"),
    (COUNT, Decimal("1E-1000000"), "不是可用的数目"),
    (COUNT, Decimal("1E+1000000"), "不是可用的数目"),
    (COUNT, 10_000, "“10000”不是可用的数目"),
    (COUNT, False, "“False”不是可用的数目"),
    (COUNT, "十", "“十”不是可用的数目"),
    (DAY, "2022-02-30", "“2022-02-30”不是一个日期；应为年-月-日"),
    (DAY, "20220701", "不是一个日期"),
    (DAY, 20220701, "不是一个日期"),
    (DAY, datetime(2022, 7, 1, tzinfo=UTC), "不是一个日期"),
    (GRADES, [], "不是一列等次；应从高到低列出"),
    (GRADES, 90, "不是一列等次"),
    (GRADES, "优秀", "不是一列等次"),
    (GRADES, "优秀=90、", "不是一列等次"),
    (GRADES, [["优秀", 90], ["良好"]], "不是一列等次"),
    (GRADES, [["优秀", "九十"]], "等次中“九十”不是一个数"),
    (GRADES, [["优秀", -1]], "等次中“-1”是减分"),
    (GRADES, [["", 90]], "等次中“”不是等次名称"),
    (GRADES, [[5, 90]], "等次中“5”不是等次名称"),
    (GRADES, [["优秀", 90], ["优秀", 80]], "等次名称有重复"),
    (GRADES, [["优秀", 80], ["良好", 80]], "没有从高到低排列"),
]


@pytest.mark.parametrize(("parameter", "value", "expected"), ACCEPTED)
def test_value_is_brought_to_its_one_form(
    parameter: Parameter, value: object, expected: ParameterValue
) -> None:
    """Every way to write a value gives the same exact value of the parameter's type."""
    accepted = parameter.accept(value)
    assert accepted == expected
    assert type(accepted) is type(expected)
    assert str(accepted) == str(expected)


@pytest.mark.parametrize(("parameter", "value", "message"), REFUSED)
def test_value_is_refused_with_what_would_be_right(
    parameter: Parameter, value: object, message: str
) -> None:
    """A value that does not fit is a ValueError that says what is wrong and what would be right."""
    with pytest.raises(ValueError, match="；应") as caught:
        parameter.accept(value)
    assert message in str(caught.value)
    assert isinstance(caught.value, Unacceptable)
    assert str(caught.value) == f"{caught.value.what}；{caught.value.fix}"
    assert len(caught.value.what) < 80


def test_integer_too_long_to_print_is_refused() -> None:
    """A number that Python itself would not print is still refused in words, also inside a list."""
    for parameter, value in ((ADDED, 10**5000), (COUNT, -(10**5000)), (CHOICE, [10**5000])):
        with pytest.raises(Unacceptable, match="“过大的整数”"):
            parameter.accept(value)


@given(cents=hundredths)
def test_points_of_two_decimals_keep_their_value(cents: int) -> None:
    """Any number of hundredths is accepted exactly, as number and as text, on its side only."""
    points = Decimal(cents).scaleb(-2)
    fitting, other = (TAKEN_OFF, ADDED) if cents < 0 else (ADDED, TAKEN_OFF)
    for written in (points, str(points), float(points)):
        accepted = fitting.accept(written)
        assert accepted == points
        assert fitting.accept(accepted) == accepted
        # One value has one spelling, without trailing zeros or an exponent.
        assert not str(accepted).endswith(".0")
        assert "E" not in str(accepted)
    if cents:
        with pytest.raises(Unacceptable):
            other.accept(points)


@given(cents=hundredths, more=st.integers(min_value=1, max_value=9), places=st.integers(3, 12))
def test_points_of_more_decimals_are_refused(cents: int, more: int, places: int) -> None:
    """Nothing is rounded: a digit beyond the hundredths refuses the value."""
    points = Decimal(cents).scaleb(-2) + Decimal(more).scaleb(-places)
    assume(abs(points) <= Decimal("9999.99"))
    for parameter in (ADDED, TAKEN_OFF, CAP):
        with pytest.raises(Unacceptable):
            parameter.accept(points)


@given(value=st.none() | st.booleans() | st.floats() | st.text() | st.integers()
       | st.lists(st.text() | st.integers()) | st.dates() | st.decimals())  # fmt: skip
def test_nothing_but_a_refusal_is_raised(value: object) -> None:
    """Whatever a ruling's value is, a parameter takes it or says why not."""
    for parameter in (TAKEN_OFF, ADDED, CAP, CHOICE, COUNT, DAY, GRADES):
        with suppress(Unacceptable):
            accepted = parameter.accept(value)
            # No cap and no grades are the values that are not written as they are held.
            assert value == "none" or parameter.accept(accepted) == accepted
