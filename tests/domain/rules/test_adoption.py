"""信息采用: points for each item and each office that used it."""

from __future__ import annotations

import pytest

from domain.lines import show
from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said


def sent(item: str, *units: str, kind: str = "brief", on: str = "2022-03-01") -> Told:
    """An item."""
    length = {"characters": 1600} if kind == "special" else {}
    fields = {"item": item, "units": list(units or ("应县",)), "kind": kind, "title": "信息"}
    return said("SubmissionReceived", on, **fields, **length)


def used(item: str, on: str, level: str = "city") -> Told:
    """Its adoption."""
    return said("ItemAdopted", on, item=item, level=level)


def merged(item: str, *parts: str, kind: str = "brief", on: str = "2022-03-02") -> Told:
    """One item made of several."""
    return said("ItemsMerged", on, item=item, items=list(parts), kind=kind, title="合编")


def ruled(parameter: str, value: object) -> Told:
    """A ruling."""
    return said("RulingMade", "2022-12-01", parameter=parameter, value=value, reason="会议")


def adopted(points: str, day: str) -> Row:
    """The line of an adoption."""
    return Row(points, day, None, "adopted")


@pytest.mark.parametrize(
    ("kind", "level", "points"),
    [
        ("commissioned", "city", "2"),
        ("commissioned", "province", "5"),
        ("commissioned", "state", "5"),
        ("special", "city", "5"),
        ("special", "province", "5"),
        ("brief", "city", "2"),
        ("brief", "province", "5"),
    ],
)
def test_each_kind_and_level_has_its_price(kind: str, level: str, points: str) -> None:
    """From the day of the adoption, open."""
    told = (sent("1", kind=kind), used("1", "2022-03-05", level))
    assert rows(*told, on=f"{kind}_adoption") == [adopted(points, "2022-03-05")]


@pytest.mark.parametrize("kind", ["special", "brief"])
def test_a_level_without_a_price_is_shown_for_nothing(kind: str) -> None:
    """The State Council's use is a line of 0 points, until a ruling gives it a price."""
    told = (sent("1", kind=kind), used("1", "2022-03-05", "state"))
    on = f"{kind}_adoption"
    assert rows(*told, on=on) == [Row("0", "2022-03-05", None, "unpriced")]
    priced = ruled(f"indicators.{on}.points.state", 5)
    assert rows(*told, priced, on=on) == [adopted("5", "2022-03-05")]


def test_levels_add_up_and_repeats_do_not() -> None:
    """City and province both pay, a second publication at the city does not."""
    told = (
        sent("1"),
        used("1", "2022-03-10"),
        used("1", "2022-03-05", "province"),
        used("1", "2022-03-07"),
    )
    seen = rows(*told, on="brief_adoption")
    assert seen == [adopted("5", "2022-03-05"), adopted("2", "2022-03-07")]
    assert lines_on(*told, on="brief_adoption")[1].events == (5, 8)


def test_each_publication_pays_when_so_ruled() -> None:
    """With ``adoption.repeat`` each, every one is a line."""
    told = (sent("1"), used("1", "2022-03-10"), used("1", "2022-03-05"), used("1", "2022-03-05"))
    seen = rows(*told, ruled("adoption.repeat", "each"), on="brief_adoption")
    assert seen == [adopted("2", day) for day in ("2022-03-05", "2022-03-05", "2022-03-10")]


def test_of_one_day_the_first_recorded_is_the_one() -> None:
    """The smallest day, then the smallest position; the hour does not matter."""
    told = (sent("1"), used("1", "2022-03-05T09:00:00"), used("1", "2022-03-05"))
    (line,) = lines_on(*told, on="brief_adoption")
    assert line.events == (5, 6)


