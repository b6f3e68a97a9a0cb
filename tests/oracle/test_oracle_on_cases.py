"""The oracle against the shared cases that were read by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .sheet import answer

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
REGISTERS = sorted(CASES.glob("*.jsonl"))


@pytest.mark.skipif(not REGISTERS, reason="the shared cases are not beside this checkout")
@pytest.mark.parametrize("register", REGISTERS, ids=lambda path: path.stem)
def test_every_question_of_a_case_is_answered_as_expected(register: Path) -> None:
    """For each question of a case, the sheets show exactly what the expected file shows."""
    lines = [json.loads(row) for row in register.read_text(encoding="utf-8").splitlines() if row]
    expected = json.loads(register.with_suffix(".expected.json").read_text(encoding="utf-8"))
    for ask in expected["asks"]:
        as_of = date.fromisoformat(ask["as_of"])
        sheets = answer(lines, as_of=as_of, known_at=ask["known_at"])
        seen = {unit: _shown(sheet, ask["units"][unit]) for unit, sheet in sheets.items()}
        assert seen == ask["units"], ask["as_of"]


def _shown(sheet: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The part of a sheet that the expected file speaks of."""
    return {key: sheet[key] for key in expected}
