"""The digest that a publication recorded, held against the sheets by whoever has a bundle."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from projections.published_digests import contradiction, ever_published
from tests.audit.test_bundles import reforged
from tests.cli.offices import DAY, Office, by
from tests.properties.offices import at_desk
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

FALSE = "0f" * 32
_WRONG, _ALONE = 1, 3


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with its year published, event 9."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def lies(office: Office) -> None:
    """Record a second publication whose digest is made up, as event 10."""
    said = ("publication=2", f"as_of={DAY}", "cycle=2022", "position=9", f"sheets={FALSE}")
    office.first("record", "ScoresPublished", "on=2023-02-01", *said)


def exported(kaohe: Kaohe, *options: str) -> Path:
    """Hand the log over."""
    place = kaohe.folder / "包"
    kaohe("export", "audit", "--to", place, "--as-of", DAY, *options)
    return place


def verified(kaohe: Kaohe, place: Path, exit_code: int) -> dict[str, Any]:
    """Verify a bundle with nothing from outside."""
    answer = kaohe("verify", "bundle", place, "--json", exit_code=exit_code)
    report: dict[str, Any] = json.loads(answer.stdout)
    assert report["exit"] == exit_code
    return report


def test_a_true_digest_is_among_what_was_compared(office: Office) -> None:
    """Whoever verifies reads which publications were held against the entries."""
    report = verified(office.first, exported(office.first), _ALONE)
    assert report["replay"] == []
    assert "第 1 号公布（#9）登记的得分表摘要" in report["compared"]
    assert report["remarks"] == []


def test_a_digest_that_was_made_up_is_found(office: Office) -> None:
    """The claims all follow from the log, but what was published was something else."""
    lies(office)
    place = exported(office.first)
    report = verified(office.first, place, _WRONG)
    assert report["counts"] == {"CLAIM": 1}
    (found,) = report["replay"]
    assert found["code"] == "PUBLICATION"
    assert f"第 2 号公布（#10）登记的得分表摘要 {FALSE} 与按 #9 重算的" in found["zh"]
    page = office.first("verify", "bundle", place, exit_code=_WRONG).stdout
    assert "[PUBLICATION] 第 2 号公布" in page
    said = office.first("verify", "db", exit_code=3).stderr
    assert "[PUBLICATION] 第 2 号公布（#10）" in said


def test_it_is_found_without_its_claim_and_when_it_was_taken_back(office: Office) -> None:
    """Neither leaving the claim out of the bundle nor retracting the publication hides it."""
    lies(office)
    office.first("retract", "#10", "--reason", "误公布")
    by(office.first, "李四")("confirm", "1")

    def last_only(data: Path) -> None:
        document = json.loads((data / "claims.json").read_bytes())
        assert [claim["publication"] for claim in document["claims"]] == ["1", None]
        kept = {"claims": document["claims"][1:]}
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (data / "claims.json").write_text(f"{text}\n", encoding="utf-8")

    place = reforged(exported(office.first), office.first.folder / "少", last_only)
    (found,) = verified(office.first, place, _WRONG)["replay"]
    assert (found["code"], "第 2 号公布" in found["zh"]) == ("PUBLICATION", True)


def test_a_bundle_for_one_unit_says_that_it_cannot_tell(office: Office) -> None:
    """Without the other units there are no ranks, and a made-up digest is not praised either."""
    lies(office)
    report = verified(office.first, exported(office.first, "--unit", "应县"), _ALONE)
    assert report["replay"] == []
    assert not [each for each in report["compared"] if "摘要" in each]
    assert report["remarks"] == [
        "包里只有一个单位的记录，算不出名次，公布时登记的得分表摘要没有核对；请用全部单位的移交包核对"
    ]


def test_a_publication_recorded_anew_is_not_compared(office: Office) -> None:
    """In a register that was imported the moments are others, and the answer says so."""
    office.first("export", "register", "--to", office.first.folder / "出.xlsx")
    folder = office.first.folder / "新"
    folder.mkdir()
    anew = Kaohe(folder)
    anew("import", office.first.folder / "出.xlsx")
    report = verified(anew, exported(anew), _ALONE)
    assert report["replay"] == []
    (remark,) = report["remarks"]
    assert remark.startswith("第 1 号公布（#9）是从登记文件导入的")
    assert anew.json("verify", "db")["findings"] == []


def test_what_names_a_later_position_contradicts_itself(office: Office) -> None:
    """A publication cannot be computed with itself, nor with what is not in the log."""
    with at_desk(office.first.database) as desk:
        opened = desk.office
        opened.caught_up()
        (made,) = ever_published(opened.register())
        assert contradiction(made, opened.sheets, opened.points) == ""
        later = made._replace(event=replace(made.event, position=9))
        assert "那时还没有这条事件" in contradiction(later, opened.sheets, opened.points)
        before = made._replace(event=replace(made.event, cycle="2021"))
        assert "重算不出得分表" in contradiction(before, opened.sheets, opened.points)
