"""What was recorded before is skipped: by its ref, or without one by its content."""

from __future__ import annotations

import pytest

from tests.cli.driving import contents, events_of, refused, totals_of
from tests.cli.registers import (
    OPENING,
    YEAR_END,
    Line,
    adopted,
    brief,
    corrected,
    of_length,
    retracted,
    studied,
)
from tests.infra.files.registers import EVERY_TYPE, write_xlsx
from tests.running import Kaohe

HEAD = len(OPENING)


def told(kaohe: Kaohe, *lines: Line) -> str:
    """Import a file of these lines and return what is said about it."""
    return kaohe.imports(lines).stderr.partition("：")[2].strip()


def test_a_ref_seen_before_is_skipped(opened: Kaohe) -> None:
    """The same ref with the same content is recorded once, from whatever file it comes."""
    told(opened, brief("甲", ref="a"))
    assert told(opened, brief("甲", ref="a"), brief("乙")) == (
        "登记 1 条事件（#7 至 #7），跳过以前登记过的 1 行"
    )


def test_a_ref_twice_in_one_file_is_recorded_once(opened: Kaohe) -> None:
    """A ref is a key within a file too, also of events that otherwise may happen twice."""
    assert told(opened, studied(ref="a"), studied(ref="a")) == (
        "登记 1 条事件（#6 至 #6），跳过以前登记过的 1 行"
    )


def test_a_ref_with_other_content_is_refused(opened: Kaohe) -> None:
    """One ref never means two things; the message names the event that has it."""
    told(opened, brief("甲", ref="a"))
    message = refused(opened, "import", opened.file([brief("甲", title="改了", ref="a")]))
    assert "第 1 行 字段 ref：自编标识（ref）“a”已用于内容不同的事件 #6" in message
    assert len(events_of(opened)) == HEAD + 1


def test_a_ref_with_other_content_is_refused_within_one_file(opened: Kaohe) -> None:
    """The same holds between two lines of one file, of which then none is recorded."""
    message = refused(opened, "import", opened.file([brief("甲", ref="a"), brief("乙", ref="a")]))
    assert "第 2 行 字段 ref" in message
    assert len(events_of(opened)) == HEAD


def test_a_ref_stays_used_when_its_event_is_retracted(opened: Kaohe) -> None:
    """The number of a retracted event is free again, its ref is not."""
    told(opened, brief("甲", ref="a"), retracted("a"))
    message = refused(opened, "import", opened.file([brief("甲", title="新", ref="a")]))
    assert "字段 ref" in message
    assert told(opened, brief("甲", title="新", ref="b")) == "登记 1 条事件（#8 至 #8）"


def test_an_equal_line_of_an_earlier_file_is_skipped(opened: Kaohe) -> None:
    """Without a ref the content is the key, however the line spells the same thing."""
    told(opened, studied(on="2022-03-01", topics=["brief", "special"]))
    again = studied(on="2022年3月1日", unit="应县人民政府", topics="brief、special")
    assert told(opened, again) == "登记 0 条事件，跳过以前登记过的 1 行"


def test_equal_lines_within_one_file_are_both_recorded(opened: Kaohe) -> None:
    """Two equal lines of one file are two events; the same file again records neither."""
    assert told(opened, studied(), studied()) == "登记 2 条事件（#6 至 #7）"
    assert told(opened, studied(), studied()) == "登记 0 条事件，跳过以前登记过的 2 行"


def test_a_line_with_another_note_is_another_event(opened: Kaohe) -> None:
    """All of the content is the key, the remarks too."""
    told(opened, studied())
    assert told(opened, studied(note="第二次")) == "登记 1 条事件（#7 至 #7）"


def test_a_file_that_grew_records_only_what_is_new(opened: Kaohe) -> None:
    """The clerk's one file for the year may be imported every month."""
    year = of_length(60)
    told(opened, *year[:40])
    assert told(opened, *year) == "登记 20 条事件（#41 至 #60），跳过以前登记过的 40 行"
    assert [event["position"] for event in events_of(opened)] == list(range(1, 61))


@pytest.mark.parametrize("lines", [of_length(30), EVERY_TYPE], ids=["plain", "every type"])
def test_the_same_file_again_records_nothing(kaohe: Kaohe, lines: list[Line]) -> None:
    """A file imported twice changes neither the log nor a score, nor when it has another name."""
    kaohe.imports(lines)
    before = events_of(kaohe), kaohe.json("score", "--as-of", YEAR_END)
    for name in ("登记.jsonl", "另存.jsonl"):
        said = kaohe.imports(lines, name).stderr
        assert f"登记 0 条事件，跳过以前登记过的 {len(lines)} 行" in said
    assert (events_of(kaohe), kaohe.json("score", "--as-of", YEAR_END)) == before


def test_the_same_file_again_after_a_retraction_records_nothing(opened: Kaohe) -> None:
    """An event of the file that was retracted since does not come back with the file."""
    lines = [brief("甲"), adopted("甲"), studied()]
    opened.imports(lines, "八月.jsonl")
    opened("retract", "#7", "--reason", "上级撤稿")
    opened("retract", "#8", "--reason", "没有开会")
    said = opened.imports(lines, "八月.jsonl").stderr
    assert "登记 0 条事件，跳过以前登记过的 3 行" in said
    assert totals_of(opened, "--as-of", YEAR_END)["应县"] == "80"


