"""An exported log read back by readers that we did not write."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from pyarrow import parquet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Kaohe

Row = dict[str, Any]
FORMS = ("jsonl", "csv", "xlsx", "parquet")
EIGHT_HOURS = timedelta(hours=8)


def exported(kaohe: Kaohe, *asked: object, form: str = "jsonl", name: str = "日志") -> list[Row]:
    """Export the log and return its rows, all formats brought to what the one for programs says."""
    path = kaohe.folder / f"{name}.{form}"
    path.unlink(missing_ok=True)
    assert kaohe("export", "log", "--to", path, *asked).stdout == ""
    return read_back(path)


def read_back(path: Path) -> list[Row]:
    """Return the rows of an exported file in one form."""
    match path.suffix:
        case ".jsonl":
            return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
        case ".csv":
            return [_from_people(cells) for cells in csv_cells(path)[1:]]
        case ".xlsx":
            return [_from_people(list(map(_text, cells))) for cells in xlsx_cells(path)[1:]]
        case _:
            return [_from_parquet(row) for row in parquet.read_table(path).to_pylist()]


def csv_cells(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file as they stand there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def csv_cells_of(kaohe: Kaohe, *asked: object) -> list[list[str]]:
    """Export as CSV and return the cells below the heading."""
    exported(kaohe, *asked, form="csv")
    return csv_cells(kaohe.folder / "日志.csv")[1:]


def xlsx_cells(path: Path) -> list[list[Any]]:
    """Return the cells of the sheet that opens."""
    book = load_workbook(path)
    assert book.active is not None
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def _text(cell: object) -> str:
    """Return a cell of a workbook as the CSV file writes it."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    return "" if cell is None else str(cell)


def _from_people(cells: list[str]) -> Row:
    """Return what the columns for people say, times brought to UTC and to the second."""
    position, units, summary, label, on, recorded, actor, ref, file, sheet, row, *rest = cells
    corrected, retracted, effect = rest
    return {
        "position": int(position),
        "units": units.split("、") if units else [],
        "summary": summary,
        "label": label,
        "on": on[:10],
        "on_at": _seconds(datetime.fromisoformat(on) - EIGHT_HOURS) if on[10:] else None,
        "recorded_at": _seconds(datetime.fromisoformat(recorded) - EIGHT_HOURS),
        "actor": actor,
        "ref": ref or None,
        "source": {"file": file, "sheet": sheet or None, "row": int(row)} if file else None,
        "corrected_by": [int(at.removeprefix("#")) for at in corrected.split("、") if at],
        "retracted_by": int(retracted.removeprefix("#")) if retracted else None,
        "score_effect": {
            unit: points.removeprefix("+")
            for unit, points in (said.rsplit(" ", 1) for said in effect.split("；") if said)
        },
    }


def to_the_second(row: Row) -> Row:
    """Return a row for programs as far as the tables for people tell it."""
    told = {name: value for name, value in row.items() if name != "type"}
    for name in ("on_at", "recorded_at"):
        told[name] = told[name] and _seconds(datetime.fromisoformat(told[name]))
    return told


def _seconds(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _from_parquet(row: Row) -> Row:
    instants = {name: row[name] for name in ("on_at", "recorded_at")}
    assert all(at is None or at.tzinfo.utcoffset(at) == timedelta() for at in instants.values())
    assert type(row["on"]) is date
    points = {unit: format(given.normalize(), "f") for unit, given in row["score_effect"]}
    written = {name: at and _utc(at) for name, at in instants.items()}
    return {**row, **written, "on": row["on"].isoformat(), "score_effect": points}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
