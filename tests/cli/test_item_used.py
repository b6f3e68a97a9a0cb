"""What an item's adoptions and endorsements came to, alone, merged, or of several authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.items import YEAR_END, Told, about, decisions, praised, ruled, said, sent, text, used
from tests.cli.stories import COUNTY, OFFICE

if TYPE_CHECKING:
    from tests.running import Kaohe


MERGED: tuple[Told, ...] = (
    sent("P1"),
    sent("P2", units=[OFFICE]),
    {"type": "ItemsMerged", "on": "2022-08-05", "item": "H1", "items": ["P1", "P2"],
     "kind": "special", "title": "合编"},
    used("city", item="H1"),
    praised("city", item="H1"),
)  # fmt: skip


def test_adopted_at_one_level_twice_and_at_no_other(begun: Kaohe) -> None:
    """The first publication scores, the second is named with the first, other levels have none."""
    first, second = used("city"), used("city", "2022-08-12", publication="第 8 期")
    document = about(begun, sent(), first, second)
    assert said(document, "special_adoption") == [
        ("scored", ["adopted"]),
        ("not_scored", ["repeated"]),
        ("not_scored", ["not_adopted"]),
        ("not_scored", ["not_adopted"]),
    ]
    assert "同一级再次采用（第 8 期），只计一次，#5 已计" in text(document, "special_adoption")
    city, again, province, _ = decisions(document, "special_adoption")
    assert (city["matter"], city["line"]["points"], city["events"]) == (
        "市政府办公室采用", "5", [4, 5],
    )  # fmt: skip
    assert again["events"] == [4, 5, 6]
    assert (province["matter"], province["events"]) == ("省政府办公厅采用", [4])
    assert document["points"] == "5"


def test_each_publication_scores_when_it_is_ruled_so(begun: Kaohe) -> None:
    """With ``adoption.repeat`` each both publications have their points."""
    lines = (sent(), used("city"), used("city", "2022-08-12"), ruled("adoption.repeat", "each"))
    document = about(begun, *lines)
    assert said(document, "special_adoption")[:2] == [("scored", ["adopted"])] * 2
    assert document["points"] == "10"


def test_a_level_without_a_price(begun: Kaohe) -> None:
    """A 专报 adopted by the State Council's office has a line of 0 points that says so."""
    document = about(begun, sent(), used("state"))
    assert said(document, "special_adoption")[2] == ("not_scored", ["unpriced"])
    assert "该级未定分值" in text(document, "special_adoption")
    assert decisions(document, "special_adoption")[2]["line"]["points"] == "0"


def test_adopted_in_another_year(begun: Kaohe) -> None:
    """An adoption on New Year's Day belongs to the next year."""
    document = about(begun, sent(), used("city", "2023-01-01"))
    assert said(document, "special_adoption")[0] == ("not_scored", ["outside_cycle"])
    assert "2023-01-01 采用，不在考核年度 2022" in text(document, "special_adoption")


def test_an_adoption_taken_back(begun: Kaohe) -> None:
    """A retracted adoption or endorsement is none; by what it was taken back is said."""
    back = {"type": "EventRetracted", "on": "2022-09-01", "reason": "误登"}
    lines = [sent(), used("city"), praised("city"), {**back, "target": "#5"}]
    document = about(begun, *lines, {**back, "target": "#6"})
    assert said(document, "special_adoption")[:2] == [
        ("not_scored", ["not_adopted", "retracted"]),
        ("not_scored", ["not_adopted"]),
    ]
    assert "#5 登记过，已由 #7 撤销：误登" in text(document, "special_adoption")
    assert said(document, "endorsement") == [("not_scored", ["not_endorsed", "retracted"])]
    before = begun.json("explain", COUNTY, "--item", "Z1", *YEAR_END, "--known-at", "#6")
    assert said(before, "special_adoption")[0] == ("scored", ["adopted"])


