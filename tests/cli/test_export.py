"""``kaohe export register``: the log as a workbook, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from tests.cli.driving import contents, events_of, refused
from tests.cli.registers import YEAR_END, of_length
from tests.infra.files.registers import EVERY_TYPE
from tests.oracle.registers import registers
from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

ASKED = [(), ("--as-of", "2022-08-01"), ("--as-of", YEAR_END), ("--as-of", "2023-03-01")]


def copied(kaohe: Kaohe, name: str = "抄本") -> Kaohe:
    """Return a new register into which the export of another was imported."""
    path = kaohe.folder / f"{name}.xlsx"
    path.unlink(missing_ok=True)
    database = kaohe.folder / f"{name}.db"
    database.unlink(missing_ok=True)
    assert kaohe("export", "register", "--to", path).stdout == ""
    copy = Kaohe(kaohe.folder, str(database), actor="王五")
    copy("import", path)
    return copy


def scores(kaohe: Kaohe, *asked: str) -> dict[str, Any]:
    """Return a score document without the moment at which its last event was recorded."""
    document: dict[str, Any] = kaohe.json("score", "--cycle", "2022", *asked)
    del document["known_at"]["recorded_at"]
    return document


@pytest.mark.parametrize("lines", [EVERY_TYPE, of_length(120)], ids=["every type", "plain"])
def test_an_export_imported_gives_the_same_events_and_scores(
    kaohe: Kaohe, lines: Sequence[dict[str, Any]]
) -> None:
    """All that differs is when, by whom and from which row it was recorded."""
    kaohe.imports(lines)
    copy = copied(kaohe)
    assert contents(events_of(copy)) == contents(events_of(kaohe))
    for asked in ASKED:
        assert scores(copy, *asked) == scores(kaohe, *asked)
    for position in range(3, len(lines), 5):
        known = ("--known-at", f"#{position}", "--as-of", YEAR_END)
        assert scores(copy, *known) == scores(kaohe, *known)
    assert "一致" in copy("check").stdout


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lines=registers(max_events=60))
def test_any_register_survives_the_way_out_and_in(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, Any]]
) -> None:
    """Random registers with amendments of all kinds come back as the same events and scores."""
    kaohe = Kaohe(tmp_path_factory.mktemp("export"))
    kaohe.imports(lines)
    copy = copied(kaohe)
    assert contents(events_of(copy)) == contents(events_of(kaohe))
    assert scores(copy, "--as-of", YEAR_END) == scores(kaohe, "--as-of", YEAR_END)


def test_an_export_imported_where_it_came_from_records_nothing(kaohe: Kaohe) -> None:
    """Every row of an export is one that the register has already."""
    kaohe.imports(EVERY_TYPE)
    path = kaohe.folder / "出.xlsx"
    kaohe("export", "register", "--to", path)
    assert f"登记 0 条事件，跳过以前登记过的 {len(EVERY_TYPE)} 行" in kaohe("import", path).stderr


def test_an_export_can_be_exported_again(kaohe: Kaohe) -> None:
    """A copy of a copy still says the same."""
    kaohe.imports(EVERY_TYPE)
    assert contents(events_of(copied(copied(kaohe), "再抄"))) == contents(events_of(kaohe))


def test_an_export_says_how_much_it_holds(kaohe: Kaohe) -> None:
    """Each event is one row with its position, and the message counts them."""
    kaohe.imports(EVERY_TYPE)
    path = kaohe.folder / "出.xlsx"
    said = kaohe("export", "register", "--to", path).stderr
    assert said == f"已导出 {len(EVERY_TYPE)} 条事件到 {path}\n"
    book = load_workbook(path, read_only=True)
    sheets = [list(sheet.values) for sheet in book.worksheets[1:]]
    book.close()
    positions = [row[0] for rows in sheets for row in rows[1:]]
    assert len(positions) == len(EVERY_TYPE)
    assert set(positions) == set(range(1, len(EVERY_TYPE) + 1))
    assert {rows[0][0] for rows in sheets} == {"序号"}


def test_an_export_never_overwrites(opened: Kaohe) -> None:
    """A file that is there stays as it is."""
    path = opened.folder / "出.xlsx"
    path.write_bytes(b"mine")
    assert "没有覆盖" in refused(opened, "export", "register", "--to", path)
    assert path.read_bytes() == b"mine"


def test_an_empty_register_has_an_export(kaohe: Kaohe) -> None:
    """No events are zero rows; the workbook that results holds nothing to import."""
    kaohe("init")
    path: Path = kaohe.folder / "空.xlsx"
    assert "已导出 0 条事件" in kaohe("export", "register", "--to", path).stderr
    assert "没有登记内容" in refused(kaohe, "import", path)


def test_an_export_from_no_register_is_refused(kaohe: Kaohe) -> None:
    """Nothing is written when there is nothing to read."""
    path = kaohe.folder / "出.xlsx"
    assert "没有数据库" in refused(kaohe, "export", "register", "--to", path)
    assert not path.exists()


def test_only_xlsx_is_written(opened: Kaohe) -> None:
    """A name that would open as something else is refused before anything is written."""
    for typed in (["template"], ["export", "register", "--to"]):
        path = opened.folder / "出.csv"
        assert ".xlsx" in refused(opened, *typed, path)
        assert not path.exists()
