"""Bundles for one unit: gaps are right, and each entry comes with its own proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.domain.audit.signing import LOG_KEY

from .bundles import Files, bagged, changed, made
from .conftest import Verify

UNIT = "朔城区第1中学"
EVENTS = "data/events.jsonl"


def files() -> Files:
    """Return the bundle of one unit: entries 1, 4, 7 and 10."""
    return made(unit=UNIT).files()


def found(report: dict[str, Any]) -> tuple[str, str, int | None]:
    """Return what the first finding says."""
    first = report["findings"][0]
    return first["code"], first["file"], first["position"]


def test_a_bundle_for_one_unit(judge: Verify) -> None:
    """Positions and versions with gaps are right, and the report says for whom it is."""
    report = judge(files())
    assert (report["exit"], report["unit"], report["entries"]) == (0, UNIT, 4)


def test_an_entry_edited(judge: Verify) -> None:
    """An edited entry is not the one that its proof is about."""
    edited = files()[EVENTS].replace(b'"count":7', b'"count":9')
    report = judge(bagged({**files(), EVENTS: edited}))
    assert found(report) == ("PROOF", "data/proofs/7", 7)


def test_an_entry_left_out(judge: Verify) -> None:
    """The proof of an entry that is not there is one file too many."""
    lines = files()[EVENTS].splitlines(keepends=True)
    report = judge(bagged({**files(), EVENTS: b"".join(lines[:1] + lines[2:])}))
    assert {"EXTRA", "EXPORT"} <= set(report["counts"])


def test_entries_out_of_order(judge: Verify) -> None:
    """Positions must grow, and so must versions and times."""
    lines = files()[EVENTS].splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    report = judge(bagged({**files(), EVENTS: b"".join(lines)}))
    assert {"GAP", "CLOCK", "VERSION"} <= set(report["counts"])
    assert found(report)[0] == "GAP"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"index 6", b"index 5", "PROOF"),
        (b"index 6", b"index 06", "FORM"),
        (b"index 6", b"extra eA==\nindex 6", "FORM"),
        (b"tlog-proof@v1", b"tlog-proof@v2", "FORM"),
        (b"\n11\n", b"\n12\n", "PROOF"),
    ],
)
def test_a_proof_changed(judge: Verify, old: bytes, new: bytes, code: str) -> None:
    """A proof about another entry or checkpoint, or in another form, is found."""
    name = "data/proofs/7"
    proof = files()[name].replace(old, new, 1)
    assert found(judge(bagged({**files(), name: proof}))) == (code, name, 7)


def test_a_proof_lost(judge: Verify) -> None:
    """An entry without its proof is found."""
    left = {name: data for name, data in files().items() if name != "data/proofs/7"}
    report = judge(bagged(left))
    assert report["exit"] == 1
    assert report["counts"] == {"MISSING": 1}
    assert report["findings"][0]["position"] == 7


def test_a_whole_bundle_that_pretends_to_be_for_one_unit(judge: Verify) -> None:
    """Saying that a bundle is for one unit does not make up for proofs that are not there."""
    whole = made().files()
    said = whole["data/export.json"].replace(b'"unit":null', b'"unit":"x"')
    report = judge(bagged({**whole, "data/export.json": said}))
    assert {"MISSING", "EXTRA"} <= set(report["counts"])


def test_a_pin(judge: Verify, tmp_path: Path) -> None:
    """A pin of a size that the bundle has a proof from is judged; of another it cannot be shown."""
    pin = tmp_path / "pin"

    def against(size: int, log: Files) -> tuple[int, str]:
        pin.write_bytes(made().checkpoint(size).encode())
        report = judge(log, keys=[str(LOG_KEY)], pin=str(pin))
        return report["exit"], report["pin"]

    assert against(11, files()) == (0, "equal")
    assert against(7, files()) == (0, "extends")
    assert against(0, files()) == (0, "extends")
    assert against(6, files()) == (3, "not-shown")
    forked = changed(made(unit=UNIT), 4, b"1.5", b"9.5").files()
    assert against(7, forked) == (1, "FORK")
    assert against(11, forked) == (1, "FORK")
    assert against(11, made(9, unit=UNIT).files()) == (1, "ROLLBACK")
