"""Forks, rollbacks, other logs and other keys: nothing in a bundle vouches for itself.

Unless a test is about the bag itself, the tamperer makes all manifests anew.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.audit.keys import Kind
from infra.standalone.report_text import as_text
from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY, WITNESS_KEY, cosign, key, witness_sign

from .bundles import Made, bagged, changed, entry, made, seconds, written
from .conftest import Verify
from .judging import codes, first

EVENTS = "data/events.jsonl"
LEAVES = "data/leaf-hashes"
LOG_ONLY = [str(LOG_KEY)]
BOTH = [str(LOG_KEY), str(WITNESS_KEY)]


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
    headline, *_, advice = as_text(smaller, "zh").split("\n")
    assert headline == "到 #8 为止与您留存的检查点相符；其后的只是自相一致"
    assert "--key" in advice
    assert "--pin" not in advice
    zero = as_text(against_nothing(judge, pin), "zh")
    assert zero.startswith("只是自相一致")


def against_nothing(judge: Verify, pin: Path) -> dict[str, Any]:
    """Judge against a pin of no entries, which every log extends."""
    pin.write_bytes(replace(made(0), earlier=()).checkpoint(0).encode())
    return judge(made().files(), pin=str(pin))


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


def test_an_empty_log(judge: Verify, tmp_path: Path) -> None:
    """An empty log is never verified, neither by a key nor by an equal pin."""
    files = replace(made(0), earlier=()).files()
    pin = tmp_path / "pin"
    pin.write_bytes(files["data/checkpoint"])
    report = judge(files, keys=BOTH, pin=str(pin))
    first(report, "EMPTY", EVENTS)
    emptied = bagged({**made().files(), EVENTS: b""})
    first(judge(emptied), "EMPTY", EVENTS)


def test_what_a_policy_asks_for(judge: Verify, tmp_path: Path) -> None:
    """The quorum of a policy is met or not, and without it the bundle is not verified."""
    policy = tmp_path / "policy"
    second, second_sign = key("second.example/w", Kind.WITNESS, 3)
    lines = f"log {LOG_KEY}\nwitness a {WITNESS_KEY}\nwitness b {second}\ngroup g 2 a b\nquorum g\n"
    policy.write_text(lines, encoding="utf-8")
    report = judge(made().files(), policy=str(policy))
    first(report, "QUORUM", "data/checkpoint")
    assert report["quorum_met"] is False
    told = as_text(report, "both")
    assert told.startswith("策略没有满足：签名的见证人不够；没有发现改动\n")
    assert "TAMPERED" not in told
    both = as_text(judge({**made().files(), "Thumbs.db": b""}, policy=str(policy)), "zh")
    assert both.split("\n")[1].startswith("包里有不属于它的文件")
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