@pytest.mark.parametrize(("day", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_31_december_counts_in_the_old_year(day: str, year: str) -> None:
    """And 1 January in the new, also for an item of the old one."""
    for asked in ("2022", "2023"):
        told = (sent("1"), used("1", day))
        seen = rows(*told, on="brief_adoption", cycle=asked, after=(*START, NEXT_YEAR))
        assert seen == ([adopted("2", day)] if asked == year else [])


def test_an_item_used_in_two_years_pays_in_each() -> None:
    """The use in 2022 does not hide the one in 2023."""
    told = (sent("1"), used("1", "2022-12-31"), used("1", "2023-01-01"))
    for year, day in (("2022", "2022-12-31"), ("2023", "2023-01-01")):
        seen = rows(*told, on="brief_adoption", cycle=year, after=(*START, NEXT_YEAR))
        assert seen == [adopted("2", day)]


def test_authors_share_in_full_or_by_half_up() -> None:
    """Each gets the whole price; when split, 5 among three is 1.67 and 2 among three 0.67."""
    told = (
        sent("1", "应县", "市财政局", "开发区"),
        used("1", "2022-03-05"),
        used("1", "2022-03-06", "province"),
    )
    split = ruled("joint.share", "split")
    for unit in ("应县", "市财政局", "开发区"):
        full = rows(*told, on="brief_adoption", of=unit)
        assert [row.points for row in full] == ["2", "5"]
        shares = rows(*told, split, on="brief_adoption", of=unit)
        assert [row.points for row in shares] == ["0.67", "1.67"]


def test_a_half_of_a_cent_is_rounded_up() -> None:
    """1.25 between two is 0.625 each, which is 0.63."""
    told = (sent("1", "应县", "市财政局"), used("1", "2022-03-05"))
    price = ruled("indicators.brief_adoption.points.city", "1.25")
    seen = rows(*told, price, ruled("joint.share", "split"), on="brief_adoption")
    assert [row.points for row in seen] == ["0.63"]


def test_a_merged_item_pays_the_authors_of_all_its_parts() -> None:
    """Each different author once, merged again or not; the line names where that is written."""
    told = (
        sent("1", "应县", "市财政局"),
        sent("2", "市财政局"),
        sent("3", "开发区", kind="special"),
        merged("4", "1", "2"),
        merged("5", "4", "3", kind="special"),
        used("5", "2022-03-05"),
        ruled("joint.share", "split"),
    )
    for unit in ("应县", "市财政局", "开发区"):
        assert rows(*told, on="special_adoption", of=unit) == [adopted("1.67", "2022-03-05")]
        assert rows(*told, on="brief_adoption", of=unit) == []
    (line,) = lines_on(*told, on="special_adoption")
    assert line.events == (5, 6, 7, 8, 9, 10)


def test_a_part_used_before_it_was_merged_keeps_its_points() -> None:
    """The part's own adoption pays its own authors, the whole's pays all."""
    told = (
        sent("1"),
        sent("2", "市财政局"),
        used("1", "2022-03-02"),
        merged("3", "1", "2", on="2022-03-03"),
        used("3", "2022-03-05"),
    )
    seen = rows(*told, on="brief_adoption")
    assert seen == [adopted("2", "2022-03-02"), adopted("2", "2022-03-05")]
    assert rows(*told, on="brief_adoption", of="市财政局") == [adopted("2", "2022-03-05")]


def test_corrected_authors_and_level() -> None:
    """The points go where the corrected content says, and the line names each correction."""
    told = (
        sent("1"),
        used("1", "2022-03-05"),
        said("EventCorrected", "2022-04-01", target=5, changes={"unit": "开发区"}, reason="错"),
        said("EventCorrected", "2022-04-01", target=6, changes={"level": "province"}, reason="错"),
    )
    assert rows(*told, on="brief_adoption") == []
    (line,) = lines_on(*told, on="brief_adoption", of="开发区")
    assert (show(line.points), line.events) == ("5", (5, 6, 7, 8))
    assert rows(*told, on="brief_adoption", known_at=6) == [adopted("2", "2022-03-05")]


def test_a_retracted_adoption_lets_the_next_one_pay() -> None:
    """The second publication counts from its own day when the first was taken back."""
    told = (sent("1"), used("1", "2022-03-05"), used("1", "2022-04-05"))
    gone = said("EventRetracted", "2022-05-01", target=6, reason="上级撤回")
    assert rows(*told, gone, on="brief_adoption") == [adopted("2", "2022-04-05")]
