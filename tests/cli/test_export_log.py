"""``kaohe export log``: the log for those who only want to read it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from tests.cli.driving import events_of, misused, refused
from tests.cli.exported import (
    FORMS,
    Row,
    csv_cells,
    exported,
    read_back,
    to_the_second,
    xlsx_cells,
)
from tests.cli.registers import (
    CYCLE,
    YEAR_END,
    adopted,
    brief,
    corrected,
    enrolled,
    issued,
    of_length,
    retracted,
    studied,
)
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

each_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def items(opened: Kaohe) -> Kaohe:
    """#6 and #7: an item of two units, adopted; #8: adopted again, which #9 takes back.

    #10 asks 应县 for a report that never comes.
    """
    opened.imports(
        [
            brief("甲", unit="应县、市教育局", ref="a"),
            adopted("甲", on="2022-08-05T17:30:00+08:00"),
            adopted("甲", on="2022-08-06", level="province"),
            retracted(8),
            issued("约"),
        ]
    )
    return opened


def effects(rows: list[Row]) -> dict[int, dict[str, str]]:
    """Return the effects by position, those that are none left out."""
    return {row["position"]: row["score_effect"] for row in rows if row["score_effect"]}


@each_form
def test_each_row_says_what_the_log_says(kaohe: Kaohe, form: str) -> None:
    """Every format, read back by another program, holds every event as ``kaohe log`` tells it."""
    kaohe.imports(EVERY_TYPE)
    kaohe.imports([studied(on="2022-03-09T23:59:01Z")])
    kaohe("record", "DeploymentStudied", "on=2022-03-08", "unit=应县", "topics=brief")
    rows = exported(kaohe, form=form)
    events = events_of(kaohe)
    assert len(rows) == len(events) == len(EVERY_TYPE) + 2
    told = ("position", "summary", "label", "actor", "ref", "corrected_by", "retracted_by")
    for row, event in zip(rows, events, strict=True):
        assert {name: row[name] for name in told} == {name: event[name] for name in told}
        assert row["on"] == event["on"][:10]
        source = event["source"] and {name: event["source"].get(name) for name in row["source"]}
        assert row["source"] == source
        assert row["recorded_at"][:19] == event["recorded_at"][:19]
    assert (rows[-2]["on"], rows[-2]["on_at"]) == ("2022-03-10", "2022-03-09T23:59:01Z")
    assert rows[-1]["on_at"] is None
    assert rows[-1]["source"] is None


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_all_formats_say_the_same(kaohe: Kaohe, form: str) -> None:
    """Units, times and effects too; those for people leave out fractions of a second."""
    kaohe.imports(EVERY_TYPE)
    plain = exported(kaohe, "--as-of", YEAR_END)
    rows = exported(kaohe, "--as-of", YEAR_END, form=form)
    assert rows == (plain if form == "parquet" else [to_the_second(row) for row in plain])


def test_an_effect_is_the_points_that_rest_on_the_event(items: Kaohe) -> None:
    """An adoption gives each author 2 points, which rest on the item too; silence costs 2.

    A retracted adoption, and the retraction itself, have no effect.
    """
    rows = exported(items, "--as-of", YEAR_END)
    both = {"应县": "2", "市教育局": "2"}
    assert effects(rows[5:]) == {6: both, 7: both, 10: {"应县": "-2"}}
    shown = [cells[-1] for cells in csv_cells_of(items, "--as-of", YEAR_END)]
    assert shown[6] == "应县 +2；市教育局 +2"
    assert shown[9] == "应县 -2"


def csv_cells_of(kaohe: Kaohe, *asked: object) -> list[list[str]]:
    """Export as CSV and return the cells below the heading."""
    exported(kaohe, *asked, form="csv")
    return csv_cells(kaohe.folder / "日志.csv")[1:]


def test_effects_are_those_of_the_day_and_of_what_was_known(items: Kaohe) -> None:
    """Before a due nothing is lost; before the retraction, the province's adoption counts."""
    assert 10 not in effects(exported(items, "--as-of", "2022-05-10"))
    before = exported(items, "--as-of", YEAR_END, "--known-at", "#8")
    assert len(before) == 8
    assert before[7]["retracted_by"] is None
    assert effects(before)[8] == {"应县": "5", "市教育局": "5"}
    assert exported(items)[7]["retracted_by"] == 9


