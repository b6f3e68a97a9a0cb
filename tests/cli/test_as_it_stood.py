"""What was proposed, appealed, published and proved, as it stood on a day or as known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from tests.cli.driving import refused
from tests.cli.offices import DAY, SECOND, TWO, Office
from tests.cli.proving import SCAN, given
from tests.cli.registers import retracted
from tests.cli.test_help import walked
from tests.running import Kaohe

PROPOSED: dict[str, Any] = {
    "type": "CorrectionProposed", "on": "2023-01-05", "proposal": 1, "reason": "发错单位",
    "lines": [retracted("约一", on="2023-01-05")],
}  # fmt: skip
NEXT_YEAR = {
    **TWO[0], "on": "2023-01-01", "cycle": "2023", "starts": "2023-01-01", "ends": "2023-12-31",
    "evidence_due": "2024-01-15",
}  # fmt: skip

ASKED = frozenset({"--as-of", "--known-at", "--cycle"})
LACKING = {
    "proposals": {"--cycle"},  # the lines of one may belong to several
    "appeal show": {"--cycle"},  # its number says which
    "appeal trail": {"--as-of", "--cycle"},  # the same, and the day is that of the publication
    "publication show": ASKED,  # what was published says all three
    "late": {"--as-of"},  # it is about when things were recorded
    "log": {"--as-of", "--cycle"},  # the same
    "export register": {"--as-of", "--cycle"},  # the same
    "export audit": {"--known-at"},  # here it is called --until
    "diff": {"--as-of", "--known-at"},  # --from and --to say both
    # These show neither scores nor states:
    "check": ASKED,
    "evidence check": ASKED,
    "export circular-template": ASKED,
    "key show": ASKED,
    "verify bundle": ASKED,
    "verify db": ASKED,
    "witness list": ASKED,
}


def test_what_shows_scores_or_states_can_be_asked_of_any_time() -> None:
    """Whatever answers or exports takes the three options, save where one can mean nothing."""
    lacking = {}
    for names, command in walked():
        taken = {name for option in command.params for name in option.opts}
        answers = "--json" in taken or names[:1] == ("export",)
        if answers and not isinstance(command, click.Group) and not taken >= ASKED:
            lacking[" ".join(names)] = ASKED - taken
    assert lacking == LACKING


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with a year of eight events."""
    return Office(tmp_path).opened()


def states(kaohe: Kaohe, *typed: object) -> list[tuple[str, str]]:
    """Return the number and the state of each proposal or appeal that a command lists."""
    (found,) = kaohe.json(*typed).values()
    return [(str(each.get("proposal", each.get("appeal"))), each["state"]) for each in found]


def numbers(kaohe: Kaohe, *asked: object) -> list[int]:
    """Return the publications that are listed."""
    return [p["publication"] for p in kaohe.json("publication", "list", *asked)["publications"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--as-of", "2023-01-04"], []),
        (["--as-of", "2023-01-05"], [("1", "open")]),
        (["--as-of", "2023-01-09"], [("1", "open")]),
        (["--as-of", "2023-01-10"], [("1", "confirmed")]),
        (["--known-at", "#8"], []),
        (["--known-at", "#9"], [("1", "open")]),
        ([], [("1", "confirmed")]),
        (["--as-of", "2023-01-09", "--known-at", "#8"], []),
    ],
)
def test_proposals_are_those_that_waited_then(
    office: Office, asked: list[str], found: list[tuple[str, str]]
) -> None:
    """By their own day, or as far as was recorded: before its end a proposal is open."""
    office.first.imports([PROPOSED])
    office.second("confirm", "1", "--on", "2023-01-10")
    assert states(office.first, "proposals", "--all", *asked) == found
    waiting = [each for each in found if each[1] == "open"]
    assert states(office.first, "proposals", *asked) == waiting


@pytest.fixture
def appealed(office: Office) -> Office:
    """The same with both years published, and an appeal against each; the first was decided."""
    office.first.imports([NEXT_YEAR], "又一年.jsonl")
    office.first("publish", "--as-of", DAY, "--on", "2023-02-01")
    lodge = ("appeal", "lodge", "应县", "--claim", "不符")
    office.first(*lodge, "--on", "2023-02-02")
    said = ("--outcome", "rejected", "--reasons", "无误")
    office.first("appeal", "propose", "1", *said, "--on", "2023-02-03")
    office.second("appeal", "decide", "1", *said, "--on", "2023-02-06")
    office.first("publish", "--as-of", "2023-12-31", "--on", "2024-02-01")
    office.first(*lodge, "--publication", "2", "--on", "2024-02-02")
    return office


