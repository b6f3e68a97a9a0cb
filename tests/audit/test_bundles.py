"""Bundles through the command line: made, verified, and their scores computed again."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.audit.handed_over import AS_OF, ORIGIN, TIME, HandedOver, exported
from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def verified(
    handed_over: HandedOver, bundle: Path, *options: object, exit_code: int = 0
) -> dict[str, Any]:
    """Verify a bundle with the log's key and return the report."""
    line = ("verify", "bundle", bundle, "--key", handed_over.key, "--json", *options)
    report: dict[str, Any] = json.loads(handed_over.kaohe(*line, exit_code=exit_code).stdout)
    return report


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def reforged(source: Path, place: Path, change: Callable[[Path], None]) -> Path:
    """Copy a bundle, change its data, and make all digests fit again, as its maker could."""
    shutil.copytree(source, place)
    change(place / "data")
    manifest = place / "manifest-sha256.txt"
    lines = []
    for line in manifest.read_text(encoding="utf-8").splitlines():
        name = line.partition("  ")[2]
        lines.append(f"{hashlib.sha256((place / name).read_bytes()).hexdigest()}  {name}\n")
    manifest.write_text("".join(lines), encoding="utf-8")
    files = [path for path in (place / "data").rglob("*") if path.is_file()]
    info = place / "bag-info.txt"
    oxum = f"Payload-Oxum: {sum(path.stat().st_size for path in files)}.{len(files)}"
    kept = [line for line in info.read_text(encoding="utf-8").splitlines() if "Oxum" not in line]
    info.write_text("".join(f"{line}\n" for line in (*kept, oxum)), encoding="utf-8")
    tags = place / "tagmanifest-sha256.txt"
    lines = []
    for line in tags.read_text(encoding="utf-8").splitlines():
        name = line.partition("  ")[2]
        lines.append(f"{hashlib.sha256((place / name).read_bytes()).hexdigest()}  {name}\n")
    tags.write_text("".join(lines), encoding="utf-8")
    return place


