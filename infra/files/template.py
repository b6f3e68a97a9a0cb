"""The empty register workbook that a clerk fills in: headings, notes, drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from domain.events.audit import AuditExported
from domain.events.catalogue import BY_NAME, CATALOGUE, EventType, Field, fields_of
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.events.publications import ScoresPublished
from domain.events.setting import UnitEnrolled
from domain.wording import NO, SEQ, YES, Vocabularies, vocabularies_of
from infra.files.book import Book, print_across, width_of, write_book
from infra.files.codes import Codes
from infra.files.workbook import CHOICES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LAST_ROW = 20_000
_BY_PROGRAM = (
    ScoresPublished,
    CorrectionProposed,
    CorrectionConfirmed,
    CorrectionRefused,
    AuditExported,
)
"""What only commands record: it says what was computed, or what two persons agreed on."""
FILLED_IN = tuple(each for each in CATALOGUE if each.event not in _BY_PROGRAM)
"""The event types that a clerk fills in, each on a sheet of its own."""
_ROWS_PRINTED = 30
"""Empty rows on paper, for those who collect what is to be filled in by hand."""
_GUIDE = (
    "政务信息工作考核登记表",
    "每个工作表登记一种事件，每行一件。没有用到的工作表留空即可；请不要改动工作表名称和表头。",
    "表头在第一行，上面不要加标题。",
    "黄色表头必填，蓝色表头可以不填。把鼠标停在表头上，可以看到怎样填写。",
    "日期写成 2022-12-31 或 2022年12月31日，需要写明时刻的写成 2022-12-31 17:00。",
    "一格里有几个单位、几个编号的，用顿号、逗号、分号或换行隔开。",
    "编号一律按文字填写。单位写全称或别名；下拉框中没有的，请先登记单位。",
    "登记的先后由系统排：先年度、单位和任务，再按日期，最后是更正和撤销。",
    f"要自己定先后的，给每个用到的工作表加一列“{SEQ}”，整个工作簿统一编号，不能重复。",
    "填好后用 kaohe import 导入。有错时会列出每一处，什么都不会登记；改正后重新导入。",
    "以前登记过的行会自动跳过，不会重复登记。登记错了的，用“事件更正”或“事件撤销”改正。",
    "已经撤销的，要从表中删去那一行，否则下次导入会又登记一次；导入时会逐行提示。",
)
_HINTS = {
    "text": "文字",
    "name": "文字，一行以内",
    "count": "整数",
    "flag": f"{YES}或{NO}",
    "day": "日期，如 2022-12-31",
    "when": "日期，如 2022-12-31；需要时写明时刻，如 2022-12-31 17:00",
    "unit": "单位全称或别名",
    "code": "从下拉框中选",
    "value": "参数的新值：文字或数字",
    "target": "事件编号（数字，或 #12），或该事件的自编标识；标识是纯数字的，请先把单元格设为文本",
    "digest": "SHA-256 摘要，64 位十六进制",
    "evidence": "每行一份：文件名、空格、该文件的 SHA-256（64 位十六进制）",
    "lines": "登记行的 JSON 数组；一般由程序填写",
    "changes": "每行一项：字段=新值，如“字数=1600”；等号后留空表示去掉该字段",
}
_LIST_HINT = "；可以填几个，用顿号隔开"


def write_template(
    path: Path, *, vocabularies: Sequence[Vocabularies], units: Sequence[str]
) -> None:
    """Write an empty register workbook to ``path``, with drop-downs of ``units`` and of all codes.

    Without ``units`` the drop-downs offer what is filled in on the sheet of enrolments. Raises
    ``Refused`` when the file exists or cannot be written.
    """
    write_book(path, lambda book: _fill(book, Codes(*vocabularies), units))


def _fill(book: Book, codes: Codes, units: Sequence[str]) -> None:
    book.guide(_GUIDE)
    offers = _Offers(codes, units)
    for event_type in FILLED_IN:
        sheet = book.sheet(event_type)
        _set_for_print(sheet, event_type)
        for at, field in enumerate(fields_of(event_type.event)):
            sheet.write_comment(0, at, _hint(field), {"x_scale": 2})
            if field.form.name == "when":
                _show_hours(book, sheet, at)
            rule = _rule(event_type, field, offers)
            if rule:
                sheet.data_validation(1, at, _LAST_ROW, at, rule)
    offers.write(book)


def _set_for_print(sheet: Worksheet, event_type: EventType) -> None:
    """Let a form be printed up to its notes: what stands behind them is not written by hand."""
    fields = fields_of(event_type.event)
    printed = 1 + next(at for at, field in enumerate(fields) if field.name == "note")
    print_across(sheet, sum(map(width_of, fields[:printed])))
    sheet.print_area(0, 0, _ROWS_PRINTED, printed - 1)
    sheet.hide_gridlines(0)


def _hint(field: Field) -> str:
    need = "必填" if field.required else "选填"
    many = _LIST_HINT if field.many and field.form.name != "evidence" else ""
    return f"字段 {field.name}（{need}）：{_HINTS[field.form.name]}{many}"


def _show_hours(book: Book, sheet: Worksheet, at: int) -> None:
    """Show the hour in a column of days, in those cells that have one."""
    cell = f"{xl_col_to_name(at)}2"
    criteria = f"AND(ISNUMBER({cell}),MOD({cell},1)>0)"
    rule = {"type": "formula", "criteria": criteria, "format": book.instant}
    sheet.conditional_format(1, at, _LAST_ROW, at, rule)


def _rule(event_type: EventType, field: Field, offers: _Offers) -> dict[str, Any]:
    """Return the data validation of a column; where there can be several, any text may stand."""
    form = field.form.name
    if form == "flag":
        return {"validate": "list", "source": [YES, NO]}
    if form == "count":
        said = {"error_title": "应为整数", "error_message": "这一栏应填不小于 0 的整数。"}
        return {"validate": "integer", "criteria": ">=", "value": 0, **said}
    lists = vocabularies_of(event_type.event, field)
    source = offers.units() if form == "unit" else offers.codes(lists)
    if not source:
        return {}
    if field.many:
        return {"validate": "list", "source": source, "show_error": False}
    if form == "unit":
        said = {"error_title": "不在名单中", "error_message": "名单中没有这个单位。确认是别名吗？"}
        return {"validate": "list", "source": source, "error_type": "warning", **said}
    said = {"error_title": "不在名单中", "error_message": "请从下拉框中选一项。"}
    return {"validate": "list", "source": source, **said}


class _Offers:
    """What the drop-downs offer, each list in a column of a hidden sheet."""

    def __init__(self, codes: Codes, units: Sequence[str]) -> None:
        self._codes = codes
        self._units = units
        self._columns: list[Sequence[str]] = []

    def units(self) -> str:
        """Return the formula for the names of units."""
        return self._source(self._units) if self._units else _enrolled()

    def codes(self, lists: tuple[str, ...]) -> str:
        """Return the formula for the labels of codes, or nothing when there are none."""
        labels = self._codes.labels(lists)
        return self._source(labels) if labels else ""

    def write(self, book: Book) -> None:
        """Add the hidden sheet."""
        sheet = book.workbook.add_worksheet(CHOICES)
        sheet.hide()
        for at, members in enumerate(self._columns):
            for row, member in enumerate(members):
                sheet.write_string(row, at, member)

    def _source(self, members: Sequence[str]) -> str:
        if members not in self._columns:
            self._columns.append(members)
        column = xl_col_to_name(self._columns.index(members))
        return f"='{CHOICES}'!${column}$1:${column}${len(members)}"


def _enrolled() -> str:
    """Return the formula for the units that are filled in on the sheet of enrolments."""
    event_type = BY_NAME[UnitEnrolled.__name__]
    names = [field.name for field in fields_of(UnitEnrolled)]
    column = xl_col_to_name(names.index("unit"))
    top = f"'{event_type.label}'!${column}$2"
    filled = f"{top}:${column}${_LAST_ROW}"
    return f"=OFFSET({top},0,0,MAX(1,COUNTA({filled})),1)"
