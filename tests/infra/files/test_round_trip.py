"""The log exported as a workbook, and imported again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings

from domain.decisions.batch import Decided, RegisterLine
from domain.decisions.decide import Clerk
from domain.events.appeals import AppealLodged
from domain.events.base import Event
from domain.events.catalogue import CATALOGUE, KEPT_BY_RECORDER
from domain.events.codec import from_fields, to_fields
from domain.events.corrections import Amendment, EventCorrected
from domain.events.items import SubmissionReceived
from domain.events.setting import RulingMade
from domain.register import Register, Unrecorded
from infra.files.export import write_register
from infra.rulebooks import installed_rulebooks
from tests.infra.files.registers import EVERY_TYPE, WORDS, read, write_jsonl
from tests.infra.files.strategies import ODD_TEXTS, logs

RECORDED = "2022-12-31T00:00:00.000000Z"


def decided(lines: Iterable[RegisterLine]) -> list[Decided]:
    """Return the events that ``lines`` become in a new log."""
    clerk = Clerk(
        Register(Unrecorded()),
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
    write_register(path, ((at, RECORDED, event) for at, event in log), vocabularies=[WORDS])
    return path


def stated(event: Event) -> dict[str, Any]:
    """Return what a register would say of an event."""
    values = {k: v for k, v in to_fields(event).items() if k not in KEPT_BY_RECORDER}
    target: dict[str, Any] = {"target": f"#{event.target}"} if isinstance(event, Amendment) else {}
    if isinstance(event, AppealLodged) and event.events:
        target = {"events": [f"#{at}" for at in event.events]}
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


def ruling(value: object) -> Event:
    """Return a ruling with a value."""
    return from_fields(
        RulingMade, {"on": "2022-01-01", "parameter": "x", "value": value, "reason": "y"}
    )


@settings(deadline=None)
@given(logs())
@example([(1, ruling("2")), (2, ruling(2)), (3, ruling(True)), (4, ruling([[1, "1"]]))])  # noqa: FBT003  a value
@example(list(enumerate(map(ruling, ODD_TEXTS), 1)))
def test_any_log_is_read_back_as_it_was_written(log: list[tuple[int, Event]]) -> None:
    """Whatever events hold, the workbook's lines say the very same, in the same order."""
    with TemporaryDirectory() as folder:
        lines = read(exported(Path(folder) / "log.xlsx", log)).lines
    assert [exact(line.raw) for line in lines] == [exact(stated(event)) for _, event in log]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_survive_in_every_kind_of_cell(tmp_path: Path, text: str) -> None:
    """Text that a workbook might take for something else comes back from each notation."""
    given: dict[str, Any] = {
        "on": "2022-07-05", "item": text, "units": [text, "应县"], "kind": "special",
        "title": text, "evidence": [{"name": text, "sha256": "0" * 64}],
    }  # fmt: skip
    about = from_fields(SubmissionReceived, given)
    changes = {"title": text, "units": [text], "note": None}
    given = {"on": "2022-07-06", "target": 1, "reason": text, "changes": changes}
    log = [about, from_fields(EventCorrected, given)]
    lines = read(exported(tmp_path / "log.xlsx", enumerate(log, 1))).lines
    assert [exact(line.raw) for line in lines] == [exact(stated(event)) for event in log]
