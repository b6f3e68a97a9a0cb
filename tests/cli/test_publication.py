"""Publications through the command line: reproduced, held against their digest, handed over."""

from __future__ import annotations

import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from domain.audit.jcs import canonical
from tests.cli.driving import events_of, refused, tampered
from tests.cli.offices import DAY, YEAR, Office
from tests.cli.registers import OPENING, studied

_TIME = "2023-02-01T00:00:00Z"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with its year published."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def test_the_digest_is_that_of_the_sheets_as_others_can_compute_it(office: Office) -> None:
    """RFC 8785 of ``score --json`` without what only explains it, by a computation of its own."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            left = {"text", "name", "source"}
            return {name: bare(member) for name, member in value.items() if name not in left}
        return [bare(member) for member in value] if isinstance(value, list) else value

    score = office.first.json("score", "--as-of", DAY, "--known-at", "#8")
    expected = hashlib.sha256(canonical(bare(score))).hexdigest()
    shown = office.published(1)
    assert shown["sheets"] == expected
    assert {name: shown[name] for name in score} == score
    assert events_of(office.first)[-1]["fields"]["sheets"] == expected


def test_publications_are_listed(office: Office) -> None:
    """Number, day, digest and by whom; the next number follows, and one may be given."""
    office.publish("7", "--note", "第二次")
    office.publish()
    found = office.first.json("publication", "list")["publications"]
    assert [(each["publication"], each["position"], each["event"]) for each in found] == [
        (1, 8, 9), (7, 9, 10), (8, 10, 11),
    ]  # fmt: skip
    assert office.first("publication", "list").stdout.count(DAY) == 3
    assert "已由事件 #9 登记" in refused(office.first, "publish", "1", "--as-of", DAY)


def test_it_is_signed(office: Office) -> None:
    """A checkpoint that covers the publication itself is made at once."""
    said = office.publish().stderr
    assert "已签署 10 条事件的检查点" in said


def test_a_publication_that_the_log_no_longer_gives_is_found(office: Office) -> None:
    """With a line moved behind its back the digest differs: exit code 3, naming what to do."""
    office.publish()
    tampered(office.first.database, "UPDATE line SET points = points - 100 WHERE unit = '应县'")
    said = office.first("publication", "show", "1", exit_code=3).stderr
    assert "不一致" in said
    assert "kaohe verify db" in said


def test_what_was_never_published_is_not_shown(office: Office) -> None:
    """Those that were are named; a publication taken back is gone from them."""
    assert "可以查看的有：1" in refused(office.first, "publication", "show", "2")
    office.first("retract", "#9", "--reason", "误公布")
    office.second("confirm", "1")
    assert "kaohe publish" in refused(office.first, "publication", "show", "1")
    assert "第 2 号公布" in office.publish().stderr


def test_a_line_of_a_file_needs_what_the_program_computes(office: Office) -> None:
    """Without it the line is refused, naming the command."""
    line = {"type": "ScoresPublished", "on": "2023-02-01", "publication": 2, "as_of": DAY}
    said = refused(office.first, "import", office.first.file([line], "公布.jsonl"))
    assert said.count("请用 kaohe publish 公布") == 2


def test_the_bundle_claims_what_was_published(office: Office) -> None:
    """Each publication up to the end of the bundle, by number, then the state at its end."""
    office.second.imports([studied(on="2023-01-03")], "后.jsonl")
    office.publish()
    digests = [each["sheets"] for each in office.first.json("publication", "list")["publications"]]
    for until, numbers in (("#11", ["1", "2", None]), ("#10", ["1", None]), ("#8", [None])):
        path = office.first.folder / f"包{until[1:]}.tar.gz"
        office.first("export", "audit", "--to", path, "--until", until, "--as-of", DAY)
        with tarfile.open(path) as bag:
            member = next(name for name in bag.getnames() if name.endswith("data/claims.json"))
            file = bag.extractfile(member)
            assert file is not None
            claims = json.load(file)["claims"]
        assert [claim["publication"] for claim in claims] == numbers
        published = [claim["sha256"] for claim in claims if claim["publication"] is not None]
        assert published == digests[: len(published)]
    office.first("verify", "bundle", office.first.folder / "包11.tar.gz", exit_code=3)


def test_without_a_day_only_what_was_published_is_claimed(office: Office) -> None:
    """A day that nobody published is claimed when it is asked for, and the command says which."""

    def claimed(name: str, *options: str) -> tuple[list[Any], str]:
        place = office.first.folder / name
        said = office.first("export", "audit", "--to", place, "--time", _TIME, *options).stderr
        claims = json.loads((place / "data/claims.json").read_bytes())["claims"]
        return [(each["publication"], each["as_of"]) for each in claims], said

    own, said = claimed("甲")
    assert own == [("1", DAY)]
    assert f"声明的得分：\n  第 1 号公布：2022 年度截至 {DAY}，按 #8 为止的记录" in said
    both, said = claimed("乙", "--as-of", "2022-11-30")
    assert both == [("1", DAY), (None, "2022-11-30")]
    assert "没有公布过：2022 年度截至 2022-11-30，按 #" in said
    none, said = claimed("丙", "--until", "#8")
    assert none == [(None, "2023-02-01")]
    assert "没有公布过：2022 年度截至 2023-02-01，按 #8 为止的记录" in said
    again, _ = claimed("丁", "--until", "#8")
    assert again == none
    first, second = (office.first.folder / name / "data/claims.json" for name in "丙丁")
    assert first.read_bytes() == second.read_bytes()


def test_a_cycle_without_a_publication_is_claimed_as_of_its_own_day(office: Office) -> None:
    """Of two years one was published; the other is claimed as of the day that it was closed as of.

    Whatever the day of the export is.
    """
    opened = {**OPENING[0], "cycle": "2023", "starts": "2023-01-01", "ends": "2023-12-31",
              "on": "2023-01-01", "evidence_due": "2024-01-15"}  # fmt: skip
    closed = {"type": "CycleClosed", "on": "2024-02-01", "cycle": "2023", "as_of": "2024-01-20"}
    office.second.imports([opened, closed], "次年.jsonl")
    place = office.first.folder / "包"
    office.first("export", "audit", "--to", place)
    claims = json.loads((place / "data/claims.json").read_bytes())["claims"]
    found = [(each["publication"], each["cycle"], each["as_of"]) for each in claims]
    assert found == [("1", "2022", DAY), (None, "2023", "2024-01-20")]


def test_a_unit_sees_its_own_share_of_each_publication(office: Office) -> None:
    """In its own bundle, without ranks, and replayed without a contradiction."""
    path = office.first.folder / "应县.tar.gz"
    office.first("export", "audit", "--to", path, "--unit", "应县", "--as-of", DAY)
    said = office.first("verify", "bundle", path, exit_code=3)
    assert "CLAIM" not in said.stdout + said.stderr


def test_a_trial_run_publishes_nothing(office: Office) -> None:
    """It says what would be recorded."""
    assert "检查通过" in office.first("publish", "--as-of", DAY, "--dry-run").stderr
    assert len(events_of(office.first)) == len(YEAR) + 1
