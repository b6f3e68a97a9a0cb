"""Databases to measure on: made once in a run, in a folder that is thrown away at its end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.register import UNITS, register
from cli.main import Settings
from cli.office import Office
from domain.decisions.batch import Decided, RegisterLine
from domain.errors import Where
from domain.events.catalogue import BY_NAME
from domain.events.codec import encode, from_fields
from domain.events.corrections import Amendment
from domain.events.fields import Source
from infra.application import DomainEvent, RegisterApplication

ACTOR: Final = "张三"
LOG: Final = 20_000
LARGE: Final = 200_000
YEAR: Final = 3_000
_FILE: Final = "register.jsonl"
_DIGEST: Final = "5f" * 32
_AT_ONCE: Final = 10_000


class Scratch:
    """Makes databases; ``scale`` makes the logs shorter, to try the benchmarks themselves."""

    def __init__(self, folder: Path, scale: float) -> None:
        self.scale = scale
        self._folder = folder
        self._numbers = count(1)
        self._opened: list[Office] = []

    def file(self) -> Path:
        """Return the path of a database that does not exist yet."""
        return self._folder / f"{next(self._numbers)}.db"

    def office(self) -> Office:
        """Open a new, empty register."""
        office = self._open(self.file())
        assert office.recorder.head().position == 0
        return office

    def copy(self, office: Office) -> Office:
        """Open a copy of a register."""
        place = self.file()
        with (
            closing(sqlite3.connect(office.settings.database)) as source,
            closing(sqlite3.connect(place)) as target,
        ):
            source.backup(target)
        return self._open(place)

    def close(self) -> None:
        """Give all databases back."""
        for office in self._opened:
            office.close()

    @cached_property
    def log(self) -> Office:
        """A log of 20,000 events of 41 units, with its lines."""
        return self._filled(self.lines)

    @cached_property
    def lines(self) -> list[RegisterLine]:
        """The lines of that log."""
        return as_lines(register(events=int(LOG * self.scale)))

    @cached_property
    def year(self) -> Office:
        """A year of 3,000 events, with its lines."""
        return self._filled(as_lines(register(events=YEAR)))

    @cached_property
    def large(self) -> Office:
        """A log of 200,000 events of ten times the units; its lines are not made yet."""
        events = register(units=UNITS * 10, events=int(LARGE * self.scale))
        office = self.office()
        store(office, as_lines(events))
        return office

    def _open(self, place: Path) -> Office:
        office = open_office(place)
        self._opened.append(office)
        return office

    def _filled(self, lines: Sequence[RegisterLine]) -> Office:
        office = self.office()
        store(office, lines)
        office.caught_up()
        return office


def open_office(place: Path | str) -> Office:
    """Open the register in a file, wired as the commands have it."""
    keys = Path(place).parent / "keys"
    return Office(Settings(str(place), ACTOR, None, debug=False, keys=keys))


@contextmanager
def scratch(scale: float) -> Iterator[Scratch]:
    """Lend a folder for databases while the block runs."""
    with TemporaryDirectory(prefix="kaohe-bench-", ignore_cleanup_errors=True) as folder:
        lent = Scratch(Path(folder), scale)
        try:
            yield lent
        finally:
            lent.close()


def as_lines(lines: Sequence[dict[str, Any]]) -> list[RegisterLine]:
    """Return register lines as an import has them, each with its row of a file."""
    return [
        RegisterLine(line, Where(file=_FILE, row=row), Source(file=_FILE, sha256=_DIGEST, row=row))
        for row, line in enumerate(lines, 1)
    ]


def store(office: Office, lines: Sequence[RegisterLine]) -> None:
    """Store lines that need no deciding: the generator makes only lines that pass every check."""
    application = RegisterApplication(office.recorder)
    decided = decided_lines(lines)
    for start in range(0, len(decided), _AT_ONCE):
        application.save_decided(decided[start : start + _AT_ONCE], after=start)


def decided_lines(lines: Sequence[RegisterLine]) -> list[Decided]:
    """Return lines as the events of a new log, with the refs of targets made positions."""
    positions = {line.raw["ref"]: position for position, line in enumerate(lines, 1)}
    decided: list[Decided] = []
    for position, line in enumerate(lines, 1):
        assert line.source is not None
        values = {name: value for name, value in line.raw.items() if name != "type"}
        if "target" in values:
            values["target"] = positions[values["target"]]
        source = {"file": _FILE, "sha256": _DIGEST, "row": line.source.row}
        kind = BY_NAME[line.raw["type"]].event
        event = from_fields(kind, values | {"actor": ACTOR, "source": source})
        owner = decided[event.target - 1].stream if isinstance(event, Amendment) else event.stream
        decided.append(Decided(position, owner, event, encode(event)))
    return decided


def placed(lines: Sequence[RegisterLine]) -> list[DomainEvent]:
    """Return lines as the events of a new log, each with its place in its stream."""
    versions: dict[str, int] = {}
    found = []
    for _, stream, event, data in decided_lines(lines):
        versions[stream] = versions.get(stream, 0) + 1
        found.append(DomainEvent(stream, versions[stream], event, data))
    return found
