"""The empty workbook that a clerk fills in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from domain.errors import Refused
from domain.events.catalogue import CATALOGUE, fields_of
from domain.wording import event_type_named, heading_of
from infra.files.template import FILLED_IN, write_template
from tests.infra.files.registers import WORDS, raw_lines, read

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

UNITS = ["应县", "市财政局", "=1+1"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a template with three units."""
    write_template(tmp_path / "空表.xlsx", vocabularies=[WORDS], units=UNITS)
    return tmp_path / "空表.xlsx"


def column_of(sheet: Worksheet, heading: str) -> int:
    """Return the column of a heading, from 1."""
    return [cell.value for cell in sheet[1]].index(heading) + 1


def drop_down(sheet: Worksheet, heading: str) -> DataValidation:
    """Return what governs the column of a heading."""
    cell = sheet.cell(2, column_of(sheet, heading)).coordinate
    rules: list[DataValidation] = sheet.data_validations.dataValidation
    (rule,) = [rule for rule in rules if cell in rule.sqref]
    return rule


def offered(book: Workbook, sheet: str, heading: str) -> list[object]:
    """Return what the drop-down of a column offers."""
    name, area = str(drop_down(book[sheet], heading).formula1).lstrip("=").split("!")
    return [cell.value for (cell,) in book[name.strip("'")][area.replace("$", "")]]


def test_each_event_type_has_a_sheet_with_its_headings(path: Path) -> None:
    """The guide comes first, then the types in catalogue order with headings the reader takes."""
    book = load_workbook(path)
    assert book.sheetnames == ["说明", *(entry.label for entry in FILLED_IN), "名单"]
    assert book["名单"].sheet_state == "hidden"
    assert "kaohe import" in "".join(str(cell.value) for (cell,) in book["说明"]["A1:A20"])
    for entry in FILLED_IN:
        sheet = book[entry.label]
        headings = [cell.value for cell in sheet[1]]
        assert headings == [heading_of(entry.event, field.name) for field in fields_of(entry.event)]
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.b for cell in sheet[1])


def test_what_only_the_program_records_has_no_sheet(path: Path) -> None:
    """A clerk is not asked for proposals, publications and exports; all else is there."""
    left = {entry.label for entry in CATALOGUE} - set(load_workbook(path).sheetnames)
    assert left == {"成绩公布", "更正提案", "更正确认", "更正驳回", "审计导出"}


def test_an_empty_form_is_one_page_for_each_sheet(path: Path) -> None:
    """Across, a page wide, some empty rows below the headings, up to the notes, with lines."""
    book = load_workbook(path)
    for entry in FILLED_IN:
        sheet = book[entry.label]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        printed = sheet[str(sheet.print_area).rpartition("!")[2]]
        assert (printed[0][-1].value, len(printed)) == ("备注", 31)
        assert sheet.print_options.gridLines
    papers = {name: book[name].page_setup.paperSize for name in ("信息报送", "信息采用")}
    assert papers == {"信息报送": 8, "信息采用": 9}


def test_headings_say_how_a_column_is_filled(path: Path) -> None:
    """Each heading's note has the field's name; required columns look different and say so."""
    book = load_workbook(path)
    for entry in FILLED_IN:
        colours: dict[bool, set[str]] = {True: set(), False: set()}
        for cell, field in zip(book[entry.label][1], fields_of(entry.event), strict=True):
            assert cell.comment is not None
            assert f"字段 {field.name}（" in cell.comment.text
            assert ("必填" in cell.comment.text) is field.required
            colours[field.required].add(cell.fill.start_color.rgb)
        assert len(colours[True]) == len(colours[False]) == 1
        assert colours[True] != colours[False]


def test_codes_are_chosen_by_their_labels(path: Path) -> None:
    """Drop-downs offer the words of the rulebook; endorsements those for leaders."""
    book = load_workbook(path)
    assert offered(book, "信息采用", "层级") == list(WORDS["levels"].values())
    assert offered(book, "领导批示", "层级") == list(WORDS["leaders"].values())
    assert offered(book, "问题认定", "问题类别") == list(WORDS["findings"].values())
    assert drop_down(book["信息报送"], "是否标注").formula1 == '"是,否"'
    assert drop_down(book["信息采用"], "层级").showErrorMessage
    assert not drop_down(book["会议研究部署"], "研究事项").showErrorMessage


