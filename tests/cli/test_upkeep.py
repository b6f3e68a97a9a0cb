"""``kaohe check`` and ``rebuild``: the lines against the log, and the log against itself."""

from __future__ import annotations

import json

import pytest

from tests.cli.driving import fit_for_a_clerk, queried, refused, tampered, totals_of
from tests.cli.registers import YEAR_END, of_length
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe

LINES = "SELECT * FROM line ORDER BY subject, unit, indicator, known_from, effective_from, code"
COLUMNS = (
    "subject, unit, cycle, indicator, points, code, text, events, effective_from, effective_to,"
    " known_from, known_to"
)
PROJECTED = ("line", "fact", "brought", "ref", "progress")
LAST_LINE = "(SELECT max(id) FROM line WHERE unit = '应县' AND points = 200)"


@pytest.fixture
def year(kaohe: Kaohe) -> Kaohe:
    """A register of sixty lines."""
    kaohe.imports(of_length(60))
    return kaohe


def without_ids(kaohe: Kaohe) -> list[tuple[object, ...]]:
    """Return the stored lines but for their row numbers."""
    return sorted(row[1:] for row in queried(kaohe.database, LINES))


def broken(kaohe: Kaohe) -> str:
    """Return what ``kaohe check`` says of a database that is not what it should be."""
    answer = kaohe("check", exit_code=3)
    assert answer.stdout == ""
    return fit_for_a_clerk(answer.stderr)


def test_a_register_that_agrees_is_told_so(year: Kaohe) -> None:
    """The answer counts what was compared, for readers and as a document."""
    answer = year("check")
    document = year.json("check")
    assert document["differences"] == []
    assert document["position"] == 60
    assert answer.stdout == f"一致：60 条事件，{document['lines']} 条得分记录。\n"
    assert document["lines"] == len(without_ids(year))


@pytest.mark.parametrize(
    ("change", "signs"),
    [
        (f"UPDATE line SET points = 500 WHERE id = {LAST_LINE}", ["多出：应县", "缺少：应县"]),
        (f"DELETE FROM line WHERE id = {LAST_LINE}", ["缺少：应县"]),
        (f"UPDATE line SET effective_from = '2022-01-01' WHERE id = {LAST_LINE}", ["2022-01-01"]),
        (f"UPDATE line SET known_to = 50 WHERE id = {LAST_LINE}", ["到 #50 前"]),
        (f"UPDATE line SET text = '改过' WHERE id = {LAST_LINE}", ["多出", "缺少"]),
        (f"UPDATE line SET unit = '开发区' WHERE id = {LAST_LINE}", ["多出：开发区", "缺少：应县"]),
        (
            f"INSERT INTO line ({COLUMNS}) SELECT {COLUMNS} FROM line WHERE id = {LAST_LINE}",
            ["多出"],
        ),
    ],
    ids=["points", "deleted", "day", "knowledge", "text", "unit", "twice"],
)
def test_a_line_that_was_tampered_with_is_named_and_mended(
    year: Kaohe, change: str, signs: list[str]
) -> None:
    """Whatever of a line was changed, check ends with 3 and names it, and a rebuild mends it."""
    before = without_ids(year)
    tampered(year.database, change)
    message = broken(year)
    assert [
        sign for sign in [*signs, "brief_adoption", "kaohe rebuild"] if sign not in message
    ] == []
    assert broken(year) == message  # looking at it has mended nothing
    assert "已按 60 条事件重新计算" in year("rebuild").stderr
    assert without_ids(year) == before
    assert "一致" in year("check").stdout


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ("points = 'abc', effective_from = 'nix'", ["abc 分", "nix 至"]),
        ("points = 2.5", ["2.5 分"]),
        ("effective_to = x'ff'", ["事件"]),
        ("events = 'abc'", ["事件 abc"]),
        ("code = x'ff'", ["xff"]),
        ("indicator = 'fort'", ["fort"]),
    ],
)
def test_what_is_no_line_at_all_is_broken_integrity(
    year: Kaohe, change: str, shown: list[str]
) -> None:
    """Check shows such a value as it is and a sheet is not made of it, both with 3 and the mend."""
    before = without_ids(year)
    tampered(year.database, f"UPDATE line SET {change} WHERE id = {LAST_LINE}")
    message = broken(year)
    assert [sign for sign in [*shown, "kaohe rebuild"] if sign not in message] == []
    message = refused(year, "score", "--as-of", YEAR_END, exit_code=3)
    assert "不是本程序写的样子" in message
    assert "kaohe rebuild" in message
    assert "LINES" in refused(year, "verify", "db", exit_code=3)
    year("rebuild")
    assert without_ids(year) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE fact SET position = x'ff' WHERE position = 1",
        "UPDATE progress SET position = 'abc'",
    ],
)
def test_an_index_that_holds_no_numbers_is_broken_integrity(year: Kaohe, change: str) -> None:
    """Where positions stand and none does, every answer ends with 3 until all is made anew."""
    before = without_ids(year)
    tampered(year.database, change)
    for command in ("check", "score", "log", "rank"):
        assert "kaohe rebuild" in refused(year, command, exit_code=3)
    year("rebuild")
    assert without_ids(year) == before
    assert "一致" in year("check").stdout


