"""The log as a register workbook, from which a new database gets the same events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import Refused
from domain.events.base import Event
from domain.events.catalogue import CATALOGUE, EventType, Field, fields_of
from domain.events.codec import to_fields
from domain.events.corrections import EventCorrected
from domain.events.fields import Source
from domain.wording import FOR_INFORMATION, NO, SEQ, YES, Vocabularies, vocabularies_of
from infra.files.book import FIRST_EXCEL_DAY, LONGEST_TEXT, Book, print_across, width_of, write_book
from infra.files.changes import write_changes
from infra.files.codes import Codes
from infra.files.notations import dumped, escaped, write_evidence, write_list, write_value

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Written = str | int | datetime
"""What is put into a cell."""

_MOST_ROWS = 1_048_575
_INFORMATION_WIDTH = 24
_GUIDE = (
    "政务信息工作登记簿（由 kaohe export register 导出）",
    f"每个工作表是一种事件，“{SEQ}”是事件编号，全部工作表合起来就是完整的登记记录。",
    "用 kaohe import 导入一个新的数据库，会得到相同的事件，编号也相同。",
    "表头注明“仅供查阅”的各列不会导入。",
)
_FIX = "这份登记不能导出为工作簿；请用 kaohe log --json 导出。"

Told = tuple[int, str, Event]
"""A position, when it was recorded, and the event there."""


def write_register(
    path: Path, events: Iterable[Told], *, vocabularies: Sequence[Vocabularies]
) -> None:
    """Write ``events`` to a new workbook at ``path``, the position of each as its ``seq``.

    ``vocabularies`` are the lists of codes of the rulebooks that the events go by; codes are
    written by their labels. The same events give the same bytes. Everything that is text is
    written as text, and read back as the very same content.

    Raises:
        Refused: the file exists or cannot be written, or an event does not fit into a sheet.
    """
    told = list(events)
    codes = Codes(*vocabularies)
    write_book(path, lambda book: _fill(book, told, codes))


def _fill(book: Book, told: list[Told], codes: Codes) -> None:
    book.guide(_GUIDE)
    types = {position: type(event) for position, _, event in told}
    for event_type in CATALOGUE:
        own = [entry for entry in told if type(entry[2]) is event_type.event]
        if len(own) > _MOST_ROWS:
            what = f"“{event_type.label}”有 {len(own)} 条，超过工作表的行数"
            raise Refused(what, fix=_FIX)
        if own:
            sheet = _SheetWriter(book, event_type, codes, types)
            for row, (position, recorded_at, event) in enumerate(own, 1):
                sheet.write(row, position, recorded_at, event)


class _SheetWriter:
    """Writes the events of one type, each in a row."""

    def __init__(
        self, book: Book, event_type: EventType, codes: Codes, types: Mapping[int, type[Event]]
    ) -> None:
        self._book = book
        self._type = event_type
        self._fields = fields_of(event_type.event)
        self._codes = codes
        self._types = types
        self._sheet = book.sheet(event_type, first=1)
        self._sheet.write_string(0, 0, SEQ, book.optional)
        for at, heading in enumerate(FOR_INFORMATION, len(self._fields) + 1):
            self._sheet.set_column(at, at, _INFORMATION_WIDTH, book.text)
            self._sheet.write_string(0, at, heading, book.optional)
        told = len(FOR_INFORMATION) * _INFORMATION_WIDTH
        print_across(self._sheet, sum(map(width_of, self._fields)) + told)

    def write(self, row: int, position: int, recorded_at: str, event: Event) -> None:
        """Write one event. Raises ``Refused`` when a text of it is too long for a cell."""
        self._sheet.write_number(row, 0, position)
        values = to_fields(event)
        for at, field in enumerate(self._fields, 1):
            if field.name in values:
                cell = self._cell(field, values[field.name], event)
                self._write_cell((row, at), cell, self._book.format_of(field), position)
        told = (recorded_at, event.actor, _shown_source(event.source))
        for at, text in enumerate(told, len(self._fields) + 1):
            if text:
                self._write_cell((row, at), text, self._book.text, position)

    def _cell(self, field: Field, value: Any, event: Event) -> Written:  # noqa: ANN401  any field value
        if isinstance(event, EventCorrected) and field.form.name == "changes":
            return write_changes(value, self._types.get(event.target), self._codes)
        if field.many and field.form.name == "target":
            return write_list([_target(member) for member in value])
        if field.form.name in _WRITERS:
            return _WRITERS[field.form.name](value)
        lists = vocabularies_of(self._type.event, field)
        if field.many:
            return write_list([self._codes.label_of(lists, member) for member in value])
        return self._codes.label_of(lists, value) if lists else str(value)

    def _write_cell(
        self, place: tuple[int, int], cell: Written, look: Format, position: int
    ) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(*place, cell, look)
        elif isinstance(cell, int):
            self._sheet.write_number(*place, cell, look)
        elif isinstance(cell, datetime):
            self._sheet.write_datetime(*place, cell, look)
        else:
            text = escaped(cell)
            length = len(text.encode("utf-16-le")) // 2
            if length > LONGEST_TEXT:
                what = f"事件 #{position}（{self._type.label}）有一项内容共 {length} 个字符"
                raise Refused(f"{what}，超过工作簿一格的上限 {LONGEST_TEXT}", fix=_FIX)
            self._sheet.write_string(*place, text, look)


def _moment(value: str) -> str | datetime:
    """Return a day as Excel's date; an instant stays text, which keeps its zone and fraction."""
    if len(value) > len("2022-12-31"):
        return value
    day = date.fromisoformat(value)
    return datetime.combine(day, time()) if day >= FIRST_EXCEL_DAY else value


def _flag(value: bool) -> str:  # noqa: FBT001  called with the value alone
    return YES if value else NO


def _target(value: int) -> str:
    return f"#{value}"


_WRITERS: dict[str, Callable[[Any], Written]] = {
    "count": int,
    "day": _moment,
    "when": _moment,
    "flag": _flag,
    "target": _target,
    "evidence": write_evidence,
    "value": write_value,
    "lines": dumped,
}


def _shown_source(source: Source | None) -> str:
    if source is None:
        return ""
    return f"{source.file} {source.sheet or ''} 第 {source.row} 行"
