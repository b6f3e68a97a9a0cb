"""The audit bundle carries the evidence that its entries name and that is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.driving import refused
from tests.cli.proving import OTHER, SCAN, folder, given, proved, sha256
from tests.cli.registers import studied
from tests.running import Kaohe

THIRD = b"of another unit"
LOST = "f" * 64
TIME = ("--until", "#8", "--time", "2026-01-02T03:04:05Z")


@pytest.fixture
def proven(opened: Kaohe) -> Kaohe:
    """#6 of 应县 names two held files, #7 one that is not held, #8 of 市财政局 a held one."""
    opened("init")
    proved(opened, given(opened), given(opened, OTHER, "另.pdf"))
    opened.imports(
        [
            studied(evidence=[{"name": "丢了.pdf", "sha256": LOST}]),
            studied(unit="市财政局", evidence=[{"name": "三.pdf", "sha256": sha256(THIRD)}]),
        ]
    )
    opened("evidence", "add", given(opened, THIRD, "三.pdf"))
    opened("evidence", "add", "--any", given(opened, b"surplus", "多.pdf"))
    return opened


def objects(place: Path) -> dict[str, bytes]:
    """Return the evidence in a bag, which its manifest must list."""
    found = {path.name: path.read_bytes() for path in place.glob("data/objects/*")}
    listed = (place / "manifest-sha256.txt").read_text(encoding="utf-8")
    for name in found:
        assert f"{name}  data/objects/{name}\n" in listed
    assert listed.count("data/objects/") == len(found)
    return found


def test_the_bundle_holds_what_is_named_and_held(proven: Kaohe) -> None:
    """Each file once, under its digest, unchanged; what no entry names stays at home."""
    answer = proven("export", "audit", "--to", proven.folder / "包")
    wanted = {sha256(data): data for data in (SCAN, OTHER, THIRD)}
    assert objects(proven.folder / "包") == wanted
    assert "包里有 3 个佐证文件" in answer.stderr


def test_a_bundle_for_one_unit_holds_only_its_evidence(proven: Kaohe) -> None:
    """The files of other units are not handed out."""
    proven("export", "audit", "--unit", "应县", "--to", proven.folder / "包")
    assert set(objects(proven.folder / "包")) == {sha256(SCAN), sha256(OTHER)}


def test_a_bundle_up_to_a_position_holds_what_was_named_by_then(proven: Kaohe) -> None:
    """Evidence of later entries is left out."""
    proven("export", "audit", "--until", "#7", "--to", proven.folder / "包")
    assert set(objects(proven.folder / "包")) == {sha256(SCAN), sha256(OTHER)}


def test_the_same_bundle_is_the_same_bytes(proven: Kaohe) -> None:
    """With ``--until`` and ``--time`` two archives with evidence are equal."""
    places = [proven.folder / "一" / "包.tar.gz", proven.folder / "二" / "包.tar.gz"]
    for place in places:
        place.parent.mkdir()
        proven("export", "audit", *TIME, "--to", place)
    assert places[0].read_bytes() == places[1].read_bytes()


def test_an_altered_file_stops_the_export(proven: Kaohe) -> None:
    """No bundle is left, none is recorded, and the file is named."""
    place = folder(proven) / sha256(OTHER)
    place.chmod(0o644)
    place.write_bytes(b"forged")
    out = proven.folder / "包"
    message = refused(proven, "export", "audit", "--to", out, exit_code=3)
    assert str(place) in message
    assert not out.exists()
    assert len(proven.json("log")["events"]) == 8


def test_without_held_files_the_bundle_has_none(proven: Kaohe) -> None:
    """With another folder, which holds nothing, the bundle is made without evidence."""
    before = ["--evidence-dir", proven.folder / "空"]
    answer = proven(*before, "export", "audit", "--to", proven.folder / "包")
    assert objects(proven.folder / "包") == {}
    assert "包里有 0 个佐证文件" in answer.stderr
    assert "另有 4 个只登记了摘要" in answer.stderr
