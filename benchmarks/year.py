"""A made-up year while it is being written down: its units, its dice, and the lines so far."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, Final, NamedTuple

STARTS: Final = date(2022, 1, 1)
ENDS: Final = date(2022, 12, 31)
_LATE: Final = 0.05
_MAILBOX: Final = "szxxgkk@126.com"


class Entry(NamedTuple):
    """One line of the register and the day on which the clerk wrote it down."""

    recorded: date
    line: dict[str, Any]


class Year:
    """Collects lines; every line comes after those it rests on, and a few come late."""

    def __init__(self, units: int, seed: int) -> None:
        self.dice = Random(seed)
        self.units = [f"市第{number:03}局" for number in range(1, units + 1)]
        self.entries: list[Entry] = []
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in ``share`` of all cases."""
        return self.dice.random() < share

    def day(self, first: date = STARTS, last: date = ENDS) -> date:
        """Return some day from ``first`` to ``last``."""
        return first + timedelta(days=self.dice.randint(0, (last - first).days))

    def later(self, day: date, most: int, least: int = 0) -> date:
        """Return a day ``least`` to ``most`` days after ``day``, in the year."""
        return min(ENDS, day + timedelta(days=self.dice.randint(least, most)))

    def number(self, series: str) -> str:
        """Return the next number of a series, such as ``X2022-00017``."""
        self._counts[series] = self._counts.get(series, 0) + 1
        return f"{series}2022-{self._counts[series]:05}"

    def some_units(self, most: int) -> list[str]:
        """Return one to ``most`` different units."""
        count = self.dice.randint(1, min(most, len(self.units)))
        return self.dice.sample(self.units, count)

    def add(
        self,
        event: str,
        on: date,
        /,
        *,
        after: Entry | None = None,
        **fields: Any,  # noqa: ANN401  any field of a register line
    ) -> Entry:
        """Write a line of type ``event`` down, on its day or late, but never before ``after``."""
        delay = self.dice.randint(1, 40) if self.chance(_LATE) else 0
        recorded = on + timedelta(days=delay)
        if after is not None:
            recorded = max(recorded, after.recorded)
        line = {"type": event, "on": on.isoformat(), **fields, "ref": f"r{len(self) + 1:07}"}
        entry = Entry(recorded, line)
        self.entries.append(entry)
        return entry

    def in_order(self) -> list[dict[str, Any]]:
        """Return the lines in the order in which they were written down."""
        return [entry.line for entry in sorted(self.entries, key=lambda entry: entry.recorded)]


def mailbox(year: Year) -> str:
    """Return the right mailbox, or in one case of fifty a wrong one."""
    return "other@126.com" if year.chance(0.02) else _MAILBOX


def proof(year: Year, name: str) -> list[dict[str, str]]:
    """Return the list of evidence that some events carry: a scanned page and its digest."""
    return [{"name": f"{name}.pdf", "sha256": f"{year.dice.getrandbits(256):064x}"}]
