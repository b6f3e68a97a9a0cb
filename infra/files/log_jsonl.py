"""The log as JSON lines, for programs: one object for each event, times in UTC."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, BinaryIO

from domain.days import day_of
from domain.lines import show
from domain.told import Basis, ToldEvent


def write_jsonl(file: BinaryIO, rows: Iterable[ToldEvent], basis: Basis) -> None:
    """Write one line for each of ``rows``, in UTF-8.

    ``on`` is the day in Asia/Shanghai, ``on_at`` the instant (RFC 3339, UTC) where the hour is
    known, ``score_effect`` an object from unit to points.
    """
    del basis  # every line stands for itself
    for told in rows:
        line = json.dumps(_object(told), ensure_ascii=False, separators=(",", ":"))
        file.write(f"{line}\n".encode())


def _object(told: ToldEvent) -> dict[str, Any]:
    source = told.source
    place = {"file": source.file, "sheet": source.sheet, "row": source.row} if source else None
    return {
        "position": told.position,
        "units": told.units,
        "summary": told.summary,
        "type": told.type,
        "label": told.label,
        "on": day_of(told.on).isoformat(),
        "on_at": _utc(told.on) if isinstance(told.on, datetime) else None,
        "recorded_at": _utc(told.recorded_at),
        "actor": told.actor,
        "ref": told.ref,
        "source": place,
        "corrected_by": told.corrected_by,
        "retracted_by": told.retracted_by,
        "score_effect": {unit: show(points) for unit, points in told.effect.items()},
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
