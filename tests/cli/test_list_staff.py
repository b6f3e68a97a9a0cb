"""``kaohe list staff``: who was in charge on a day, since when, and whether the office was told."""

from __future__ import annotations

import pytest

from tests.cli.lists import listed, told
from tests.cli.registers import YEAR_END, Line
from tests.running import Kaohe

END = ("--as-of", YEAR_END)


def roster(on: str, unit: str = "应县", **named: object) -> Line:
    """Return a roster that a unit reported."""
    return {"type": "DutyRosterReported", "on": on, "unit": unit, **named}


def changed(change: str, on: str, role: str = "leader", **who: object) -> Line:
    """Return a change of 应县's staff."""
    return {
        "type": "StaffChanged", "on": on, "change": change, "unit": "应县", "role": role, **who,
    }  # fmt: skip


def notified(change: str, on: str) -> Line:
    """Return the notice of a change."""
    return {"type": "StaffChangeNotified", "on": on, "change": change}


@pytest.fixture
def staffed(opened: Kaohe) -> Kaohe:
    """#6: a roster; #7 and #8: the leader changes on 1 May, told late; #9 to #11: staff move."""
    opened.imports(
        [
            roster("2022-03-01", leader="王一", agency="办公室", staff=["钱甲", "孙乙"]),
            changed("变1", "2022-05-01", out="王一", into="李二"),
            notified("变1", "2022-05-20"),
            changed("变2", "2022-06-01", "staff", out="钱　甲", into="周丙"),
            changed("变3", "2022-07-01", out="李二"),
            roster("2022-08-01", staff=["周丙", "吴丁"]),
        ]
    )
    return opened


def in_charge(kaohe: Kaohe, day: str, *asked: object) -> list[tuple[object, ...]]:
    """Return who is in charge at 应县 on a day."""
    rows = listed(kaohe, "staff", "--unit", "应县", "--as-of", day, *asked)
    return told(rows, "role", "person", "on", "notice")


def test_staff_are_those_in_charge_on_the_day(staffed: Kaohe) -> None:
    """On 30 April the old leader, on 3 May the new one, since 1 May; nobody after 1 July."""
    agency = ("agency", "办公室", "2022-03-01", None)
    first = [("staff", "钱甲", "2022-03-01", None), ("staff", "孙乙", "2022-03-01", None)]
    assert in_charge(staffed, "2022-04-30") == [
        ("leader", "王一", "2022-03-01", None), agency, *first,
    ]  # fmt: skip
    assert in_charge(staffed, "2022-05-03")[0] == ("leader", "李二", "2022-05-01", "awaited")
    assert in_charge(staffed, "2022-05-12")[0] == ("leader", "李二", "2022-05-01", "never")
    assert in_charge(staffed, "2022-05-20")[0] == ("leader", "李二", "2022-05-01", "late")
    assert in_charge(staffed, "2022-07-05")[0] == ("leader", None, "2022-07-01", "awaited")


def test_staff_of_whom_there_may_be_several(staffed: Kaohe) -> None:
    """One goes (his name folded) and one comes; a new roster keeps since when who was there."""
    assert in_charge(staffed, "2022-06-02")[2:] == [
        ("staff", "孙乙", "2022-03-01", None),
        ("staff", "周丙", "2022-06-01", "awaited"),
    ]
    assert in_charge(staffed, "2022-08-02")[2:] == [
        ("staff", "周丙", "2022-06-01", "never"),
        ("staff", "吴丁", "2022-08-01", None),
    ]


def test_roles_never_reported_rest_on_the_year(staffed: Kaohe) -> None:
    """A unit that said nothing has a row for each role, which names the opening of the year."""
    rows = listed(staffed, "staff", "--unit", "开发区", *END)
    assert told(rows, "role", "person", "how", "events") == [
        (role, None, "none", [1]) for role in ("leader", "agency", "staff")
    ]


def test_a_row_names_all_that_it_rests_on(staffed: Kaohe) -> None:
    """Change and notice, each with its day, its recorder and the row of its file."""
    (row,) = [r for r in listed(staffed, "staff", "--as-of", "2022-06-30") if r["change"] == "变1"]
    assert (row["event"], row["events"]) == (7, [7, 8])
    where = [(e["type"], e["on"], e["actor"], e["source"]["row"]) for e in row["rests_on"]]
    assert where == [
        ("StaffChanged", "2022-05-01", "张三", 2),
        ("StaffChangeNotified", "2022-05-20", "张三", 3),
    ]