def claims_with(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Return what changes the first claim of a bundle and makes its digest fit again."""

    def do(data: Path) -> None:
        document = json.loads((data / "claims.json").read_bytes())
        claim = document["claims"][0]
        change(claim)
        said = {k: v for k, v in claim.items() if k not in {"sha256", "publication"}}
        claim["sha256"] = hashlib.sha256(_canonical(said)).hexdigest()
        (data / "claims.json").write_bytes(_canonical(document) + b"\n")

    return do


def _canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def test_a_whole_bundle_is_verified_and_computed_again(handed_over: HandedOver) -> None:
    """With the log's key, and with an earlier checkpoint beside it; without either it is only 3."""
    report = verified(handed_over, handed_over.bundle, "--pin", handed_over.pin)
    assert (report["log"], report["size"], report["entries"]) == (ORIGIN, 13, 13)
    assert (report["pin"], report["earlier_checkpoints"]) == ("extends", 2)
    assert report["replay"] == []
    assert (report["verdict"], report["claims_recomputed"]) == ("verified", True)
    kaohe = handed_over.kaohe
    said = kaohe("verify", "bundle", handed_over.bundle, exit_code=3).stdout
    assert "都能由这些事件算出" in said
    told = kaohe("verify", "bundle", handed_over.bundle, "--key", handed_over.key).stdout
    assert told.startswith("已验证：日志的记录和重算的得分一切相符")


@pytest.mark.parametrize("form", ["bundle", "bundle.tar.gz"])
def test_the_same_until_and_time_give_the_same_bytes(
    handed_over: HandedOver, tmp_path: Path, form: str
) -> None:
    """However often it is exported, under whatever name, and whatever was recorded since."""
    first = exported(handed_over.kaohe, tmp_path / f"a-{form}")
    second = exported(handed_over.kaohe, tmp_path / f"b-{form}")
    if first.is_file():
        assert first.read_bytes() == second.read_bytes()
        assert verified(handed_over, first)["replay"] == []
        return
    assert contents(first) == contents(second)


def test_the_export_is_recorded_afterwards(handed_over: HandedOver, tmp_path: Path) -> None:
    """The event names how far it reached, the bag's digest and for whom; it is not in the bag."""
    bundle = exported(handed_over.kaohe, tmp_path / "bundle", "--for", "考核委员会")
    event = handed_over.kaohe.json("log")["events"][-1]
    tags = (bundle / "tagmanifest-sha256.txt").read_bytes()
    assert event["type"] == "AuditExported"
    assert event["fields"]["upto"] == 13
    assert event["fields"]["recipient"] == "考核委员会"
    assert event["fields"]["digest"] == hashlib.sha256(tags).hexdigest()
    export = json.loads((bundle / "data/export.json").read_bytes())
    assert (export["for"], export["size"], export["made_at"]) == ("考核委员会", 13, TIME)
    assert event["position"] > export["size"]


@pytest.mark.parametrize("unit", ["应县", "市财政局", "开发区"])
def test_a_bundle_for_one_unit(handed_over: HandedOver, tmp_path: Path, unit: str) -> None:
    """It holds fewer entries, each proved, and its unit's score follows from them alone."""
    bundle = exported(handed_over.kaohe, tmp_path / "part", "--unit", unit)
    report = verified(handed_over, bundle, "--pin", handed_over.pin)
    assert report["unit"] == unit
    assert report["entries"] < 13
    assert report["replay"] == []
    (claim,) = json.loads((bundle / "data/claims.json").read_bytes())["claims"]
    whole = handed_over.kaohe.sheets("--as-of", AS_OF, "--known-at", "#13")[unit]
    assert [sheet["unit"] for sheet in claim["units"]] == [unit]
    assert claim["units"][0]["total"] == whole["total"]
    held = {json.loads(line)["position"] for line in _lines(bundle)}
    assert held == {int(path.name) for path in (bundle / "data/proofs").iterdir()}


def _lines(bundle: Path) -> list[bytes]:
    return (bundle / "data/events.jsonl").read_bytes().splitlines()


def test_claims_that_do_not_follow_are_named(handed_over: HandedOver, tmp_path: Path) -> None:
    """An office that changes a score and makes every digest fit is found out by the replay."""

    def better(claim: dict[str, Any]) -> None:
        sheet = next(sheet for sheet in claim["units"] if sheet["unit"] == "开发区")
        sheet["total"] = "99"
        for group in sheet["groups"]:
            for indicator in group["indicators"]:
                if indicator["id"] == "format":
                    indicator["lines"].clear()

    bundle = reforged(handed_over.bundle, tmp_path / "forged", claims_with(better))
    report = verified(handed_over, bundle, exit_code=1)
    assert report["findings"] == []
    told = handed_over.kaohe("verify", "bundle", bundle, "--key", handed_over.key, exit_code=1)
    assert told.stdout.startswith("有问题：发现改动或矛盾\n")
    found = [each["zh"] for each in report["replay"]]
    assert {each["code"] for each in report["replay"]} == {"CLAIM"}
    assert any("开发区 total：声明为 99" in text for text in found)
    assert any("开发区 format" in text and "却没有声明" in text for text in found)


def test_a_unit_with_two_scores_is_named(handed_over: HandedOver, tmp_path: Path) -> None:
    """A better sheet in front of the true one does not pass, whichever of them readers look at."""

    def twice(claim: dict[str, Any]) -> None:
        claim["units"].insert(0, {**claim["units"][0], "total": "99"})

    bundle = reforged(handed_over.bundle, tmp_path / "forged", claims_with(twice))
    (found,) = verified(handed_over, bundle, exit_code=1)["replay"]
    assert "声明了 2 次得分" in found["zh"]


def test_claims_that_are_left_out_are_missed(handed_over: HandedOver, tmp_path: Path) -> None:
    """Where there are scores, none claimed is a finding; what was compared is told otherwise."""

    def none(data: Path) -> None:
        (data / "claims.json").write_bytes(b'{"claims":[]}\n')

    kaohe = handed_over.kaohe
    told = kaohe("verify", "bundle", handed_over.bundle, "--key", handed_over.key).stdout
    assert f"2022 年度截至 {AS_OF} 的得分（截至#13，3 个单位）" in told
    bundle = reforged(handed_over.bundle, tmp_path / "forged", none)
    (found,) = verified(handed_over, bundle, exit_code=1)["replay"]
    assert "没有声明任何得分" in found["zh"]


def test_a_log_without_a_cycle_claims_nothing(tmp_path: Path) -> None:
    """Nothing can be scored yet, and the answer says so in place of praising the scores."""
    kaohe = Kaohe(tmp_path)
    unit = {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "应县", "category": "county"}
    kaohe.imports([unit])
    kaohe("export", "audit", "--to", tmp_path / "bundle")
    said = kaohe("verify", "bundle", tmp_path / "bundle", exit_code=3).stdout
    assert "还没有考核年度" in said
    assert "都能由这些事件算出" not in said


def test_a_recipient_is_written_as_in_the_event(handed_over: HandedOver, tmp_path: Path) -> None:
    """A name typed in another form of Unicode makes no bundle that the verifier rejects."""
    bundle = exported(handed_over.kaohe, tmp_path / "bundle", "--for", " Mu\u0308ller ")
    assert json.loads((bundle / "data/export.json").read_bytes())["for"] == "Müller"
    assert verified(handed_over, bundle)["replay"] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--for", "甲\n乙"), "--for 不能含有换行"),
        (("--for", " "), "--for 不能为空"),
        (("--until", "昨天"), "--until：“昨天”"),
        (("--until", "2022-01-01"), "到那时还没有事件"),
        (("--until", "#0"), "到那时还没有事件"),
    ],
)
def test_what_is_not_understood_makes_no_bundle(
    handed_over: HandedOver, tmp_path: Path, options: tuple[str, str], said: str
) -> None:
    """The message names the option that is wrong, and nothing is written or recorded."""
    before = len(handed_over.kaohe.json("log")["events"])
    place = tmp_path / "bundle"
    told = handed_over.kaohe("export", "audit", "--to", place, *options, exit_code=1).stderr
    assert said in told
    assert not place.exists()
    assert len(handed_over.kaohe.json("log")["events"]) == before


