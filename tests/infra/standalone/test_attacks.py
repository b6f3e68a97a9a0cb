"""Every way of tampering that the design note lists, carried out on a bundle, found and named.

Unless a test is about the bag itself, the tamperer makes all manifests anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from domain.audit.cosignature import cosign
from domain.audit.keys import Kind
from domain.audit.tree import node_hash
from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY, WITNESS_KEY, key, witness_sign

from .bundles import Files, Made, bagged, changed, document, entry, made, seconds, written
from .conftest import Verify

EVENTS = "data/events.jsonl"
LEAVES = "data/leaf-hashes"
LOG_ONLY = [str(LOG_KEY)]
BOTH = [str(LOG_KEY), str(WITNESS_KEY)]


def first(report: dict[str, Any], code: str, file: str, position: int | None = None) -> None:
    """Check that tampering was found, and what the first finding says."""
    assert report["exit"] == 1
    found = report["findings"][0]
    assert (found["code"], found["file"], found["position"]) == (code, file, position)
    assert found["zh"]
    assert found["en"]
    assert report["advice"]


def codes(report: dict[str, Any]) -> set[str]:
    """Return all codes found."""
    return set(report["counts"])


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


def test_recorded_at_moved_beyond_what_a_witness_signed(judge: Verify) -> None:
    """A witness that signed before the last entry was recorded contradicts its time."""
    moved = replace(made(), witnessed_after=-400)
    first(judge(moved.files()), "TIME", "data/checkpoints/4", 4)
    assert judge(replace(made(), witnessed_after=-300).files())["exit"] == 0
    assert judge(moved.files(), keys=LOG_ONLY)["exit"] == 0


def test_two_exports_that_fork_after_a_pin(judge: Verify, tmp_path: Path) -> None:
    """Of two histories that part after the pin both extend it; of two before, one is a fork."""
    pin = tmp_path / "pin"
    pin.write_bytes(made().checkpoint(8).encode())
    trust = {"keys": BOTH, "pin": str(pin)}
    after = changed(made(), 10, b"1.5", b"9.5")
    assert judge(after.files(), **trust)["pin"] == "extends"
    before = changed(made(), 6, b"1.5", b"9.5")
    report = judge(before.files(), **trust)
    first(report, "FORK", "pin", 8)
    assert report["pin"] == "FORK"


def test_a_fork_names_the_range_since_the_last_checkpoint_that_fits(
    judge: Verify, tmp_path: Path
) -> None:
    """The range of a fork begins after the last checkpoint of the bundle that fits."""
    pin = tmp_path / "pin"
    pin.write_bytes(made().checkpoint(6).encode())
    files = changed(made(), 5, b"1.5", b"9.5").files()
    found = judge(files, keys=BOTH, pin=str(pin))["findings"][0]
    assert (found["code"], found["position"], found["until"]) == ("FORK", 5, 6)


def test_a_restored_old_backup(judge: Verify, tmp_path: Path) -> None:
    """A bundle smaller than the pin is a rollback."""
    pin = tmp_path / "pin"
    pin.write_bytes(made().checkpoint(11).encode())
    report = judge(replace(made(9), earlier=(4,)).files(), keys=BOTH, pin=str(pin))
    first(report, "ROLLBACK", "pin", 10)
    assert report["pin"] == "ROLLBACK"


def test_a_pin_of_this_very_size_is_trust(judge: Verify, tmp_path: Path) -> None:
    """Without any key an equal pin is enough; a smaller one is not, and another root a fork."""
    pin = tmp_path / "pin"
    pin.write_bytes(made().checkpoint(11).encode())
    report = judge(made().files(), pin=str(pin))
    assert (report["exit"], report["pin"]) == (0, "equal")
    forked = judge(changed(made(), 2, b"1.5", b"9.5").files(), pin=str(pin))
    first(forked, "FORK", "pin", 8)
    pin.write_bytes(made().checkpoint(8).encode())
    smaller = judge(made().files(), pin=str(pin))
    assert (smaller["exit"], smaller["pin"]) == (3, "extends")


def test_the_pins_own_signature_is_checked(judge: Verify, tmp_path: Path) -> None:
    """With the log's key given, a pin that this key did not sign is no trust."""
    other, other_sign = key(LOG_KEY.name, Kind.LOG, 8)
    pin = tmp_path / "pin"
    pin.write_bytes(replace(made(), key=other, sign=other_sign).checkpoint(11).encode())
    first(judge(made().files(), keys=LOG_ONLY, pin=str(pin)), "SIGNATURE", "pin")


