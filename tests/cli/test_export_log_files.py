"""``kaohe export log``: the files of each format, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.cli.driving import misused, refused
from tests.cli.exported import FORMS, csv_cells, csv_cells_of, exported
from tests.cli.registers import CYCLE, YEAR_END, corrected, enrolled, studied
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

each_form = pytest.mark.parametrize("form", FORMS)


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


def test_csv_opens_in_excel_as_it_should(busy: Kaohe) -> None:
    """A byte order mark, so that Chinese is read as UTF-8, and the line ends of RFC 4180."""
    exported(busy, form="csv")
    data = (busy.folder / "日志.csv").read_bytes()
    assert data.startswith("\ufeff编号,单位,内容,".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 11
    rows = csv_cells(busy.folder / "日志.csv")
    assert rows[7][4] == "2022-08-05 17:30"
    assert rows[8][4] == "2022-08-06"


def test_the_same_log_gives_the_same_bytes(busy: Kaohe) -> None:
    """Each format, made twice; a workbook bears no date of its making."""
    for form in FORMS:
        for name in ("一", "二"):
            exported(busy, "--as-of", YEAR_END, form=form, name=name)
        paths = [busy.folder / f"{name}.{form}" for name in ("一", "二")]
        assert paths[0].read_bytes() == paths[1].read_bytes()
    with ZipFile(busy.folder / "一.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
    assert load_workbook(busy.folder / "一.xlsx").properties.created.year == 2022


def test_the_format_is_named_by_the_suffix_or_by_the_option(busy: Kaohe) -> None:
    """A suffix that says nothing is refused with those that do, unless the format is given."""
    path: Path = busy.folder / "日志.txt"
    assert ".jsonl、.csv、.xlsx 或 .parquet" in refused(busy, "export", "log", "--to", path)
    assert "--format" in refused(busy, "export", "log", "--to", busy.folder / "日志")
    assert not path.exists()
    busy("export", "log", "--to", path, "--format", "jsonl")
    busy("export", "log", "--to", busy.folder / "大写.JSONL")
    assert path.read_bytes() == (busy.folder / "大写.JSONL").read_bytes()
    misused(busy, "export", "log", "--to", path, "--format", "xml")
    other = busy.folder / "日志.xlsx"
    assert "相符" in refused(busy, "export", "log", "--to", other, "--format", "csv")
    assert not other.exists()


@each_form
def test_an_export_never_overwrites(busy: Kaohe, form: str) -> None:
    """A file that is there stays as it is, and a folder that is not there is told."""
    path = busy.folder / f"出.{form}"
    path.write_bytes(b"mine")
    assert "没有覆盖" in refused(busy, "export", "log", "--to", path)
    assert path.read_bytes() == b"mine"
    nowhere = busy.folder / "没有" / f"出.{form}"
    assert "不能写入" in refused(busy, "export", "log", "--to", nowhere)


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
