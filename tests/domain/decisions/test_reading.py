"""Lines of a register, as somebody wrote them, read into events."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.days import SHANGHAI
from domain.events.catalogue import CATALOGUE, EventType, fields_of
from domain.events.fields import Evidence
from tests.domain.telling import START, Told, accepted, faults, refused, said

MEETING = said("DeploymentStudied", "2022-03-01", unit="应县", topics=["brief"])
DIGEST = "0f" * 32


def last(*lines: Told) -> Any:  # noqa: ANN401  an event of any type
    """Return the event that the last line is."""
    return accepted(*START, *lines)[-1]


def test_a_line_says_its_type() -> None:
    """Without one, or with an unknown one, nothing else can be read."""
    untyped = {key: value for key, value in MEETING.items() if key != "type"}
    for line, what in (
        (untyped, "缺少事件类型"),
        ({**MEETING, "type": "Deployment"}, "Deployment"),
    ):
        refused(*START, line, field="type", what=what)
    fault = refused(*START, {**MEETING, "type": "DeploymentStudy"}, field="type", what="没有")
    assert "DeploymentStudied" in fault.fix


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_every_required_field_is_asked_for(entry: EventType) -> None:
    """An empty line of each type is told of each field that it lacks, and of nothing else."""
    needed = {field.name for field in fields_of(entry.event) if field.required}
    found = faults(*START, {"type": entry.name})
    assert {fault.where.field for fault in found} == needed
    assert {fault.what for fault in found} == {"缺少这个必填字段"}


def test_unknown_fields_are_errors() -> None:
    """With the nearest that there are; what the recorder writes cannot be given."""
    assert "topics" in refused(*START, {**MEETING, "topic": 1}, field="topic", what="没有字段").fix
    for kept in ("actor", "source"):
        refused(*START, {**MEETING, kept: "张三"}, field=kept, what="由系统填写")


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("2022-03-01", date(2022, 3, 1)),
        ("2022年3月1日", date(2022, 3, 1)),
        ("2022-03-01T09:30:00", datetime(2022, 3, 1, 9, 30, tzinfo=SHANGHAI)),
        ("2022-02-28T23:30:00Z", datetime(2022, 3, 1, 7, 30, tzinfo=SHANGHAI)),
        ("2022-03-01T00:00:00-05:00", datetime(2022, 3, 1, 13, 0, tzinfo=SHANGHAI)),
    ],
)
def test_days_and_hours(written: str, held: date) -> None:
    """ISO or Chinese days, RFC 3339 instants brought to +08:00, which no zone means."""
    on = last({**MEETING, "on": written}).on
    assert on == held
    assert type(on) is type(held)
    if isinstance(on, datetime):
        assert on.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "written", ["2022-02-29", "22-2-1", "1 March", "", "2022-03-01T25:00:00", 20220301, True, []]
)
def test_what_is_no_day(written: object) -> None:
    """Is refused with how a day is written."""
    refused(*START, {**MEETING, "on": written}, field="on", what="应写成")


@pytest.mark.parametrize("name", ["应县", "应县政府", " 应　县 ", "应县政府\u3000"])
def test_units_are_found_by_name_and_alias(name: str) -> None:
    """With white space and full-width forms folded, and held under the enrolled name."""
    assert last({**MEETING, "unit": name}).unit == "应县"


def test_units_are_never_guessed() -> None:
    """The nearest candidates are named."""
    fault = refused(
        *START, {**MEETING, "unit": "财政局"}, field="unit", what="没有登记过单位“财政局”"
    )
    assert "市财政局" in fault.fix


@pytest.mark.parametrize(
    "topics",
    ["brief、special", "brief，special", "brief,special", "brief；special", "brief;special",
     "brief\nspecial", "brief、 special、", ["brief", "special"], ["brief", " special ", ""]],
)  # fmt: skip
def test_lists_are_separated_by_any_of_the_signs(topics: object) -> None:
    """、 ， , ； ; a new line, or a JSON list; empty members are no members."""
    assert last({**MEETING, "topics": topics}).topics_ == ("brief", "special")


@pytest.mark.parametrize(
    ("field", "wrong", "what"),
    [
        ("unit", 7, "文字"),
        ("unit", "", "空"),
        ("unit", "应\n县二", "换行"),
        ("note", "\u0007", "不能打印"),
        ("note", "长" * 70_000, "65535"),
        ("ref", "长" * 201, "200"),
        ("topics", {"brief": True}, "列表"),
        ("evidence", [{"name": "a.pdf"}], "sha256"),
        ("evidence", [{"name": "a.pdf", "sha256": "0f"}], "64"),
        ("evidence", ["a.pdf"], "sha256"),
    ],
)
def test_fields_of_the_wrong_form(field: str, wrong: object, what: str) -> None:
    """Each is refused at its field, with the form it should have."""
    refused(*START, {**MEETING, field: wrong}, field=field, what=what)


def test_common_fields_are_kept_as_they_are_written() -> None:
    """Notes over several lines, evidence by digest, a ref of the writer's own."""
    proof = {"name": "纪要.pdf", "sha256": DIGEST.upper()}
    event = last({**MEETING, "note": " 第一行\r\n第二行 ", "evidence": [proof], "ref": "朔-1"})
    assert event.note == "第一行\n第二行"
    assert event.evidence == (Evidence(name="纪要.pdf", sha256=DIGEST),)
    assert (event.ref, event.actor) == ("朔-1", "张三")


def test_a_field_that_says_null_is_a_field_not_given() -> None:
    """Optional ones are left out, required ones are missing."""
    assert last({**MEETING, "note": None, "ref": None}).note is None
    refused(*START, {**MEETING, "unit": None}, field="unit", what="缺少")


@pytest.mark.parametrize("target", [5, "#5", " #5 ", "会-1", " 会-1 "])
def test_targets_by_position_and_by_ref(target: object) -> None:
    """A number or ``#5`` is a position, any other text a ref."""
    meeting = {**MEETING, "ref": "会-1"}
    retraction = said("EventRetracted", "2022-03-02", target=target, reason="误登")
    assert last(meeting, retraction).target == 5


@pytest.mark.parametrize(
    ("target", "what"),
    [("会-2", "会-2"), ("5", "“5”"), ("#9", "#9"), (9, "#9"), (0, "#0"), (-1, "#-1"), (True, "")],
)
def test_targets_that_are_not_there(target: object, what: str) -> None:
    """A text without # is a ref, even when it looks like a number."""
    retraction = said("EventRetracted", "2022-03-02", target=target, reason="误登")
    refused(*START, MEETING, retraction, field="target", what=what)
