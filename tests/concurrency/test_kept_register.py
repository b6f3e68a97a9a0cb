"""One process that records again and again: what it keeps in mind is never other than the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import Settings
from cli.office import Office
from domain.decisions.batch import RegisterLine
from domain.errors import LinesRefused
from infra.recording import Outcome
from tests.cli.driving import events_of
from tests.cli.registers import OPENING, Line, adopted, brief, enrolled
from tests.running import Kaohe


@pytest.fixture
def kaohe(tmp_path: Path) -> Kaohe:
    """A register with a cycle and its units."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    return kaohe


@pytest.fixture
def office(kaohe: Kaohe) -> Iterator[Office]:
    """An office that stays open from one recording to the next."""
    office = Office(Settings(kaohe.database, "李四", None, debug=False))
    yield office
    office.close()


def record(office: Office, *lines: Line, dry_run: bool = False) -> Outcome:
    """Record lines in the open office."""
    return office.recording.record(
        [RegisterLine(line) for line in lines], actor="李四", dry_run=dry_run
    )


def test_later_lines_see_what_the_same_process_recorded(office: Office) -> None:
    """An item, a new unit and a repeat are all known to the next recording."""
    record(office, brief("甲"), enrolled("市能源局", "department"))
    assert len(record(office, adopted("甲"), brief("乙", unit="市能源局")).recorded) == 2
    assert len(record(office, brief("甲"), adopted("甲")).skipped) == 2


def test_what_another_process_recorded_in_between_is_seen(kaohe: Kaohe, office: Office) -> None:
    """Its item can be adopted, and its number is taken."""
    record(office, brief("甲"))
    kaohe.imports([brief("乙")], "乙.jsonl")
    assert len(record(office, adopted("乙")).recorded) == 1
    with pytest.raises(LinesRefused, match="信息编号“乙”已由"):
        record(office, brief("乙", title="另一条"))


def test_nothing_of_a_refused_or_rehearsed_batch_is_remembered(
    kaohe: Kaohe, office: Office
) -> None:
    """The good line beside a faulty one, and a rehearsed one, can be recorded afterwards."""
    record(office, brief("甲"))
    with pytest.raises(LinesRefused, match="没有登记过信息“无”"):
        record(office, brief("乙"), adopted("无"))
    record(office, brief("乙"), dry_run=True)
    assert len(events_of(kaohe)) == len(OPENING) + 1
    assert len(record(office, brief("乙")).recorded) == 1
    with pytest.raises(LinesRefused, match="没有登记过信息“无”"):
        record(office, adopted("无"))
