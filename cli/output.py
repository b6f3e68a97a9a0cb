"""How answers are printed: tables that align Chinese, and JSON documents."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from domain.days import show_recorded

if TYPE_CHECKING:
    from domain.watching import Watch
    from projections.asking import Point

WIDE = 200
"""Columns taken where the output is no terminal, so that a file is not cut to a screen."""


def print_json(document: object) -> None:
    """Print one JSON document to stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Print a table; a column is its heading and ``left``, ``right`` or ``fold`` (may break)."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if title:  # as a title of the table it would be broken to the table's width
        click.echo(title)
    table = Table(box=box.SIMPLE_HEAD)
    for heading, form in columns:
        # Nothing may be cut off: what finds no room goes on in the next line.
        table.add_column(heading, justify="right" if form == "right" else "left", overflow="fold")
    for row in rows:
        # Text objects: what a register holds is never read as markup.
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def heading(point: Point) -> str:
    """Return one line that says which cycle, day and moment of knowledge an answer is about."""
    recorded = f"（{show_recorded(point.recorded_at)} 登记）" if point.recorded_at else " "
    known = f"按事件 #{point.position}{recorded}时已知的情况"
    return f"考核年度 {point.cycle.name}，截至 {point.as_of}，{known}"


@contextmanager
def progress(label: str) -> Iterator[Watch | None]:
    """Show a progress bar on stderr while the block runs, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def watch(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield watch