def test_appeals_are_listed_as_they_stood(appealed: Office) -> None:
    """Those lodged by the day or position, with what had become of them; those of one year."""
    for asked, found in (
        (["--as-of", "2023-02-01"], []),
        (["--as-of", "2023-02-02"], [("1", "lodged")]),
        (["--as-of", "2023-02-05"], [("1", "proposed")]),
        (["--as-of", "2023-02-06"], [("1", "decided")]),
        (["--known-at", "#10"], []),
        (["--known-at", "#11"], [("1", "lodged")]),
        (["--known-at", "#13"], [("1", "decided")]),
        (["--cycle", "2022"], [("1", "decided")]),
        (["--cycle", "2023"], [("2", "lodged")]),
        ([], [("1", "decided"), ("2", "lodged")]),
    ):
        assert states(appealed.first, "appeal", "list", *asked) == found, asked
    assert states(appealed.first, "appeal", "list", "--open", "--as-of", "2023-02-05") == [
        ("1", "proposed")
    ]
    assert "2024" in refused(appealed.first, "appeal", "list", "--cycle", "2024")


def test_an_appeal_is_shown_as_it_stood(appealed: Office) -> None:
    """What was said in it by then, and no more; one that was not lodged yet is not shown."""
    show = ("appeal", "show", "1")
    for asked, count, state in (
        (["--as-of", "2023-02-03"], 2, "proposed"),
        (["--known-at", "#11"], 1, "lodged"),
        (["--known-at", "#12", "--as-of", "2023-02-02"], 1, "lodged"),
        ([], 3, "decided"),
    ):
        shown = appealed.first.json(*show, *asked)
        assert (len(shown["events"]), shown["state"]) == (count, state), asked
    assert SECOND not in appealed.first(*show, "--known-at", "#12").stdout
    assert "2023-02-02" in refused(appealed.first, *show, "--as-of", "2023-02-01")
    assert "没有登记过申诉" in refused(appealed.first, *show, "--known-at", "#10")


def test_publications_are_listed_as_they_stood(appealed: Office) -> None:
    """Those made by the day, known at the position, or of the year."""
    assert numbers(appealed.first) == [1, 2]
    assert numbers(appealed.first, "--as-of", "2023-01-31") == []
    assert numbers(appealed.first, "--as-of", "2024-01-31") == [1]
    assert numbers(appealed.first, "--known-at", "#13") == [1]
    assert numbers(appealed.first, "--cycle", "2023") == [2]
    assert "1" in appealed.first("publication", "list", "--cycle", "2022").stdout


def test_evidence_is_listed_as_it_was_known(office: Office) -> None:
    """By the day and the year of the events that name it, and as far as was recorded."""
    clerk = office.first
    clerk.imports([NEXT_YEAR], "又一年.jsonl")
    proof = ("--evidence", given(clerk, SCAN))
    meeting = ("record", "DeploymentStudied", "unit=应县", "topics=brief")
    for day in ("2022-12-30", "2023-03-01"):
        clerk(*meeting, f"on={day}", *proof)
    clerk("retract", "#11", "--reason", "误记")
    office.second("confirm", "1")

    def listed(*asked: str) -> list[tuple[int, int | None]]:
        found = clerk.json("evidence", "list", *asked)["evidence"]
        return [(each["position"], each["retracted_by"]) for each in found]

    assert listed() == [(10, None), (11, 14)]
    assert listed("--known-at", "#13") == [(10, None), (11, None)]
    assert listed("--known-at", "#10") == [(10, None)]
    assert listed("--as-of", "2023-02-28") == [(10, None)]
    assert listed("--cycle", "2023") == [(11, 14)]
    assert listed("--cycle", "2022", "--unit", "应县") == [(10, None)]


def test_the_rulebook_is_shown_with_the_prices_in_force(office: Office) -> None:
    """As the rulings known there set them; asked for by its name it is shown as it was written."""
    clerk = office.first
    clerk.imports([NEXT_YEAR], "又一年.jsonl")
    ruling = ("record", "RulingMade", "on=2023-02-01", "reason=办公会定", "cycle=2022")
    clerk(*ruling, "parameter=indicators.accuracy.points", "value=-3")
    clerk(*ruling, "parameter=indicators.accuracy.cap", "value=none")

    def price(*asked: str) -> tuple[str, str | None]:
        groups = clerk.json("rulebook", "show", *asked)["groups"]
        rows = (row for group in groups for row in group["indicators"])
        row = next(row for row in rows if row["id"] == "accuracy")
        return row["points"][""], row["cap"]

    assert price("shuozhou-2022") == ("-5", "5")
    assert price() == price("--cycle", "2023")
    assert price("--cycle", "2022") == ("-3", None)
    assert price("--as-of", DAY) == ("-3", None)
    assert price("--cycle", "2022", "--known-at", "#10") == ("-3", "5")
    assert price("--cycle", "2023") == ("-5", "5")
    assert "考核年度 2022" in clerk("rulebook", "show", "--cycle", "2022").stdout
    wrong = clerk("rulebook", "show", "shuozhou-2022", "--cycle", "2022", exit_code=2)
    assert "--cycle" in wrong.stderr
