"""``kaohe import``: a file is recorded as a whole or not at all."""

from __future__ import annotations

import hashlib
import json

from tests.cli.driving import contents, events_of, queried, refused
from tests.cli.registers import OPENING, adopted, brief, enrolled, of_length, studied
from tests.running import Kaohe

COUNT_EVENTS = "SELECT count(*) FROM event"


def test_one_bad_line_among_three_thousand_records_nothing(kaohe: Kaohe) -> None:
    """One wrong field in row 1,777 keeps all of the file out, and is named with what is right."""
    lines = of_length(3000)
    at = next(at for at, line in enumerate(lines) if at > 1776 and line["type"] == "ItemAdopted")
    lines[at] = {**lines[at], "level": "县"}
    message = refused(kaohe, "import", kaohe.file(lines, "全年.jsonl"))
    wrong, *rest = message.splitlines()
    assert wrong == (
        f"错误：全年.jsonl 第 {at + 1} 行 字段 level：“县”不是可用的取值。"
        "可用的有：city（市政府办公室）、province（省政府办公厅）、state（国务院办公厅）"
    )
    assert rest == ["有 1 处错误，什么都没有登记", "请改正后重新提交。"]
    assert queried(kaohe.database, COUNT_EVENTS) == [(0,)]
    assert "一致：0 条事件" in kaohe("check").stdout


def test_the_file_is_recorded_once_its_bad_line_is_right(kaohe: Kaohe) -> None:
    """What was refused has left nothing behind that stands in the way of the corrected file."""
    lines = [*OPENING, brief("甲"), adopted("乙")]
    refused(kaohe, "import", kaohe.file(lines))
    lines[-1] = adopted("甲")
    assert "登记 7 条事件（#1 至 #7）" in kaohe.imports(lines).stderr


def test_all_bad_lines_are_named_at_once_in_their_order(opened: Kaohe) -> None:
    """Bad JSON, types, fields, values and days are all told, each with its row and field."""
    lines = [
        brief("甲"),
        {**brief("乙"), "天气": "晴"},
        {"type": "ItemAdoptd", "on": "2022-08-02", "item": "甲"},
        {"type": "ItemAdopted", "on": "2022-08-02", "item": "甲"},
        brief("丙", unit="应显"),
        brief("丁", on="2022年13月1日"),
        brief("戊", on="2999-01-01"),
        brief("甲"),
        adopted("没有的"),
    ]
    path = opened.file(lines)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"type": "ItemAdopted"\n["甲"]\n')
    message = refused(opened, "import", path).removeprefix("错误：").splitlines()
    expected = [
        ("第 2 行 字段 天气", "没有字段“天气”"),
        ("第 3 行 字段 type", "最接近的有：ItemAdopted"),
        ("第 4 行 字段 level", "缺少这个必填字段"),
        ("第 5 行 字段 units", "没有登记过单位“应显”。最接近的有：应县"),
        ("第 6 行 字段 on", "应写成 2022-12-31 或 2022年12月31日"),
        ("第 7 行 字段 on", "晚于今天"),
        ("第 8 行 字段 item", "请换一个"),
        ("第 9 行 字段 item", "没有登记过信息“没有的”"),
        ("第 10 行", "不是正确的 JSON"),
        ("第 11 行", "不是一个 JSON 对象"),
        ("有 10 处错误", "什么都没有登记"),
        ("请改正后重新提交", ""),
    ]
    assert len(message) == len(expected)
    for line, (place, what) in zip(message, expected, strict=True):
        assert place in line
        assert what in line
    assert len(events_of(opened)) == len(OPENING)


def test_several_faults_of_one_line_are_all_told(opened: Kaohe) -> None:
    """A clerk corrects a line once, not once for each of its fields."""
    wrong = brief("甲", unit="无此单位", kind="快报", characters=-1)
    message = refused(opened, "import", opened.file([wrong]))
    assert [part in message for part in ("units", "kind", "characters")] == [True] * 3
    assert "有 3 处错误" in message


