"""``kaohe record``, ``correct`` and ``retract``: one event at a time."""

from __future__ import annotations

import pytest

from tests.cli.driving import events_of, refused, totals_of
from tests.cli.registers import OPENING, YEAR_END, adopted, brief, issued
from tests.running import Kaohe

HEAD = len(OPENING)


@pytest.fixture
def items(opened: Kaohe) -> Kaohe:
    """A register with an item (#6, ref 甲一), its adoption (#7) and a missed commission (#8)."""
    opened.imports([brief("甲", ref="甲一"), adopted("甲"), issued("约1")])
    return opened


def of_yingxian(kaohe: Kaohe, *asked: str) -> str:
    """Return the total of 应县 at the end of the year."""
    return totals_of(kaohe, "--as-of", YEAR_END, *asked)["应县"]


@pytest.mark.parametrize(
    "typed",
    [
        ["ItemEndorsed", "on=2022-08-09", "item=甲", "level=city", "leader=市长"],
        ["领导批示", "日期=2022年8月9日", "信息编号=甲", "层级=市政府领导", "领导=市长"],
        [" itemendorsed ", "日期 = 2022-08-09", "item=甲", "层级=city", "leader=市长"],
    ],
)
def test_types_fields_and_codes_are_written_in_either_language(
    items: Kaohe, typed: list[str]
) -> None:
    """English and Chinese names record the same event and the same points."""
    answer = items("record", *typed)
    assert answer.stdout == ""
    assert answer.stderr.startswith("已登记为 #9：信息 甲 获市政府领导")
    event = events_of(items)[-1]
    assert (event["type"], event["on"], event["source"]) == ("ItemEndorsed", "2022-08-09", None)
    given = {"item": "甲", "level": "city", "leader": "市长"}
    assert event["fields"] == {**given, "body": "government"}
    assert of_yingxian(items) == "83"


def test_a_list_is_written_with_commas_of_any_kind(opened: Kaohe) -> None:
    """Several values of a field are separated as in a cell of a workbook."""
    fields = ["日期=2022-08-01", "信息编号=甲", "类别=简报", "标题=联合调研"]
    opened("record", "信息报送", *fields, "单位=应县人民政府、市财政局，市教育局")
    assert events_of(opened)[-1]["fields"]["units"] == ["应县", "市财政局", "市教育局"]


def test_all_faults_of_a_recorded_event_are_told(opened: Kaohe) -> None:
    """What is missing, unknown or wrong is all told at once; nothing is recorded."""
    message = refused(
        opened, "record", "信息报送", "日期=2022-08-01", "单位=应显", "类别=快报", "天气=晴"
    )
    assert [f in message for f in ("units", "kind", "天气", "item", "title")] == [True] * 5
    assert "最接近的有：应县" in message
    assert "special（专报）" in message
    assert len(events_of(opened)) == HEAD


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["信息", "日期=2022-08-01"], "信息报送"),
        (["ItemAdopted", "2022-08-01"], "“2022-08-01”不是“字段=值”的形式"),
        (["ItemAdopted", "on=2022-08-01", "日期=2022-08-02"], "字段写了两次"),
        (["ItemAdopted", "on=2022-08-32", "item=甲", "level=city"], "2022-12-31"),
        (["ItemAdopted", "on=2022-08-05", "item=无", "level=city"], "没有登记过信息“无”"),
        (["ItemAdopted", "on=2022-07-31", "item=甲", "level=city"], "应不早于 2022-08-01"),
        (["FindingMade", "on=2022-08-01", "finding=认1", "unit=应县", "kind=抄"], "plagiarism"),
    ],
)
def test_a_wrong_event_is_refused_with_what_would_be_right(
    items: Kaohe, typed: list[str], said: str
) -> None:
    """Each refusal of a single event says what would be accepted."""
    assert said in refused(items, "record", *typed)
    assert len(events_of(items)) == HEAD + 3


