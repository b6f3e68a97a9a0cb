"""Rows changed, removed, put in or moved behind the program's back, on SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.attacks.scene import SIZE, Found, Rewrite, answered, edited, found, renumbered
from tests.cli.driving import fit_for_a_clerk
from tests.forging import Row, forged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.running import Kaohe

TREE_OF_300 = [(1, 256), (257, 288), (289, 296), (297, 300)]
"""The complete subtrees of 300 entries, whose roots the head row keeps."""


class Skill(NamedTuple):
    """What the forger made to fit besides the rows."""

    leaves: bool = False
    tree: bool = False
    head: bool = False


ROW, LEAF, TREE = Skill(), Skill(leaves=True), Skill(leaves=True, tree=True)
ALL = Skill(leaves=True, tree=True, head=True)


def without(rows: Sequence[Row], *positions: int) -> list[Row]:
    """Return the rows but for some."""
    return [row for row in rows if row.position not in positions]


def deleted(rows: list[Row]) -> list[Row]:
    """Number 100 is gone, the first of a stream of two."""
    return without(rows, 100)


def deleted_and_renumbered(rows: list[Row]) -> list[Row]:
    """Number 100 is gone, and nobody would see it from the numbers."""
    return renumbered(without(rows, 100))


def cut_at(size: int) -> Rewrite:
    """All behind a position is gone."""
    return lambda rows: rows[:size]


def reordered(rows: list[Row]) -> list[Row]:
    """What was recorded in two batches changed places, moments and all."""
    first, second = rows[98], rows[149]
    rows[98], rows[149] = second._replace(position=99), first._replace(position=150)
    return rows


def swapped_in_a_batch(rows: list[Row]) -> list[Row]:
    """Two events of one batch, both the first of their streams, changed places."""
    first, second = rows[98], rows[102]
    rows[98], rows[102] = second._replace(position=99), first._replace(position=103)
    return rows


def inserted(rows: list[Row]) -> list[Row]:
    """An event of a thing of its own was put in before number 100, and the rest moved on."""
    model = rows[98]
    new = model._replace(stream="item/补", version=1, data=model.data.replace("件".encode(), b"X"))
    return renumbered([*rows[:99], new, *rows[99:]])


def appended(rows: list[Row]) -> list[Row]:
    """An event was put behind the end by other means than this program."""
    return [*rows, rows[-1]._replace(position=SIZE + 1, stream="item/X", version=1)]


EARLY = "2020-01-01T00:00:00.000000Z"


def moved_together(rows: list[Row]) -> Sequence[Row]:
    """A whole batch was recorded a little earlier, still after the one in front of it."""
    before = rows[49].recorded_at
    moved = before[:-4] + f"{min(int(before[-4:-1]) + 1, 999):03}Z"
    assert before <= moved < rows[119].recorded_at
    return edited(*range(51, 121), recorded_at=moved)(rows)


def altered(*positions: int) -> list[Found]:
    """Rows named one by one."""
    return [("ALTERED", at, at) for at in positions]


FOUND: dict[str, tuple[Rewrite, Skill, list[Found]]] = {
    "edited": (edited(100), ROW, altered(100)),
    "edited beyond the blocks": (edited(280), ROW, altered(280)),
    "another type": (edited(100, type="item-adopted.v1"), ROW, altered(100)),
    "another stream": (
        edited(99, stream="item/X"), ROW, altered(99)),
    "another version": (
        edited(99, version=2), ROW, [*altered(99), ("VERSION", 99, 99)]),
    "with its leaf, in a block": (
        edited(100), LEAF, [*altered(100), ("ROOT", 51, 120), ("TREE", 1, 256)]),
    "with its leaf, beyond the blocks": (
        edited(260), LEAF, [("ROOT", 121, 270), ("TREE", 257, 288)]),
    "with its leaf, beyond the checkpoints": (edited(290), LEAF, [("TREE", 289, 296)]),
    "with leaf and tree, before the first": (edited(20), TREE, [("ROOT", 1, 50)]),
    "with leaf and tree, before the second": (edited(100), TREE, [("ROOT", 51, 120)]),
    "with leaf and tree, before the last": (edited(121), TREE, [("ROOT", 121, 270)]),
    "two edited, with leaf and tree": (edited(110, 200), TREE, [("ROOT", 51, 120)]),
    "deleted": (deleted, ROW, [("GAP", 100, 100), ("VERSION", 101, 101)]),
    "several deleted": (lambda rows: without(rows, 202, 203, 204), ROW, [("GAP", 202, 204)]),
    "the first deleted": (lambda rows: rows[1:], ROW, [("GAP", 1, 1)]),
    "deleted and renumbered, all made to fit": (
        deleted_and_renumbered, ALL, [("ROOT", 51, 120), ("VERSION", 100, 100)]),
    "tail cut": (cut_at(280), ROW, [("GAP", 281, 300)]),
    "tail cut, head moved back": (
        cut_at(260), ALL, [("ROLLBACK", 261, 270), ("ROLLBACK", 261, 270)]),
    "all cut, head moved back": (
        cut_at(0), ALL, [("ROLLBACK", 1, size) for size in (50, 50, 120, 120, 270, 270)]),
    "reordered, all made to fit": (
        reordered, TREE, [("CLOCK", 100, 100), ("CLOCK", 150, 150), ("ROOT", 51, 120)]),
    "swapped in a batch": (swapped_in_a_batch, ROW,
        [*altered(99, 99, 103, 103), ("ROOT", 51, 120), ("TREE", 1, 256)]),
    "swapped in a batch, all made to fit": (swapped_in_a_batch, TREE, [("ROOT", 51, 120)]),
    "inserted in the past, all made to fit": (inserted, ALL, [("ROOT", 51, 120)]),
    "put behind the end": (appended, ROW, [*altered(301), ("COUNT", 301, 301)]),
    "put behind the end with its leaf": (appended, LEAF, [("COUNT", 301, 301)]),
    "recorded_at moved back": (
        edited(100, recorded_at=EARLY), ROW, [*altered(100), ("CLOCK", 100, 100)]),
    "recorded_at moved back, all made to fit": (
        edited(100, recorded_at=EARLY), TREE, [("CLOCK", 100, 100), ("ROOT", 51, 120)]),
    "recorded_at moved with the clock going on": (moved_together, ROW, altered(*range(51, 121))),
    "the same, all made to fit": (moved_together, TREE, [("ROOT", 51, 120)]),
    "not canonical any more, leaf made to fit": (
        edited(100, data=b'{"a":1, "b":2}'), LEAF,
        [*altered(100), ("FORM", 100, 100), ("ROOT", 51, 120), ("TREE", 1, 256)]),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_rows(kaohe: Kaohe, name: str) -> None:
    """What was done to the rows is found and named: one row, or the range that it must be in."""
    change, skill, expected = FOUND[name]
    forged(kaohe.database, change, **skill._asdict())
    assert found(kaohe) == expected


@pytest.mark.parametrize("change", [deleted_and_renumbered, inserted], ids=["deleted", "inserted"])
def test_everything_behind_does_not_fit(kaohe: Kaohe, change: Rewrite) -> None:
    """Rows that only were numbered anew are all named, and the first is where it was done."""
    forged(kaohe.database, change)
    codes = {(code, first) for code, first, _ in found(kaohe)}
    assert {first for code, first in codes if code == "ALTERED"} >= set(range(100, 300))
    assert ("ALTERED", 99) not in codes
    assert (
        "GAP" if change is deleted_and_renumbered else "COUNT",
        300 + (change is inserted),
    ) in codes
    assert ("ROOT", 51) in codes


def test_the_message_names_the_row(kaohe: Kaohe) -> None:
    """What people read says which event it is, what to do, and that it was altered."""
    forged(kaohe.database, edited(100))
    answer = kaohe("verify", "db", exit_code=3)
    assert answer.stdout == ""
    message = fit_for_a_clerk(answer.stderr)
    assert "[ALTERED] 事件 #100（submission-received.v1）" in message
    assert "请停止登记，保留数据库原件" in message


def test_a_long_list_is_cut_for_readers_and_whole_as_a_document(kaohe: Kaohe) -> None:
    """Forty findings are shown and the others counted; the document has them all."""
    forged(kaohe.database, edited(*range(6, 300)))
    message = kaohe("verify", "db", exit_code=3).stderr
    findings = answered(kaohe)["findings"]
    assert f"核验发现 {len(findings)} 处问题" in message
    assert message.count("[ALTERED]") == 40
    assert f"另有 {len(findings) - 40} 处" in message


def test_after_the_last_checkpoint_the_scores_tell(kaohe: Kaohe) -> None:
    """Where nothing was signed yet and all was made to fit, only the lines still know."""
    model = b'"level":"city"'

    def promoted(rows: list[Row]) -> Sequence[Row]:
        at = next(row.position for row in rows[280:] if model in row.data)
        return edited(at, data=rows[at - 1].data.replace(model, b'"level":"province"'))(rows)

    forged(kaohe.database, promoted, **ALL._asdict())
    assert {code for code, *_ in found(kaohe, lines=True)} == {"LINES"}
