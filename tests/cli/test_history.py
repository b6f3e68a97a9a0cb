"""``kaohe history``: the days on which the score changed, the curve, and the file of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from cli.axes import day_ticks, point_ticks
from cli.text_chart import Frame, text_chart
from tests.cli.driving import refused
from tests.cli.stories import BEGINNING, COUNTY, OFFICE, enrolled, finding
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def read(path: Path) -> ET.Element:
    """The drawing in a file; one that is not well-formed XML fails the test."""
    return ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  we wrote it ourselves


def test_every_day_on_which_the_score_changed(story: Kaohe) -> None:
    """The story's changes, each with its day, its sign and the indicator that caused it."""
    document = story.json("history", COUNTY)
    assert document["start"] == {"total": "80", "base": "80", "bonus": "0"}
    shown = [
        (step["day"], step["change"], step["total"], {line["indicator"] for line in step["came"]})
        for step in document["changes"]
    ]
    assert shown == [
        ("2022-03-06", "5", "85", {"special_adoption"}),
        ("2022-04-01", "-5", "80", {"duties"}),
        ("2022-05-03", "-3", "77", {"accuracy"}),
        ("2022-05-21", "-2", "75", {"commissioned"}),
        ("2023-01-16", "-3", "72", {"deployment"}),
    ]
    assert document["changes"][2]["caps"] == "2"
    assert document["end"] == {"total": "72", "base": "67", "bonus": "5"}


def test_a_day_that_a_cap_swallows_is_no_change(tmp_path: Path) -> None:
    """A finding over the cap leaves the score as it is, so its day is not listed."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports([*BEGINNING, finding("F1", "2022-02-01"), finding("F2", "2022-02-02")])
    days = [step["day"] for step in kaohe.json("history", COUNTY)["changes"]]
    assert days[0] == "2022-02-01"
    assert "2022-02-02" not in days


def test_a_line_that_ends_is_a_change(tmp_path: Path) -> None:
    """A cured deduction goes on its day, and the step names the line that went."""
    kaohe = Kaohe(tmp_path)
    roster = {"type": "DutyRosterReported", "on": "2022-04-20", "unit": COUNTY, "leader": "李四"}
    kaohe.imports([*BEGINNING, roster])
    step = kaohe.json("history", COUNTY)["changes"][1]
    assert (step["day"], step["change"], step["came"]) == ("2022-04-20", "1", [])
    assert [line["code"] for line in step["went"]] == ["duty_missing"]
    assert "，不再计" in kaohe("history", COUNTY).stdout


def test_it_ends_with_the_last_change_unless_a_day_is_asked_for(story: Kaohe) -> None:
    """Years after the cycle, the curve still ends with the year or the last change in it."""
    assert story.json("history", COUNTY)["to"] == "2023-01-16"
    assert story.json("history", COUNTY, "--as-of", "2022-05-10")["to"] == "2022-05-10"
    assert story.json("history", COUNTY, "--as-of", "2024-05-10")["to"] == "2024-05-10"
    assert story.json("history", COUNTY, "--known-at", "#4")["end"]["bonus"] == "0"


def test_what_began_before_the_cycle_counts_from_its_start(tmp_path: Path) -> None:
    """A duty due the year before is missing on the first day; one named that day is not."""
    kaohe = Kaohe(tmp_path)
    roster = {"type": "DutyRosterReported", "on": "2022-01-01", "unit": COUNTY, "leader": "李四"}
    kaohe.imports([{**BEGINNING[0], "duty_due": "2021-12-15"}, *BEGINNING[1:], roster])
    for unit, total in ((OFFICE, "75"), (COUNTY, "76")):
        document = kaohe.json("history", unit, "--as-of", "2022-02-01")
        assert (document["start"]["total"], document["changes"]) == (total, [])


def test_before_the_cycle_there_is_only_its_beginning(story: Kaohe) -> None:
    """Asked before the cycle starts, the curve is one day without changes."""
    document = story.json("history", COUNTY, "--cycle", "2022", "--as-of", "2021-12-01")
    assert (document["from"], document["to"], document["changes"]) == (
        "2021-12-01",
        "2021-12-01",
        [],
    )
    assert "80" in story("history", COUNTY, "--cycle", "2022", "--as-of", "2021-12-01").stdout


def test_the_page_has_the_chart_and_the_causes(story: Kaohe) -> None:
    """The page draws the curve and lists each change with its lines and their events."""
    page = story("history", COUNTY).stdout
    assert "┤" in page
    assert "纵列“:”为年度结束日 2022-12-31" in page
    assert "专报信息采用情况 +5：粮食 <安全> & 储备（Y1）被省政府办公厅采用（#4 #5 #6）" in page
    assert "上限和权重 +2" in page


def test_the_svg_is_well_formed_and_says_what_it_shows(story: Kaohe, tmp_path: Path) -> None:
    """The file is XML with title, axes, a mark for the year's end and a point for each change."""
    path = tmp_path / "曲线 1.svg"
    story("history", COUNTY, "--svg", path)
    root = read(path)
    assert root.tag == f"{SVG}svg"
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert f"{COUNTY}：考核年度 2022 的得分" in texts
    assert "年度结束 2022-12-31" in texts
    assert {"2022年", "7月", "2023年", "72"} <= set(texts)
    assert len(list(root.iter(f"{SVG}circle"))) == 6
    tips = "".join(title.text or "" for title in root.iter(f"{SVG}title"))
    assert "粮食 <安全> & 储备" in tips


