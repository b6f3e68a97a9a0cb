"""Entries edited, deleted, inserted, moved: found, and named by their position.

Unless a test is about the bag itself, the tamperer makes all manifests anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from domain.audit.tree import node_hash
from tests.domain.audit.signing import LOG_KEY, WITNESS_KEY

from .bundles import Files, bagged, changed, entry, made
from .conftest import Verify
from .judging import codes, first

EVENTS = "data/events.jsonl"
LEAVES = "data/leaf-hashes"
LOG_ONLY = [str(LOG_KEY)]
BOTH = [str(LOG_KEY), str(WITNESS_KEY)]


def lines_changed(files: Files, change: Callable[[list[bytes]], object]) -> Files:
    """Return the bundle with the list of its entries' lines changed, and bagged anew."""
    lines = files[EVENTS].splitlines(keepends=True)
    change(lines)
    return bagged({**files, EVENTS: b"".join(lines)})


def edited(files: Files, position: int) -> Files:
    """Return the bundle with one row edited."""
    return lines_changed(
        files,
        lambda lines: lines.__setitem__(
            position - 1, lines[position - 1].replace(b'"points":"1.5"', b'"points":"9.5"')
        ),
    )


def with_leaves(files: Files) -> Files:
    """Return the bundle with the list of leaf hashes made to fit its lines."""
    lines = files[EVENTS].splitlines()
    listed = b"".join(b"%b\n" % sha256(b"\0" + line).hexdigest().encode() for line in lines)
    return bagged({**files, LEAVES: listed})


def test_what_was_not_tampered_with(judge: Verify) -> None:
    """The bundle that all others are made from is verified, with nothing found."""
    report = judge(made().files())
    assert (report["exit"], report["findings"]) == (0, [])
    assert judge(made().files(), keys=[])["exit"] == 3


def test_a_row_edited(judge: Verify) -> None:
    """An edited entry is named by its position, and the range in which the root went wrong."""
    report = judge(edited(made().files(), 6))
    first(report, "ALTERED", EVENTS, 6)
    root = report["findings"][1]
    assert (root["code"], root["file"], root["position"], root["until"]) == (
        "ROOT", "data/checkpoints/7", 5, 7,
    )  # fmt: skip


def test_a_row_edited_with_its_leaf(judge: Verify) -> None:
    """With the leaf hash changed too, the range between two checkpoints is named."""
    report = judge(with_leaves(edited(made().files(), 6)))
    first(report, "ROOT", "data/checkpoints/7", 5)
    assert report["findings"][0]["until"] == 7
    last = judge(with_leaves(edited(made().files(), 9)))
    first(last, "ROOT", "data/checkpoint", 8)
    assert last["findings"][0]["until"] == 11


def test_a_row_edited_with_leaf_and_tree_by_the_key_holder(judge: Verify) -> None:
    """What the holder of the key rewrote is found by the earlier checkpoints that were kept."""
    log = made()
    rewritten = changed(log, 6, b"1.5", b"9.5").files()
    kept = {name: log.files()[name] for name in ("data/checkpoints/4", "data/checkpoints/7")}
    report = judge(bagged({**rewritten, **kept}))
    first(report, "ROOT", "data/checkpoints/7", 5)
    assert report["findings"][0]["until"] == 7
    assert "PROOF" in codes(report)


def test_a_row_deleted(judge: Verify) -> None:
    """A missing entry is named by the position that is missing."""
    report = judge(lines_changed(made().files(), lambda lines: lines.pop(4)))
    first(report, "GAP", EVENTS, 5)
    assert {"COUNT", "ROOT", "VERSION"} <= codes(report)
    assert "ALTERED" not in codes(report)


def test_a_row_deleted_and_the_rest_renumbered(judge: Verify) -> None:
    """Where the rest was renumbered, the first entry that is not the one listed is named."""
    files = made().files()
    entries = [replace(entry(n), position=n - (n > 5)) for n in range(1, 12) if n != 5]
    lines = b"".join(each.encode() + b"\n" for each in entries)
    report = judge(bagged({**files, EVENTS: lines}))
    first(report, "ALTERED", EVENTS, 5)
    hidden = judge(with_leaves({**files, EVENTS: lines}))
    first(hidden, "VERSION", EVENTS, 7)
    assert "COUNT" in codes(hidden)


def test_the_tail_cut(judge: Verify) -> None:
    """Entries missing at the end are named by the first that is missing."""
    cut = lines_changed(made().files(), lambda lines: lines.__delitem__(slice(9, None)))
    first(judge(with_leaves(cut)), "COUNT", EVENTS, 10)


def test_the_tail_cut_with_an_earlier_checkpoint_in_front(judge: Verify) -> None:
    """An old checkpoint put in front does not hide a later one that was left in the bundle."""
    short = replace(made(7), earlier=(4,)).files()
    left = made().checkpoint(11).encode()
    report = judge(bagged({**short, "data/checkpoints/11": left}))
    first(report, "COUNT", "data/checkpoints/11")


def test_rows_reordered(judge: Verify) -> None:
    """Two entries that changed places are named by the first of the places."""

    def swap(lines: list[bytes]) -> None:
        lines[4], lines[5] = lines[5], lines[4]

    first(judge(lines_changed(made().files(), swap)), "GAP", EVENTS, 5)


def test_a_row_inserted_in_the_past(judge: Verify) -> None:
    """An entry put in between is named by its place, renumbered or not."""
    extra = replace(entry(5), stream="unit/x", version=1).encode() + b"\n"
    files = made().files()
    first(judge(lines_changed(files, lambda lines: lines.insert(5, extra))), "GAP", EVENTS, 6)
    late = [replace(entry(n), position=n + (n > 5)).encode() + b"\n" for n in range(1, 12)]
    late.insert(5, replace(entry(6), stream="unit/x", version=1).encode() + b"\n")
    report = judge(with_leaves({**files, EVENTS: b"".join(late)}))
    first(report, "ROOT", "data/checkpoints/7", 5)
    assert "COUNT" in codes(report)


def test_recorded_at_moved(judge: Verify) -> None:
    """A time moved back is before the one in front of it, also when all was signed anew."""
    moved = changed(made(), 6, b"T06:00:00", b"T04:00:00")
    first(judge(moved.files()), "CLOCK", EVENTS, 6)
    edited_only = bagged({**made().files(), EVENTS: moved.files()[EVENTS]})
    assert {"CLOCK", "ALTERED", "ROOT"} <= codes(judge(edited_only))


def test_an_interior_node_given_as_a_leaf(judge: Verify) -> None:
    """Half as many leaf hashes, each of an inner node, give the same root and are not taken."""
    log = made(8, earlier=())
    leaves = log.leaves
    nodes = [node_hash(leaves[n], leaves[n + 1]) for n in range(0, 8, 2)]
    listed = b"".join(b"%b\n" % node.hex().encode() for node in nodes)
    lines = b"".join(each + b"\n" for each in log.entries[:4])
    report = judge(bagged({**log.files(), LEAVES: listed, EVENTS: lines}))
    first(report, "ALTERED", EVENTS, 1)


def test_a_consistency_proof_changed(judge: Verify) -> None:
    """A consistency proof of another pair of sizes does not hold."""
    files = made().files()
    lines = files["data/consistency/7"].splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    report = judge(bagged({**files, "data/consistency/7": b"".join(lines)}))
    first(report, "PROOF", "data/consistency/7")
    missing = {name: data for name, data in files.items() if name != "data/consistency/7"}
    first(judge(bagged(missing)), "MISSING", "data/consistency/7")
