"""``kaohe list commissions`` and ``answers``: what was open on a day, and with whom."""

from __future__ import annotations

import pytest

from tests.cli.lists import NEXT_YEAR, listed, told
from tests.cli.registers import YEAR_END, brief, issued
from tests.running import Kaohe

END = ("--as-of", YEAR_END)


@pytest.fixture
def asked(opened: Kaohe) -> Kaohe:
    """#6: 应县 and 开发区, due on 10 May, 17:00; #7: all, due on 20 May; then what came of them."""
    opened.imports(
        [
            issued("约1", due="2022-05-10T17:00:00+08:00", units=["应县", "开发区"]),
            {**issued("约2", due="2022-05-20"), "units": None},
            brief("答1", on="2022-05-10T16:59:00+08:00", kind="commissioned", commission="约1"),
            brief(
                "答2", on="2022-05-10T17:01:00+08:00", unit="开发区", kind="commissioned",
                commission="约1",
            ),
            {"type": "CommissionDeclined", "on": "2022-05-19", "commission": "约2",
             "unit": "市财政局"},
            {"type": "CommissionExtended", "on": "2022-05-18", "commission": "约2",
             "due": "2022-05-31", "units": ["应县"]},
            {"type": "CommissionWithdrawn", "on": "2022-05-25", "commission": "约2",
             "units": ["市教育局"], "reason": "不再需要"},
        ]
    )  # fmt: skip
    return opened


def matrix(kaohe: Kaohe, day: str, *more: object) -> dict[str, dict[str, str]]:
    """Return the state of each commission at each unit."""
    rows = listed(kaohe, "commissions", "--as-of", day, *more)
    return {row["commission"]: row["units"] for row in rows}


def test_commissions_as_a_matrix(asked: Kaohe) -> None:
    """By the minute where the due has one; extended, declined, withdrawn as they were by then."""
    both = {"应县": "answered", "开发区": "late"}
    others = {"开发区": "overdue", "市财政局": "declined"}
    assert matrix(asked, "2022-06-01") == {
        "约1": both,
        "约2": {"应县": "overdue", **others, "市教育局": "withdrawn"},
    }
    assert matrix(asked, "2022-05-21")["约2"] == {
        "应县": "open", **others, "市教育局": "overdue",
    }  # fmt: skip
    assert matrix(asked, "2022-05-20")["约2"]["开发区"] == "open"
    assert set(matrix(asked, "2022-05-09")["约1"].values()) == {"open"}
    assert set(matrix(asked, "2022-05-10", "--known-at", "#7")["约1"].values()) == {"overdue"}


def test_open_commissions_are_those_somebody_may_still_answer(asked: Kaohe) -> None:
    """On 25 May one is, and only at the unit that was given more time."""
    assert matrix(asked, "2022-05-25", "--open").keys() == {"约2"}
    assert matrix(asked, "2022-06-01", "--open") == {}
    rows = listed(asked, "answers", "--as-of", "2022-05-25", "--open")
    assert told(rows, "commission", "unit", "due", "extended") == [
        ("约2", "应县", "2022-05-31", True)
    ]


def test_a_withdrawal_after_an_answer_is_what_the_row_is_about(asked: Kaohe) -> None:
    """The unit is asked no more: the row has the day of the withdrawal and rests on it."""
    asked.imports([{"type": "CommissionWithdrawn", "on": "2022-06-02", "commission": "约1",
                    "reason": "合并办理"}])  # fmt: skip
    rows = listed(asked, "answers", "--as-of", "2022-06-03", "--unit", "应县")
    assert told(rows, "commission", "state", "on", "item", "event", "events")[0] == (
        "约1", "withdrawn", "2022-06-02", "答1", 13, [6, 13],
    )  # fmt: skip


def test_a_unit_has_its_own_column_alone(asked: Kaohe) -> None:
    """Asked for one unit, what was never sent to it is left out, and counts are its own."""
    rows = listed(asked, "commissions", "--as-of", "2022-06-01", "--unit", "市财政局")
    assert told(rows, "commission", "units", "addressed", "declined") == [
        ("约2", {"市财政局": "declined"}, 1, 1)
    ]


def test_a_merged_unit_is_asked_no_more(asked: Kaohe) -> None:
    """After it was merged, it has no state at later commissions, and no staff."""
    merged = {"type": "UnitChanged", "on": "2022-05-30", "unit": "开发区", "into": "应县"}
    asked.imports([merged, {**issued("约3", on="2022-06-01", due="2022-06-09"), "units": None}])
    assert "开发区" not in matrix(asked, "2022-06-20")["约3"]
    assert "开发区" in matrix(asked, "2022-06-20")["约2"]
    assert listed(asked, "staff", "--unit", "开发区", *END) == []


def test_a_commission_of_last_year_is_listed_while_it_runs(asked: Kaohe) -> None:
    """Issued in December and due in January, it stands in the list of both years."""
    asked.imports([NEXT_YEAR, issued("约4", on="2022-12-28", due="2023-01-05")])
    assert matrix(asked, "2023-01-03") == {"约4": {"应县": "open"}}
    assert "约4" in matrix(asked, "2023-01-03", "--cycle", "2022")