@pytest.mark.parametrize("name", ["bundle.zip", "bundle.tgz", "bundle.TAR.GZ", "bundle.tar"])
def test_another_kind_of_archive_is_refused(
    handed_over: HandedOver, tmp_path: Path, name: str
) -> None:
    """No folder is made that has the name of an archive."""
    told = handed_over.kaohe("export", "audit", "--to", tmp_path / name, exit_code=1).stderr
    assert ".tar.gz" in told
    assert list(tmp_path.iterdir()) == []


def test_another_rulebook_under_the_same_name_is_named(
    handed_over: HandedOver, tmp_path: Path
) -> None:
    """A price changed in the bundle's rulebook: it is not the installed one, and claims differ."""

    def cheaper(data: Path) -> None:
        file = data / "rulebooks/shuozhou-2022.toml"
        text = file.read_text(encoding="utf-8")
        assert "quota_shortfall" not in text
        file.write_text(f"{text}\n# changed\n", encoding="utf-8")

    bundle = reforged(handed_over.bundle, tmp_path / "forged", cheaper)
    report = verified(handed_over, bundle, exit_code=1)
    assert [each["code"] for each in report["replay"]] == ["RULEBOOK"]


@pytest.mark.parametrize(
    "broken",
    [
        lambda claim: claim.update(units=[{}]),
        lambda claim: claim.update(as_of="昨天"),
        lambda claim: claim.update(cycle="1999"),
        lambda claim: claim.update(known_at=7),
    ],
    ids=["units", "day", "cycle", "known_at"],
)
def test_claims_of_another_form_are_a_finding(
    handed_over: HandedOver, tmp_path: Path, broken: Callable[[dict[str, Any]], None]
) -> None:
    """Nonsense in the claims is exit code 1 with a message, never a traceback."""
    bundle = reforged(handed_over.bundle, tmp_path / "forged", claims_with(broken))
    report = verified(handed_over, bundle, exit_code=1)
    assert report["findings"] or report["replay"]


def test_a_log_that_was_tampered_with_is_not_handed_out(
    handed_over: HandedOver, tmp_path: Path
) -> None:
    """Rows that are not what was signed stop the export; nothing is written or recorded."""
    from tests.cli.driving import tampered  # noqa: PLC0415  harm is done in this test alone

    shutil.copytree(handed_over.kaohe.folder, tmp_path / "copy")
    kaohe = Kaohe(tmp_path / "copy")
    change = "UPDATE event SET recorded_at = '2022-01-01T00:00:00.000000Z' WHERE position = 3"
    tampered(kaohe.database, "DROP TRIGGER event_no_update", change)
    before = kaohe.json("log")["events"][-1]["position"]
    line = ("export", "audit", "--to", tmp_path / "bundle", "--until", "#13")
    said = kaohe(*line, exit_code=3).stderr
    assert "不符" in said
    assert not (tmp_path / "bundle").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert kaohe.json("log")["events"][-1]["position"] == before


def test_a_place_that_is_taken_is_refused(handed_over: HandedOver, tmp_path: Path) -> None:
    """What lies there stays as it is, and the export is not recorded."""
    place = tmp_path / "bundle"
    place.mkdir()
    before = len(handed_over.kaohe.json("log")["events"])
    said = handed_over.kaohe("export", "audit", "--to", place, exit_code=1).stderr
    assert "没有覆盖" in said
    assert list(place.iterdir()) == []
    assert len(handed_over.kaohe.json("log")["events"]) == before
