"""Cycles, units, quotas and rulings: what is accepted and what is refused."""

from __future__ import annotations

import pytest

from tests.domain.telling import BUREAU, COUNTY, NEXT_YEAR, START, YEAR, ZONE, Told, accepted, said
from tests.domain.telling import refused as refused_alone


def refused(*lines: Told, field: str, what: str) -> str:
    """Return the advice that comes with the refusal of the last line, after a year and units."""
    return refused_alone(*START, *lines, field=field, what=what).fix


def closed(on: str = "2023-02-01", cycle: str = "2022") -> Told:
    """A year closed."""
    return said("CycleClosed", on, cycle=cycle, as_of="2023-01-31")


def changed(**fields: object) -> Told:
    """A change of a unit."""
    return said("UnitChanged", "2022-05-01", **{"unit": "应县", **fields})


def quota(first: str = "2022-07-01", last: str = "2022-09-30", **fields: object) -> Told:
    """A quota of all units unless more is said."""
    given = {"kind": "special", "required": 1, "from_": first, "to": last, **fields}
    return said("QuotaSet", "2022-06-20", **given)


def ruled(parameter: str, value: object, **fields: object) -> Told:
    """A ruling."""
    given = {"parameter": parameter, "value": value, "reason": "会议", **fields}
    return said("RulingMade", "2022-12-01", **given)


def test_years_one_after_the_other() -> None:
    """The next year may begin on the day after the last, and be closed in its turn."""
    assert len(accepted(YEAR, NEXT_YEAR, closed(), closed("2024-02-01", "2023"))) == 4


def test_a_year_is_opened_once() -> None:
    """The same name again is refused, whatever its days are."""
    again = {**YEAR, "starts": "2022-02-01"}
    assert refused(again, field="cycle", what="#1")
    later = {**NEXT_YEAR, "cycle": "2022"}
    assert refused(later, field="cycle", what="“2022”")


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2022-12-31", "2023-12-30"), ("2021-01-01", "2022-01-01"), ("2022-03-01", "2022-04-01")],
)
def test_years_do_not_overlap(starts: str, ends: str) -> None:
    """One day in common is one too many; the other year and its days are named."""
    year = {**NEXT_YEAR, "starts": starts, "ends": ends}
    assert refused(year, field="starts", what="“2022”（2022-01-01 至 2022-12-31）重叠")


def test_a_year_ends_after_it_begins() -> None:
    """An end before the beginning is refused; one single day is a year."""
    fix = refused({**NEXT_YEAR, "ends": "2022-12-30"}, field="ends", what="早于开始日期")
    assert fix == "应不早于 2023-01-01"
    assert accepted({**NEXT_YEAR, "ends": "2023-01-01"})


def test_a_rulebook_has_to_be_installed() -> None:
    """Those that are installed are named."""
    fix = refused({**NEXT_YEAR, "rulebook": "shuozhou"}, field="rulebook", what="“shuozhou”")
    assert "shuozhou-2022" in fix


def test_a_year_is_closed_once_and_only_if_there() -> None:
    """An unknown year and a closed one are refused; with its closing retracted it is open."""
    assert "2022" in refused(closed(cycle="2021"), field="cycle", what="没有登记过考核年度“2021”")
    assert refused(closed(), closed("2023-03-01"), field="cycle", what="已经关闭")
    taken_back = said("EventRetracted", "2023-02-02", target=2, reason="还有申诉")
    assert accepted(YEAR, closed(), taken_back, closed("2023-03-01"))


@pytest.mark.parametrize("name", ["应县", " 应 县 ", "应县政府", "应县政府　"])
def test_a_name_belongs_to_one_unit(name: str) -> None:
    """As name or as alias, with white space and full-width forms folded."""
    unit = said("UnitEnrolled", "2022-02-01", unit=name, category="county")
    assert refused(unit, field="unit", what="已属于单位“应县”（事件 #2）")
    alias = said("UnitEnrolled", "2022-02-01", unit="怀仁市", category="county", aliases=[name])
    assert refused(alias, field="aliases", what="已属于单位“应县”（事件 #2）")