def test_a_dry_run_of_a_single_event_records_nothing(items: Kaohe) -> None:
    """Recording, correcting and retracting can all be tried out."""
    runs = [
        ["record", "ItemAdopted", "on=2022-08-09", "item=甲", "level=state"],
        ["correct", "#7", "level=province", "--reason", "误记"],
        ["retract", "#7", "--reason", "误记"],
    ]
    for typed in runs:
        assert "检查通过，将登记" in items(*typed, "--dry-run").stderr
    assert len(events_of(items)) == HEAD + 3


def test_a_correction_counts_as_if_it_had_been_recorded_right(items: Kaohe) -> None:
    """By ref or number, in English or Chinese: the score follows, the event stays as it was."""
    assert of_yingxian(items) == "80"
    said = items("correct", "#7", "层级=省政府办公厅", "--reason", "采用层级记错").stderr
    assert said == "已登记为 #9：更正事件 #7：层级改为省政府办公厅（采用层级记错）\n"
    assert of_yingxian(items) == "83"
    assert of_yingxian(items, "--known-at", "#8") == "80"
    entry = events_of(items)[6]
    assert entry["fields"] == {"item": "甲", "level": "city"}
    assert entry["corrected_by"] == [9]


def test_a_correction_by_ref_may_take_a_field_away_and_change_the_day(items: Kaohe) -> None:
    """``字段=`` takes a field away; the day is changed like any other field."""
    items("correct", "甲一", "备注=补", "日期=2022-08-02", "--reason", "补登")
    items("correct", "甲一", "备注=", "--reason", "多余", "--on", "2022年9月1日", "--ref", "更2")
    last = events_of(items)[-1]
    assert (last["on"], last["ref"]) == ("2022-09-01", "更2")
    assert last["fields"]["changes"] == {"note": None}


def test_a_retraction_takes_the_points_back(items: Kaohe) -> None:
    """The retracted event stays in the log, marked, and what was known before does not change."""
    said = items("retract", "#7", "--reason", "上级撤稿").stderr
    assert said == "已登记为 #9：撤销事件 #7（上级撤稿）\n"
    assert of_yingxian(items) == "78"
    assert of_yingxian(items, "--known-at", "#8") == "80"
    assert events_of(items)[6]["retracted_by"] == 9
    assert "【已由 #9 撤销】" in items("log").stdout


def test_retracting_a_correction_brings_the_earlier_content_back(items: Kaohe) -> None:
    """A correction is an event like others."""
    items("correct", "#7", "level=province", "--reason", "误")
    items("retract", "#9", "--reason", "原来没错")
    assert of_yingxian(items) == "80"


