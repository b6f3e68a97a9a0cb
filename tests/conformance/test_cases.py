"""Every question of every shared case, asked through the command line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Sequence

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
REGISTERS = sorted(CASES.glob("*.jsonl"))
FAR = "9999-12-31"

beside = pytest.mark.skipif(
    not REGISTERS, reason="the shared cases (../shared/cases) are not beside this checkout"
)
each_case = pytest.mark.parametrize(
    "register", REGISTERS or [CASES / "none"], ids=lambda path: path.stem
)


@beside
@each_case
def test_a_case_imported_as_one_file(register: Path, database_url: str, tmp_path: Path) -> None:
    """A whole register file, imported at once, gives every answer that the case expects."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe("import", register)
    _answers_all(kaohe, register)


@beside
@each_case
def test_a_case_imported_line_by_line(register: Path, tmp_path: Path) -> None:
    """The same register as one file for each line gives the same answers."""
    kaohe = Kaohe(tmp_path)
    rows = enumerate(_lines(register), 1)
    kaohe("import", *(kaohe.file([line], f"{row}.jsonl") for row, line in rows))
    _answers_all(kaohe, register)


@beside
@each_case
def test_a_case_asked_between_the_lines(register: Path, tmp_path: Path) -> None:
    """Each question asked when no more is recorded than it may know gives the same answer."""
    kaohe, lines, told = Kaohe(tmp_path), _lines(register), 0
    for ask in sorted(_asks(register), key=lambda ask: ask["known_at"] or len(lines)):
        upto = ask["known_at"] or len(lines)
        if upto > told:
            kaohe.imports(lines[told:upto], f"{upto}.jsonl")
            told = upto
        assert _shown(kaohe, ask, "--as-of", ask["as_of"]) == ask["units"]


def _answers_all(kaohe: Kaohe, register: Path) -> None:
    asks = _asks(register)
    assert asks
    assert len(kaohe.json("log")["events"]) == len(_lines(register))
    for ask in asks:
        known = [] if ask["known_at"] is None else ["--known-at", f"#{ask['known_at']}"]
        seen = _shown(kaohe, ask, "--as-of", ask["as_of"], *known)
        assert seen == ask["units"], (ask["as_of"], ask["known_at"])


def _lines(register: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in register.read_text(encoding="utf-8").splitlines() if row]


def _asks(register: Path) -> list[dict[str, Any]]:
    expected = json.loads(register.with_suffix(".expected.json").read_text(encoding="utf-8"))
    asks: list[dict[str, Any]] = expected["asks"]
    return asks


def _shown(kaohe: Kaohe, ask: dict[str, Any], *arguments: str) -> dict[str, Any]:
    """What the sheets show of what the case speaks of, in the order of the expected files."""
    return {
        unit: {key: _part(sheet, key) for key in ask["units"][unit]}
        for unit, sheet in kaohe.sheets(*arguments).items()
    }


def _part(sheet: dict[str, Any], key: str) -> Any:  # noqa: ANN401  any JSON value
    indicators = [indicator for group in sheet["groups"] for indicator in group["indicators"]]
    if key == "effective":
        return {one["id"]: one["effective"] for one in indicators if one["effective"] != "0"}
    if key == "lines":
        times = ("points", "effective_from", "effective_to", "code")
        rows = [[one["id"], *map(row.get, times)] for one in indicators for row in one["lines"]]
        return sorted(rows, key=_order)
    if key == "pending":
        shown = ("indicator", "points", "effective_from", "code")
        return sorted(([row[name] for name in shown] for row in sheet["pending"]), key=_order)
    return sheet[key]


def _order(row: Sequence[Any]) -> tuple[Any, ...]:
    """The order of the expected files: points as numbers, an open end last."""
    return (row[0], Decimal(row[1]), *(cell or FAR for cell in row[2:]))
