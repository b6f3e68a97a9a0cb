"""From which row of which file the events came that a trail names but does not tell in full."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from domain.events.codec import decode
from domain.log import Log


def sources_json(log: Log, positions: Collection[int]) -> list[dict[str, Any]]:
    """Return the files that the events at ``positions`` came from, each with its rows.

    Files and sheets stand in the order of their first event; what was recorded one by one came
    from none.
    """
    found: dict[tuple[str, str] | None, dict[str | None, list[dict[str, int | None]]]] = {}
    for row in log.rows_at(positions):
        source = decode(row.type, row.data, position=row.position).source
        file = found.setdefault((source.file, source.sha256) if source else None, {})
        rows = file.setdefault(source.sheet if source else None, [])
        rows.append({"event": row.position, "row": source.row if source else None})
    return [
        {
            "file": file and file[0],
            "sha256": file and file[1],
            "sheets": [{"sheet": sheet, "rows": rows} for sheet, rows in sheets.items()],
        }
        for file, sheets in found.items()
    ]