def test_a_pin_of_another_log(judge: Verify, tmp_path: Path) -> None:
    """A pin of another log is not compared."""
    pin = tmp_path / "pin"
    pin.write_bytes(other_log().checkpoint(11).encode())
    first(judge(made().files(), keys=LOG_ONLY, pin=str(pin)), "ORIGIN", "pin")


def other_log() -> Made:
    """Return another log, signed by its own key."""
    name = "other.example/log"
    other, other_sign = key(name, Kind.LOG, 9)
    entries = tuple(entry(n, log=name).encode() for n in range(1, 12))
    return Made(entries, origin=name, key=other, sign=other_sign)


def test_another_logs_entries(judge: Verify) -> None:
    """Entries of another log, or another log altogether, are told apart from ours."""
    files = made().files()
    mixed = bagged({**files, EVENTS: other_log().files()[EVENTS]})
    first(judge(mixed), "ORIGIN", EVENTS, 1)
    first(judge(other_log().files()), "ORIGIN", "data/checkpoint")


def test_the_key_substituted(judge: Verify) -> None:
    """A log that is signed by another key of the same name is not believed."""
    other, other_sign = key(LOG_KEY.name, Kind.LOG, 8)
    files = replace(made(), key=other, sign=other_sign).files()
    report = judge(files, keys=LOG_ONLY)
    first(report, "SIGNATURE", "data/checkpoints/4")
    assert "data/checkpoint" in {found["file"] for found in report["findings"]}


def test_the_bundles_own_policy_is_not_used(judge: Verify, tmp_path: Path) -> None:
    """A policy in the bundle or beside it changes nothing, and naming it is refused."""
    policy = f"log {LOG_KEY}\nquorum none\n".encode()
    files = bagged({**made().files(), "policy": policy})
    (tmp_path / "policy").write_bytes(policy)
    assert judge(files, keys=[])["exit"] == 3
    inside = written(tmp_path / "inside", files)
    assert judge(files, policy=str(tmp_path / "policy"))["exit"] == 0
    assert verify_bundle(inside, policy=f"{inside}/policy")["exit"] == 2
    assert verify_bundle(inside, pin=f"{inside}/data/checkpoint")["exit"] == 2
    assert verify_bundle(inside, keys=[f"{inside}/policy"])["exit"] == 2


def test_an_unsigned_checkpoint(judge: Verify) -> None:
    """A checkpoint without its log's signature is found, keys given or not."""
    files = made().files()
    text, _, lines = files["data/checkpoint"].partition(b"\n\n")
    witness = lines.splitlines(keepends=True)[1]
    for keys in (BOTH, []):
        report = judge(bagged({**files, "data/checkpoint": text + b"\n\n" + witness}), keys=keys)
        assert report["exit"] == 1
        assert "UNSIGNED" in codes(report)


@pytest.mark.parametrize("line", [0, 1])
def test_a_signature_that_is_not_valid(judge: Verify, line: int) -> None:
    """A signature of another text, of log or witness, is not valid on this one."""
    files = made().files()
    lines = files["data/checkpoint"].splitlines(keepends=True)
    lines[4 + line] = made().checkpoint(4).encode().splitlines(keepends=True)[4 + line]
    report = judge(bagged({**files, "data/checkpoint": b"".join(lines)}))
    assert "SIGNATURE" in codes(report)
    assert report["exit"] == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n11\n", b"\n011\n"),
        (b"\n11\n", b"\n+11\n"),
        (b"\n11\n", b"\n11 \n"),
        (b"=\n\n", b"\n\n"),
    ],
)
def test_a_number_spelled_otherwise(judge: Verify, old: bytes, new: bytes) -> None:
    """A size with a leading zero, a sign or white space, and Base64 without padding, is no form."""
    files = made().files()
    spelled = files["data/checkpoint"].replace(old, new, 1)
    assert spelled != files["data/checkpoint"]
    report = judge(bagged({**files, "data/checkpoint": spelled}))
    assert "FORM" in codes(report)
    assert report["exit"] == 1


