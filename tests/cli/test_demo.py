"""``kaohe demo`` shows a whole year, and everything that it says can be done can be done."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cli.main import COMMANDS
from tests.cli.circulars import opened_docx
from tests.cli.driving import MAIN, ROOT
from tests.running import Answer, Kaohe

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKBOOK, DATABASE, KEYS = "登记簿2022.xlsx", "kaohe.db", "密钥"
BUNDLES = ("移交包", "移交包-改过")
APPEAL = ("申诉1更正.jsonl", "申诉1答复.html")
SUPPOSED = "试算撤销.jsonl"
CLOSED = {"propose", "decide"}
"""Steps of an appeal that can be done only once."""
RANDOM = re.compile(r"kaohe-[0-9a-f]{16}|\+[0-9a-f]{8}(?:\+[\w+/=]+)?|[0-9a-f]{64}|[\w+/]{43}=")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+Z)?")
DAY = "2023-01-20"


class Shown:
    """A demonstration that was given: its folder and what it said."""

    def __init__(self, folder: Path, answer: Answer) -> None:
        self.folder = folder
        self.answer = answer

    def commands(self, folder: Path) -> Iterator[list[str]]:
        """Return the commands that were shown, as words, with ``folder`` for the folder."""
        for line in self.answer.stdout.splitlines():
            if line.strip().startswith("kaohe "):
                words = shlex.split(line.replace(str(self.folder), str(folder)))
                yield words[1:]

    def copy(self, folder: Path) -> Kaohe:
        """Return the command line on a copy of the demonstration's database."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Kaohe(folder, str(folder / DATABASE))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The demonstration in a folder of its own, whose name holds a space."""
    folder = tmp_path_factory.mktemp("demo") / "演示 一"
    kaohe = Kaohe(tmp_path_factory.mktemp("elsewhere"))
    return Shown(folder, kaohe("demo", "--to", folder))


def total(sheet: dict[str, Any]) -> Decimal:
    """Return the total of a sheet."""
    return Decimal(sheet["total"])


def section(shown: Shown, number: str) -> str:
    """Return what stands in the section of that number."""
    return shown.answer.stdout.partition(f"── {number}、")[2].partition("\n── ")[0]


def test_it_goes_from_the_workbook_to_the_reasons(shown: Shown) -> None:
    """The folder holds what was written, and all seven parts are shown in order."""
    files = {WORKBOOK, DATABASE, KEYS, *BUNDLES, *APPEAL, SUPPOSED}
    assert {path.name for path in shown.folder.iterdir()} == files
    parts = re.findall(r"^── (.)", shown.answer.stdout, re.MULTILINE)
    assert parts == ["一", "二", "三", "四", "五", "六", "七", "接"]
    assert str(shown.folder) in shown.answer.stdout


def test_the_ranking_is_that_of_rank(shown: Shown, tmp_path: Path) -> None:
    """The first ten and the last five are those of ``kaohe rank``, spread over many points."""
    imported = re.findall(r"共 (\d+) 行", shown.answer.stdout)[0]
    table = shown.copy(tmp_path).json("rank", "--as-of", DAY, "--known-at", f"#{imported}")["units"]
    rows = re.findall(r"^ +(\d+) +(\S+) +(\S+) +\S+ +\S+ *$", section(shown, "二"), re.MULTILINE)
    expected = [(str(u["rank"]), u["unit"], u["total"]) for u in (*table[:10], *table[-5:])]
    assert rows == expected
    assert len(table) == 41
    assert total(table[0]) - total(table[-1]) > 60
    assert len({unit["total"] for unit in table}) > 25


def test_some_caps_bite(shown: Shown, tmp_path: Path) -> None:
    """On some sheets an indicator's cap swallows points."""
    sheets = shown.copy(tmp_path).sheets("--as-of", DAY)
    absorbed = {
        indicator["id"]
        for sheet in sheets.values()
        for group in sheet["groups"]
        for indicator in group["indicators"]
        if indicator["absorbed"] != "0"
    }
    assert "commissioned" in absorbed