def test_a_retracted_event_can_be_recorded_anew_from_another_file(opened: Kaohe) -> None:
    """A wrong event is retracted and recorded anew: only standing events are a repetition."""
    told(opened, brief("甲"), adopted("甲"))
    opened("retract", "#7", "--reason", "登记有误")
    assert "再报.jsonl：登记 1 条事件（#9 至 #9）\n" in (
        opened.imports([adopted("甲")], "再报.jsonl").stderr
    )
    assert totals_of(opened, "--as-of", YEAR_END)["应县"] == "82"


def test_a_row_whose_event_was_retracted_is_named_when_it_comes_back(opened: Kaohe) -> None:
    """A grown workbook may bring a retraction to nothing, so each such row is told, and no other.

    Rehearsed, recorded, typed in by hand and only proposed alike.
    """
    told(opened, brief("甲"), adopted("甲"), studied())
    opened("retract", "#7", "--reason", "登记有误")
    grown = opened.file([brief("甲"), adopted("甲"), studied(), brief("乙")], "九月.jsonl")
    like = "与已被 #9 撤销的 #7 内容相同"
    rehearsed = opened("import", grown, "--dry-run").stderr.splitlines()
    assert rehearsed[1:] == [
        f"注意：九月.jsonl 第 2 行{like}，将又登记一次；如不应计入，请从文件中去掉这一行。"
    ]
    said = opened("import", grown).stderr.splitlines()
    assert said[1:] == [
        f"注意：九月.jsonl 第 2 行（#10）{like}，又登记了一次；如不应计入，请撤销 #10。"
    ]
    opened("retract", "#10", "--reason", "登记有误")
    typed = ("record", "ItemAdopted", "on=2022-08-05", "item=甲", "level=city")
    assert "注意：这一条与已被 #12 撤销的 #10 内容相同" in opened(*typed, "--dry-run").stderr
    assert "注意：这一条（#13）与已被 #12 撤销的 #10 内容相同" in opened(*typed).stderr


def test_a_row_that_comes_back_with_a_proposal_is_named(kaohe: Kaohe) -> None:
    """Where a second person decides, both are told what the first one's file brings back."""
    opening = [{**OPENING[0], "two_person": True}, *OPENING[1:]]
    kaohe.imports([*opening, brief("甲"), adopted("甲"), studied()])
    kaohe("retract", "#8", "--reason", "没有开会")
    kaohe("--actor", "王五", "confirm", "1")
    kaohe("record", "CycleClosed", "on=2022-12-31", "cycle=2022", "as_of=2022-12-31")
    like = "与已被 #11 撤销的 #8 内容相同"
    said = kaohe.imports([studied(), brief("乙")], "九月.jsonl").stderr
    assert f"注意：九月.jsonl 第 1 行{like}，确认后又登记一次；如不应计入，请驳回提案。" in said
    assert like in kaohe("--actor", "王五", "confirm", "2").stderr


def test_a_file_that_retracts_and_records_anew_means_it(opened: Kaohe) -> None:
    """What one file takes back and says again is no surprise to its writer: nothing is said."""
    told(opened, studied())
    again = [retracted("#6"), studied()]
    assert told(opened, *again) == "登记 2 条事件（#7 至 #8）"


def test_the_same_file_again_after_a_correction_records_nothing(opened: Kaohe) -> None:
    """A corrected event is known by what was recorded and by what it says now."""
    lines = [studied()]
    opened.imports(lines)
    opened("correct", "#6", "topics=special", "--reason", "误记")
    assert "跳过以前登记过的 1 行" in opened.imports(lines).stderr
    assert "跳过以前登记过的 1 行" in opened.imports([studied(topics=["special"])]).stderr


def test_a_file_that_corrects_itself_can_be_imported_again(opened: Kaohe) -> None:
    """Corrections and retractions of events of the same file are repetitions too."""
    lines = [
        brief("甲", ref="a"),
        corrected("a", title="改过的标题"),
        brief("乙", ref="b"),
        retracted("b"),
        adopted("甲"),
        retracted(10),
    ]
    told(opened, *lines)
    assert told(opened, *lines) == "登记 0 条事件，跳过以前登记过的 6 行"


def test_the_same_content_from_a_workbook_is_skipped(opened: Kaohe) -> None:
    """Which kind of file a line comes in is no part of its content."""
    told(opened, brief("甲"), adopted("甲"))
    path = write_xlsx(
        opened.folder / "八月.xlsx",
        信息采用=[["日期", "信息编号", "层级"], ["2022-08-05", "甲", "市政府办公室"]],
        信息报送=[
            ["日期", "信息编号", "报送单位", "类别", "标题"],
            ["2022年8月1日", "甲", "应县", "简报", "简报甲"],
        ],
    )
    before = contents(events_of(opened))
    assert "登记 0 条事件，跳过以前登记过的 2 行" in opened("import", path).stderr
    assert contents(events_of(opened)) == before


def test_a_single_event_recorded_twice_is_recorded_once(opened: Kaohe) -> None:
    """``kaohe record`` goes by the same keys, and says where the event is."""
    typed = ["record", "会议研究部署", "日期=2022-03-01", "单位=应县", "研究事项=简报"]
    assert "已登记为 #6" in opened(*typed).stderr
    assert "以前已登记为 #6，没有重复登记" in opened(*typed).stderr
    assert "跳过以前登记过的 1 行" in opened.imports([studied()]).stderr