def test_the_svg_needs_nothing_else(story: Kaohe, tmp_path: Path) -> None:
    """No address but the namespace, no script, no style sheet; line ends and text are fixed."""
    path = tmp_path / "a.svg"
    story("history", COUNTY, "--svg", path)
    first = path.read_bytes()
    text = first.decode()
    assert text.count("http") == 1
    assert not [word for word in ("<script", "href", "<style", "url(") if word in text]
    assert b"\r" not in first
    again = tmp_path / "b.svg"
    story("history", COUNTY, "--svg", again)
    assert again.read_bytes() == first


def test_the_steps_of_the_curve_stand_where_the_totals_are(story: Kaohe, tmp_path: Path) -> None:
    """The path goes right to each day and then up or down in proportion to the change."""
    path = tmp_path / "a.svg"
    story("history", COUNTY, "--svg", path)
    root = read(path)
    circles = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter(f"{SVG}circle")]
    document = story.json("history", COUNTY)
    totals = [Decimal(80), *(Decimal(step["total"]) for step in document["changes"])]
    xs, ys = zip(*circles, strict=True)
    assert list(xs) == sorted(xs)
    per_point = (ys[0] - ys[1]) / 5
    for y, total in zip(ys, totals, strict=True):
        assert y == pytest.approx(ys[0] - float(total - 80) * per_point, abs=0.2)


def test_any_name_can_be_drawn(tmp_path: Path) -> None:
    """A unit's name with XML's own signs, or ones that XML cannot write, gives a sound file."""
    name = 'A&B<"县">\ufffe'
    kaohe = Kaohe(tmp_path)
    kaohe.imports([BEGINNING[0], enrolled(name, "county")])
    path = tmp_path / "a.svg"
    kaohe("history", name, "--svg", path)
    root = read(path)
    assert (root.findtext(f"{SVG}title") or "").startswith('A&B<"县">：')


def test_a_long_name_stays_on_the_page(tmp_path: Path) -> None:
    """A title longer than the page is cut in the drawing and whole in what a reader is told."""
    name = "甲" * 90
    kaohe = Kaohe(tmp_path)
    kaohe.imports([BEGINNING[0], enrolled(name, "county")])
    kaohe("history", name, "--svg", tmp_path / "a.svg")
    root = read(tmp_path / "a.svg")
    title, subtitle = [text.text or "" for text in root.iter(f"{SVG}text")][:2]
    assert len(title) < 45
    assert title.endswith("…")
    assert subtitle.endswith("时已知的情况")
    assert (root.findtext(f"{SVG}title") or "").startswith(name)


def test_a_file_that_cannot_be_written_is_one_message(story: Kaohe, tmp_path: Path) -> None:
    """A folder that does not exist is named, and nothing is printed before it."""
    path = tmp_path / "没有" / "a.svg"
    answer = story("history", COUNTY, "--svg", path, exit_code=1)
    assert answer.stdout == ""
    assert f"不能写入 {path}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_curve_takes_the_place_of_no_file(story: Kaohe, tmp_path: Path) -> None:
    """What is there stays, as with every export; a name of another kind of file is refused."""
    path = tmp_path / "a.svg"
    path.write_text("held", encoding="utf-8")
    assert "已经存在" in refused(story, "history", COUNTY, "--svg", path)
    assert path.read_text(encoding="utf-8") == "held"
    assert "不是 .svg" in refused(story, "history", COUNTY, "--svg", tmp_path / "a.png")
    assert [*tmp_path.glob("*.png")] == []


