"""The answer to an appeal under a scheme that only adds, and has words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.examples.published import TABLES, played

if TYPE_CHECKING:
    from pathlib import Path


def test_no_base_is_shown(tmp_path: Path) -> None:
    """In none of the forms; the total is the one that was published."""
    example = played(TABLES[0], tmp_path)
    unit = next(iter(example.published))
    day = ("--on", "2023-02-01")
    example("publish", "1", "--as-of", example.table.as_of, *day)
    example("appeal", "lodge", unit, "--claim", "漏计", "--appeal", "1", *day)
    trail = example.json("appeal", "trail", "1")
    assert trail["before"]["total"] == example.published[unit]
    assert trail["before"]["has_base"] is False
    forms = [example("appeal", "trail", "1").stdout]
    for suffix in (".html", ".md"):
        file = tmp_path / f"答复{suffix}"
        example("appeal", "trail", "1", "--out", file)
        forms.append(file.read_text(encoding="utf-8"))
    for form in forms:
        assert "基础项" not in form
        assert f"{example.published[unit]}" in form