def test_differences_are_a_document_too(year: Kaohe) -> None:
    """``check --json`` prints all differences and still ends with 3."""
    tampered(year.database, "UPDATE line SET points = points + 100 WHERE unit = '应县'")
    answer = year("check", "--json", exit_code=3)
    changed = queried(year.database, "SELECT count(*) FROM line WHERE unit = '应县'")[0][0]
    assert len(json.loads(answer.stdout)["differences"]) == 2 * changed
    assert f"有 {2 * changed} 处不一致" in answer.stderr


def test_an_index_that_was_tampered_with_is_found(year: Kaohe) -> None:
    """Which events a subject rests on is stored too; a lost row would let wrong events in."""
    tampered(year.database, "DELETE FROM fact WHERE topic LIKE 'item/%'")
    broken(year)
    year("rebuild")
    assert "一致" in year("check").stdout


def test_what_was_brought_to_a_topic_is_compared_too(year: Kaohe) -> None:
    """A row too many among what amendments brought is named, and a rebuild takes it away."""
    tampered(year.database, "INSERT INTO brought (position, topic) VALUES (3, 'item/别的')")
    assert "索引多出：item/别的 #3" in broken(year)
    year("rebuild")
    assert "一致" in year("check").stdout


def test_lines_of_another_version_are_rebuilt_and_not_misread(year: Kaohe) -> None:
    """What other rules left behind is made anew before anything is answered."""
    before, totals = without_ids(year), totals_of(year, "--as-of", YEAR_END)
    version = queried(year.database, "SELECT version FROM progress")
    tampered(
        year.database,
        "UPDATE progress SET version = '0-anders'",
        "UPDATE line SET points = points * 10",
        "DELETE FROM fact",
    )
    assert totals_of(year, "--as-of", YEAR_END) == totals
    assert without_ids(year) == before
    assert queried(year.database, "SELECT version FROM progress") == version
    assert "一致" in year("check").stdout


@pytest.mark.parametrize("lost", ["progress", "line, progress", ", ".join(PROJECTED)])
def test_tables_that_are_gone_are_made_anew(year: Kaohe, lost: str) -> None:
    """All projections can be thrown away: the next question makes them again."""
    before = without_ids(year)
    tampered(year.database, *(f"DROP TABLE {table}" for table in lost.split(", ")))
    assert totals_of(year, "--as-of", YEAR_END)["应县"] != ""
    assert without_ids(year) == before


