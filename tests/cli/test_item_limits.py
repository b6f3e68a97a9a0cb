"""Findings that name an item, and what caps, weights and prices leave of its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.items import about, decisions, found, ruled, said, sent, text, used
from tests.cli.stories import OFFICE

if TYPE_CHECKING:
    from tests.running import Kaohe


def test_findings_that_name_it(begun: Kaohe) -> None:
    """A finding on the item takes points; one on another unit or in another year does not."""
    document = about(
        begun,
        sent(),
        found("F1", "2022-09-01"),
        found("F2", "2022-09-01", unit=OFFICE),
        found("F3", "2023-01-01"),
    )
    assert said(document, "quality") == [
        ("scored", ["plagiarism"]),
        ("not_scored", ["other_unit"]),
        ("not_scored", ["outside_cycle"]),
    ]
    assert "认定市财政局抄袭，不是本单位" in text(document, "quality")
    assert document["points"] == "-1"


def test_a_cap_and_a_weight_swallow_its_points(begun: Kaohe) -> None:
    """A cap leaves a part and then nothing; what the group's weight swallows is said as well."""
    lines = [found(f"F{n}", f"2022-09-0{n}", "named_criticism") for n in (1, 2, 3)]
    cap = ruled("indicators.accuracy.cap", 8)
    copied = [found(f"抄{n}", f"2022-08-{n:02}", item="Y9") for n in range(1, 11)]
    document = about(begun, sent(), *copied, *lines, cap)
    assert said(document, "accuracy") == [
        ("scored", ["named_criticism"]),
        ("absorbed", ["named_criticism", "absorbed_by_cap", "absorbed_by_weight"]),
        ("absorbed", ["named_criticism", "absorbed_by_cap"]),
    ]
    assert "2 分超出本项上限，被吸收\n3 分超出一级指标权重，被吸收" in text(document, "accuracy")
    assert (document["points"], document["counted"]) == ("-15", "-5")


def test_a_cap_on_adoptions_swallows_the_later_one(begun: Kaohe) -> None:
    """With a cap of 7 on 专报 adopted, the second level keeps 2 of its 5 points."""
    cap = ruled("indicators.special_adoption.cap", 7)
    document = about(begun, sent(), used("city"), used("province", "2022-08-11"), cap)
    assert said(document, "special_adoption")[1] == ("scored", ["adopted", "absorbed_by_cap"])
    line = decisions(document, "special_adoption")[1]["line"]
    assert (line["points"], line["counted"], line["absorbed_by_cap"]) == ("5", "2", "3")
    assert (document["points"], document["counted"]) == ("10", "7")


def test_a_price_of_nought(begun: Kaohe) -> None:
    """A finding whose price was ruled to be 0 has a line, and the reason why it gives nothing."""
    lines = (
        sent(),
        found("F1", "2022-09-01", "misaddressed"),
        ruled("indicators.format.points", 0),
    )
    assert said(about(begun, *lines), "format") == [("not_scored", ["misaddressed", "no_price"])]