def test_the_setting_can_be_amended_one_event_at_a_time(items: Kaohe) -> None:
    """Cycles, units, quotas and rulings are corrected and retracted like any other event."""
    quota = ["on=2022-06-20", "kind=简报", "required=1", "from=2022-07-01", "to=2022-12-30"]
    items("record", "QuotaSet", *quota)
    assert of_yingxian(items) == "80"
    assert totals_of(items, "--as-of", YEAR_END)["开发区"] == "79"
    items("correct", "#9", "required=3", "--reason", "任务数记错")
    assert totals_of(items, "--as-of", YEAR_END)["开发区"] == "77"
    items("retract", "#9", "--reason", "没有下达")
    assert totals_of(items, "--as-of", YEAR_END)["开发区"] == "80"
    items(
        "record",
        "RulingMade",
        "on=2022-12-01",
        "parameter=secondment.months",
        "value=2",
        "reason=x",
    )
    items("retract", "#12", "--reason", "改回")
    items("record", "UnitEnrolled", "on=2022-01-01", "unit=市能源局", "category=department")
    items("correct", "#14", "category=zone", "--reason", "类别记错")
    items("correct", "#1", "evidence_due=2023-01-20", "--reason", "截止日记错")
    items("record", "CycleClosed", "on=2023-02-01", "cycle=2022", "as_of=2022-12-31")
    items("retract", "#17", "--reason", "还要改")
    assert "一致：18 条事件" in items("check").stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["retract", "#99", "--reason", "x"], "没有事件 #99"),
        (["retract", "没有", "--reason", "x"], "没有 ref 为“没有”的事件"),
        (["retract", "#7", "--reason", " "], "reason"),
        (["retract", "#6", "--reason", "x"], "#7"),
        (["retract", "#7", "--reason", "x", "--on", "2999-01-01"], "晚于今天"),
        (["correct", "#99", "title=x", "--reason", "x"], "没有事件 #99"),
        (["correct", "没有", "title=x", "--reason", "x"], "没有 ref 为“没有”的事件"),
        (["correct", "#6", "item=乙", "--reason", "x"], "这个字段不能更正"),
        (["correct", "#6", "天气=晴", "--reason", "x"], "天气"),
        (["correct", "#7", "level=县", "--reason", "x"], "province（省政府办公厅）"),
        (["correct", "#7", "on=2022-07-01", "--reason", "x"], "应不早于 2022-08-01"),
        (["correct", "#6", "on=2022-08-30", "--reason", "x"], "#7"),
        (["correct", "#7", "level=", "--reason", "x"], "level"),
    ],
)
def test_an_impossible_amendment_is_refused(items: Kaohe, typed: list[str], said: str) -> None:
    """The refusal names the event, the field or what stands in the way."""
    assert said in refused(items, *typed)
    assert len(events_of(items)) == HEAD + 3


def test_what_was_retracted_cannot_be_amended_again(items: Kaohe) -> None:
    """A retraction is final, and itself neither corrected nor retracted."""
    items("retract", "#7", "--reason", "x")
    assert "已被事件 #9 撤销" in refused(items, "correct", "#7", "level=state", "--reason", "y")
    assert "已被事件 #9 撤销" in refused(items, "retract", "#7", "--reason", "y")
    assert "本身是一条撤销" in refused(items, "retract", "#9", "--reason", "y")


def test_a_bare_number_is_a_ref_and_the_refusal_shows_how_to_write_a_position(
    items: Kaohe,
) -> None:
    """As in a file, only ``#7`` is a position; who forgot the sign is told exactly that."""
    assert "#7" in refused(items, "retract", "7", "--reason", "x")
    items("record", "DeploymentStudied", "on=2022-03-01", "unit=应县", "topics=brief", "ref=7")
    assert "撤销事件 #9" in items("retract", "7", "--reason", "x").stderr


def test_amending_without_a_register_is_refused(kaohe: Kaohe) -> None:
    """There is nothing to amend where there is no register, and none is made."""
    for typed in (
        ["retract", "#1", "--reason", "x"],
        ["correct", "#1", "title=x", "--reason", "x"],
    ):
        assert "没有数据库" in refused(kaohe, *typed)
    assert not list(kaohe.folder.iterdir())


def test_the_actor_is_recorded(opened: Kaohe) -> None:
    """``--actor`` says who did it; white space around the name is no part of it."""
    other = Kaohe(opened.folder, opened.database, actor=" 李 四 ")
    other("record", "ItemAdopted", "on=2022-08-09", "item=甲", "level=city", exit_code=1)
    other("record", "DeploymentStudied", "on=2022-03-01", "unit=应县", "topics=brief")
    assert [event["actor"] for event in events_of(opened)] == ["张三"] * HEAD + ["李 四"]


def test_a_type_that_does_not_exist_is_answered_with_those_that_do(opened: Kaohe) -> None:
    """The nearest ones, or where nothing is near all of them."""
    assert "最接近的有：ItemAdopted" in refused(opened, "record", "ItemAdoptd", "a=b")
    every = refused(opened, "record", "Foo", "a=b")
    assert "UnitEnrolled" in every
    assert "EventRetracted" in every