def test_the_two_moments_differ_as_score_says(shown: Shown, tmp_path: Path) -> None:
    """The unit's two totals on one day are those of ``kaohe score``, and they differ."""
    words = next(words for words in shown.commands(tmp_path) if "diff" in words)
    unit, start, end = words[3], words[5], words[7]
    kaohe = shown.copy(tmp_path)
    totals = []
    for day, _, known in (start.partition("@"), end.partition("@")):
        sheet = kaohe.sheets(unit, "--as-of", day, "--known-at", known)[unit]
        totals.append(sheet["total"])
    assert start.partition("@")[0] == end.partition("@")[0]
    assert totals[0] != totals[1]
    assert re.findall(r"^  #\d+（\S+） +(\S+)", section(shown, "四"), re.MULTILINE) == totals
    assert "引起变化的事件" in section(shown, "五")


def test_it_ends_with_a_verified_bundle_and_a_changed_copy(shown: Shown, tmp_path: Path) -> None:
    """The bundle is verified and its scores computed again; the one changed entry is named."""
    said = section(shown, "七")
    verified, _, changed = said.partition("一个字节改掉")
    assert "已验证" in verified
    assert "都能由这些事件算出" in verified
    position = re.findall(r"事件 #(\d+) 的$", verified.strip())[0]
    assert f"ALTERED   data/events.jsonl #{position}" in changed
    place = shown.folder / BUNDLES[0]
    key = next(shown.folder.glob("密钥/*/key.pub")).read_text(encoding="utf-8").strip()
    Kaohe(tmp_path)("verify", "bundle", place, "--key", key)


def test_an_appeal_is_answered(shown: Shown, tmp_path: Path) -> None:
    """Two people deal with a report that was not counted; it is, and the page says so."""
    said = section(shown, "六")
    kaohe = shown.copy(tmp_path)
    trail = kaohe.json("appeal", "trail", "1")
    (proposal,) = trail["proposals"]
    assert (proposal["actor"], trail["end"]["actor"]) == ("演示", "复核员")
    assert trail["change"]["total"] == trail["change"]["by_decision"] == "2"
    assert f"变化：+{trail['change']['total']}" in said
    assert f"第 {trail['before']['rank']} 名" in said
    lacking = [
        line["missing"]
        for group in trail["groups"]
        for indicator in group["indicators"]
        for line in indicator["lines"]
        if line["changed"] and line["missing"]
    ]
    assert [missing["counted"] for missing in lacking] == [0, 1]
    page = (shown.folder / APPEAL[1]).read_text(encoding="utf-8")
    kaohe("appeal", "trail", "1", "--out", tmp_path / "again.html", "--known-at", "#2992")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_every_command_that_is_shown_works(shown: Shown, tmp_path: Path) -> None:
    """Whatever the demonstration names can be typed as it stands, on its own database."""
    shown.copy(tmp_path)
    shutil.rmtree(tmp_path / BUNDLES[0])
    (tmp_path / APPEAL[1]).unlink()
    seen = set()
    for words in shown.commands(tmp_path):
        assert words[:2] == ["--db", str(tmp_path / DATABASE)]
        seen.add(next(word for word in words[2:] if word in COMMANDS))
        refused = str(tmp_path / BUNDLES[1]) in words or not CLOSED.isdisjoint(words)
        Kaohe(tmp_path, words[1])(*words[2:], exit_code=1 if refused else 0)
    assert seen >= {
        "import",
        "publish",
        "appeal",
        "explain",
        "diff",
        "history",
        "rulebook",
        "what-if",
        "check",
    }


def test_what_it_suggests_shows_what_it_says(shown: Shown, tmp_path: Path) -> None:
    """Some commissions are open, taking an adoption back costs somebody points, the quarter ends.

    The circular is that of the fourth quarter, not one that goes on into January.
    """
    kaohe = shown.copy(tmp_path)
    suggested = {words[2]: words[2:] for words in shown.commands(tmp_path)}
    assert kaohe.json(*suggested["list"])["rows"]
    changed = kaohe.json(*suggested["what-if"])["units"]
    assert min(Decimal(unit["change"]["total"]) for unit in changed) < 0
    (circular,) = (words for words in shown.commands(tmp_path) if "circular" in words)
    kaohe(*circular[2:])
    assert "2022年10月1日至12月31日" in opened_docx(tmp_path / "通报.docx").paragraphs[0]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a program is made of a script by its first line")