def test_a_line_that_rests_on_a_wrong_one_is_not_called_wrong_too(opened: Kaohe) -> None:
    """The adoption of an item whose own line is wrong is right: only one fault has to be mended."""
    lines = [brief("甲", unit="应显"), adopted("甲"), brief("乙", characters=-1), adopted("乙")]
    message = refused(opened, "import", opened.file(lines))
    assert "有 2 处错误" in message
    assert "第 2 行" not in message
    assert "第 4 行" not in message


def test_a_refusal_names_no_event_that_was_never_recorded(opened: Kaohe) -> None:
    """What collides within a file is named by its row: it has no number a clerk could look up."""
    message = refused(opened, "import", opened.file([brief("甲"), brief("乙"), brief("甲")]))
    assert f"#{len(OPENING) + 1}" not in message
    assert "第 1 行" in message


def test_a_line_sees_those_before_it_but_none_after(opened: Kaohe) -> None:
    """Positions follow the file's order: an adoption before its item is refused."""
    message = refused(opened, "import", opened.file([adopted("甲"), brief("甲")]))
    assert "第 1 行 字段 item：没有登记过信息“甲”" in message
    assert "第 2 行" not in message


def test_a_dry_run_records_nothing_and_says_what_would_be(opened: Kaohe) -> None:
    """After a dry run the log is as before, and the real import then does what was said."""
    path = opened.file([brief("甲"), adopted("甲"), OPENING[1]])
    before = events_of(opened)
    said = opened("import", "--dry-run", path).stderr
    assert "检查通过，将登记 2 条事件，跳过以前登记过的 1 行" in said
    assert "#" not in said
    assert events_of(opened) == before
    assert "登记 2 条事件（#6 至 #7）" in opened("import", path).stderr


def test_a_dry_run_finds_the_same_faults(opened: Kaohe) -> None:
    """Checking and recording refuse a file with the same words."""
    path = opened.file([brief("甲", unit="应显"), adopted("乙")])
    assert refused(opened, "import", "--dry-run", path) == refused(opened, "import", path)


def test_every_event_knows_its_file_and_row(kaohe: Kaohe) -> None:
    """The recorder adds the actor, the file's name and SHA-256, and the row."""
    lines = [*OPENING, studied()]
    path = kaohe.file(lines, "三月 报送.jsonl")
    kaohe("import", path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    events = events_of(kaohe)
    assert [event["source"] for event in events] == [
        {"file": "三月 报送.jsonl", "sha256": digest, "row": row}
        for row in range(1, len(lines) + 1)
    ]
    assert {event["actor"] for event in events} == {"张三"}
    assert [event["position"] for event in events] == list(range(1, len(lines) + 1))


def test_blank_lines_and_both_line_ends_are_read_and_rows_still_counted(kaohe: Kaohe) -> None:
    """Empty lines are passed over, and the row named is that of the file as an editor shows it."""
    rows = [json.dumps(line, ensure_ascii=False) for line in OPENING]
    path = kaohe.folder / "空行.jsonl"
    path.write_bytes("\r\n\r\n".join(rows).encode())
    kaohe("import", path)
    assert [event["source"]["row"] for event in events_of(kaohe)] == [1, 3, 5, 7, 9]


def test_a_unit_enrolled_in_the_same_file_can_be_named_at_once(kaohe: Kaohe) -> None:
    """A whole year fits in one file: each line sees the units before it, by alias too."""
    lines = [*OPENING, enrolled("市能源局", "department", aliases=["能源局"])]
    kaohe.imports([*lines, brief("甲", unit="　能 源 局")])
    (event,) = contents(events_of(kaohe, "--unit", "市能源局"))[1:]
    assert event["fields"]["units"] == ["市能源局"]


def test_data_goes_to_stdout_and_everything_else_to_stderr(kaohe: Kaohe) -> None:
    """An import, which yields no data, leaves stdout empty."""
    answer = kaohe.imports(OPENING)
    assert answer.stdout == ""
    assert answer.stderr == "登记.jsonl：登记 5 条事件（#1 至 #5）\n"
