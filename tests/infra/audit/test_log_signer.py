"""The signer: it remembers outside the database, and signs nothing that contradicts it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from eventsourcing.persistence import IntegrityError

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.tree_checks import check_consistency
from domain.errors import IntegrityBroken, NotKnown, Refused
from infra.audit.witnesses import proof_between
from tests.domain.audit import naive
from tests.domain.audit.signing import verify
from tests.forging import edge, forged, set_head, unguarded
from tests.infra.audit.desk import ORIGIN, Desk

ROOT = Path(__file__).parents[3]


def check(desk: Desk, signed: SignedCheckpoint, size: int) -> None:
    """Check origin, size, root and signature by code that the product does not use."""
    at = signed.checkpoint
    assert (at.origin, at.size) == (ORIGIN, size)
    assert at.root == naive.root(desk.leaves()[:size])
    signed.check(desk.folder.key(), verify)


def test_what_is_signed_is_the_log(desk: Desk) -> None:
    """A checkpoint states origin, size and root, and its signature is that of the log's key."""
    desk.record(3)
    check(desk, desk.signer.sign(), 3)
    desk.record(300)
    check(desk, desk.signer.sign(), 303)
    assert desk.kept() == desk.folder.sizes() == [3, 303]
    assert desk.checkpoints.state().key == str(desk.folder.key())


def test_the_same_size_gives_the_same_bytes(desk: Desk) -> None:
    """A log that did not grow is not signed anew, however often it is asked."""
    desk.record(5)
    first = desk.signer.sign().encode()
    assert [desk.signer.sign().encode() for _ in range(3)] == [first] * 3
    assert (desk.folder.path / "checkpoints" / "5.txt").read_bytes() == first


def test_an_earlier_size_is_signed_and_consistent(lite: Desk) -> None:
    """Any size the log had can be signed later, and the later checkpoint continues it."""
    lite.record(300)
    last = lite.signer.sign()
    for size in (1, 7, 256, 299):
        earlier = lite.signer.sign(size)
        check(lite, earlier, size)
        proof = proof_between(lite.engine, size, 300)
        check_consistency(size, 300, proof, earlier.checkpoint.root, last.checkpoint.root)
    assert lite.folder.sizes() == lite.kept() == [1, 7, 256, 299, 300]
    assert lite.checkpoints.sizes(upto=300, known_at=299) == []


@pytest.mark.parametrize("size", [0, -1, 4, 10**9])
def test_a_size_that_the_log_does_not_have_is_refused(lite: Desk, size: int) -> None:
    """Nothing is signed for what was not recorded, and nothing is left behind."""
    lite.record(3)
    with pytest.raises(Refused, match=f"不能签署 {size} 条"):
        lite.signer.sign(size)
    assert lite.folder.sizes() == lite.kept() == []


def test_an_empty_log_is_not_signed(lite: Desk) -> None:
    """A checkpoint of nothing is no checkpoint."""
    with pytest.raises(Refused, match="日志有 0 条事件"):
        lite.signer.sign()


def test_a_restored_database_is_not_signed(lite: Desk, tmp_path: Path) -> None:
    """An older copy of the file put back is recognised, before and after it has grown again."""
    lite.record(10)
    lite.signer.sign()
    lite.engine.dispose()
    shutil.copy(lite.database, tmp_path / "backup.db")
    lite.record(10)
    lite.signer.sign()
    lite.engine.dispose()
    shutil.copy(tmp_path / "backup.db", lite.database)
    with pytest.raises(IntegrityBroken, match="签过 20 条的检查点，日志现在却只有 10 条"):
        lite.signer.sign()
    with pytest.raises(IntegrityBroken, match="恢复成了旧的"):
        lite.signer.sign(10)
    lite.record(11)
    with pytest.raises(IntegrityBroken, match="不是签过的 20 条检查点的延续"):
        lite.signer.sign()
    assert lite.folder.sizes() == [10, 20]
    assert lite.kept() == [10]


