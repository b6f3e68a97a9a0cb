"""The bag itself: files added, lost or changed, names that climb out, and archives that mislead."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from infra.standalone.report_text import as_text
from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY

from .bundles import RULEBOOK, Files, bagged, made, written
from .conftest import Verify

KEYS = [str(LOG_KEY)]
CLAIMS = "data/claims.json"
posix = pytest.mark.skipif(os.name == "nt", reason="needs the file types of POSIX")


def only(report: dict[str, Any], code: str, file: str) -> None:
    """Check that there is one finding, and which."""
    assert report["exit"] == 1
    assert [(found["code"], found["file"]) for found in report["findings"]] == [(code, file)]


def without(files: Files, name: str) -> Files:
    """Return a bundle that lost a file."""
    return {each: data for each, data in files.items() if each != name}


def test_a_file_too_many(judge: Verify) -> None:
    """A file that no manifest lists is found, and so is one that a bag has no place for."""
    report = judge({**made().files(), "data/x": b""})
    assert report["counts"] == {"EXTRA": 1}
    assert report["findings"][0]["file"] == "data/x"
    only(judge({**made().files(), "notes.txt": b""}), "EXTRA", "notes.txt")
    only(judge(bagged({**made().files(), "data/x": b""})), "EXTRA", "data/x")
    proof = made(unit="x").files()["data/proofs/1"]
    only(judge(bagged({**made().files(), "data/proofs/1": proof})), "EXTRA", "data/proofs/1")
    assert judge(bagged({**made().files(), "README.zh-CN.md": b""}))["exit"] == 0


def test_files_that_systems_add_are_called_what_they_are(judge: Verify) -> None:
    """A stranger is found and exits 1, but its headline speaks of no alteration."""
    names = (".DS_Store", "data/.DS_Store", "verify/Thumbs.db", "desktop.ini")
    harmless = dict.fromkeys(names, b"x")
    report = judge({**made().files(), **harmless})
    assert (report["exit"], report["counts"]) == (1, {"EXTRA": 4})
    headline, *rest = as_text(report, "zh").split("\n")
    assert headline == "包里有不属于它的文件，这些文件不在核验之列；其余没有发现改动"
    assert "请删去" in rest[-1]
    unbacked = as_text(judge({**made().files(), **harmless}, keys=[]), "zh").split("\n")
    assert unbacked[:2] == [headline, "也没有外部给出的信任为凭"]
    program = {"verify/json.py": b""}  # a program that its neighbour might load
    assert judge({**made().files(), **program})["verdict"] == "tampered"


@pytest.mark.parametrize("name", [CLAIMS, "README.md", f"data/rulebooks/{RULEBOOK}.toml"])
def test_a_file_struck_from_the_list_is_no_stranger(judge: Verify, name: str) -> None:
    """Whoever changes a file and takes it off the manifest is called what he is."""
    files = bagged(without(made().files(), name))
    report = judge({**files, name: made().files()[name]})
    assert (report["exit"], report["verdict"]) == (1, "tampered")
    assert as_text(report, "en").startswith("TAMPERED")


@pytest.mark.parametrize(
    "name",
    [
        "README.md", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", CLAIMS,
        "data/checkpoint", "data/checkpoints/4", "data/export.json", "data/leaf-hashes",
    ],
)  # fmt: skip
def test_a_file_lost(judge: Verify, name: str) -> None:
    """A listed file that is not there is found; one not listed either, if a bag must have it."""
    report = judge(without(made().files(), name))
    assert report["exit"] == 1
    assert "MISSING" in report["counts"]
    if name.startswith("data/") and "checkpoints" not in name:
        assert "MISSING" in judge(bagged(without(made().files(), name)))["counts"]


def test_a_file_changed(judge: Verify) -> None:
    """A changed file has another digest than listed."""
    only(judge({**made().files(), "README.md": b"x"}), "DIGEST", "README.md")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"  data/", b" data/"), (b"  data/", b" *data/"), (b"a", b"A"), (b"\n", b"\r\n"),
        (b"  data/", b"  ./data/"),
    ],
)  # fmt: skip
def test_a_manifest_spelled_otherwise(judge: Verify, old: bytes, new: bytes) -> None:
    """A manifest has one spelling, also where its digests are right."""
    files = made().files()
    manifest = files["manifest-sha256.txt"].replace(old, new, 1)
    report = judge({**files, "manifest-sha256.txt": manifest})
    assert report["exit"] == 1
    assert {"FORM", "PATH"} & set(report["counts"])


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/passwd", "data/../../x", "C:/x", "data\\..\\x", "data//x", "data/\x1b[2J"],
)
def test_a_listed_path_that_climbs_out(judge: Verify, path: str) -> None:
    """A manifest that names something outside of the bag is found; nothing outside is opened."""
    files = made().files()
    lines = files["manifest-sha256.txt"].decode().splitlines(keepends=True)
    lines.append(f"{'0' * 64}  {path}\n")
    listed = "".join(sorted(lines, key=lambda line: line[66:])).encode()
    report = judge({**files, "manifest-sha256.txt": listed})
    assert report["exit"] == 1
    assert {"PATH", "FORM"} & set(report["counts"])
    assert "\x1b" not in str(report)


def test_the_payload_is_counted(judge: Verify) -> None:
    """The sum and number in ``bag-info.txt`` are compared, if they are there."""
    files = made().files()
    info = files["bag-info.txt"].replace(b"Payload-Oxum: ", b"Payload-Oxum: 1")
    report = judge({**files, "bag-info.txt": info})
    assert [found["file"] for found in report["findings"]] == ["bag-info.txt"] * 2


@posix
def test_a_symlink(tmp_path: Path) -> None:
    """A link in the place of a file is found and not followed, wherever it leads."""
    for name, target in (
        (CLAIMS, "export.json"),
        ("data/objects", "/"),
        ("data/events.jsonl", "x"),
    ):
        folder = tmp_path / name.replace("/", "-")
        files = {each: data for each, data in made().files().items() if not each.startswith(name)}
        written(folder, files)
        (folder / name).symlink_to(target)
        report = verify_bundle(str(folder), keys=KEYS)
        assert report["exit"] == 1
        assert ("PATH", name) in {(found["code"], found["file"]) for found in report["findings"]}


@posix
def test_what_is_no_plain_file(tmp_path: Path) -> None:
    """A pipe is found and never opened, which would wait for ever."""
    for number, name in enumerate((CLAIMS, "data/leaf-hashes", "pipe", "data/events.jsonl")):
        folder = tmp_path / str(number)
        written(folder, without(made().files(), name))
        os.mkfifo(folder / name)
        report = verify_bundle(str(folder), keys=KEYS)
        assert report["exit"] == 1
        assert "PATH" in report["counts"]


@posix
def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    """A name that is no text is found and printed with escapes."""
    folder = written(tmp_path / "bag", made().files())
    try:
        Path(folder, "data", os.fsdecode(b"\xff")).touch()
    except OSError:
        pytest.skip("this file system takes only names that are text")
    only(verify_bundle(folder, keys=KEYS), "PATH", "data/\\udcff")


@pytest.mark.parametrize("name", sorted(made().files()))
def test_a_folder_in_the_place_of_a_file(judge: Verify, name: str) -> None:
    """A folder where a file should be is the file missing; without entries nothing is judged."""
    report = judge({**without(made().files(), name), f"{name}/x": b""})
    assert report["exit"] == (2 if name == "data/events.jsonl" else 1)


@pytest.mark.parametrize(
    "arguments",
    [
        {"bundle": "absent"},
        {"bundle": "a-file"},
        {"bundle": "empty-folder"},
        {"bundle": "a\0b"},
        {"keys": ["absent"]},
        {"keys": ["a-file"]},
        {"keys": ["empty-folder"]},
        {"keys": [KEYS[0][:-4]]},
        {"keys": [KEYS[0].replace("+3", "+4")]},
        {"keys": ["a+00000000+!!!!"]},
        {"policy": "absent"},
        {"policy": "a-file"},
        {"pin": "absent"},
        {"pin": "a-file"},
        {"pin": "empty-folder"},
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, arguments: dict[str, Any]) -> None:
    """A bundle or an argument that is not there, or not in its form, ends in exit 2."""
    (tmp_path / "a-file").write_bytes(b"x")
    (tmp_path / "empty-folder").mkdir()
    bundle = written(tmp_path / "bag", made().files())

    def there(value: str) -> str:
        return value if "+" in value or "\0" in value else str(tmp_path / value)

    given: dict[str, Any] = {"bundle": bundle}
    for name, value in arguments.items():
        if isinstance(value, list):
            given[name] = [there(each) for each in value]
        else:
            given[name] = there(value)
    report = verify_bundle(**given)
    assert report["exit"] == 2
    assert report["findings"][0]["code"] == "OPEN"
    assert report["advice"]


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all files")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """A file without permission is a finding; entries without permission cannot be judged."""
    folder = tmp_path / "bag"
    written(folder, made().files())
    (folder / CLAIMS).chmod(0)
    assert verify_bundle(str(folder), keys=KEYS)["exit"] == 1
    (folder / "data/events.jsonl").chmod(0)
    assert verify_bundle(str(folder), keys=KEYS)["exit"] == 2
