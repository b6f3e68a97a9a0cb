"""The made-up year: the same for everybody, in an office's order, with all that happens."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from domain.days import day_of
from domain.decisions.second_person import ACTS
from domain.events.catalogue import CATALOGUE
from domain.events.commissions import CommissionIssued
from domain.events.corrections import Amendment, EventCorrected, EventRetracted
from domain.events.items import ItemAdopted, ItemEndorsed, SubmissionReceived
from domain.events.leadership import DocumentIssued
from domain.events.setting import QuotaSet, UnitChanged, UnitEnrolled
from infra.demo.register import Row, made_up_year
from infra.demo.workdays import END, works

SEEDS = (2022, 0, -7, 123456789)
DIGEST = (
    "import hashlib; from infra.demo.register import made_up_year;"
    "print(hashlib.sha256(repr(made_up_year(5)).encode()).hexdigest())"
)

year = cache(made_up_year)
every_seed = pytest.mark.parametrize("seed", SEEDS)


def census(rows: list[Row]) -> Counter[str]:
    """Count the rows by type."""
    return Counter(type(row.event).__name__ for row in rows)


def test_the_same_seed_gives_the_same_year() -> None:
    """Two runs with one seed agree in every row, two seeds do not."""
    assert made_up_year(1) == made_up_year(1)
    assert made_up_year(1) != made_up_year(2)


def test_the_year_does_not_depend_on_the_process() -> None:
    """Processes that hash texts differently make the same year."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_units_are_those_of_the_first_annex() -> None:
    """Six counties, thirty-four departments and the development zone are enrolled, once each."""
    enrolled = [row.event for row in year(2022) if isinstance(row.event, UnitEnrolled)]
    assert Counter(event.category for event in enrolled) == {
        "county": 6,
        "department": 34,
        "zone": 1,
    }
    assert [event.unit for event in enrolled if event.category == "zone"] == [
        "朔州经济开发区管委会"
    ]
    names = [name for event in enrolled for name in (event.unit, *event.aliases)]
    assert len(set(names)) == len(names)
    assert sum(bool(event.aliases) for event in enrolled) > 20


@every_seed
def test_rows_stand_in_the_order_in_which_they_were_recorded(seed: int) -> None:
    """Positions are dense, nothing is recorded before what stands above it, marks are unique."""
    rows = year(seed)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert [row.recorded for row in rows] == sorted(row.recorded for row in rows)
    assert len({row.event.ref for row in rows}) == len(rows)


@every_seed
def test_nothing_happens_before_the_year_or_after_january(seed: int) -> None:
    """All days lie from 1 January 2022 to 20 January 2023, and the office records on workdays."""
    for row in year(seed):
        assert date(2022, 1, 1) <= day_of(row.event.on) <= END
        assert day_of(row.event.on) <= row.day <= END
        assert works(row.day)


@every_seed
def test_late_rows_say_that_they_are_late(seed: int) -> None:
    """Some rows come weeks after their day, each with a note, and most come at once."""
    rows = year(seed)
    late = [row for row in rows if row.day - day_of(row.event.on) > timedelta(days=9)]
    assert 60 <= len(late) <= 250
    assert all(row.event.note and row.event.note.startswith("补登") for row in late)


@every_seed
def test_the_year_has_everything_that_happens_in_an_office(seed: int) -> None:
    """There are about 3,000 rows, of every type but what is done about the scores afterwards."""
    rows = year(seed)
    counted = census(rows)
    assert 2700 <= len(rows) <= 3300
    afterwards = {entry.name for entry in CATALOGUE if issubclass(entry.event, ACTS)}
    assert {entry.name for entry in CATALOGUE} - counted.keys() == afterwards
    assert 1400 <= counted["SubmissionReceived"] <= 1800
    assert counted["CommissionIssued"] == 60
    assert counted["RulingMade"] == 2
    assert Counter(row.event.kind for row in rows if isinstance(row.event, DocumentIssued)) == {
        "notice": 1,
        "scheme": 1,
        "circular": 8,
    }


