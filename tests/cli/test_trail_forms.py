"""The forms of a trail: always the same, whole or not at all, and every field documented."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.driving import events_of, misused, refused
from tests.cli.offices import DAY, YEAR, Office
from tests.cli.registers import corrected, enrolled, issued, retracted
from tests.cli.trails import decided, lines, trail_of
from tests.docs.markdown import ROOT
from tests.running import Kaohe


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with its year published."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def test_each_form_is_the_same_every_time(office: Office) -> None:
    """Made twice, and made again as it was known after more was recorded: byte for byte."""
    number = decided(office, "upheld", [retracted("约一")], event="约一")
    made = _forms(office, number, "一")
    assert made == _forms(office, number, "二")
    head = len(events_of(office.first))
    office.first.imports([issued("约2", on="2023-05-01", due="2023-05-09")], "新.jsonl")
    again = _forms(office, number, "三", "--known-at", f"#{head}")
    assert again == made
    assert _forms(office, number, "四") != made


def _forms(office: Office, number: str, name: str, *more: str) -> list[bytes]:
    asked = ("appeal", "trail", number, *more)
    files = [office.first.folder / f"{name}{suffix}" for suffix in (".html", ".md", ".json")]
    for file in files:
        office.first(*asked, "--to" if file.suffix == ".md" else "--out", file)
    assert json.loads(files[2].read_bytes()) == office.first.json(*asked)
    return [*(file.read_bytes() for file in files), office.first(*asked).stdout.encode()]


def test_a_publication_that_does_not_hold_gets_no_answer(office: Office) -> None:
    """Where the sheets are not those of the digest, the exit code is 3 and no file is written."""
    fields = {"on": "2023-02-01", "publication": 2, "as_of": DAY, "cycle": "2022"}
    fields |= {"position": 8, "sheets": "0" * 64}
    office.first("record", "ScoresPublished", *(f"{name}={fields[name]}" for name in fields))
    number = office.appeal("应县", "--publication", "2", "--on", "2023-02-02")
    file = office.first.folder / "答复.html"
    said = refused(office.first, "appeal", "trail", number, "--out", file, exit_code=3)
    assert "不一致" in said
    assert not file.exists()


def test_a_register_that_was_imported_says_that_digests_cannot_be_compared(
    office: Office, tmp_path: Path
) -> None:
    """The answer is the same but for what was recorded anew, and says so."""
    number = decided(office, "upheld", [retracted("约一")], event="约一")
    office.first("export", "register", "--to", tmp_path / "登记.xlsx")
    (tmp_path / "again").mkdir()
    again = Kaohe(tmp_path / "again")
    again("import", tmp_path / "登记.xlsx")
    first, second = trail_of(office.first, number), trail_of(again, number)
    for name in ("change", "groups", "ranks", "corrections"):
        assert first[name] == second[name]
    assert (second["publication"]["agrees"], second["publication"]["imported"]) == (False, True)
    assert "摘要不能比对" in again("appeal", "trail", number).stdout


def test_a_contested_indicator_without_a_line_is_explained(tmp_path: Path) -> None:
    """Its clause, and the ruling that set how it is read, are told all the same."""
    ruling = {"type": "RulingMade", "on": "2022-06-01", "reason": "办公会定"}
    ruling |= {"parameter": "secondment.credit", "value": "on_start"}
    office = Office(tmp_path).opened([*YEAR, ruling])
    office.publish()
    number = decided(office, "rejected", indicator="secondment")
    page, markdown, *_ = _forms(office, number, "无")
    assert "secondment.credit 取 on_start（裁定 #9：办公会定）" in page.decode()
    assert "裁定 #9：办公会定" in markdown.decode()
    text = office.first("appeal", "trail", number, "--brief").stdout
    assert "secondment.credit 取 on_start（裁定 #9：办公会定）" in text
    assert "跟班学习情况（secondment）" in text


def test_a_contested_event_without_a_line_is_still_told(office: Office) -> None:
    """It is listed among the events, and that no line rests on it is said."""
    trail = trail_of(office.first, decided(office, "rejected", event="#2"))
    assert trail["without_line"] == [2]
    assert not [line for line in lines(trail) if line["detailed"]]
    assert 2 in [event["position"] for event in trail["events"]]
    assert "有异议的 #2：没有条目以它为依据" in office.first("appeal", "trail", "1").stdout


def test_a_unit_that_was_not_published_has_no_score_to_contest(office: Office) -> None:
    """One that was enrolled later is told so."""
    office.first.imports([enrolled("新区", "zone", on="2023-01-05")], "新区.jsonl")
    office.second("confirm", "1")
    number = office.appeal("新区")
    said = refused(office.first, "appeal", "trail", number)
    assert "第 1 号公布的得分表里没有单位“新区”" in said


def test_what_cannot_be_answered_or_written_is_refused(office: Office) -> None:
    """No such appeal, one that was not lodged yet, a form without a name, a file that is there."""
    number = decided(office, "rejected")
    assert "没有登记过申诉“9”" in refused(office.first, "appeal", "trail", "9")
    known = ("appeal", "trail", number, "--known-at", "#8")
    assert "没有登记过申诉“1”" in refused(office.first, *known)
    asked = ("appeal", "trail", number, "--out")
    assert ".html" in refused(office.first, *asked, office.first.folder / "答复.docx")
    held = office.first.folder / "答复.md"
    held.write_text("mine", encoding="utf-8")
    assert "已经存在" in refused(office.first, *asked, held)
    assert held.read_text(encoding="utf-8") == "mine"
    misused(office.first, "appeal", "trail", number, "--brief", "--json")


def test_every_field_is_in_the_reference(office: Office) -> None:
    """What the document holds is named in ``docs/reference/appeal-trail.md``."""
    number = office.appeal("应县", "--event", "约一", "--indicator", "commissioned")
    office.propose(number, "upheld", [retracted("约一"), corrected("采甲", level="province")])
    office.decide(number, "upheld")
    office.publish()
    page = (ROOT / "docs" / "reference" / "appeal-trail.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    assert set(_names(trail_of(office.first, number))) - named == set()


def _names(value: object) -> set[str]:
    if isinstance(value, list):
        return {name for member in value for name in _names(member)}
    if not isinstance(value, dict):
        return set()
    inside = (_names(held) for name, held in value.items() if name != "fields")
    return set(value).union(*inside)