def test_an_unknown_unit_is_refused(story: Kaohe) -> None:
    """A unit that was never enrolled has no history."""
    assert "没有登记过单位“市才政局”" in story("history", "市才政局", exit_code=1).stderr


def test_a_quiet_unit_has_a_level_curve(tmp_path: Path) -> None:
    """Without any change the chart is one level row at 80."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(BEGINNING)
    rows = kaohe("history", OFFICE, "--as-of", "2022-02-01").stdout.splitlines()
    (level,) = [row for row in rows if row.lstrip().startswith("80┤")]
    assert level.strip().startswith("80┤──────────")
    assert level.endswith("─ 80")


FRAME = Frame(date(2022, 1, 1), date(2022, 1, 11), date(2022, 1, 6))


def test_the_text_chart_steps_at_its_days() -> None:
    """Eleven days on 21 columns: down on the fourth day, up on the ninth, the total at its end."""
    totals = [
        (date(2022, 1, 1), Decimal(80)),
        (date(2022, 1, 4), Decimal(78)),
        (date(2022, 1, 9), Decimal(79)),
    ]
    assert text_chart(totals, FRAME, width=30) == [
        "   80┤──────┐   :",
        "     │      │   :",
        " 79.5┤      │   :",
        "     │      │   :",
        "   79┤      │   :     ┌──── 79",
        "     │      │   :     │",
        " 78.5┤      │   :     │",
        "     │      │   :     │",
        "   78┤      └─────────┘",
        "     └┬───────────────────┬",
        "      2022-01-01 2022-01-11",
    ]


@pytest.mark.parametrize("width", [10, 40, 79, 200])
def test_no_row_is_wider_than_asked_for(width: int) -> None:
    """Counting two columns for a Chinese sign, every row fits, but for a least width."""
    totals = [(date(2022, 1, 1), Decimal(80)), (date(2022, 7, 1), Decimal("71.25"))]
    frame = Frame(date(2022, 1, 1), date(2023, 1, 16), date(2022, 12, 31))
    rows = text_chart(totals, frame, width=width)
    assert max(map(cell_len, rows)) <= max(width, 34)


def test_a_plain_chart_has_no_boxes() -> None:
    """For a console that cannot draw boxes the chart itself is ASCII."""
    totals = [(date(2022, 1, 1), Decimal(80)), (date(2022, 1, 5), Decimal(70))]
    assert "".join(text_chart(totals, FRAME, width=40, plain=True)).isascii()


def test_many_changes_in_one_column_show_their_range() -> None:
    """A dip and a return within one column leave a mark from the lowest to the highest."""
    totals = [
        (date(2022, 1, 1), Decimal(80)),
        (date(2022, 6, 1), Decimal(70)),
        (date(2022, 6, 2), Decimal(80)),
    ]
    frame = Frame(date(2022, 1, 1), date(2022, 12, 31), date(2022, 12, 31))
    rows = text_chart(totals, frame, width=40)
    column = rows[0].index("┬")
    assert [row[column] for row in rows[1:10] if len(row) > column].count("│") >= 3


@pytest.mark.parametrize(
    ("low", "high"), [("80", "80"), ("0", "80"), ("71.25", "80"), ("-3.5", "12"), ("79.9", "80.1")]
)
def test_ticks_of_points_cover_the_totals(low: str, high: str) -> None:
    """Round numbers at equal distances reach from the lowest total to the highest."""
    ticks = point_ticks(Decimal(low), Decimal(high), 9)
    assert ticks[0] <= Decimal(low) <= Decimal(high) <= ticks[-1]
    assert 2 <= len(ticks) <= 9
    assert len({b - a for a, b in pairwise(ticks)}) == 1


def test_ticks_of_days_are_first_days_of_months() -> None:
    """A year has its months, several years their Januaries, a few days their ends."""
    year = day_ticks(date(2022, 1, 1), date(2022, 12, 31), 13)
    assert [label for _, label in year][:3] == ["2022年", "2月", "3月"]
    assert len(year) == 12
    years = day_ticks(date(2022, 3, 1), date(2026, 12, 31), 6)
    assert [label for _, label in years] == ["2023年", "2024年", "2025年", "2026年"]
    assert [day for day, _ in day_ticks(date(2022, 1, 5), date(2022, 1, 9), 5)] == [
        date(2022, 1, 5),
        date(2022, 1, 9),
    ]


def test_labels_of_days_do_not_touch() -> None:
    """Where two labels would run into one another, the second is left out."""
    rows = text_chart([(date(2022, 1, 1), Decimal(80))], FRAME, width=20)
    assert rows[-1].split() == ["2022-01-01"]