def test_every_code_and_unit_column_has_a_drop_down(path: Path) -> None:
    """No column of kinds, levels or units was forgotten, down to the last row of the form."""
    book = load_workbook(path)
    for entry in FILLED_IN:
        for field in fields_of(entry.event):
            if field.form.name in {"code", "unit", "flag"}:
                rule = drop_down(book[entry.label], heading_of(entry.event, field.name))
                assert (rule.type, rule.showDropDown) == ("list", False)


def test_units_are_offered_as_plain_text(path: Path) -> None:
    """A unit's name is never a formula; an alias is let through, several names too."""
    book = load_workbook(path)
    assert offered(book, "主要领导批示", "单位") == UNITS
    assert book["名单"]["A3"].data_type == "s"
    assert drop_down(book["主要领导批示"], "单位").errorStyle == "warning"
    assert not drop_down(book["信息报送"], "报送单位").showErrorMessage


def test_without_units_the_enrolments_are_offered(tmp_path: Path) -> None:
    """In a new register the drop-downs follow what is filled in on the sheet of enrolments."""
    write_template(tmp_path / "a.xlsx", vocabularies=[WORDS], units=[])
    sheet = load_workbook(tmp_path / "a.xlsx")["主要领导批示"]
    assert "OFFSET('单位登记'!$B$2" in str(drop_down(sheet, "单位").formula1)


def test_texts_stay_as_typed_and_days_are_days(path: Path) -> None:
    """Numbers of items are not turned into dates by Excel; targets and counts stay numbers."""
    book = load_workbook(path)
    formats = {
        heading: book[sheet]
        .column_dimensions[get_column_letter(column_of(book[sheet], heading))]
        .number_format
        for sheet, heading in [
            ("信息报送", "信息编号"),
            ("信息报送", "日期"),
            ("信息报送", "字数"),
            ("事件撤销", "目标事件"),
        ]
    }
    assert formats == {
        "信息编号": "@",
        "日期": "yyyy-mm-dd",
        "字数": "General",
        "目标事件": "General",
    }


def test_a_filled_template_is_read(path: Path) -> None:
    """What a clerk chooses and types comes out as a line; the untouched form holds none."""
    with pytest.raises(Refused, match="没有登记内容"):
        read(path)
    book = load_workbook(path)
    sheet = book["信息报送"]
    filled = {
        "日期": "2022-07-05",
        "信息编号": "007",
        "报送单位": "应县",
        "类别": "专报",
        "标题": "一",
    }
    for heading, value in filled.items():
        sheet.cell(2, column_of(sheet, heading)).value = value
    book.save(path)
    assert raw_lines(path) == [
        {
            "type": "SubmissionReceived",
            "on": "2022-07-05",
            "item": "007",
            "units": ["应县"],
            "kind": "special",
            "title": "一",
        }
    ]


def test_a_file_that_exists_is_never_overwritten(path: Path) -> None:
    """A second template of the same name is refused, and the first stays what it was."""
    before = path.read_bytes()
    with pytest.raises(Refused, match="已经存在，没有覆盖"):
        write_template(path, vocabularies=[WORDS], units=[])
    assert path.read_bytes() == before


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """A workbook that cannot be written is refused with what to check."""
    with pytest.raises(Refused, match="不能写入") as refused:
        write_template(tmp_path / "没有" / "a.xlsx", vocabularies=[WORDS], units=[])
    assert "文件夹" in refused.value.fix


def test_every_sheet_of_the_template_is_known(path: Path) -> None:
    """Each sheet's name leads back to its event type."""
    for entry in CATALOGUE:
        assert event_type_named(entry.label) is entry
    assert event_type_named(load_workbook(path).sheetnames[0]) is None