def test_a_new_name_has_to_be_free() -> None:
    """A name given by a change is taken like any other; a unit's own may be given again."""
    assert refused(changed(name="市财政局"), field="name", what="已属于单位“市财政局”")
    assert refused(changed(aliases=["开发区"]), field="aliases", what="已属于单位“开发区”")
    renamed = changed(name="应州市")
    later = said("UnitEnrolled", "2022-06-01", unit="应州市", category="county")
    assert refused(renamed, later, field="unit", what="已属于单位“应县”")
    assert accepted(*START, changed(name="应县", aliases=["应县政府"]))


def test_a_change_is_about_a_unit_and_says_something() -> None:
    """An unknown unit is refused with those most alike; a change of nothing is none."""
    assert "应县" in refused(
        changed(unit="应显", name="甲"), field="unit", what="没有登记过单位“应显”"
    )
    assert refused(changed(), field="name", what="没有写明变更了什么")


def test_a_unit_is_merged_into_another_one() -> None:
    """Into itself, by whatever name, or into nobody known is refused."""
    assert refused(changed(into="应县政府"), field="into", what="不能并入它自己")
    assert refused(changed(into="市才政局"), field="into", what="没有登记过单位")
    assert accepted(*START, changed(into="市财政局"))


def test_a_unit_is_merged_once_and_into_one_that_goes_on() -> None:
    """A second merger would let begin again what ended with the first; none goes in a circle."""
    first = changed(into="市财政局")
    assert refused(first, changed(into="开发区"), field="into", what="“应县”已于 2022-05-01 并入")
    other = said("UnitChanged", "2022-06-01", unit="开发区", into="应县")
    assert refused(first, other, field="into", what="“应县”已于 2022-05-01 并入“市财政局”")
    back = said("UnitChanged", "2022-04-01", unit="市财政局", into="应县")
    assert refused(first, back, field="into", what="“应县”已于 2022-05-01 并入“市财政局”")
    on = said("UnitChanged", "2022-06-01", unit="市财政局", into="开发区")
    assert accepted(*START, on, first)


def test_evidence_is_due_within_the_year_or_after_it() -> None:
    """A due of the year before is a slip that would take points from its first days on."""
    for name in ("evidence_due", "duty_due"):
        assert refused({**NEXT_YEAR, name: "2022-12-31"}, field=name, what="早于年度开始")
    assert accepted(YEAR, {**NEXT_YEAR, "evidence_due": "2023-01-01"})


def test_a_quota_is_of_what_is_counted_and_of_a_likely_number() -> None:
    """A kind that no indicator requires, and a day in the wrong column, are refused."""
    advice = refused(quota(kind="commissioned"), field="kind", what="没有按条数要求")
    assert "专报" in advice
    assert refused(quota(required=20220930), field="required", what="太多")
    assert accepted(*START, quota(required=9999))


def test_a_category_of_the_scheme() -> None:
    """Another one is refused with those there are."""
    unit = said("UnitEnrolled", "2022-02-01", unit="怀仁市", category="city")
    assert "county" in refused(unit, field="category", what="“city”不是可用的取值")


def test_a_quota_has_a_period() -> None:
    """Its end is not before its beginning, and what it requires is a whole number from 0 on."""
    fix = refused(quota("2022-09-30", "2022-09-29"), field="to", what="早于开始日期")
    assert fix == "应不早于 2022-09-30"
    assert accepted(*START, quota("2022-09-30", "2022-09-30", required=0))
    for wrong in (-1, 1.5, "1", True):
        refused_alone(*START, quota(required=wrong), field="required", what="整数")


@pytest.mark.parametrize(
    ("first", "last"),
    [("2022-09-30", "2022-12-31"), ("2022-08-01", "2022-08-31"), ("2022-07-01", "2022-10-31")],
)
def test_quotas_of_a_unit_and_kind_do_not_overlap_in_part(first: str, last: str) -> None:
    """The event they overlap with and the units that both bind are named."""
    fix = refused(quota(), quota(first, last, units=["应县"]), field="from", what="#5")
    assert "完全相同" in fix
    assert refused(quota(), quota(first, last), field="from", what="应县、市财政局、开发区")