@pytest.mark.parametrize("position", [1, 9, 10])
def test_a_rewritten_log_is_not_signed(desk: Desk, position: int) -> None:
    """Rows changed with leaf and tree are no continuation of what was signed."""
    desk.record(10)
    desk.signer.sign()
    forged(
        desk.database,
        lambda rows: [
            row._replace(data=b'{"forged":1}') if row.position == position else row for row in rows
        ],
        leaves=True,
        tree=True,
    )
    for more in (0, 5):
        if more:
            desk.record(more)
        with pytest.raises(IntegrityBroken, match=r"签过的 10 条检查点的延续.*不予签署"):
            desk.signer.sign()
    assert desk.folder.sizes() == [10]


def test_a_tree_that_contradicts_its_leaves_is_not_signed(lite: Desk) -> None:
    """An edge that is not that of the stored leaves stops the signer before anything is signed."""
    lite.record(10)
    with unguarded(lite.database) as connection:
        set_head(connection, "edge", edge([naive.leaf(n) for n in range(10)]))
    with pytest.raises(IntegrityBroken, match="树根"):
        lite.signer.sign()
    assert lite.folder.sizes() == []


def test_a_database_that_forgot_its_key_and_checkpoints_is_put_right(lite: Desk) -> None:
    """What the database lost of what was signed comes back from outside with the next signing."""
    lite.record(5)
    first = lite.signer.sign().encode()
    lite.record(5)
    with unguarded(lite.database) as connection:
        connection.exec_driver_sql("DELETE FROM checkpoint")
        set_head(connection, "key", None)
    lite.signer.sign()
    assert lite.kept() == lite.folder.sizes() == [5, 10]
    kept = lite.checkpoints.at(5)
    assert kept is not None
    assert kept.encode() == first
    assert lite.checkpoints.state().key == str(lite.folder.key())


def test_what_was_signed_is_outside_before_it_is_in_the_database(lite: Desk) -> None:
    """Stopped in between, the file is there and the row is not; the next signing completes it."""
    lite.record(5)
    with lite.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER stop BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'cut'); END"
        )
    with pytest.raises(IntegrityError, match="cut"):
        lite.signer.sign()
    assert (lite.folder.sizes(), lite.kept()) == ([5], [])
    with lite.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER stop")
    before = lite.folder.checkpoint(5).encode()
    assert lite.signer.sign().encode() == before
    assert lite.kept() == [5]


def test_the_key_of_another_machine_is_not_made_anew(lite: Desk, tmp_path: Path) -> None:
    """Where the key does not lie, nothing is signed and no second key is made."""
    lite.record(1)
    lite.signer.sign()
    elsewhere = Desk(lite.database, tmp_path / "elsewhere")
    with pytest.raises(NotKnown, match="不在"):
        elsewhere.signer.sign()
    assert not elsewhere.folder.private.exists()
    elsewhere.engine.dispose()


def test_threads_that_sign_at_once_sign_one_thing(desk: Desk) -> None:
    """Whoever comes second gets what the first signed, and the log has one key."""
    desk.record(30)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: desk.signer.sign().encode(), range(8)))
    assert len(set(found)) == 1
    assert desk.kept() == desk.folder.sizes() == [30]


def test_processes_that_sign_at_once_sign_one_thing(lite: Desk) -> None:
    """Three processes that begin a log's key at once make one, and one checkpoint."""
    lite.record(30)
    program = (
        "import sys; from pathlib import Path; from tests.infra.audit.desk import Desk;"
        "desk = Desk(sys.argv[1], Path(sys.argv[2]));"
        "sys.stdout.buffer.write(desk.signer.sign().encode()); desk.engine.dispose()"
    )
    words = [sys.executable, "-c", program, lite.database, str(lite.folder.path.parent)]
    processes = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert said == [lite.signer.sign().encode()] * 3
