"""Register workbooks: a sheet for each event type, read with calamine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from domain.decisions.batch import RegisterLine
from domain.errors import Fault, Refused, Where
from domain.events.catalogue import BY_NAME, CATALOGUE
from domain.events.setting import CycleOpened
from domain.names import fold, nearest
from domain.wording import Vocabularies, event_type_named, field_headed
from infra.files.codes import Codes
from infra.files.ordering import Row, in_order
from infra.files.plain_cells import Cell
from infra.files.sheet import Sheet, Span
from infra.files.sheet_xml import Scanned, Troubles, scan_workbook
from infra.files.sheets import read_sheet

GUIDE, CHOICES = "说明", "名单"
"""Sheets that hold no events: how to use the workbook, and what drop-downs offer."""
_NO_EVENTS = {GUIDE, CHOICES, "readme"}
WordsFor = Callable[[Collection[str]], Sequence[Vocabularies]]
"""Gives the lists of codes that a file is read by, told the rulebooks that it names itself."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Hidden(NamedTuple):
    """How many rows of a sheet were read that its user does not see; ``whole``: none of it."""

    sheet: str
    rows: int
    whole: bool


class Found(NamedTuple):
    """The lines of a workbook in their order, what is wrong with it, and what of it is hidden."""

    lines: list[RegisterLine]
    faults: list[Fault]
    hidden: tuple[Hidden, ...]


def read_workbook(name: str, data: bytes, digest: str, vocabularies: WordsFor) -> Found:
    """Return the lines of a workbook in their order, and what is wrong with its rows.

    ``name`` is the file's own name and ``digest`` its SHA-256. Sheets are named for event types,
    in English or Chinese; empty ones, and those named 说明, README or 名单, are passed over. Raises
    ``Refused`` when the file is no workbook we can read.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    hidden: list[Hidden] = []
    sheets = _sheets(name, data, digest)
    codes = Codes(*vocabularies({named for sheet in sheets for named in _rulebooks(sheet)}))
    for sheet in sheets:
        event_type = event_type_named(sheet.name)
        if event_type is not None:
            found, wrong = read_sheet(sheet, event_type, codes)
            rows += found
            faults += wrong
            hidden += _hidden(sheet, found)
        else:
            where = Where(file=name, sheet=sheet.name)
            faults.append(Fault("没有这种工作表", _advice(sheet.name), where))
    lines, disorder = in_order(rows)
    return Found(lines, faults + disorder, tuple(hidden))


def _hidden(sheet: Sheet, rows: list[Row]) -> Iterator[Hidden]:
    unseen = [row for row in rows if sheet.hidden or row.line.where.row in sheet.hidden_rows]
    if unseen:
        yield Hidden(sheet.name, len(unseen), sheet.hidden)


def _rulebooks(sheet: Sheet) -> Iterator[str]:
    """Return the rulebooks that the cycles of a sheet go by, none unless it is that of cycles."""
    if event_type_named(sheet.name) != BY_NAME[CycleOpened.__name__]:
        return
    _, headings = next(sheet.rows())
    columns = [
        at for at, text in enumerate(headings) if field_headed(CycleOpened, str(text)) == "rulebook"
    ]
    for _, cells in sheet.rows():
        yield from (str(cells[at]).strip() for at in columns)


def _sheets(name: str, data: bytes, digest: str) -> list[Sheet]:
    """Return the sheets that hold something to be read."""
    if data.startswith(_OLE):
        fix = "请取消打开密码；旧版 .xls 请另存为 .xlsx。"
        raise Refused(f"{name}：设有打开密码，或是旧版 .xls 格式", fix=fix)
    if not data.startswith(_ZIP):
        raise Refused(f"{name}：不是 .xlsx 工作簿", fix="请用 Excel 或 WPS 另存为 .xlsx。")
    scanned = scan_workbook(data, name)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheets = [
                _sheet(name, digest, book.get_sheet_by_name(about.name), scanned)
                for about in book.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet
                and fold(about.name).casefold() not in _NO_EVENTS
            ]
    except (CalamineError, KeyError) as error:
        fix = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
        raise Refused(f"{name}：不是完好的 .xlsx 工作簿", fix=fix) from error
    return [sheet for sheet in sheets if any(sheet.rows())]


def _sheet(name: str, digest: str, found: CalamineSheet, scanned: dict[str, Scanned]) -> Sheet:
    troubles, hidden_rows, hidden = scanned[found.name]
    return Sheet(
        file=name,
        digest=digest,
        name=found.name,
        cells=_spread(found.to_python(skip_empty_area=False), troubles),
        troubles=troubles,
        hidden_rows=hidden_rows,
        hidden=hidden,
        merged=[
            Span(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in found.merged_cell_ranges or []
        ],
    )


def _spread(cells: list[list[Cell]], troubles: Troubles) -> list[list[Cell]]:
    """Return ``cells`` with room for every troubled one; calamine leaves out those at the rim."""
    bottom = max([len(cells), *(row for row, _ in troubles)])
    right = max([*map(len, cells[:1]), *(column for _, column in troubles)], default=0)
    rows = [*cells, *([] for _ in range(bottom - len(cells)))]
    return [[*row, *[""] * (right - len(row))] for row in rows] if troubles else cells


def _advice(sheet: str) -> str:
    close = nearest(sheet, [entry.label for entry in CATALOGUE])
    other = "不是登记内容的工作表请改名为“说明”"
    return f"最接近的有：{'、'.join(close)}；{other}" if close else f"应为事件类型的名称；{other}"