def test_commands_are_shown_as_they_are_typed_where_it_was_started(tmp_path: Path) -> None:
    """A program that is not on PATH is named by its place, and what is shown can be copied."""
    program = tmp_path / ".venv" / "bin" / "kaohe"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\n{MAIN}\n", encoding="utf-8")
    program.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("KAOHE_")}
    given = {**own, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    run = partial(
        subprocess.run,
        cwd=tmp_path,
        env=given,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    said = run([".venv/bin/kaohe", "demo", "--to", "演示"]).stdout
    assert not re.search(r"^ +kaohe ", said, re.MULTILINE)
    last = said.splitlines()[-1].strip()
    assert last == ".venv/bin/kaohe --db 演示/kaohe.db check"
    assert run(["sh", "-c", last]).stdout.startswith("一致：")


def test_check_finds_nothing(shown: Shown, tmp_path: Path) -> None:
    """The lines of the demonstration equal a fresh replay of its log."""
    assert shown.copy(tmp_path).json("check")["differences"] == []


def test_its_register_exported_and_imported_gives_the_same_scores(
    shown: Shown, tmp_path: Path
) -> None:
    """A database made from the exported register has the sheets of the first one."""
    first = shown.copy(tmp_path / "first")
    first("export", "register", "--to", tmp_path / "登记.xlsx")
    second = Kaohe(tmp_path, str(tmp_path / "second.db"))
    second("import", tmp_path / "登记.xlsx")
    for point in (("--as-of", DAY), ("--as-of", "2022-08-31", "--known-at", "#1500")):
        assert second.sheets(*point) == first.sheets(*point)


@pytest.mark.slow
def test_it_is_the_same_every_time(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder it makes and leaves one, and only where and when differ from before."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    other = Kaohe(tmp_path, str(tmp_path / "other.db"))
    again = other("demo").stdout
    (folder,) = tmp_path.iterdir()
    assert (folder / WORKBOOK).read_bytes() == (shown.folder / WORKBOOK).read_bytes()
    before = shown.answer.stdout.replace(shlex.quote(str(shown.folder / DATABASE)), "DB")
    before = before.replace(shlex.quote(str(shown.folder / WORKBOOK)), "XLSX")
    before = before.replace(shlex.quote(str(shown.folder / KEYS)), "KEYS")
    before = re.sub(f"'{re.escape(str(shown.folder))}/([^']*)'", r"FOLDER/\1", before)
    before = before.replace(str(shown.folder), "FOLDER")
    again = again.replace(str(folder / DATABASE), "DB").replace(str(folder / WORKBOOK), "XLSX")
    again = again.replace(str(folder / KEYS), "KEYS").replace(str(folder), "FOLDER")
    assert RANDOM.sub("R", MOMENT.sub("T", again)) == RANDOM.sub("R", MOMENT.sub("T", before))


@pytest.mark.slow
def test_another_seed_gives_another_year_as_sound(shown: Shown, tmp_path: Path) -> None:
    """With ``--seed`` the year is another one, and passes every check."""
    kaohe = Kaohe(tmp_path)
    kaohe("demo", "--to", tmp_path, "--seed", "-5")
    assert (tmp_path / WORKBOOK).read_bytes() != (shown.folder / WORKBOOK).read_bytes()
    assert kaohe.json("check")["differences"] == []


@pytest.mark.parametrize("there", [WORKBOOK, DATABASE])
def test_a_folder_with_a_demonstration_is_refused(there: str, tmp_path: Path) -> None:
    """What is in the folder already is named and stays as it is."""
    (tmp_path / there).write_bytes(b"mine")
    kaohe = Kaohe(tmp_path, str(tmp_path / "other.db"))
    said = kaohe("demo", "--to", tmp_path, exit_code=1).stderr
    assert there in said
    assert "--to" in said
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_bytes() == b"mine"
