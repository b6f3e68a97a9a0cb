"""The log written as a register workbook."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from domain.errors import Refused
from domain.events.base import Event
from domain.events.catalogue import BY_NAME
from domain.events.codec import from_fields
from infra.files import export
from infra.files.export import write_register
from tests.infra.files.registers import WORDS, raw_lines

RECORDED = "2022-08-01T02:03:04.000005Z"


def event(name: str, **values: Any) -> Event:  # noqa: ANN401  any field value
    """Return an event of that type on 5 July 2022."""
    return from_fields(BY_NAME[name].event, {"on": "2022-07-05", **values})


def submission(**values: Any) -> Event:  # noqa: ANN401  any field value
    """Return a submission."""
    given = {"item": "007", "units": ["应县", "市财政局"], "kind": "special", "title": "标题"}
    return event("SubmissionReceived", **{**given, **values})


def written(path: Path, *events: Event) -> Path:
    """Export ``events``, the first at position 1."""
    told = ((at, RECORDED, event) for at, event in enumerate(events, 1))
    write_register(path, told, vocabularies=[WORDS])
    return path


def row_of(path: Path, sheet: str, number: int = 2) -> dict[str, Any]:
    """Return the filled cells of a row, by heading."""
    rows = list(load_workbook(path)[sheet].values)
    pairs = zip(rows[0], rows[number - 1], strict=True)
    return {str(heading): cell for heading, cell in pairs if cell is not None}


def test_an_event_is_shown_in_words_that_a_clerk_reads(tmp_path: Path) -> None:
    """Days are dates, codes their labels, lists joined; the recorder's part is for information."""
    source = {"file": "七月.xlsx", "sha256": "0" * 64, "row": 3, "sheet": "信息报送"}
    path = written(
        tmp_path / "a.xlsx", submission(ref="r1", labelled=False, actor="张三", source=source)
    )
    assert row_of(path, "信息报送") == {
        "序号": 1,
        "日期": datetime.fromisoformat("2022-07-05T00:00"),
        "信息编号": "007",
        "报送单位": "应县、市财政局",
        "类别": "专报",
        "标题": "标题",
        "内容性质": "一般信息",
        "是否标注": "否",
        "自编标识": "r1",
        "登记时间（仅供查阅）": RECORDED,
        "登记人（仅供查阅）": "张三",
        "来源（仅供查阅）": "七月.xlsx 信息报送 第 3 行",
    }


def test_a_correction_is_shown_in_the_words_of_its_target(tmp_path: Path) -> None:
    """Changed fields have the headings and labels of the event they belong to."""
    endorsed = event("ItemEndorsed", item="007", level="city", leader="市长")
    changes = {"level": "province", "leader": None, "on": "2022-07-06"}
    corrected = event("EventCorrected", target=1, changes=changes, reason="误")
    path = written(tmp_path / "a.xlsx", endorsed, corrected)
    row = row_of(path, "事件更正")
    assert row["更正内容"] == "层级=省政府领导\n领导=\n日期=2022-07-06"
    assert row["目标事件"] == "#1"
    assert raw_lines(path)[1]["changes"] == changes


def test_only_types_that_occur_have_a_sheet(tmp_path: Path) -> None:
    """A short log is a short workbook; an empty one still opens."""
    assert load_workbook(written(tmp_path / "a.xlsx", submission())).sheetnames == [
        "说明",
        "信息报送",
    ]
    assert load_workbook(written(tmp_path / "b.xlsx")).sheetnames == ["说明"]


@pytest.mark.parametrize(
    "text", ["=SUM(A1:A2)", "+1", "-1", "@x", "007", "1e5", "TRUE", "#REF!", "'x"]
)
def test_text_is_never_a_formula_or_a_number(tmp_path: Path, text: str) -> None:
    """Whatever a title looks like, its cell is text, formatted to stay text when edited."""
    path = written(tmp_path / "a.xlsx", submission(title=text))
    cell = load_workbook(path)["信息报送"]["F2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    with ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet2.xml")


def test_days_that_excel_miscounts_are_text(tmp_path: Path) -> None:
    """Before March 1900 Excel's days are one off, so that they are written as text."""
    path = written(
        tmp_path / "a.xlsx",
        *(submission(on=day) for day in ("1900-02-28", "1900-03-01", "2999-12-31")),
    )
    sheet = load_workbook(path)["信息报送"]
    assert sheet["B2"].value == "1900-02-28"
    assert sheet["B3"].value == datetime.fromisoformat("1900-03-01T00:00")
    assert [line["on"] for line in raw_lines(path)] == ["1900-02-28", "1900-03-01", "2999-12-31"]


def test_a_text_too_long_for_a_cell_is_refused_by_event(tmp_path: Path) -> None:
    """One character more than a cell holds, as Excel counts, names the event; nothing is left."""
    path = written(tmp_path / "a.xlsx", submission(note="𠮷" * 16_383 + "x"))
    assert len(raw_lines(path)[0]["note"]) == 16_384
    with pytest.raises(Refused, match=r"事件 #2（信息报送）.*32768 个字符.*上限 32767") as refused:
        written(tmp_path / "b.xlsx", submission(), submission(note="𠮷" * 16_384))
    assert "kaohe log --json" in refused.value.fix
    assert not (tmp_path / "b.xlsx").exists()


def test_the_same_log_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock goes into the file: only its content decides its digest."""
    first = written(tmp_path / "a.xlsx", submission(), event("ItemAdopted", item="7", level="city"))
    second = written(
        tmp_path / "b.xlsx", submission(), event("ItemAdopted", item="7", level="city")
    )
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as book:
        assert b"2022-01-01T00:00:00Z" in book.read("docProps/core.xml")
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_positions_are_kept_whatever_the_types(tmp_path: Path) -> None:
    """Rows of several sheets come back in the order of the log, later days first if it was so."""
    path = written(
        tmp_path / "a.xlsx",
        event("ItemAdopted", item="b", level="city", on="2022-09-01"),
        submission(item="a", on=date(2022, 3, 1).isoformat()),
        event("ItemAdopted", item="b", level="city", on="2022-09-01"),
        event("EventRetracted", target=1, reason="重"),
        submission(item="c"),
    )
    assert [line.get("item") or line["target"] for line in raw_lines(path)] == [
        "b", "a", "b", "#1", "c",
    ]  # fmt: skip


def test_an_export_never_overwrites(tmp_path: Path) -> None:
    """An export onto an existing file is refused before the log is written."""
    path = written(tmp_path / "a.xlsx", submission())
    with pytest.raises(Refused, match="已经存在"):
        written(path, submission())


def test_more_events_of_a_type_than_rows_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet that would silently lose its last rows is not written."""
    monkeypatch.setattr(export, "_MOST_ROWS", 2)
    assert len(raw_lines(written(tmp_path / "a.xlsx", submission(), submission()))) == 2
    with pytest.raises(Refused, match="“信息报送”有 3 条"):
        written(tmp_path / "b.xlsx", submission(), submission(), submission())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_full_disk_leaves_no_half_workbook(tmp_path: Path) -> None:
    """A workbook that could not be written to its end is taken away, and the reason told."""
    import resource  # noqa: PLC0415  there is none on Windows

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(Refused, match="不能写入") as refused:
            written(tmp_path / "a.xlsx", submission())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "磁盘" in refused.value.fix
    assert list(tmp_path.iterdir()) == []