def test_lines_that_lag_catch_up_before_an_answer(year: Kaohe) -> None:
    """A projection that stopped at an earlier position is brought to the head first."""
    totals = totals_of(year, "--as-of", YEAR_END)
    before = without_ids(year)
    other = Kaohe(year.folder, str(year.folder / "半.db"))
    other.imports(of_length(60)[:30], "半.jsonl")
    half = "ATTACH DATABASE '{}' AS half"
    tampered(
        year.database,
        half.format(other.database),
        *(f"DELETE FROM main.{table}" for table in PROJECTED),
        *(f"INSERT INTO main.{table} SELECT * FROM half.{table}" for table in PROJECTED),
    )
    assert queried(year.database, "SELECT position FROM progress") == [(30,), (30,)]
    assert totals_of(year, "--as-of", YEAR_END) == totals
    assert without_ids(year) == before


def test_what_is_recorded_stays_so_when_the_scores_cannot_follow(year: Kaohe) -> None:
    """With a database that takes no line the message says what was recorded, and how to go on.

    Once lines can be written a rebuild takes the event in, and recording it again adds nothing.
    """
    refusing = "CREATE TRIGGER no_line BEFORE INSERT ON line BEGIN SELECT RAISE(ABORT, 'voll'); END"
    tampered(year.database, refusing)
    named = {"finding": "通1", "unit": "应县", "kind": "named_criticism"}
    path = year.file([{"type": "FindingMade", "on": "2022-12-01", **named}], "通报.jsonl")
    message = refused(year, "import", path)
    assert message.startswith("错误：事件已登记为 #61 至 #61，但得分没有更新：")
    assert "不要重新登记" in message
    assert "kaohe rebuild" in message
    tampered(year.database, "DROP TRIGGER no_line")
    assert "已按 61 条事件重新计算" in year("rebuild").stderr
    assert "一致：61 条事件" in year("check").stdout
    assert "#61" in year("explain", "应县", "accuracy", "--as-of", YEAR_END).stdout
    year("import", path)
    assert "一致：61 条事件" in year("check").stdout


def test_a_rebuild_changes_nothing_that_is_right(kaohe: Kaohe) -> None:
    """After every event type, made event by event, a rebuild gives the very same lines."""
    for at, line in enumerate(EVERY_TYPE, 1):
        kaohe.imports([line], f"{at}.jsonl")
    before = without_ids(kaohe)
    assert "一致" in kaohe("check").stdout
    kaohe("rebuild")
    assert without_ids(kaohe) == before


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("UPDATE event SET type = 'item-lost.v1' WHERE position = 12", "item-lost.v1"),
        ("UPDATE event SET data = x'7b' WHERE position = 12", "#12"),
        ("DELETE FROM event WHERE position = 12", "12"),
        ("DELETE FROM head", "head"),
    ],
    ids=["unknown type", "damaged", "missing", "no head"],
)
def test_a_damaged_log_is_broken_integrity(year: Kaohe, change: str, sign: str) -> None:
    """What was recorded and cannot be read, or is gone, ends with 3, and a rebuild says so too."""
    tampered(year.database, "DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete", change)
    for command in ("check", "rebuild"):
        answer = year(command, exit_code=3)
        assert sign in fit_for_a_clerk(answer.stderr)


def test_recorded_events_cannot_be_changed_by_accident(year: Kaohe) -> None:
    """Whoever opens the database with other tools is refused by the database itself."""
    for change in (
        "UPDATE event SET data = x'00'",
        "UPDATE event SET type = 'x'",
        "DELETE FROM event",
    ):
        with pytest.raises(Exception, match=r"never changed or deleted"):
            tampered(year.database, change)
    assert "一致：60 条事件" in year("check").stdout


def test_upkeep_of_no_register_is_refused(kaohe: Kaohe) -> None:
    """There is nothing to check or rebuild where there is no register, and none is made."""
    for command in ("check", "rebuild"):
        assert "没有数据库" in refused(kaohe, command)
    assert not list(kaohe.folder.iterdir())
