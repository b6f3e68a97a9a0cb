"""The index of refs: it is the lines' neighbour, and stays when they are made anew."""

from __future__ import annotations

import pytest

from tests.cli.driving import fit_for_a_clerk, queried, tampered, totals_of
from tests.cli.registers import OPENING, YEAR_END, adopted, brief, corrected
from tests.running import Kaohe

LINES = [*OPENING, brief("甲", ref="r1"), adopted("甲", ref="r2")]
REFS = [("r1", 6), ("r2", 7)]
ALL = "SELECT ref, position FROM ref ORDER BY position"
OTHER_RULES = "UPDATE progress SET version = 'old' WHERE name = 'lines'"
DAMAGE = (
    "UPDATE event SET data = CAST(replace(data, '2022-08-01', '2022-08-32') AS BLOB)"
    " WHERE position = 8"
)


@pytest.fixture
def kaohe(kaohe: Kaohe) -> Kaohe:
    """A register of two events that have refs."""
    kaohe.imports(LINES)
    return kaohe


def test_refs_are_found_when_events_come_one_by_one(kaohe: Kaohe) -> None:
    """Each event is in the index as soon as it is recorded, an amendment too."""
    kaohe.imports([corrected("r2", level="province") | {"ref": "r3"}], "更正.jsonl")
    assert queried(kaohe.database, ALL) == [*REFS, ("r3", 8)]
    assert queried(kaohe.database, "SELECT name, position FROM progress ORDER BY name") == [
        ("lines", 8),
        ("refs", 8),
    ]
    kaohe("check")


def test_refs_stay_when_the_lines_are_made_by_other_rules(kaohe: Kaohe) -> None:
    """A row that no replay would make is still there afterwards, and what is new is added to it."""
    tampered(kaohe.database, OTHER_RULES, "INSERT INTO ref VALUES ('记号', 3)")
    assert totals_of(kaohe, "--as-of", YEAR_END)["应县"]
    assert set(queried(kaohe.database, ALL)) == {*REFS, ("记号", 3)}
    assert len(queried(kaohe.database, "SELECT DISTINCT version FROM progress")) == 2
    tampered(kaohe.database, OTHER_RULES, "DELETE FROM ref WHERE ref = '记号'")
    kaohe.imports([corrected("r2", level="province") | {"ref": "r3"}], "更正.jsonl")
    assert queried(kaohe.database, ALL) == [*REFS, ("r3", 8)]
    kaohe("check")


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("DELETE FROM ref WHERE ref = 'r1'", "索引缺少：ref“r1” #6"),
        ("UPDATE ref SET position = 5 WHERE ref = 'r2'", "索引多出：ref“r2” #5"),
        ("INSERT INTO ref VALUES ('r9', 6)", "索引多出：ref“r9” #6"),
    ],
    ids=["lost", "moved", "too many"],
)
def test_a_damaged_ref_is_named_and_mended(kaohe: Kaohe, change: str, sign: str) -> None:
    """Check ends with 3 and names it, and a rebuild makes the index anew."""
    tampered(kaohe.database, change)
    assert sign in fit_for_a_clerk(kaohe("check", exit_code=3).stderr)
    kaohe("rebuild")
    assert queried(kaohe.database, ALL) == REFS
    kaohe("check")


def test_refs_that_are_lost_are_made_anew(kaohe: Kaohe) -> None:
    """Without a note of how far the refs have come they are made again; the lines stay."""
    before = queried(kaohe.database, "SELECT * FROM line")
    tampered(kaohe.database, "DELETE FROM progress WHERE name = 'refs'", "DELETE FROM ref")
    kaohe("score", "--as-of", YEAR_END)
    assert queried(kaohe.database, ALL) == REFS
    assert queried(kaohe.database, "SELECT * FROM line") == before


def test_a_database_of_before_there_was_the_index_is_brought_over(kaohe: Kaohe) -> None:
    """What lay among the topics is gone from there, and a file handed in again changes nothing."""
    tampered(
        kaohe.database,
        "INSERT INTO fact SELECT 'ref/' || ref, position FROM ref",
        "DROP TABLE ref",
        "DELETE FROM progress WHERE name = 'refs'",
        "UPDATE progress SET version = replace(version, '\"rules\": 4', '\"rules\": 3')",
    )
    again = kaohe.imports(LINES, "再交.jsonl")
    assert f"{len(LINES)} 行" in again.stderr + again.stdout
    assert queried(kaohe.database, "SELECT count(*) FROM event") == [(len(LINES),)]
    assert queried(kaohe.database, "SELECT * FROM fact WHERE topic LIKE 'ref/%'") == []
    assert queried(kaohe.database, ALL) == REFS
    kaohe("check")


def test_what_no_line_needs_is_read_by_a_check(kaohe: Kaohe) -> None:
    """An item that nobody adopted gives no line; a day that is none is found in it all the same."""
    kaohe.imports([brief("乙")], "乙.jsonl")
    tampered(kaohe.database, "DROP TRIGGER event_no_update", DAMAGE)
    assert "#8" in fit_for_a_clerk(kaohe("check", exit_code=3).stderr)
