"""A list as an office keeps it: columns, rows, and the events that each row rests on.

Projections make lists, files and screens show them. Codes stay codes in a row; the words that
people read for them are the column's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from domain.days import SHANGHAI, Moment
from domain.lines import numbers
from domain.wording import NO, YES

Cell = str | int | Moment | tuple[str, ...] | None
"""What a row holds in a column; a flag is a truth value, a tuple several names or codes."""

Shown = str | int | date | datetime | None
"""What people are shown of a cell; a datetime has no zone and means Asia/Shanghai."""

_NO_WORDS: Mapping[str, str] = {}


class Column(NamedTuple):
    """A column: its name for programs, its heading, and how wide it is in a workbook.

    ``words`` are what people read in place of codes. A column ``within`` another name is one of
    a matrix; ``signs`` then are what a screen has room for.
    """

    key: str
    heading: str
    width: int = 12
    words: Mapping[str, str] = _NO_WORDS
    within: str = ""
    signs: Mapping[str, str] = _NO_WORDS


class Row(NamedTuple):
    """One row: its cells by the names of columns, and the events that it rests on.

    ``about`` is the event whose day, recorder and source are told for the whole row, ``units``
    those that the row concerns (``None``: all), ``is_open`` whether something is still to come.
    """

    values: Mapping[str, Cell]
    events: tuple[int, ...]
    about: int
    units: frozenset[str] | None = None
    is_open: bool = False


class Listed(NamedTuple):
    """A row with what is known of each event it rests on, as the log tells it."""

    row: Row
    rests_on: Sequence[Mapping[str, Any]]

    @property
    def about(self) -> Mapping[str, Any]:
        """The event that the row is about."""
        return next(event for event in self.rests_on if event["position"] == self.row.about)


class Listing(NamedTuple):
    """A whole list; ``title`` and ``meaning`` are for people."""

    name: str
    title: str
    meaning: str
    columns: Sequence[Column]
    rows: Sequence[Listed]


ORIGIN = (
    Column("events", "依据事件", 18),
    Column("recorded_at", "登记时间", 20),
    Column("actor", "登记人", 10),
    Column("file", "来源文件", 20),
    Column("sheet", "工作表", 12),
    Column("row", "行", 6),
)
"""What stands after the columns of every list: where its rows come from."""


def shown(column: Column, cell: Cell, *, short: bool = False) -> Shown:
    """Return what people are shown of ``cell``: words for codes, times in Asia/Shanghai.

    ``short``: signs for the codes of a matrix, where there is little room.
    """
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, str):
        words = column.signs if short and column.signs else column.words
        return words.get(cell, cell)
    if isinstance(cell, tuple):
        return "、".join(column.words.get(member, member) for member in cell)
    if isinstance(cell, datetime):
        return cell.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
    return cell


def shown_rows(listing: Listing, *, short: bool = False) -> Iterator[list[Shown]]:
    """Yield what people are shown of each row: its own columns, then those of ``ORIGIN``."""
    for listed in listing.rows:
        values = listed.row.values
        own = [shown(each, values.get(each.key), short=short) for each in listing.columns]
        yield own + _origin(listed)


def legend(listing: Listing) -> str:
    """Return what the signs of a matrix mean; nothing for a list without one."""
    signs = next((column for column in listing.columns if column.signs), None)
    if signs is None:
        return ""
    return "，".join(f"{sign} {signs.words[code]}" for code, sign in signs.signs.items())


def _origin(listed: Listed) -> list[Shown]:
    about = listed.about
    recorded = datetime.fromisoformat(about["recorded_at"]).astimezone(SHANGHAI)
    source = about["source"] or {}
    return [
        numbers(listed.row.events),
        recorded.replace(tzinfo=None, microsecond=0),
        about["actor"],
        source.get("file"),
        source.get("sheet"),
        source.get("row"),
    ]
