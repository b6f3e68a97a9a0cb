"""The office's words for fields and events."""

from __future__ import annotations

from typing import Any

import pytest

from domain.events.catalogue import BY_NAME, CATALOGUE, fields_of
from domain.events.codec import from_fields
from domain.events.office_codes import OFFICE_CODES
from domain.names import fold
from domain.wording import (
    describe,
    event_type_named,
    field_headed,
    fields_anywhere,
    heading_of,
    vocabularies_of,
)
from tests.infra.files.registers import EVERY_TYPE, WORDS, wide

ALL_FIELDS = [(entry.event, field) for entry in CATALOGUE for field in fields_of(entry.event)]


def test_every_field_has_a_heading_of_its_own_within_its_type() -> None:
    """Headings are Chinese, unique within a type, and lead back to the field."""
    for entry in CATALOGUE:
        headings = [heading_of(entry.event, field.name) for field in fields_of(entry.event)]
        assert len(set(map(fold, headings))) == len(headings)
        assert not any(heading.isascii() for heading in headings)
    for event, field in ALL_FIELDS:
        assert field_headed(event, heading_of(event, field.name)) == field.name
        assert field_headed(event, field.name) == field.name


def test_a_heading_means_the_same_field_in_every_type() -> None:
    """A change named by its heading is one field, except for 单位, which is one or several."""
    for event, field in ALL_FIELDS:
        heading = heading_of(event, field.name)
        names = {found.name for _, found in fields_anywhere(heading)}
        assert names == ({"unit", "units"} if heading == "单位" else {field.name})


def test_headings_are_folded_and_unknown_ones_are_nothing() -> None:
    """Full-width forms and white space do not matter; nothing is guessed."""
    submission = BY_NAME["SubmissionReceived"].event
    assert field_headed(submission, " 信息\u3000编号\n") == "item"
    assert field_headed(submission, wide("ITEM")) == "item"
    assert field_headed(submission, "单位") == "units"
    assert field_headed(submission, "编号") is None
    assert field_headed(submission, "actor") is None


def test_event_types_are_found_by_both_names() -> None:
    """English and Chinese names are folded; others are nothing."""
    for entry in CATALOGUE:
        assert event_type_named(entry.name.lower()) is entry
        assert event_type_named(f" {entry.label}") is entry
    assert event_type_named("信息") is None


def test_lists_of_codes_exist_in_the_rulebook() -> None:
    """Every code field draws on a list of the 2022 rulebook, and an appeal's indicator on them."""
    for event, field in ALL_FIELDS:
        lists = vocabularies_of(event, field)
        assert bool(lists) is (field.form.name == "code" or field.name == "indicator")
        assert set(lists) <= {*WORDS, *OFFICE_CODES}


def test_every_event_type_is_told_in_one_chinese_line() -> None:
    """No summary has an unfilled place, a code or a line break, with or without optional fields."""
    for line in EVERY_TYPE:
        values = {key: value for key, value in line.items() if key != "type"}
        target = {"target": 31} if "target" in line else {}
        kind = BY_NAME[line["type"]].event
        required = {field.name for field in fields_of(kind) if field.required}
        for given in (values, {key: value for key, value in values.items() if key in required}):
            said = describe(from_fields(kind, {**given, **target}), WORDS)
            assert not set(said) & set("{}[]|\n")
            assert "None" not in said
            assert not said.isascii()


TOLD: list[tuple[str, dict[str, Any], str]] = [
    (
        "SubmissionReceived",
        {"item": "Y1", "title": "标题", "units": ["应县"], "kind": "commissioned"},
        "信息 Y1《标题》由应县报送（约稿）",
    ),
    (
        "SubmissionReceived",
        {"item": "Z1", "title": "a{item}[b]", "units": ["应县", "市财政局"], "kind": "special",
         "characters": 1600, "content": "meeting_news", "labelled": False},
        "信息 Z1《a{item}[b]》由应县、市财政局报送（专报，1600 字，会议消息，标注：否）",
    ),
    (
        "CommissionIssued",
        {"commission": "约1", "topic": "春耕", "due": "2022-05-10T09:30:00+08:00"},
        "向全部单位约稿 约1《春耕》，截止 2022-05-10 09:30",
    ),
    (
        "QuotaSet",
        {"kind": "brief", "required": 6, "from": "2022-07-01", "to": "2022-12-31",
         "category": "county"},
        "县（市、区）简报任务 6 条，2022-07-01 至 2022-12-31",
    ),
    (
        "ItemEndorsed",
        {"item": "Y1", "level": "city", "leader": "市长", "body": "party"},
        "信息 Y1 获党委领导批示（市长）",
    ),
    ("ItemAdopted", {"item": "Y1", "level": "moon"}, "信息 Y1 被moon采用"),
    ("FindingMade",
     {"finding": "认1", "unit": "应县", "kind": "plagiarism", "detail": "一\n二" * 30},
     "认定 认1：应县抄袭，" + "一 二" * 13 + "…"),
    ("AuditExported", {"upto": 12, "digest": "5e" * 32}, f"导出审计包至 #12，清单摘要 {'5e' * 32}"),
    (
        "AuditExported",
        {"upto": 12, "digest": "5e" * 32, "unit": "应县", "recipient": "市审计局"},
        f"导出审计包至 #12（应县），交给市审计局，清单摘要 {'5e' * 32}",
    ),
    ("EventRetracted", {"target": 12, "reason": "重复"}, "撤销事件 #12（重复）"),
    ("EventCorrected", {"target": 12, "reason": "误", "changes": {"level": "city", "leader": None}},
     "更正事件 #12：level改为city，去掉leader（误）"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "said"), TOLD)
def test_events_are_told_as_a_clerk_would(name: str, values: dict[str, Any], said: str) -> None:
    """Codes are told by label, what is as usual is left out, long texts are cut."""
    event = from_fields(BY_NAME[name].event, {"on": "2022-07-05", **values})
    assert describe(event, WORDS) == said


def test_a_correction_of_a_known_event_is_told_in_its_words() -> None:
    """With the target's type, fields have their headings and codes their labels."""
    changes = {"level": "city", "leader": None, "on": "2022-07-06"}
    given = {"on": "2022-07-05", "target": 12, "reason": "误", "changes": changes}
    event = from_fields(BY_NAME["EventCorrected"].event, given)
    said = describe(event, WORDS, target=BY_NAME["ItemEndorsed"].event)
    assert said == "更正事件 #12：层级改为市政府领导，去掉领导，日期改为2022-07-06（误）"
