"""``kaohe evidence``: what is named and held is listed, taken out, put in and checked."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import refused
from tests.cli.proving import MEETING, OTHER, SCAN, evidence_of, folder, given, held, proved, sha256
from tests.cli.registers import OPENING, adopted, brief
from tests.running import Kaohe

LOST = "f" * 64


@pytest.fixture
def proven(opened: Kaohe) -> Kaohe:
    """#6 and its adoption #7 are proved by held files, #8 by one known only by its digest."""
    opened.imports(
        [
            brief("甲", unit="市教育局", evidence=[{"name": "稿.docx", "sha256": sha256(OTHER)}]),
            adopted("甲", evidence=[{"name": "快报.pdf", "sha256": sha256(SCAN)}]),
            {**brief("乙"), "evidence": [{"name": "丢了.pdf", "sha256": LOST}]},
        ]
    )
    opened("evidence", "add", given(opened), given(opened, OTHER, "稿.docx"))
    return opened


def altered(kaohe: Kaohe, digest: str, data: bytes = b"forged") -> Path:
    """Change a held file behind the back of the program."""
    place = folder(kaohe) / digest
    place.chmod(0o644)
    place.write_bytes(data)
    return place


def test_every_piece_of_evidence_is_listed(proven: Kaohe) -> None:
    """Name, digest, event, units, size and whether the file is held; also as a table."""
    found = evidence_of(proven)
    brief_of = ("name", "sha256", "position", "type", "units", "size", "held")
    assert [tuple(each[key] for key in brief_of) for each in found] == [
        ("稿.docx", sha256(OTHER), 6, "SubmissionReceived", ["市教育局"], len(OTHER), True),
        ("快报.pdf", sha256(SCAN), 7, "ItemAdopted", ["市教育局"], len(SCAN), True),
        ("丢了.pdf", LOST, 8, "SubmissionReceived", ["应县"], None, False),
    ]
    said = proven("evidence", "list").stdout
    assert all(word in said for word in ("快报.pdf", sha256(SCAN)[:16], "#7", "丢了.pdf", "无"))


def test_evidence_of_a_unit_or_that_is_missing_is_asked_for(proven: Kaohe) -> None:
    """``--unit`` goes by what an event is about, ``--missing`` by what is not held."""
    assert [each["position"] for each in evidence_of(proven, "--unit", "市教育局")] == [6, 7]
    assert [each["position"] for each in evidence_of(proven, "--missing")] == [8]
    assert evidence_of(proven, "--unit", "市教育局", "--missing") == []
    assert "最接近" in refused(proven, "evidence", "list", "--unit", "教育")


def test_what_became_of_the_event_is_told(proven: Kaohe) -> None:
    """Evidence of a retracted event stays listed, marked; corrections name their own."""
    proven("retract", "#7", "--reason", "撤稿")
    proven("correct", "#6", f"佐证材料=新.pdf {sha256(SCAN)}", "--reason", "换件")
    found = {each["position"]: each for each in evidence_of(proven)}
    assert found[7]["retracted_by"] == 9
    assert found[6]["corrected_by"] == [10]
    assert (found[10]["name"], found[10]["type"]) == ("新.pdf", "EventCorrected")
    assert "【已由 #9 撤销】" in proven("evidence", "list").stdout


def test_a_register_without_evidence_has_an_empty_list(opened: Kaohe) -> None:
    """Nothing named is an answer, and asking makes no folder."""
    assert evidence_of(opened) == []
    assert "登记过 0 个" in opened("evidence", "check").stdout
    assert not folder(opened).exists()


@pytest.mark.parametrize(
    "typed",
    [["list"], ["get", "#1"], ["get", "abcd"], ["check"], ["add", "{file}"]],
    ids=lambda typed: typed[0],
)
def test_without_a_register_there_is_nothing_to_ask(kaohe: Kaohe, typed: list[str]) -> None:
    """Every question about evidence needs a register, and none is made."""
    file = str(given(kaohe))
    words = [word.format(file=file) for word in typed]
    assert "没有数据库" in refused(kaohe, "evidence", *words)
    assert not Path(kaohe.database).exists()
    assert not folder(kaohe).exists()


