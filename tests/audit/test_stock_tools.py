"""What others' tools say of a bundle: the commands of its README, and an independent library."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import bagit
import pytest

from tests.audit.handed_over import HandedOver, exported

if TYPE_CHECKING:
    from pathlib import Path

needs_shell = pytest.mark.skipif(
    not all(map(shutil.which, ("sh", "sed", "sha256sum", "openssl", "base64"))),
    reason="the commands of the bundle's README need sh, sed, sha256sum, base64 and openssl",
)


def commands(readme: str, *, among: str) -> str:
    """Return the block of commands in a bundle's README that holds ``among``."""
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    (found,) = [block for block in blocks if among in block]
    return str(found)


def verifying(readme: str) -> list[str]:
    """Return the lines that call the verifier with files, by the Python that runs."""
    lines = commands(readme, among="verify.py").splitlines()
    found = [line.replace("python3", f"'{sys.executable}'", 1) for line in lines if "../" in line]
    assert found
    return found


@needs_shell
@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_signature_is_checked_by_openssl(
    handed_over: HandedOver, tmp_path: Path, name: str
) -> None:
    """The README's commands as they stand, and again with a digit of the checkpoint changed.

    They leave the bundle as it was: the verifier, called as the README says, finds nothing.
    """
    place = tmp_path / "bundle"
    shutil.copytree(handed_over.bundle, place)
    handed_over.kaohe("key", "show", "--to", tmp_path / "key.txt")
    script = commands((place / name).read_text(encoding="utf-8"), among="openssl")

    run = subprocess.run(["sh", "-ec", script], cwd=place, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    for line in verifying((place / name).read_text(encoding="utf-8")):
        pinned = line.replace("earlier-checkpoint.txt", "pin.txt").replace("以前的检查点", "pin")
        (tmp_path / "pin.txt").write_bytes(handed_over.pin.read_bytes())
        run = subprocess.run(["sh", "-ec", pinned], cwd=place, capture_output=True, check=False)
        assert run.returncode == 0, run.stdout

    note = (place / "data/checkpoint").read_text(encoding="utf-8")
    (place / "data/checkpoint").write_text(note.replace("\n13\n", "\n12\n"), encoding="utf-8")
    run = subprocess.run(["sh", "-ec", script], cwd=place, capture_output=True, check=False)
    assert run.returncode != 0


@needs_shell
def test_the_digests_are_checked_by_sha256sum(handed_over: HandedOver, tmp_path: Path) -> None:
    """Both manifests hold, and a changed file is seen."""
    place = tmp_path / "bundle"
    shutil.copytree(handed_over.bundle, place)
    readme = (place / "README.md").read_text(encoding="utf-8")
    lines = commands(readme, among="sha256sum").splitlines()
    for line in (each for each in lines if each.startswith("sha256sum")):
        subprocess.run(["sh", "-ec", line], cwd=place, capture_output=True, check=True)
    (place / "data/claims.json").write_bytes(b"{}\n")
    run = subprocess.run(["sh", "-ec", lines[0]], cwd=place, capture_output=True, check=False)
    assert run.returncode != 0


@pytest.mark.filterwarnings("ignore:'count' is passed:DeprecationWarning")  # bagit's own
def test_the_bag_is_valid_for_bagit(handed_over: HandedOver, tmp_path: Path) -> None:
    """The Library of Congress's validator takes it, and refuses one with a file taken out."""
    bagit.Bag(str(handed_over.bundle)).validate()
    place = tmp_path / "bundle"
    shutil.copytree(handed_over.bundle, place)
    (place / "data/leaf-hashes").unlink()
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(place)).validate()


@pytest.mark.skipif(sys.version_info < (3, 12), reason="aics-tlog needs Python 3.12")
def test_an_independent_library_agrees(handed_over: HandedOver, tmp_path: Path) -> None:
    """Signature, root, consistency with each earlier checkpoint, and the proofs of one unit.

    The library shares nothing with ours but the specification.
    """
    tlog = pytest.importorskip("aics_tlog")
    key = tlog.parse_vkey(handed_over.key)
    data = handed_over.bundle / "data"
    note = tlog.parse_note((data / "checkpoint").read_bytes())
    seen = tlog.verify_checkpoint(note, key)
    assert seen.ok, seen.error
    entries = (data / "events.jsonl").read_bytes().splitlines()
    tree = tlog.MerkleTree()
    for entry in entries:
        tree.append(entry)
    assert (seen.size, seen.root) == (len(entries), tree.root())
    for earlier in sorted((data / "checkpoints").iterdir()):
        before = tlog.verify_checkpoint(tlog.parse_note(earlier.read_bytes()), key)
        assert before.ok, before.error
        proof = _hashes((data / "consistency" / earlier.name).read_text(encoding="utf-8"))
        assert tlog.verify_consistency(before.size, seen.size, before.root, seen.root, proof)
    part = exported(handed_over.kaohe, tmp_path / "part", "--unit", "应县")
    for line in (part / "data/events.jsonl").read_bytes().splitlines():
        index = json.loads(line)["position"] - 1
        proof = _hashes((part / f"data/proofs/{index + 1}").read_text(encoding="utf-8"))
        leaf = sha256(b"\0" + line).digest()
        assert tlog.verify_inclusion(leaf, index, seen.size, proof, seen.root)


def _hashes(text: str) -> list[bytes]:
    """Return the hashes of a proof file: the lines of its head that are 32 bytes in Base64."""
    head = text.partition("\n\n")[0].splitlines()
    return [base64.b64decode(line) for line in head if len(line) == 44 and line.endswith("=")]
