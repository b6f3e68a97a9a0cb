"""Claimed scores against the publications in the log: what the program in the bundle itself sees.

The forger changes the scores and makes every digest in the bundle fit again; the entries he cannot
change, they are signed for.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.audit.test_bundles import reforged
from tests.cli.offices import DAY, Office
from tests.domain.audit.signing import WITNESS_KEY
from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Claim = dict[str, Any]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with its year published, event 9."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def exported(kaohe: Kaohe, *options: str) -> Path:
    """Hand the log over."""
    place = kaohe.folder / "包"
    kaohe("export", "audit", "--to", place, *options)
    return place


def forged(source: Path, change: Callable[[list[Claim]], object]) -> Path:
    """Return a bundle with other claims, whose digests all fit, as do the manifests."""

    def do(data: Path) -> None:
        document = json.loads((data / "claims.json").read_bytes())
        change(document["claims"])
        for claim in document["claims"]:
            said = {k: v for k, v in claim.items() if k not in {"sha256", "publication"}}
            claim["sha256"] = hashlib.sha256(_canonical(said)).hexdigest()
        (data / "claims.json").write_bytes(_canonical(document) + b"\n")

    return reforged(source, source.with_name("伪"), do)


def _canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def alone(kaohe: Kaohe, place: Path, *options: str, exit_code: int) -> str:
    """Return what the bundle's own program says, with the log's key and nothing but Python."""
    key = kaohe.json("key", "show")["key"]
    program = [sys.executable, "-I", "-S", str(place / "verify/verify.py"), str(place)]
    ran = subprocess.run(
        [*program, "--key", key, *options], capture_output=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == exit_code, ran.stdout + ran.stderr
    return ran.stdout


def report(kaohe: Kaohe, place: Path, *, exit_code: int) -> dict[str, Any]:
    """Return the same as a document."""
    said: dict[str, Any] = json.loads(alone(kaohe, place, "--json", exit_code=exit_code))
    assert said["claims_recomputed"] is False
    return said


def better(claims: list[Claim]) -> None:
    """Give a unit more points in every claim."""
    for claim in claims:
        claim["units"][0]["total"] = "99"


def test_a_published_score_is_tied_to_the_event_and_said_not_to_be_computed(
    office: Office,
) -> None:
    """The claim has the digest of event 9; that no score was computed here is always said."""
    place = exported(office.first)
    found = report(office.first, place, exit_code=0)
    (claim,) = found["claims"]
    assert (claim["publication"], claim["event"], claim["state"]) == ("1", 9, "same-digest")
    said = alone(office.first, place, exit_code=0)
    assert "没有在这里重算；用 kaohe verify bundle 按规则重算" in said
    assert "not computed again here; kaohe verify bundle does it" in said
    assert f"第 1 号公布（#9），2022 年度截至 {DAY}、按 #8 为止的得分：与登记" in said


def test_a_forged_score_of_a_publication_is_found(office: Office) -> None:
    """Plain SHA-256 exposes it: these are not the sheets whose digest the signed event holds."""
    place = forged(exported(office.first, "--as-of", DAY), better)
    found = report(office.first, place, exit_code=1)
    assert [each["code"] for each in found["findings"]] == ["CLAIM"]
    assert "声明的分数不是公布的分数：摘要与 #9 登记的不同" in found["findings"][0]["zh"]
    assert [each["state"] for each in found["claims"]] == ["contradicted", "not-published"]
    assert "another digest" in alone(office.first, place, exit_code=1)


def test_the_replay_decides_too_where_only_a_witness_is_missing(office: Office) -> None:
    """A policy that is not met is called that; with a score that does not follow it is more."""
    place = exported(office.first, "--as-of", "2022-11-30")
    policy = office.first.folder / "policy.txt"
    key = office.first.json("key", "show")["key"]
    policy.write_text(f"log {key}\nwitness a {WITNESS_KEY}\nquorum a\n", encoding="utf-8")

    def higher(claims: list[Claim]) -> None:
        claims[1]["units"][0]["total"] = "99"

    for bundle, verdict, headline in (
        (place, "policy-not-met", "策略没有满足"),
        (forged(place, higher), "tampered", "有问题：发现改动或矛盾"),
    ):
        line = ("verify", "bundle", bundle, "--policy", policy)
        document = json.loads(office.first(*line, "--json", exit_code=1).stdout)
        assert (document["verdict"], document["counts"]) == (verdict, {"QUORUM": 1})
        assert bool(document["replay"]) == (verdict == "tampered")
        assert office.first(*line, exit_code=1).stdout.startswith(headline)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"publication": "2"}, "没有任何事件登记过这次公布"),
        ({"publication": "01"}, "没有任何事件登记过这次公布"),
        ({"as_of": "2022-11-30"}, "声明的年度、日期或截至的事件不是 #9 登记的"),
        ({"cycle": "2021"}, "声明的年度、日期或截至的事件不是 #9 登记的"),
    ],
)
def test_a_publication_that_no_event_records_is_refused(
    office: Office, fields: Claim, said: str
) -> None:
    """A number, day or cycle of its own does not get a claim past the digest."""
    place = forged(exported(office.first), lambda claims: claims[0].update(fields))
    (found,) = report(office.first, place, exit_code=1)["findings"]
    assert found["code"] == "CLAIM"
    assert said in found["zh"]


def test_a_claim_that_sheds_its_publication_is_told(office: Office) -> None:
    """Of the published point it is tied all the same; of another, the missing one is named."""

    def unnumbered(claims: list[Claim]) -> None:
        better(claims)
        claims[0]["publication"] = None

    def moved(claims: list[Claim]) -> None:
        unnumbered(claims)
        claims[0]["known_at"]["position"] = 9

    bundle = exported(office.first)
    (wrong,) = report(office.first, forged(bundle, unnumbered), exit_code=1)["findings"]
    assert "摘要与 #9 登记的不同" in wrong["zh"]
    shutil.rmtree(bundle.with_name("伪"))
    place = forged(bundle, moved)
    found = report(office.first, place, exit_code=0)
    assert [each["state"] for each in found["claims"]] == ["not-published"]
    assert found["publications_not_claimed"] == [{"publication": "1", "event": 9}]
    said = alone(office.first, place, exit_code=0)
    assert "没有公布过，事件中没有它的摘要可核对" in said
    assert "第 1 号公布（#9）没有声明" in said


def test_a_publication_taken_back_is_not_claimed(office: Office) -> None:
    """Its scores were published once; whoever claims them still contradicts the log."""
    early = exported(office.first)
    old = json.loads((early / "data/claims.json").read_bytes())["claims"][0]
    office.first("retract", "#9", "--reason", "误公布")
    office.second("confirm", "1")
    place = office.first.folder / "后"
    office.first("export", "audit", "--to", place)
    said = report(office.first, place, exit_code=0)
    assert [each["publication"] for each in said["claims"]] == [None]
    assert said["publications_not_claimed"] == []
    (found,) = report(office.first, forged(place, lambda claims: claims.insert(0, old)),
                      exit_code=1)["findings"]  # fmt: skip
    assert "这次公布（#9）已由 #" in found["zh"]


def test_one_unit_cannot_be_tied_and_the_report_says_so(office: Office) -> None:
    """The digest is of all units; a second unit in such a bundle is refused."""
    place = exported(office.first, "--unit", "应县")
    found = report(office.first, place, exit_code=0)
    assert [each["state"] for each in found["claims"]] == ["one-unit-only"]
    assert "这里只有一个单位，没有核对" in alone(office.first, place, exit_code=0)
    twice = forged(place, lambda claims: claims[0]["units"].append({"unit": "别县"}))
    (wrong,) = report(office.first, twice, exit_code=1)["findings"]
    assert "单个单位的包应只声明一个单位" in wrong["zh"]


def test_a_publication_recorded_anew_is_told(office: Office) -> None:
    """In a register that was imported the digest covers other moments, and the report says so."""
    office.first("export", "register", "--to", office.first.folder / "出.xlsx")
    folder = office.first.folder / "新"
    folder.mkdir()
    anew = Kaohe(folder)
    anew("import", office.first.folder / "出.xlsx")
    found = report(anew, exported(anew), exit_code=0)
    assert "recorded-anew" in {each["state"] for each in found["claims"]}
