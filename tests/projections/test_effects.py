"""What single events did to scores."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from projections.asking import Asked
from projections.effects import Effects
from tests.cli.exported import Row, exported
from tests.cli.registers import YEAR_END
from tests.cli.stories import STORY
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk, question
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


@tried_on(few=25, many=200)
def test_effects_are_the_lines_of_the_sheets_by_event(lines: Lines, chance: Random) -> None:
    """Any register at any point: what the sheets list, sorted by the events that lines name.

    However few positions are in memory at a time, and whichever are passed over.
    """
    with desk(lines) as opened:
        as_of, known_at = question(lines, chance)
        known = None if known_at is None else f"#{known_at}"
        point = opened.office.point(Asked(as_of=as_of, known_at=known))
        sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for sheet in opened.office.sheets.at(point):
            for line in sheet.in_force:
                for at in line.events:
                    sums[at][sheet.name] += line.points
        effects = Effects(opened.office.reading, point, window=chance.choice([1, 2, 7, 1000]))
        asked = [at for at in range(1, len(lines) + 1) if chance.random() < 0.7]
        for at in asked:
            found = effects.of(at)
            assert found == sums[at]
            order = [sheet.name_on(as_of) for sheet in point.setting.units.values()]
            assert list(found) == [name for name in order if name in found]


def test_the_log_is_exported_alike_from_each_database(database_url: str, tmp_path: Path) -> None:
    """Rows and effects of one story, on SQLite and on PostgreSQL."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(STORY)
    plain = Kaohe(tmp_path, str(tmp_path / "plain.db"))
    plain.imports(STORY)
    point = ("--as-of", YEAR_END)
    rows = exported(kaohe, *point, form="parquet")
    assert any(row["score_effect"] for row in rows)
    assert _lasting(rows) == _lasting(exported(plain, *point, form="parquet"))


def _lasting(rows: list[Row]) -> list[Row]:
    """Return rows without the moment at which they were recorded."""
    return [{name: row[name] for name in row if name != "recorded_at"} for row in rows]