@pytest.mark.parametrize("which", ["#7", sha256(SCAN), sha256(SCAN)[:4], sha256(SCAN).upper()])
def test_a_copy_is_taken_out(proven: Kaohe, which: str) -> None:
    """By event, digest or its beginning; under the recorded name in a folder, or another's."""
    out = proven.folder / "出"
    out.mkdir()
    proven("evidence", "get", which, "--to", out)
    assert (out / "快报.pdf").read_bytes() == SCAN
    proven("evidence", "get", which, "--to", out / "别名.bin")
    assert (out / "别名.bin").read_bytes() == SCAN
    with chdir(out / ".."):
        proven("evidence", "get", which)
    assert (proven.folder / "快报.pdf").read_bytes() == SCAN


def test_a_copy_can_be_written_to(proven: Kaohe) -> None:
    """What is taken out belongs to the clerk."""
    proven("evidence", "get", "#7", "--to", proven.folder / "出.pdf")
    (proven.folder / "出.pdf").write_bytes(b"notes of my own")
    assert held(proven)[sha256(SCAN)] == SCAN


def test_a_copy_overwrites_nothing(proven: Kaohe) -> None:
    """A file that is there stays, and the message names it."""
    place = given(proven, b"mine", "快报.pdf")
    assert str(place) in refused(proven, "evidence", "get", "#7", "--to", place.parent)
    assert str(place) in refused(proven, "evidence", "get", "#7", "--to", place)
    assert place.read_bytes() == b"mine"


def test_all_files_of_an_event_are_taken_out(opened: Kaohe) -> None:
    """Several files need a folder; those of one name are told apart by their digests."""
    (opened.folder / "另").mkdir()
    second = opened.folder / "另" / "批示.pdf"
    second.write_bytes(OTHER)
    proved(opened, given(opened), second)
    out = opened.folder / "出"
    assert "2 个" in refused(opened, "evidence", "get", "#6", "--to", out)
    out.mkdir()
    opened("evidence", "get", "#6", "--to", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        f"批示-{sha256(SCAN)[:12]}.pdf": SCAN,
        f"批示-{sha256(OTHER)[:12]}.pdf": OTHER,
    }


def test_a_recorded_name_never_leads_out_of_the_folder(opened: Kaohe) -> None:
    """A name that a register file brought is a file name here, whatever it was meant to be."""
    opened.imports([brief("甲", evidence=[{"name": "../../外.pdf", "sha256": sha256(SCAN)}])])
    opened("evidence", "add", given(opened))
    out = opened.folder / "一" / "二"
    out.mkdir(parents=True)
    opened("evidence", "get", "#6", "--to", out)
    assert [path.name for path in out.iterdir()] == ["外.pdf"]


def test_an_altered_file_is_not_handed_out(proven: Kaohe) -> None:
    """What does not have its digest is integrity broken, and no copy of it is left."""
    place = altered(proven, sha256(SCAN))
    out = proven.folder / "出.pdf"
    message = refused(proven, "evidence", "get", "#7", "--to", out, exit_code=3)
    assert str(place) in message
    assert not out.exists()


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("#99", "没有事件 #99"),
        ("#1", "#1 没有佐证文件"),
        ("#8", "丢了.pdf"),
        (LOST, "没有存放"),
        ("0000", "没有摘要以 0000 开头"),
        ("abc", "至少 4 位"),
        ("快报.pdf", "至少 4 位"),
        ("", "至少 4 位"),
    ],
)
def test_what_cannot_be_taken_out_is_told(proven: Kaohe, which: str, said: str) -> None:
    """No such event, no evidence, not held, unknown, or no digest at all."""
    assert said in refused(proven, "evidence", "get", which)