def test_a_merged_item(begun: Kaohe) -> None:
    """It counts for no quota; its adoption is worth the whole price to each author of a part."""
    document = about(begun, *MERGED, item="H1")
    assert (document["item"]["parts"], document["item"]["units"]) == (
        ["P1", "P2"],
        [COUNTY, OFFICE],
    )
    for indicator in ("special", "surplus"):
        assert said(document, indicator) == [("not_scored", ["merged_item"])]
    assert said(document, "special_adoption")[0] == ("scored", ["adopted", "full"])
    assert "应县、市财政局 2 个单位共同报送，各得全分" in text(document, "special_adoption")
    assert document["points"] == "8"


def test_the_part_of_a_merged_item(begun: Kaohe) -> None:
    """A part says what it was merged into, and what the whole brings its own authors."""
    document = about(begun, *MERGED, item="P1")
    assert document["item"]["merged_into"] == ["H1"]
    made = decisions(document, "special_adoption")
    assert [each["item"] for each in made] == ["P1"] * 3 + ["H1"] * 3
    assert said(document, "special_adoption")[0] == ("not_scored", ["not_adopted", "merged_into"])
    assert said(document, "special_adoption")[3] == ("scored", ["adopted", "full"])
    assert document["points"] == "8"
    other = begun.json("explain", OFFICE, "--item", "P1", *YEAR_END)
    assert said(other, "special_adoption") == [("not_scored", ["not_author"])]
    assert said(other, "endorsement") == [("not_scored", ["not_author"])]
    assert other["points"] == "0"


def test_the_price_is_split_among_authors(begun: Kaohe) -> None:
    """With ``joint.share`` split each of two authors has half, and the division is shown."""
    lines = (sent(units=[COUNTY, OFFICE]), used("city"), ruled("joint.share", "split"))
    document = about(begun, *lines)
    assert said(document, "special_adoption")[0] == ("scored", ["adopted", "split"])
    assert "5 分平分，每个单位 2.5 分" in text(document, "special_adoption")
    assert document["points"] == "2.5"


def test_endorsements_that_count_and_that_do_not(begun: Kaohe) -> None:
    """The first leader of a level scores; a second, one of the party and one too late do not."""
    document = about(
        begun,
        sent(),
        used("city"),
        praised("city", leader="甲"),
        praised("city", "2022-08-21", leader="乙"),
        praised("city", "2022-08-22", body="party"),
        praised("province", "2023-02-01"),
    )
    assert said(document, "endorsement") == [
        ("scored", ["endorsed"]),
        ("not_scored", ["repeated"]),
        ("not_scored", ["endorsed_elsewhere"]),
        ("not_scored", ["outside_cycle"]),
    ]
    assert "同一级再次批示（乙），只计一次，#6 已计" in text(document, "endorsement")
    assert [made["matter"] for made in decisions(document, "endorsement")] == [
        "市政府领导批示", "市政府领导批示", "党委领导批示", "省政府领导批示",
    ]  # fmt: skip
    assert "不属政府领导" in text(document, "endorsement")
    assert decisions(document, "endorsement")[0]["line"]["points"] == "3"


def test_endorsed_by_leader_when_it_is_ruled_so(begun: Kaohe) -> None:
    """With ``endorsement.per`` leader a second leader scores, and the same one again does not."""
    by = [praised("city", f"2022-08-2{n}", leader=name) for n, name in enumerate("甲乙乙")]
    document = about(begun, sent(), used("city"), *by, ruled("endorsement.per", "leader"))
    assert said(document, "endorsement") == [
        ("scored", ["endorsed"]), ("scored", ["endorsed"]), ("not_scored", ["repeated"]),
    ]  # fmt: skip
    assert "#7 已计" in text(document, "endorsement")


def test_endorsed_and_never_adopted(begun: Kaohe) -> None:
    """An endorsement of an item that nobody adopted gives nothing; without one, there is none."""
    document = about(begun, sent(), praised("city"), sent("Z2"))
    assert said(document, "endorsement") == [("not_scored", ["endorsed_not_adopted"])]
    assert "未被采用，不计分" in text(document, "endorsement")
    other = begun.json("explain", COUNTY, "--item", "Z2", *YEAR_END)
    assert said(other, "endorsement") == [("not_scored", ["not_endorsed"])]
