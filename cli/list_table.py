"""How a list is printed: columns in which nothing stands are left out, a matrix goes in blocks."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click

from cli.output import WIDE, print_table
from domain.days import show_recorded, told_moment
from domain.errors import Where
from domain.lines import numbers
from domain.listing import Column, Listed, Listing, Shown, legend, shown

_MOST_EVENTS = 8
_GAPS = 3
_SIGN = 2 + _GAPS
"""Places on a screen that a column of a matrix takes."""


def print_listing(listing: Listing) -> None:
    """Print a list with a line that says what it is; say so when there is nothing to list."""
    click.echo(f"\n{listing.title}：{listing.meaning}")
    if not listing.rows:
        click.echo("没有可列的。")
        return
    plain = [column for column in listing.columns if not column.within]
    matrix = [column for column in listing.columns if column.within]
    _print_rows(listing, [column for column in plain if _used(listing, column)])
    if matrix:
        _print_matrix(listing, plain[0], matrix)
    click.echo(f"共 {len(listing.rows)} 行。")


def _used(listing: Listing, column: Column) -> bool:
    cells = (listed.row.values.get(column.key) for listed in listing.rows)
    return any(cell not in (None, (), 0) or cell is False for cell in cells)


def _print_rows(listing: Listing, columns: Sequence[Column]) -> None:
    headings = [(column.heading, "fold") for column in columns]
    headings += [("依据", "fold"), ("登记与来源", "fold")]
    print_table("", headings, ([*_cells(columns, each), *_origin(each)] for each in listing.rows))


def _cells(columns: Sequence[Column], listed: Listed, *, short: bool = False) -> list[str]:
    values = listed.row.values
    return [_text(shown(each, values.get(each.key), short=short)) for each in columns]


def _print_matrix(listing: Listing, name: Column, matrix: Sequence[Column]) -> None:
    """Print signs below names that run downwards, as many columns at a time as there is room."""
    from rich.cells import cell_len

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    names = [str(listed.row.values[name.key]) for listed in listing.rows]
    beside = max(map(cell_len, [name.heading, *names])) + _GAPS + 1
    size = max(1, (width - beside) // _SIGN)
    for first in range(0, len(matrix), size):
        block = matrix[first : first + size]
        headings = [(name.heading, "left"), *(("\n".join(c.heading), "left") for c in block)]
        rows = (
            [listed.row.values[name.key], *_cells(block, listed, short=True)]
            for listed in listing.rows
        )
        print_table(legend(listing) if first == 0 else "", headings, rows)


def _text(said: Shown) -> str:
    if isinstance(said, date):
        return told_moment(said)
    return "" if said is None else str(said)


def _origin(listed: Listed) -> tuple[str, str]:
    """Return the numbers of the events, and who recorded the one a row is about from where."""
    events, about = listed.row.events, listed.about
    more = f" 等 {len(events)} 条" if len(events) > _MOST_EVENTS else ""
    recorded = f"{show_recorded(about['recorded_at'])} {about['actor'] or ''}".rstrip()
    return numbers(events[:_MOST_EVENTS]) + more, f"{recorded}\n{source_of(about['source'])}"


def source_of(source: Mapping[str, Any] | None) -> str:
    """Return the row of the file that an event came from, or that there was no file."""
    if source is None:
        return "逐条登记，没有文件"
    return str(Where(file=source["file"], sheet=source.get("sheet"), row=source["row"]))