def test_crlf_conversion(judge: Verify) -> None:
    """Line ends that were converted are named at the first entry, and in every other file."""
    files = {name: data.replace(b"\n", b"\r\n") for name, data in made().files().items()}
    report = judge(files)
    first(report, "FORM", EVENTS, 1)
    assert "CRLF" in report["findings"][0]["zh"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"event"', b'{ "event"'),
        (b'"version":2}', b'"version":2 }'),
        (b'"by":"', b'"by":"x","by":"'),
        ("张".encode(), b"\\u5f20"),
        (b'"count":6', b'"count":6.0'),
        (b'"count":6', b'"count":06'),
        (b'"count":6', b'"count":99999999999999999999'),
        (b'"count":6', b'"count":' + b"[" * 200 + b"]" * 200),
        (b'"by"', "名".encode().join((b'"', b'"'))),
        (b'"on":"2022', b'"on":"\xff2022'),
        (b'"on":"2022', b'"on":"\x0b2022'),
        (b'"on":"2022-03-05"', b'"on":"' + b"x" * 70_000 + b'"'),
        (b'"recorded_at":"2022-03-01', b'"recorded_at":"2022-02-30'),
        (b'"type"', b'"typo"'),
        (b'"version":2', b'"version":0'),
        (b'"version":2', b'"version":true'),
    ],
)
def test_an_entry_spelled_otherwise(judge: Verify, old: bytes, new: bytes) -> None:
    """White space, a duplicate key, an escape, a fraction and the like are found, though signed."""
    log = changed(made(), 6, old, new)
    first(judge(log.files()), "FORM", EVENTS, 6)


def test_nfd_for_nfc(judge: Verify) -> None:
    """Text that only looks the same is found, though signed."""
    decomposed = unicodedata.normalize("NFD", "é").encode()
    composed = changed(made(), 6, b'"on":"', b'"on":"' + "é".encode())
    assert judge(composed.files())["exit"] == 0
    log = changed(made(), 6, b'"on":"', b'"on":"' + decomposed)
    first(judge(log.files()), "FORM", EVENTS, 6)


def test_an_empty_log(judge: Verify, tmp_path: Path) -> None:
    """An empty log is never verified, neither by a key nor by an equal pin."""
    files = replace(made(0), earlier=()).files()
    pin = tmp_path / "pin"
    pin.write_bytes(files["data/checkpoint"])
    report = judge(files, keys=BOTH, pin=str(pin))
    first(report, "EMPTY", EVENTS)
    emptied = bagged({**made().files(), EVENTS: b""})
    first(judge(emptied), "EMPTY", EVENTS)


def test_an_interior_node_given_as_a_leaf(judge: Verify) -> None:
    """Half as many leaf hashes, each of an inner node, give the same root and are not taken."""
    log = made(8, earlier=())
    leaves = log.leaves
    nodes = [node_hash(leaves[n], leaves[n + 1]) for n in range(0, 8, 2)]
    listed = b"".join(b"%b\n" % node.hex().encode() for node in nodes)
    lines = b"".join(each + b"\n" for each in log.entries[:4])
    report = judge(bagged({**log.files(), LEAVES: listed, EVENTS: lines}))
    first(report, "ALTERED", EVENTS, 1)


def test_export_that_says_something_else(judge: Verify) -> None:
    """What ``export.json`` says is compared with the checkpoint and the entries."""
    files = made().files()
    said = files["data/export.json"].replace(b'"size":11', b'"size":12')
    first(judge(bagged({**files, "data/export.json": said})), "EXPORT", "data/export.json")
    for old, new in (
        (b'"by"', b'"bx"'), (b'"size":11', b'"size":"11"'), (b"}", b',"x":1}'), (b"}", b"} "),
        (b"T00:00:00Z", b"T00:00:00+08:00"), (b"{", b"[" * 5000),
    ):  # fmt: skip
        said = files["data/export.json"].replace(old, new)
        report = judge(bagged({**files, "data/export.json": said}))
        assert codes(report) == {"FORM"}