def test_points_that_are_gone_again_are_no_effect(opened: Kaohe) -> None:
    """Credited at the start, a secondment loses its points with an early return."""
    opened.imports(
        [
            {"type": "RulingMade", "on": "2022-01-02", "parameter": "secondment.credit",
             "value": "on_start", "reason": "会议纪要"},
            {"type": "SecondmentStarted", "on": "2022-08-01", "secondment": "跟1", "unit": "应县",
             "person": "钱七", "host": "city"},
            {"type": "SecondmentEnded", "on": "2022-08-20", "secondment": "跟1"},
        ]
    )  # fmt: skip
    assert effects(exported(opened, "--as-of", "2022-08-19"))[7] == {"应县": "10"}
    assert 7 not in effects(exported(opened, "--as-of", "2022-08-20"))


@pytest.mark.parametrize("asked", [(YEAR_END, "#34"), ("2022-08-01", "#29"), (YEAR_END, "#31")])
def test_effects_are_the_sums_of_the_lines_of_all_sheets(
    kaohe: Kaohe, asked: tuple[str, str]
) -> None:
    """What the sheets list, line by line, added up by event and unit in another way."""
    kaohe.imports(EVERY_TYPE)
    point = ("--as-of", asked[0], "--known-at", asked[1])
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for unit, sheet in kaohe.sheets(*point).items():
        for line in lines_of(sheet):
            for at in line["events"]:
                sums[at][unit] += Decimal(line["points"])
    assert sums
    found = effects(exported(kaohe, *point))
    assert {at: {u: Decimal(p) for u, p in held.items()} for at, held in found.items()} == sums


