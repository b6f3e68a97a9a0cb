"""Results as a table on the terminal, as JSON, and as the page of the reference."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.results import Result

_HEADINGS: Final = ("what", "measured", "reference", "ratio", "at least", "wanted", "verdict")
_WIDE: Final = 180
_PAGE: Final = """\
# Speed

Written by `make bench ARGS=--write-docs`; do not edit. Machines differ and are often shared, so
what counts is the ratio of each time to a reference taken beside it, in the same run: both sides in
turn, round after round, and the median of the rounds' ratios. With `≥` the ratio says how many
times as fast as its reference something is, with `≤` how many times as long it takes. Times are
medians too.

The logs are made up, the same in every run: a busy year of 41 units with 20,000 events, one of 410
units with 200,000, and an ordinary year of 41 units with 3,000. "The library" is eventsourcing with
its own SQLite recorder, mapper and JSON transcoder, and event classes that hold the same fields.
"One event and one transaction at a time" is measured on 400 events at each of three places of the
log and stands for all of it. "Replaying the log for the answer" reads every event and judges every
subject once, in memory; what is held against it is asked ten times in a row. A recorded event is
seen in the score when the score lines are level with the log. An append of ours takes its leaf of
the audit tree along, one of the library's does not. A rebuild makes the index of refs anew too.

{table}
Measured on {machine}.
"""


def machine() -> dict[str, str]:
    """Return what a reader has to know of the machine and the versions."""
    packages = ("eventsourcing", "sqlalchemy", "pydantic", "orjson", "click")
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} on {platform.machine()}",
        "cores": str(os.cpu_count()),
        "sqlite": sqlite3.sqlite_version,
        **{package: version(package) for package in packages},
    }


def document(results: Iterable[Result], scale: float) -> dict[str, Any]:
    """Return all results as one JSON object."""
    return {
        "scale": scale,
        "machine": machine(),
        "results": [result.as_json() for result in results],
    }


def print_results(results: Sequence[Result]) -> None:
    """Print the table."""
    table = Table(box=box.SIMPLE_HEAD)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for result in results:
        table.add_row(*result.cells)
    width = None if sys.stdout.isatty() else _WIDE
    Console(width=width, highlight=False, markup=False).print(table)


def page(results: Iterable[Result]) -> str:
    """Return the page of the reference."""
    rows = [_HEADINGS, ("---",) * len(_HEADINGS), *(result.cells for result in results)]
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in rows)
    known = machine()
    packages = ", ".join(f"{name} {value}" for name, value in known.items() if name != "cores")
    return _PAGE.format(table=table, machine=f"{known['cores']} cores: {packages}")