def test_quotas_that_may_stand_side_by_side() -> None:
    """The very same period again, another kind, other units, another category, other days."""
    assert accepted(
        *START,
        quota(category="county"),
        quota(required=3),
        quota("2022-08-01", "2022-10-31", kind="brief"),
        quota("2022-10-01", "2022-12-31"),
    )
    beside = quota("2022-08-01", "2022-10-31", units=["市财政局"])
    assert accepted(*START, quota(category="county"), beside)
    assert accepted(*START, quota(units=["应县"], category="department"), beside)
    zone = quota("2022-08-01", "2022-10-31", category="zone")
    assert accepted(*START, quota(category="county"), zone)


def test_of_many_units_that_both_quotas_bind_three_are_named() -> None:
    """And that there are more is said; of three nothing more is."""
    assert (
        "开发区）"
        in refused_alone(
            *START, quota(), quota("2022-08-01", "2022-10-31"), field="from", what="部分重叠"
        ).what
    )
    fourth = said("UnitEnrolled", "2022-01-01", unit="右玉县", category="county")
    told = (fourth, quota(), quota("2022-08-01", "2022-10-31"))
    assert refused(*told, field="from", what="（应县、市财政局、开发区等）")


@pytest.mark.parametrize(
    "event",
    [
        said("UnitEnrolled", "2022-01-01", unit="右玉县", category="zone"),
        said("UnitChanged", "2022-02-01", unit="应县", category="zone"),
    ],
)
def test_a_category_brings_no_unit_under_quotas_that_overlap(event: Told) -> None:
    """Quotas that bound nobody together may not come to bind one unit by its category."""
    nobody = said("UnitChanged", "2022-02-01", unit="开发区", category="department")
    told = (nobody, quota(category="zone"), quota("2022-08-01", "2022-10-31", category="zone"))
    assert accepted(*START, *told)
    assert refused(*told, event, field="category", what="任务期部分重叠")
    other_kind = (*told[:2], {**told[2], "kind": "brief"})
    assert accepted(*START, *other_kind, event)
    after_it = (*told[:2], quota("2022-10-01", "2022-10-31", category="zone"))
    assert accepted(*START, *after_it, event)
    same_period = (*told[:2], quota(category="zone", required=3))
    assert accepted(*START, *same_period, event)


def test_the_category_of_the_first_day_decides_whom_quotas_bind() -> None:
    """A unit that was a county when one began and a department when the other did has both."""
    county = quota("2022-07-01", "2022-09-30", category="county")
    bureaus = quota("2022-08-01", "2022-10-31", category="department")
    moved = said("UnitChanged", "2022-07-15", unit="应县", category="department")
    assert accepted(*START, county, bureaus)
    assert refused(moved, county, bureaus, field="from", what="应县")


def test_a_ruling_is_about_a_parameter_of_the_rulebook() -> None:
    """An unknown one is refused; where to look them up is said."""
    fix = refused(ruled("joint.shares", "split"), field="parameter", what="没有参数“joint.shares”")
    assert "kaohe rulebook readings" in fix


@pytest.mark.parametrize(
    ("parameter", "wrong", "right"),
    [
        ("joint.share", "half", "split"),
        ("secondment.months", "two", 2),
        ("secondment.months", -1, 2),
        ("quota.counts_from", "1 July", "2022-08-01"),
        ("indicators.liaison.cap", "many", "none"),
        ("indicators.liaison.cap", -1, 0),
        ("indicators.format.points", 1, 0),
        ("indicators.special_adoption.points.state", -5, 5),
        ("grades", "优", [["优", 100]]),
    ],
)
def test_a_value_is_of_its_parameters_type(parameter: str, wrong: object, right: object) -> None:
    """A value of another type or sign is refused, one of its type accepted."""
    refused(ruled(parameter, wrong), field="value", what=f"参数 {parameter} 不能取")
    assert accepted(*START, ruled(parameter, right), ruled(parameter, right, cycle="2022"))


def test_a_ruling_is_for_a_year_that_is_there() -> None:
    """Or for all of them."""
    fix = refused(ruled("joint.share", "split", cycle="2021"), field="cycle", what="“2021”")
    assert "2022" in fix


def test_before_any_year_the_rulebooks_that_are_installed_are_asked() -> None:
    """A register may begin with its units, quotas and rulings."""
    assert accepted(COUNTY, BUREAU, ZONE, quota(category="zone"), ruled("joint.share", "split"))
