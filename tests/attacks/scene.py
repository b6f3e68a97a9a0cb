"""Where the attacks happen: a register with checkpoints, and what verifying it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tests.cli.registers import of_length
from tests.forging import Row

if TYPE_CHECKING:
    from tests.running import Kaohe

CHECKPOINTS = (50, 120, 270)
SIZE = 300
"""One full block of 256, and 44 entries beyond it; the last checkpoint leaves 30 uncovered."""

Found = tuple[str, int | None, int | None]
Rewrite = Callable[[list[Row]], Sequence[Row]]


def signed_register(kaohe: Kaohe, upto: int = SIZE, *, prefix: str = "件") -> None:
    """Record a register in parts, with a checkpoint after each but the last."""
    lines, at = of_length(upto, prefix), 0
    kaohe("init")
    for size in [size for size in (*CHECKPOINTS, SIZE) if size <= upto]:
        kaohe.imports(lines[at:size], f"到{size}.jsonl")
        at = size
        if size in CHECKPOINTS:
            kaohe("checkpoint")


def answered(kaohe: Kaohe, *options: object) -> dict[str, Any]:
    """Return what ``verify db`` found; it ends with 3 exactly when it found something."""
    document: dict[str, Any] = json.loads(
        kaohe("verify", "db", "--json", *options, exit_code=3).stdout
    )
    assert document["findings"]
    return document


def found(kaohe: Kaohe, *options: object, lines: bool = False) -> list[Found]:
    """Return the findings in order: code and positions, those about score lines only if asked."""
    findings = answered(kaohe, *options)["findings"]
    return sorted(
        ((each["code"], each["first"], each["last"]) for each in findings
         if lines or each["code"] != "LINES"),
        key=lambda each: (each[0], each[1] or 0),
    )  # fmt: skip


def edited(*positions: int, **fields: Any) -> Rewrite:  # noqa: ANN401  any value of a column
    """Return a rewriting that puts other values into rows; without any, into their events."""

    def change(rows: list[Row]) -> list[Row]:
        return [
            row._replace(**(fields or {"data": otherwise(row.data)}))
            if row.position in positions
            else row
            for row in rows
        ]

    return change


def otherwise(data: bytes) -> bytes:
    """Return an event of which one character was changed, as canonical as before."""
    assert b'"2022-' in data
    return data.replace(b'"2022-', b'"2021-', 1)


def renumbered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows numbered from 1 without gaps."""
    return [row._replace(position=number) for number, row in enumerate(rows, 1)]
