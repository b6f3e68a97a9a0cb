"""A register file handed in again changes nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.oracle.facts import target_position
from tests.oracle.validity import NUMBER
from tests.oracle.world import World
from tests.properties.effort import tried_on
from tests.running import Kaohe

if TYPE_CHECKING:
    from random import Random

    from tests.oracle.facts import RegisterLine
    from tests.properties.offices import Lines


@tried_on(few=6, many=40)
def test_a_file_with_refs(lines: Lines, chance: Random) -> None:
    """Every line is known by its ref, corrections and retractions among them."""
    _assert_nothing_new(lines, chance)


@tried_on(few=6, many=40)
def test_a_file_without_refs(lines: Lines, chance: Random) -> None:
    """Every line is known by its content, also where the file says a thing twice."""
    _assert_nothing_new(without_refs(lines, chance), chance)


@tried_on(few=6, many=40)
def test_a_file_that_has_grown(lines: Lines, chance: Random) -> None:
    """The beginning of a file, then the whole of it: the log is that of the whole at once."""
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        grown, whole = Kaohe(Path(one)), Kaohe(Path(other))
        grown.imports(lines[: chance.randint(1, len(lines))], "前半年.jsonl")
        grown.imports(lines, "全年.jsonl")
        whole.imports(lines, "全年.jsonl")
        assert _contents(grown) == _contents(whole)


def without_refs(lines: Lines, chance: Random) -> list[RegisterLine]:
    """Return the register without refs, targets by number, and with some lines said twice."""
    world = World()
    for line in lines:
        named = line.get("target")
        at = {} if named is None else {"target": target_position(lines, named)}
        assert world.add({**line, **at})
    for line in lines:
        again = line["type"] not in NUMBER and not line["type"].startswith("Event")
        if again and chance.random() < 0.3:
            world.add(line)
    return [{key: value for key, value in line.items() if key != "ref"} for line in world.lines]


def _assert_nothing_new(lines: Lines, chance: Random) -> None:
    with TemporaryDirectory() as folder:
        kaohe = Kaohe(Path(folder))
        first = kaohe.imports(lines, "登记.jsonl").stderr
        assert f"登记 {len(lines)} 条事件" in first
        before = _all(kaohe)
        name = chance.choice(["登记.jsonl", "登记（再交）.jsonl"])
        again = kaohe.imports(lines, name).stderr
        assert f"登记 0 条事件，跳过以前登记过的 {len(lines)} 行" in again
        assert _all(kaohe) == before


def _all(kaohe: Kaohe) -> tuple[Any, Any]:
    return kaohe.json("log"), kaohe.json("score", "--as-of", "2024-12-31")


def _contents(kaohe: Kaohe) -> list[dict[str, Any]]:
    passing = ("recorded_at", "source")
    events = kaohe.json("log")["events"]
    return [{k: held for k, held in event.items() if k not in passing} for event in events]
