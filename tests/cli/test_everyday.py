"""A year of the office through every command, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.driving import contents, events_of, refused, totals_of
from tests.cli.registers import OPENING, YEAR_END, adopted, brief, issued, of_length, studied
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Kaohe:
    """The command line with an empty database of either kind."""
    return Kaohe(tmp_path, database_url)


def test_the_everyday_commands_work_on_either_database(office: Kaohe) -> None:
    """From the empty workbook to a checked export, each command does its part."""
    office("init")
    office("template", office.folder / "空.xlsx")
    office("import", "--dry-run", office.file(OPENING))
    assert events_of(office) == []
    office.imports(OPENING)
    office.imports([brief("甲", ref="a"), adopted("甲"), issued("约1")], "八月.jsonl")
    assert (
        "跳过以前登记过的 3 行"
        in office.imports([brief("甲", ref="a"), adopted("甲"), issued("约1")], "八月.jsonl").stderr
    )
    assert totals_of(office, "--as-of", YEAR_END)["应县"] == "80"
    office("record", "CommissionDeclined", "on=2022-05-09", "commission=约1", "unit=应县")
    office("correct", "#7", "level=province", "--reason", "层级记错")
    assert totals_of(office, "--as-of", YEAR_END)["应县"] == "85"
    office("retract", "#7", "--reason", "撤稿")
    assert totals_of(office, "--as-of", YEAR_END)["应县"] == "80"
    assert totals_of(office, "--as-of", YEAR_END, "--known-at", "#10")["应县"] == "85"
    assert office.json("rank", "--as-of", YEAR_END)["units"][0]["rank"] == 1
    for typed in (
        ["score"],
        ["score", "应县", "--as-of", "2022年12月31日"],
        ["rank", "--as-of", "2022-8-1"],
        ["log"],
        ["log", "--unit", "应县", "--last", "3"],
        ["explain", "应县", "--as-of", YEAR_END],
        ["history", "应县"],
        ["diff", "应县", "--from", f"{YEAR_END}@#10", "--to", YEAR_END],
        ["rulebook", "readings", "--cycle", "2022"],
        ["check"],
    ):
        assert office(*typed).stdout.strip()
    office("rebuild")
    office("export", "register", "--to", office.folder / "出.xlsx")
    assert "一致：11 条事件" in office("check").stdout
    assert "没有登记过信息" in refused(office, "import", office.file([adopted("没有")]))
    assert len(events_of(office)) == 11


def test_a_register_of_every_type_is_told_alike(office: Kaohe, tmp_path: Path) -> None:
    """Both databases give the same log, scores, differences and explanations of one register."""
    plain = Kaohe(tmp_path, str(tmp_path / "比较.db"))
    for kaohe in (office, plain):
        kaohe.imports(EVERY_TYPE)
        kaohe.imports([studied(note=str(n)) for n in range(3)], "更多.jsonl")
    assert contents(events_of(office)) == contents(events_of(plain))
    for typed in (
        ["score", "--as-of", YEAR_END],
        ["score", "--as-of", "2023-03-01", "--known-at", "#20"],
        ["rank", "--as-of", "2023-03-01"],
        ["explain", "应县", "--as-of", "2023-03-01"],
        ["diff", "应县", "--from", "2022-03-01@#10", "--to", "2023-03-01"],
        ["history", "应县"],
        ["check"],
    ):
        assert timeless(office(*typed, "--json").stdout) == timeless(plain(*typed, "--json").stdout)


@pytest.mark.slow
def test_twenty_thousand_lines_are_imported(tmp_path: Path) -> None:
    """A register far above a city's year goes in as one file, agrees with a replay, and answers."""
    kaohe = Kaohe(tmp_path)
    lines = of_length(20_000)
    assert "登记 20000 条事件（#1 至 #20000）" in kaohe.imports(lines).stderr
    adoptions = sum(line["type"] == "ItemAdopted" for line in lines)
    found = totals_of(kaohe, "--as-of", "2023-01-01")
    assert sum(map(int, found.values())) == 80 * len(found) + 2 * adoptions
    assert "一致：20000 条事件" in kaohe("check").stdout


def timeless(document: str) -> str:
    """Return a document without the moments at which events were recorded."""
    return re.sub(r'"\d{4}-\d\d-\d\dT[0-9:.]+Z"', '"…"', document)