def lines_of(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines in force of a sheet."""
    indicators = (held for group in sheet["groups"] for held in group["indicators"])
    return [line for indicator in indicators for line in indicator["lines"]]


def test_a_closed_year_is_told_as_of_its_own_day(kaohe: Kaohe) -> None:
    """Without a day the effects are those of the day that the closing names, and say so."""
    kaohe.imports(EVERY_TYPE)
    path = kaohe.folder / "默认.csv"
    said = kaohe("export", "log", "--to", path).stderr
    assert said.startswith("考核年度 2022，截至 2023-01-31，按事件 #46")
    assert said.endswith(f"已导出 46 条事件到 {path}\n")
    heading = csv_cells(path)[0][-1]
    assert "考核年度 2022，截至 2023-01-31，按事件 #46" in heading
    assert "未扣除上限" in heading
    dated = exported(kaohe, "--as-of", "2023-01-31", "--cycle", "2022", form="csv")
    assert read_back(path) == dated


def test_the_meaning_of_an_effect_is_told_beside_it(items: Kaohe) -> None:
    """In the heading of the column, in the guide of the workbook, and with the Parquet field."""
    exported(items, form="parquet")
    field = parquet.read_schema(items.folder / "日志.parquet").field("score_effect")
    exported(items, form="xlsx")
    heading = xlsx_cells(items.folder / "日志.xlsx")[0][-1]
    assert field.metadata == {b"description": heading.encode()}
    guide = load_workbook(items.folder / "日志.xlsx")["说明"]
    assert "各行相加不等于总分" in "".join(str(cell.value) for (cell,) in guide["A1:A6"])


def test_an_event_is_about_the_units_of_its_thing(opened: Kaohe) -> None:
    """Uses and merges name an item, amendments an event; each row has the units all the same."""
    opened.imports(
        [
            brief("甲", unit="应县"),
            brief("乙", unit="市教育局"),
            {"type": "ItemsMerged", "on": "2022-08-02", "item": "合", "items": ["甲", "乙"],
             "kind": "brief", "title": "合编"},
            adopted("合"),
            corrected(6, units=["开发区"]),
            retracted(10),
            studied(unit="市财政局"),
            corrected(12, unit="应县"),
        ]
    )  # fmt: skip
    assert [row["units"] for row in exported(opened)][5:] == [
        ["应县"],
        ["市教育局"],
        ["应县", "市教育局"],
        ["应县", "市教育局"],
        ["应县", "开发区"],
        ["应县", "开发区"],
        ["市财政局"],
        ["市财政局", "应县"],
    ]
    assert [row["units"] for row in exported(opened, "--known-at", "#10")][8] == [
        "开发区",
        "市教育局",
    ]


def test_units_are_called_as_on_the_day(items: Kaohe) -> None:
    """A unit that changed its name bears the new one from its day on, as in its sheet."""
    renamed = {"type": "UnitChanged", "on": "2022-10-01", "unit": "市教育局", "name": "市教体局"}
    items.imports([renamed])
    rows = exported(items, "--as-of", YEAR_END)
    assert rows[6]["units"] == list(rows[6]["score_effect"]) == ["应县", "市教体局"]
    assert exported(items, "--as-of", "2022-09-30")[6]["units"] == ["应县", "市教育局"]
    assert len(exported(items, "--unit", "市教体局")) == len(exported(items, "--unit", "市教育局"))


def test_the_log_of_a_unit_alone(items: Kaohe) -> None:
    """The same events as ``kaohe log --unit``, found by name or alias."""
    for unit in ("应县人民政府", "市教育局", "市财政局"):
        events = events_of(items, "--unit", unit)
        rows = exported(items, "--unit", unit)
        assert [row["position"] for row in rows] == [event["position"] for event in events]
    assert "应县" in refused(items, "export", "log", "--to", items.folder / "x.csv", "--unit", "应")
    assert not (items.folder / "x.csv").exists()


@pytest.fixture
def odd(kaohe: Kaohe) -> Kaohe:
    """A register in which names and texts look like formulas."""
    odd = Kaohe(kaohe.folder, actor="+SUM(A1)")
    units = ("=1+1", "@SUM(A1)", "-2", "'x", "＝A1", "平常")
    odd.imports([CYCLE, *(enrolled(unit, "county", ref=f"={unit}") for unit in units)], "=1.jsonl")
    return odd


def test_text_in_csv_is_never_a_formula(odd: Kaohe) -> None:
    """No cell but a number begins as a formula does; one apostrophe taken off, it is the text."""
    plain = exported(odd)
    cells = csv_cells_of(odd)
    written = [cell for row in cells for cell in row if cell]
    assert not [cell for cell in written if cell.lstrip()[0] in "=+-@＝＋－\uff20"]
    assert [row[1].removeprefix("'") for row in cells[1:]] == [row["units"][0] for row in plain[1:]]
    assert [row[7].removeprefix("'") for row in cells[1:]] == [row["ref"] for row in plain[1:]]
    assert cells[1][6] == "'+SUM(A1)"
    assert cells[1][8] == "'=1.jsonl"
    assert cells[4][1] == "''x"
    assert cells[6][1] == "平常"


def test_text_in_a_workbook_is_never_a_formula(odd: Kaohe) -> None:
    """Every cell that is no number and no date is a text, exactly as it was recorded."""
    rows = exported(odd, form="xlsx")
    assert [row["units"] for row in rows] == [row["units"] for row in exported(odd)]
    book = load_workbook(odd.folder / "日志.xlsx")
    kinds = {cell.data_type for row in book["事件日志"].iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}


def test_csv_opens_in_excel_as_it_should(items: Kaohe) -> None:
    """A byte order mark, so that Chinese is read as UTF-8, and the line ends of RFC 4180."""
    exported(items, form="csv")
    data = (items.folder / "日志.csv").read_bytes()
    assert data.startswith("\ufeff编号,单位,内容,".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 11
    rows = csv_cells(items.folder / "日志.csv")
    assert rows[7][4] == "2022-08-05 17:30"
    assert rows[8][4] == "2022-08-06"


def test_the_same_log_gives_the_same_bytes(items: Kaohe) -> None:
    """Each format, made twice; a workbook bears no date of its making."""
    for form in FORMS:
        for name in ("一", "二"):
            exported(items, "--as-of", YEAR_END, form=form, name=name)
        paths = [items.folder / f"{name}.{form}" for name in ("一", "二")]
        assert paths[0].read_bytes() == paths[1].read_bytes()
    with ZipFile(items.folder / "一.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
    assert load_workbook(items.folder / "一.xlsx").properties.created.year == 2022


def test_the_format_is_named_by_the_suffix_or_by_the_option(items: Kaohe) -> None:
    """A suffix that says nothing is refused with those that do, unless the format is given."""
    path: Path = items.folder / "日志.txt"
    assert ".jsonl、.csv、.xlsx 或 .parquet" in refused(items, "export", "log", "--to", path)
    assert "--format" in refused(items, "export", "log", "--to", items.folder / "日志")
    assert not path.exists()
    items("export", "log", "--to", path, "--format", "jsonl")
    items("export", "log", "--to", items.folder / "大写.JSONL")
    assert path.read_bytes() == (items.folder / "大写.JSONL").read_bytes()
    misused(items, "export", "log", "--to", path, "--format", "xml")
    other = items.folder / "日志.xlsx"
    assert "相符" in refused(items, "export", "log", "--to", other, "--format", "csv")
    assert not other.exists()


@each_form
def test_an_export_never_overwrites(items: Kaohe, form: str) -> None:
    """A file that is there stays as it is, and a folder that is not there is told."""
    path = items.folder / f"出.{form}"
    path.write_bytes(b"mine")
    assert "没有覆盖" in refused(items, "export", "log", "--to", path)
    assert path.read_bytes() == b"mine"
    nowhere = items.folder / "没有" / f"出.{form}"
    assert "不能写入" in refused(items, "export", "log", "--to", nowhere)


def test_a_text_too_long_for_a_workbook_leaves_no_file(opened: Kaohe) -> None:
    """The event is named, and what to do instead, which then works."""
    opened.imports([studied(), corrected(6, note="a" * 33_000)])
    path = opened.folder / "出.xlsx"
    message = refused(opened, "export", "log", "--to", path)
    assert "#7" in message
    assert "--format csv" in message
    assert not path.exists()
    assert len(exported(opened, form="csv")) == 7


@each_form
def test_an_empty_log_has_an_export(kaohe: Kaohe, form: str) -> None:
    """No events are no rows, in a file that can be opened; no register is refused."""
    path = kaohe.folder / f"出.{form}"
    assert "没有数据库" in refused(kaohe, "export", "log", "--to", path)
    assert not path.exists()
    kaohe("init")
    assert exported(kaohe, form=form) == []


def test_before_any_cycle_there_are_no_effects(kaohe: Kaohe) -> None:
    """Units can be enrolled before a cycle is opened: the log can be read, nothing is scored."""
    kaohe.imports([enrolled("应县", "county")])
    assert exported(kaohe)[0]["score_effect"] == {}
    assert csv_cells_of(kaohe)[0][-1] == ""
    refused(kaohe, "export", "log", "--to", kaohe.folder / "x.csv", "--cycle", "2022")


def test_reading_the_log_out_is_not_recorded(items: Kaohe) -> None:
    """Only the audit export is an event; this one leaves the log as long as it was."""
    before = events_of(items)
    for form in FORMS:
        exported(items, form=form)
    assert events_of(items) == before


def test_a_log_of_many_pages_is_told_in_order(kaohe: Kaohe) -> None:
    """Each event once, in order, across the pages in which the log and its units are read."""
    kaohe.imports(of_length(2_600))
    rows = exported(kaohe, form="parquet")
    assert [row["position"] for row in rows] == list(range(1, 2_601))
    assert all(row["units"] for row in rows[1:])