def test_claims_that_were_changed(judge: Verify) -> None:
    """A claimed score that was changed no longer fits its digest; other forms are refused."""
    files = made().files()
    claims = files["data/claims.json"]
    higher = claims.replace(b'"81.5"', b'"91.5"', 1)
    first(judge(bagged({**files, "data/claims.json": higher})), "CLAIM", "data/claims.json")
    for data in (
        b"", b"{}\n", claims[:-1], claims + b"\n", claims.replace(b":[", b": [", 1), claims[:90],
        claims.replace(b"}]}]}", b"},]}]}"), claims.replace(b'"81.5"', b"81.5"),
        claims.replace(b'{"total"', b'{"total":"1","total"'), b'{"claims":[' + b"[" * 99_999,
        claims.replace("乙".encode(), b"\xff"), claims.replace("乙".encode(), b"\\ud800"),
        claims.replace(b'"publication":null', b'"publication":7'),
    ):  # fmt: skip
        report = judge(bagged({**files, "data/claims.json": data}))
        assert codes(report) == {"FORM"}, data[:80]
    none = bagged({**files, "data/claims.json": document({"claims": []})})
    assert judge(none)["exit"] == 0


def test_an_evidence_file_changed(judge: Verify) -> None:
    """An evidence file is named by its digest, so changing it shows without any manifest."""
    files = made().files()
    name = next(name for name in files if name.startswith("data/objects/"))
    first(judge(bagged({**files, name: b"other"})), "DIGEST", name)


def test_a_consistency_proof_changed(judge: Verify) -> None:
    """A consistency proof of another pair of sizes does not hold."""
    files = made().files()
    lines = files["data/consistency/7"].splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    report = judge(bagged({**files, "data/consistency/7": b"".join(lines)}))
    first(report, "PROOF", "data/consistency/7")
    missing = {name: data for name, data in files.items() if name != "data/consistency/7"}
    first(judge(bagged(missing)), "MISSING", "data/consistency/7")


def test_what_a_policy_asks_for(judge: Verify, tmp_path: Path) -> None:
    """The quorum of a policy is met or not, and without it the bundle is not verified."""
    policy = tmp_path / "policy"
    second, second_sign = key("second.example/w", Kind.WITNESS, 3)
    lines = f"log {LOG_KEY}\nwitness a {WITNESS_KEY}\nwitness b {second}\ngroup g 2 a b\nquorum g\n"
    policy.write_text(lines, encoding="utf-8")
    report = judge(made().files(), policy=str(policy))
    first(report, "QUORUM", "data/checkpoint")
    assert report["quorum_met"] is False
    files = made(earlier=()).files()
    text = files["data/checkpoint"].partition(b"\n\n")[0].decode() + "\n"
    line = str(cosign(text, seconds(11), second, second_sign)).encode() + b"\n"
    cosigned = bagged({**files, "data/checkpoint": files["data/checkpoint"] + line})
    met = judge(cosigned, policy=str(policy))
    assert (met["exit"], met["quorum_met"]) == (0, True)
    assert [each["state"] for each in met["keys"]] == ["valid"] * 3


def test_witness_keys_alone(judge: Verify) -> None:
    """A witness that signed this checkpoint is trust; one that did not sign it is not."""
    stranger, _ = key("stranger.example/w", Kind.WITNESS, 5)
    assert judge(made().files(), keys=[str(WITNESS_KEY)])["exit"] == 0
    report = judge(made().files(), keys=[str(stranger)])
    assert (report["exit"], report["keys"][0]["state"]) == (3, "absent")


def test_a_witness_signature_twice(judge: Verify) -> None:
    """Two lines by one witness are not taken, whichever is valid."""
    files = made(earlier=()).files()
    text = files["data/checkpoint"].partition(b"\n\n")[0].decode() + "\n"
    again = str(cosign(text, seconds(12), WITNESS_KEY, witness_sign)).encode() + b"\n"
    report = judge(bagged({**files, "data/checkpoint": files["data/checkpoint"] + again}))
    assert "SIGNATURE" in codes(report)