def test_a_beginning_of_two_digests_is_refused(opened: Kaohe) -> None:
    """Both are named in full, and nothing is guessed."""
    both = ["ab" * 32, "ab" * 31 + "ff"]
    opened.imports([brief("甲", evidence=[{"name": f"{d}.pdf", "sha256": d} for d in both])])
    message = refused(opened, "evidence", "get", "abab")
    assert all(digest in message for digest in both)


def test_files_that_the_log_names_are_put_in(opened: Kaohe) -> None:
    """``add`` stores what a register listed by digest, says how many, and does it once."""
    opened.imports([brief("甲", evidence=[{"name": "原名.pdf", "sha256": sha256(SCAN)}])])
    assert "存放 1 个文件，以前已存放 0 个" in opened("evidence", "add", given(opened)).stderr
    assert "存放 0 个文件，以前已存放 1 个" in opened("evidence", "add", given(opened)).stderr
    assert held(opened) == {sha256(SCAN): SCAN}


def test_files_that_no_event_names_are_refused(opened: Kaohe) -> None:
    """One of them keeps all out, unless ``--any`` is given."""
    proved(opened, given(opened))
    other = given(opened, OTHER, "无关.pdf")
    assert str(other) in refused(opened, "evidence", "add", given(opened), other)
    assert set(held(opened)) == {sha256(SCAN)}
    opened("evidence", "add", "--any", other)
    assert set(held(opened)) == {sha256(SCAN), sha256(OTHER)}
    opened("evidence", "get", sha256(OTHER), "--to", opened.folder / "出")
    assert (opened.folder / "出").read_bytes() == OTHER


def test_the_check_tells_what_is_missing_and_what_is_too_much(proven: Kaohe) -> None:
    """Neither is an error by itself: a digest may be all there is, and a file does no harm."""
    proven("evidence", "add", "--any", given(proven, b"surplus", "多.pdf"))
    (folder(proven) / "Thumbs.db").write_bytes(b"x")
    found: dict[str, Any] = proven.json("evidence", "check")
    assert found.pop("folder") == str(folder(proven))
    assert found == {
        "held": 3,
        "altered": [],
        "missing": [LOST],
        "surplus": [sha256(b"surplus")],
        "strangers": ["Thumbs.db"],
    }
    answer = proven("evidence", "check")
    assert answer.stdout == "登记过 3 个佐证文件，存放着 3 个。\n"
    for word in ("丢了.pdf", sha256(b"surplus"), "Thumbs.db"):
        assert word in answer.stderr


def test_an_office_that_keeps_all_files_asks_for_completeness(proven: Kaohe) -> None:
    """With ``--complete`` a file that is named and not held is refused."""
    assert "1 个登记过的" in proven("evidence", "check", "--complete", exit_code=1).stderr
    whole = Kaohe(proven.folder, str(proven.folder / "另.db"))
    whole.imports([*OPENING, brief("甲", evidence=[{"name": "稿", "sha256": sha256(OTHER)}])])
    whole("evidence", "add", given(proven, OTHER, "稿.docx"))
    whole("evidence", "check", "--complete")


@pytest.mark.parametrize("data", [b"forged", b"", SCAN + b"\n"])
def test_an_altered_file_breaks_integrity(proven: Kaohe, data: bytes) -> None:
    """One byte more or all bytes gone: exit code 3, and the digest is named."""
    altered(proven, sha256(SCAN), data)
    answer = proven("evidence", "check", exit_code=3)
    assert sha256(SCAN) in answer.stderr
    assert sha256(OTHER) not in answer.stderr


def test_a_link_in_the_place_of_a_file_is_not_held(proven: Kaohe) -> None:
    """What lies elsewhere can change at any time: it is a stranger, and its file is missing."""
    place = folder(proven) / sha256(SCAN)
    place.unlink()
    place.symlink_to(given(proven))
    found = proven.json("evidence", "check")
    assert (found["missing"], found["strangers"]) == ([sha256(SCAN), LOST], [sha256(SCAN)])
    refused(proven, *MEETING, "--evidence", given(proven), exit_code=3)
