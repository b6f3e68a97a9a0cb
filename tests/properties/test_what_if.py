"""What is foreseen is what the register says once the same lines are recorded."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cli.office import today
from tests.cli.supposed import as_recorded, foreseen, recorded
from tests.properties.effort import tried_on
from tests.properties.offices import question
from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.properties.offices import Lines

PARTS = ("went", "came", "caps", "weights")
RULINGS = (
    ("adoption.repeat", "each"),
    ("endorsement.per", "leader"),
    ("joint.share", "split"),
    ("quota.counts_from", "2022-08-01"),
    ("evidence.cure", "never"),
    ("liaison.notice_days", "3"),
    ("indicators.commissioned.cap", "3"),
    ("indicators.brief_adoption.points.city", "1.5"),
)


@tried_on(few=3, many=50)
def test_lines_foreseen_are_lines_recorded(lines: Lines, chance: Random) -> None:
    """Any end of any register, corrections and retractions among it, at any day of any year."""
    with register(lines, chance) as (kaohe, cut):
        file = kaohe.file(lines[cut:], "续.jsonl")
        asked = ("--as-of", str(question(lines, chance)[0]))
        before = Path(kaohe.database).read_bytes()
        found = foreseen(kaohe, file, *asked)
        assert Path(kaohe.database).read_bytes() == before
        kaohe("import", file)
        expected = recorded(kaohe, *asked)
        assert as_recorded(found["then"], kaohe, after=cut) == expected
        _adds_up(found)
        # And had they been recorded when no more was known: as they were.
        again = foreseen(kaohe, file, *asked, "--known-at", f"#{cut}")
        assert again == found


@tried_on(few=3, many=50)
def test_a_ruling_foreseen_is_a_ruling_recorded(lines: Lines, chance: Random) -> None:
    """Any reading, with lines or without, on top of any register."""
    with register(lines, chance) as (kaohe, cut):
        files = [kaohe.file(lines[cut:], "续.jsonl")] * chance.randint(0, 1)
        parameter, value = chance.choice(RULINGS)
        asked = ("--as-of", str(question(lines, chance)[0]), "--cycle", "2022")
        found = foreseen(kaohe, *files, "--ruling", f"{parameter}={value}", *asked)
        for file in files:
            kaohe("import", file)
        said = (f"parameter={parameter}", f"value={value}", "cycle=2022", "reason=试算")
        kaohe("record", "RulingMade", f"on={today()}", *said)
        expected = recorded(kaohe, *asked)
        assert as_recorded(found["then"], kaohe, after=cut) == expected
        _adds_up(found)


@contextmanager
def register(lines: Lines, chance: Random) -> Iterator[tuple[Kaohe, int]]:
    """Lend a database in which the first of the lines are recorded, and how many they are."""
    opened = next(at for at, line in enumerate(lines, 1) if line.get("cycle") == "2022")
    cut = chance.randint(min(opened, len(lines) - 1), len(lines) - 1)
    with TemporaryDirectory() as folder:
        kaohe = Kaohe(Path(folder))
        kaohe.imports(lines[:cut], "前.jsonl")
        yield kaohe, cut


def _adds_up(found: dict[str, Any]) -> None:
    """The parts of each unit's change come to it; who is not named has the same sheet sums."""
    shown = ("total", "base", "bonus", "rank", "rank_in_category")
    now = {} if found["now"] is None else {s["unit"]: s for s in found["now"]["units"]}
    changed = {change["unit"] for change in found["units"]}
    for change in found["units"]:
        if change["change"] is not None and found["now"] is not None:
            parts = sum(Decimal(part["change"]) for key in PARTS for part in change[key])
            assert parts == Decimal(change["change"]["total"])
            assert all(part["causes"] for key in PARTS for part in change[key])
    renamed = [sheet for name, sheet in now.items() if name not in _names(found["then"])]
    for sheet in found["then"]["units"]:
        if sheet["unit"] not in changed:
            # A unit that is only called otherwise is no change, and is found among those gone.
            before = [now[sheet["unit"]]] if sheet["unit"] in now else renamed
            assert [sheet[key] for key in shown] in [[one[key] for key in shown] for one in before]


def _names(document: dict[str, Any]) -> set[str]:
    return {sheet["unit"] for sheet in document["units"]}
