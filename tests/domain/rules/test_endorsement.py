"""领导批示: endorsements of items that were adopted."""

from __future__ import annotations

import pytest

from tests.domain.rules.test_adoption import merged, ruled, sent, used
from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said


def praised(on: str, level: str = "city", leader: str | None = "市长", **more: object) -> Told:
    """An endorsement of item 1."""
    by = {"leader": leader} if leader else {}
    return said("ItemEndorsed", on, **{"item": "1", "level": level, **by, **more})


def endorsed(points: str, day: str) -> Row:
    """The line of an endorsement that pays."""
    return Row(points, day, None, "endorsed")


@pytest.mark.parametrize(("level", "points"), [("city", "3"), ("province", "5"), ("state", "10")])
def test_each_level_has_its_price(level: str, points: str) -> None:
    """From the endorsement's day when the item had been adopted, whatever its kind."""
    for kind in ("commissioned", "special", "brief"):
        told = (sent("1", kind=kind), used("1", "2022-03-05"), praised("2022-03-10", level))
        assert rows(*told, on="endorsement") == [endorsed(points, "2022-03-10")]


def test_it_waits_for_the_first_adoption() -> None:
    """At any level, in any year; the line names the endorsement and the adoption."""
    told = (sent("1"), praised("2022-03-10"), used("1", "2022-05-01", "province"))
    assert rows(*told, on="endorsement") == [endorsed("3", "2022-05-01")]
    assert lines_on(*told, on="endorsement")[0].events == (5, 6, 7)
    late = (sent("1"), praised("2022-12-31"), used("1", "2023-02-01"))
    seen = rows(*late, on="endorsement", after=(*START, NEXT_YEAR))
    assert seen == [endorsed("3", "2023-02-01")]
    assert rows(*late, on="endorsement", cycle="2023", after=(*START, NEXT_YEAR)) == []


def test_the_earliest_adoption_counts_whenever_it_was_recorded() -> None:
    """An adoption of an earlier day, recorded later, moves the line back to that day."""
    told = (sent("1"), praised("2022-03-10"), used("1", "2022-05-01"), used("1", "2022-04-01"))
    assert rows(*told, on="endorsement", known_at=7) == [endorsed("3", "2022-05-01")]
    assert rows(*told, on="endorsement") == [endorsed("3", "2022-04-01")]


def test_never_adopted_is_shown_for_nothing() -> None:
    """A line of 0 points from the endorsement's day."""
    seen = rows(sent("1"), praised("2022-03-10"), on="endorsement")
    assert seen == [Row("0", "2022-03-10", None, "endorsed_not_adopted")]


@pytest.mark.parametrize("body", ["party", "other"])
def test_leaders_of_other_bodies_are_shown_for_nothing(body: str) -> None:
    """Each of their endorsements, beside the government's and taking nothing from it."""
    told = (
        sent("1"),
        used("1", "2022-03-05"),
        praised("2022-03-06", body=body),
        praised("2022-03-07", body=body),
        praised("2022-03-08"),
    )
    elsewhere = [Row("0", f"2022-03-0{n}", None, "endorsed_elsewhere") for n in (6, 7)]
    assert rows(*told, on="endorsement") == [*elsewhere, endorsed("3", "2022-03-08")]


def test_once_for_each_item_and_level_or_by_each_leader() -> None:
    """Two leaders of one level pay once; with ``endorsement.per`` leader, each of them once."""
    told = (
        sent("1"),
        used("1", "2022-03-05"),
        praised("2022-03-08", leader="副市长"),
        praised("2022-03-07"),
        praised("2022-03-09"),
        praised("2022-03-09", "province", leader="省长"),
    )
    once = [endorsed("3", "2022-03-07"), endorsed("5", "2022-03-09")]
    assert rows(*told, on="endorsement") == once
    each = [endorsed("3", "2022-03-07"), endorsed("3", "2022-03-08"), endorsed("5", "2022-03-09")]
    assert rows(*told, ruled("endorsement.per", "leader"), on="endorsement") == each


def test_leaders_without_a_name_are_one() -> None:
    """By leader, endorsements that name nobody count as one leader's."""
    told = (
        sent("1"),
        used("1", "2022-03-05"),
        praised("2022-03-07", leader=None),
        praised("2022-03-08", leader=None),
        praised("2022-03-09"),
    )
    seen = rows(*told, ruled("endorsement.per", "leader"), on="endorsement")
    assert seen == [endorsed("3", "2022-03-07"), endorsed("3", "2022-03-09")]


def test_joint_items_are_shared_as_adoptions_are() -> None:
    """Ten among the three authors of a merged item: 10 each, or 3.33 when split."""
    told = (
        sent("2", "应县", "市财政局"),
        sent("3", "开发区"),
        merged("1", "2", "3"),
        used("1", "2022-03-05"),
        praised("2022-03-06", "state"),
    )
    for unit in ("应县", "市财政局", "开发区"):
        assert rows(*told, on="endorsement", of=unit) == [endorsed("10", "2022-03-06")]
        seen = rows(*told, ruled("joint.share", "split"), on="endorsement", of=unit)
        assert seen == [endorsed("3.33", "2022-03-06")]


@pytest.mark.parametrize(("day", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_the_day_of_the_endorsement_decides_the_year(day: str, year: str) -> None:
    """31 December is the old year's, for an item adopted long before."""
    for asked in ("2022", "2023"):
        told = (sent("1"), used("1", "2022-03-05"), praised(day))
        seen = rows(*told, on="endorsement", cycle=asked, after=(*START, NEXT_YEAR))
        assert seen == ([endorsed("3", day)] if asked == year else [])


def test_a_corrected_body_makes_it_pay() -> None:
    """Written down as the party's, corrected to the government's; the correction is named."""
    told = (
        sent("1"),
        used("1", "2022-03-05"),
        praised("2022-03-06", body="party"),
        said("EventCorrected", "2022-04-01", target=7, changes={"body": "government"}, reason="错"),
    )
    assert rows(*told, on="endorsement") == [endorsed("3", "2022-03-06")]
    assert lines_on(*told, on="endorsement")[0].events == (5, 6, 7, 8)
