"""The audit tree in the database: leaf, blocks and edge, in whatever parts events came."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from domain.audit.tree_checks import check_consistency, check_inclusion
from domain.audit.tree_proofs import consistency_proof, inclusion_proof, root_at
from domain.errors import IntegrityBroken
from infra.store.engine import MEMORY, open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from infra.store.transactions import reading
from infra.store.tree import tree_of
from tests.domain.audit import naive
from tests.forging import edge, leaf, rows_of, set_head, tiles, unguarded
from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

TEXTS = ["快报", 'a"b\\c', "tab\there", "\x7f", "½ – ∑", "\x1b", "𠮷野家"]


def written(number: int) -> bytes:
    """Return an event as the log stores it, of another kind for each number."""
    text = TEXTS[number % len(TEXTS)]
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    quoted = quoted.replace("\t", "\\t").replace("\x1b", "\\u001b")
    return f'{{"note":"{quoted}","number":{number}}}'.encode()


def record(recorder: EventRecorder, sizes: Sequence[int]) -> None:
    """Record so many events in each batch, each its own stream."""
    number = 0
    for size in sizes:
        numbers = range(number, number + size)
        events = [StoredEvent(f"事/{n}", 1, "sent.v1", written(n)) for n in numbers]
        recorder.insert_events(events)
        number += size


def checked_tree(engine: Engine) -> list[bytes]:
    """Check that leaf, blocks and head are those of the rows, and return the leaves."""
    with reading(engine) as connection:
        rows = rows_of(connection)
        head = connection.exec_driver_sql("SELECT position, origin, edge FROM head").one()
        stored = {
            (height, index): (bytes(root), bytes(hashes))
            for height, index, root, hashes in connection.exec_driver_sql("SELECT * FROM tile")
        }
    leaves = [leaf(head.origin, row) for row in rows]
    assert [row.leaf for row in rows] == leaves
    assert (head.position, bytes(head.edge)) == (len(rows), edge(leaves))
    assert stored == tiles(leaves)
    return leaves


def check_proofs(engine: Engine, leaves: Sequence[bytes], chance: Random, count: int) -> None:
    """Check that proofs read from the database are those of the naive tree, at random places."""
    roots = {}
    with reading(engine) as connection:
        for _ in range(count):
            size = chance.randint(1, len(leaves))
            index, old = chance.randrange(size), chance.randint(1, size)
            tree = tree_of(connection, size)
            for each in (size, old):
                roots[each] = naive.root(leaves[:each])
                assert root_at(tree, each) == roots[each]
            inside = inclusion_proof(tree, index, size)
            assert inside == naive.path(index, leaves[:size])
            check_inclusion(leaves[index], index, size, inside, roots[size])
            grown = consistency_proof(tree, old, size)
            check_consistency(old, size, grown, roots[old], roots[size])


@pytest.mark.parametrize("seed", range(3))
def test_the_tree_is_that_of_the_entries(
    engine: Engine, recorder: EventRecorder, seed: int
) -> None:
    """After any sequence of batches every leaf, block, edge and proof is what RFC 6962 says."""
    chance = Random(seed)
    sizes = [1, 255, 256, 257, chance.randint(2, 40), *([1000] if seed == 0 else [1])]
    chance.shuffle(sizes)
    record(recorder, sizes)
    check_proofs(engine, checked_tree(engine), chance, 6)


def test_single_events_fill_a_block(recorder: EventRecorder, engine: Engine) -> None:
    """A block that is filled one event at a time is the same, and is there with the 256th."""
    record(recorder, [250, 1, 1, 1, 1, 1])
    with reading(engine) as connection:
        assert not connection.exec_driver_sql("SELECT * FROM tile").all()
    recorder.insert_events(batch("last", range(1, 2)))
    assert len(tiles(checked_tree(engine))) == 1


@pytest.mark.slow
def test_a_tree_of_three_heights() -> None:
    """Beyond 65,536 entries blocks of blocks are stored, and proofs across them hold."""
    engine = open_engine(MEMORY)
    create_schema(engine)
    chance = Random(5)
    recorder, number = EventRecorder(engine), 0
    while number < 66_000:
        size = chance.choice([257, 5_000, 20_000])
        recorder.insert_events(batch(f"item/{number}", range(1, size + 1)))
        number += size
    leaves = checked_tree(engine)
    assert (1, 0) in tiles(leaves)
    check_proofs(engine, leaves, chance, 4)
    engine.dispose()


def test_what_is_rolled_back_leaves_no_leaf_and_no_block(
    engine: Engine, recorder: EventRecorder
) -> None:
    """A batch that would have filled a block, and fails in its last event, leaves the old tree."""
    record(recorder, [200])
    before = checked_tree(engine)
    with pytest.raises(IntegrityError):
        recorder.insert_events([*batch("new", range(1, 60)), *batch("事/7", range(1, 2))])
    assert checked_tree(engine) == before
    recorder.insert_events(batch("new", range(1, 60)))
    assert checked_tree(engine)[:200] == before


def test_a_lost_leaf_stops_recording(
    database_url: str, engine: Engine, recorder: EventRecorder
) -> None:
    """Where a block cannot be completed, nothing is recorded; the message says what to do."""
    record(recorder, [255])
    with unguarded(database_url) as connection:
        connection.exec_driver_sql("DELETE FROM event WHERE position = 17")
    with pytest.raises(IntegrityBroken, match=r"只有 254 个[^\n]*\n.*verify db"):
        recorder.insert_events(batch("new", range(1, 2)))
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM event").scalar() == 254


def test_a_lost_block_is_not_guessed(
    database_url: str, engine: Engine, recorder: EventRecorder
) -> None:
    """A proof across a block that is gone is refused, though its leaves are there."""
    record(recorder, [600])
    with unguarded(database_url) as connection:
        connection.exec_driver_sql('DELETE FROM tile WHERE height = 0 AND "index" = 1')
    with reading(engine) as connection, pytest.raises(ValueError, match="不全"):
        root_at(tree_of(connection, 600), 600)


@pytest.mark.parametrize("broken", [b"", b"x" * 31, b"x" * 96])
def test_an_edge_that_does_not_fit_stops_recording(
    database_url: str, recorder: EventRecorder, broken: bytes
) -> None:
    """A right edge that cannot be one of a tree of that size is never appended to."""
    record(recorder, [5])
    with unguarded(database_url) as connection:
        set_head(connection, "edge", broken)
    with pytest.raises(IntegrityBroken, match="右边缘"):
        recorder.insert_events(batch("new", range(1, 2)))