@every_seed
def test_some_mail_counts_for_nothing(seed: int) -> None:
    """A few items are too short, unlabelled, in the wrong mailbox, or no information at all."""
    items = [row.event for row in year(seed) if isinstance(row.event, SubmissionReceived)]
    short = [i for i in items if i.kind == "special" and (i.characters or 0) < 1500]
    unlabelled = [item for item in items if not item.labelled]
    mis_sent = [i for i in items if i.kind != "commissioned" and i.mailbox != "szxxgkk@126.com"]
    other = [item for item in items if item.content != "ordinary"]
    for few in (short, unlabelled, mis_sent, other):
        assert 3 <= len(few) <= len(items) // 10
    assert {item.kind for item in items} == {"commissioned", "special", "brief"}
    assert any(len(item.units) > 1 for item in items)


@every_seed
def test_some_endorsements_pay_nothing(seed: int) -> None:
    """Leaders of the party endorse some items, and government leaders some that nobody adopted."""
    events = [row.event for row in year(seed)]
    adopted = {event.item for event in events if isinstance(event, ItemAdopted)}
    endorsed = [event for event in events if isinstance(event, ItemEndorsed)]
    assert any(event.body == "party" for event in endorsed)
    assert any(event.item not in adopted for event in endorsed)
    assert {event.level for event in events if isinstance(event, ItemAdopted)} >= {
        "city",
        "province",
    }


@every_seed
def test_mistakes_are_amended_after_they_were_made(seed: int) -> None:
    """A dozen corrections and retractions name an earlier row that nothing else amends, and why."""
    rows = year(seed)
    amendments = [row for row in rows if isinstance(row.event, Amendment)]
    assert sum(isinstance(row.event, EventCorrected) for row in amendments) >= 6
    assert sum(isinstance(row.event, EventRetracted) for row in amendments) >= 6
    targets = []
    for row in amendments:
        assert isinstance(row.event, Amendment)
        assert row.event.target < row.position
        assert row.event.reason
        targets.append(row.event.target)
    assert len(set(targets)) == len(targets)


def test_units_are_written_under_several_names() -> None:
    """Rows name units by their aliases too, and a renamed unit by its new name from then on."""
    rows = year(2022)
    renamed = next(row for row in rows if isinstance(row.event, UnitChanged) and row.event.name)
    assert isinstance(renamed.event, UnitChanged)
    written = [
        (row.position, name)
        for row in rows
        if isinstance(row.event, SubmissionReceived)
        for name in row.event.units
    ]
    assert ("市发展和改革委员会") in {name for _, name in written}
    new = [position for position, name in written if name == renamed.event.name]
    assert new
    assert min(new) > renamed.position


def test_commissions_are_answered_in_every_way() -> None:
    """Answers come in time and late, from all that were asked or only from some."""
    rows = year(2022)
    issued = {
        row.event.commission: row.event for row in rows if isinstance(row.event, CommissionIssued)
    }
    answers = [
        (issued[row.event.commission], row.event)
        for row in rows
        if isinstance(row.event, SubmissionReceived) and row.event.commission
    ]
    late = [1 for asked, answer in answers if day_of(answer.on) > day_of(asked.due)]
    assert 20 < len(late) < len(answers) // 4
    assert any(not asked.units for asked in issued.values())


def test_quotas_differ_by_category() -> None:
    """Counties have to send more than departments, in both quarters from July on."""
    quotas = [row.event for row in year(2022) if isinstance(row.event, QuotaSet)]
    required = {(q.category, q.kind, q.from_): q.required for q in quotas}
    for kind in ("special", "brief"):
        for first in (date(2022, 7, 1), date(2022, 10, 1)):
            county, zone, department = (
                required[category, kind, first] for category in ("county", "zone", "department")
            )
            assert county > zone > department > 0
