"""Two who confirm, or decide, at the same moment: one does, the other is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.driving import ended, events_of, started
from tests.cli.offices import DAY, Office
from tests.cli.registers import studied


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Office:
    """An office of two people with its year published, on either database."""
    office = Office(tmp_path, database_url).opened()
    office.publish()
    return office


def at_once(office: Office, *arguments: str) -> list[str]:
    """Run a command as two processes at once, and return what the one that was refused said."""
    keys = str(office.first.folder / "keys")
    database = office.first.database
    processes = [started(database, *arguments, KAOHE_KEYS=keys) for _ in range(2)]
    answers = [ended(process) for process in processes]
    assert sorted(answer.exit_code for answer in answers) == [0, 1]
    return [answer.stderr for answer in answers if answer.exit_code]


def test_a_proposal_is_confirmed_once(office: Office) -> None:
    """Its lines are recorded once, and the other is told by which event it was confirmed."""
    office.first.imports([studied()], "补.jsonl")
    (said,) = at_once(office, "confirm", "1")
    assert "已登记为 #11" in said or "已由事件 #11 确认" in said
    kinds = [event["type"] for event in events_of(office.first)]
    assert kinds[9:] == ["CorrectionProposed", "CorrectionConfirmed", "DeploymentStudied"]


def test_an_appeal_is_decided_once(office: Office) -> None:
    """Its corrections are recorded once, and the score says so."""
    number = office.appeal()
    office.propose(number, "upheld", [studied()])
    asked = ("--outcome", "upheld", "--reasons", "同意")
    (said,) = at_once(office, "appeal", "decide", number, *asked)
    assert "#12" in said
    kinds = [event["type"] for event in events_of(office.first)]
    assert kinds[9:] == ["AppealLodged", "AppealProposed", "AppealDecided", "DeploymentStudied"]
    office.first("check")


def test_two_proposals_at_once_have_two_numbers(office: Office) -> None:
    """Somebody who was overtaken takes the next number."""
    lines = [("record", "DeploymentStudied", f"on={day}", "unit=应县", "topics=brief")
             for day in ("2022-03-01", "2022-03-02")]  # fmt: skip
    processes = [started(office.first.database, *each) for each in lines]
    assert [ended(process).exit_code for process in processes] == [0, 0]
    found = office.first.json("proposals")["proposals"]
    assert [each["proposal"] for each in found] == [1, 2]
    assert office.published(1)["as_of"] == DAY
