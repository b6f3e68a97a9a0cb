"""The log exported as a workbook, and imported again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given

from domain.decisions.decide import Clerk, Decided, Line
from domain.events.base import Event
from domain.events.catalogue import CATALOGUE, KEPT_BY_RECORDER
from domain.events.codec import from_fields, to_fields
from domain.events.corrections import Amendment
from domain.events.setting import RulingMade
from domain.register import Register, Row
from infra.files.export import write_register
from infra.rulebooks import installed_rulebooks
from tests.infra.files.registers import EVERY_TYPE, WORDS, read, write_jsonl
from tests.infra.files.strategies import logs

RECORDED = "2022-12-31T00:00:00.000000Z"


class NewLog:
    """A log in which nothing is recorded."""

    def positions_of(self, _: Collection[str]) -> Iterable[Row]:
        """Return no rows."""
        return ()

    def topics_of(self, _: int) -> Collection[str]:
        """Return no topics."""
        return ()

    def events_at(self, _: Collection[int]) -> Mapping[int, Event]:
        """Return no events."""
        return {}


def decided(lines: Iterable[Line]) -> list[Decided]:
    """Return the events that ``lines`` become in a new log."""
    clerk = Clerk(
        Register(NewLog()),
        head=0,
        rulebooks=installed_rulebooks(),
        today=date(2023, 6, 1),
        actor="张三",
    )
    batch = clerk.decide(list(lines))
    assert batch.faults == []
    assert batch.skipped == []
    return batch.events


def exported(path: Path, log: Iterable[tuple[int, Event]]) -> Path:
    """Write a log as a register workbook."""
    write_register(path, ((at, RECORDED, event) for at, event in log), vocabularies=WORDS)
    return path


def stated(event: Event) -> dict[str, Any]:
    """Return what a register would say of an event."""
    values = {k: v for k, v in to_fields(event).items() if k not in KEPT_BY_RECORDER}
    target = {"target": f"#{event.target}"} if isinstance(event, Amendment) else {}
    return {"type": type(event).__name__, **values, **target}


def exact(value: object) -> str:
    """Return ``value`` so that 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True)


def test_a_register_with_every_event_type_comes_back_as_the_same_events(tmp_path: Path) -> None:
    """Exported and imported into a new log, all types keep content, ref, stream and position."""
    before = decided(read(write_jsonl(tmp_path / "a.jsonl", EVERY_TYPE)).lines)
    assert {type(entry.event) for entry in before} == {entry.event for entry in CATALOGUE}
    path = exported(tmp_path / "b.xlsx", ((entry.position, entry.event) for entry in before))
    after = decided(read(path).lines)
    assert [entry[:3] for entry in after] == [entry[:3] for entry in before]
    assert [entry.event.ref for entry in after] == [entry.event.ref for entry in before]


@given(logs())
@example(
    [
        (
            1,
            from_fields(
                RulingMade, {"on": "2022-01-01", "parameter": "x", "value": "2", "reason": "y"}
            ),
        )
    ]
)
@example(
    [
        (
            1,
            from_fields(
                RulingMade, {"on": "2022-01-01", "parameter": "x", "value": 2, "reason": "y"}
            ),
        )
    ]
)
def test_any_log_is_read_back_as_it_was_written(log: list[tuple[int, Event]]) -> None:
    """Whatever events hold, the workbook's lines say the very same, in the same order."""
    with TemporaryDirectory() as folder:
        lines = read(exported(Path(folder) / "log.xlsx", log)).lines
    assert [exact(line.raw) for line in lines] == [exact(stated(event)) for _, event in log]
