"""The way through the demonstration, one section after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.demo.appealing import appeal, case_of
from cli.demo.choice import Choice, choose, most_absorbed
from cli.demo.handing_over import hand_over
from cli.demo.headings import section
from cli.demo.shell import Shell
from cli.output import print_table
from domain.days import day_of, show_day
from domain.events.commissions import CommissionIssued
from domain.events.corrections import Amendment
from domain.events.items import ItemAdopted
from domain.lines import show
from infra.demo.workdays import END
from projections.asking import Asked, Point

if TYPE_CHECKING:
    from cli.office import Office
    from infra.demo.register import Row

_TOP, _BOTTOM = 10, 5
_RETRACTION = "试算撤销.jsonl"


def go(shell: Shell, workbook: Path, rows: Sequence[Row]) -> None:
    """Import ``workbook``, then show the ranking, one unit's reasons, its two times, an appeal."""
    section("一、导入登记簿")
    shell.run("import", str(workbook))
    with shell.office() as opened:
        end = opened.point(Asked(END))
        choice = choose(opened, rows)
        capped, indicator = most_absorbed(opened, end)
        case = case_of(opened, end, rows)
        section(f"二、排名（截至{show_day(end.as_of)}，前 {_TOP} 名和后 {_BOTTOM} 名）")
        _print_ranking(opened, end)
        name = choice.unit.name_on(end.as_of)
        section(f"三、逐条说明{name}的得分")
        shell.run("explain", name, "--as-of", end.as_of.isoformat())
        section(f"四、{choice.name}截至{show_day(choice.now.as_of)}的得分，按两个时点已知的情况")
        _print_two_times(opened, choice)
    section("五、差在哪里，由哪些事件引起")
    ends = [f"{point.as_of}@#{point.position}" for point in (choice.then, choice.now)]
    shell.run("diff", choice.name, "--from", ends[0], "--to", ends[1])
    day, folder = end.as_of.isoformat(), workbook.parent
    appeal(shell, folder, case, day)
    hand_over(shell, folder, day)
    undone = _retraction(folder, rows)
    section("接下来可以试试")
    for what, words in (
        *_to_ask(end, choice, capped, indicator),
        ("哪些约稿还没有了结", ("list", "commissions", "--open", "--as-of", _busy_day(rows))),
        ("试算：撤销一次采用，谁的得分和名次会变", ("what-if", undone, "--as-of", day)),
        *_to_hand_out(end, folder),
        ("核对得分与重算是否一致", ("check",)),
    ):
        click.echo(f"  {what}：")
        click.echo(f"    {shell.shown(*words)}")


_Step = tuple[str, tuple[str, ...]]


def _to_ask(end: Point, choice: Choice, capped: str, indicator: str) -> Iterator[_Step]:
    day = ("--as-of", end.as_of.isoformat())
    yield "一年中得分怎样变化", ("history", choice.name, *day)
    yield "上限怎样吸收扣分", ("explain", capped, indicator, *day)
    yield "有疑义的条款怎样理解", ("rulebook", "readings", "--cycle", end.cycle.name)
    yield "登记里有哪些可疑、遗漏之处", ("doctor", *day)


def _to_hand_out(end: Point, folder: Path) -> Iterator[_Step]:
    day = ("--as-of", end.as_of.isoformat())
    quarter = end.cycle.ends.replace(month=10, day=1).isoformat()
    yield "打印评分表", ("export", "sheet", *day, "--to", str(folder / "评分表.xlsx"))
    fourth = ("--from", quarter, "--as-of", end.cycle.ends.isoformat())
    yield "写第四季度的通报", ("export", "circular", *fourth, "--to", str(folder / "通报.docx"))
    yield "给各单位看的网页", ("export", "report", *day, "--to", str(folder / "网页"))


def _print_ranking(opened: Office, point: Point) -> None:
    totals, places = opened.sheets.league(point)
    units = point.setting.units
    table = sorted(totals, key=lambda unit: (places[unit][0], units[unit].position))
    rows = [
        (
            places[unit][0],
            units[unit].name_on(point.as_of),
            show(totals[unit].total),
            show(totals[unit].base),
            show(totals[unit].bonus),
        )
        for unit in table
    ]
    columns = [("名次", "right"), ("单位", "left"), ("总分", "right")]
    columns += [("基础项", "right"), ("加分项", "right")]
    print_table("", columns, [*rows[:_TOP], ("…",), *rows[-_BOTTOM:]])


def _print_two_times(opened: Office, choice: Choice) -> None:
    rows = []
    for point, what in ((choice.then, "当天登记到这里"), (choice.now, "全部登记")):
        (sheet,) = opened.sheets.at(point, [choice.unit])
        total = sheet.total
        sums = (show(total.total), show(total.base), show(total.bonus))
        rows.append((f"#{point.position}（{what}）", *sums, sheet.rank))
    columns = [("按何时已知的情况", "left"), ("总分", "right"), ("基础项", "right")]
    columns += [("加分项", "right"), ("名次", "right")]
    print_table("", columns, rows)
    click.echo(
        "得分截至同一天，不同的是知道得早晚：后来补登的、更正的、撤销的，也会改变那一天的得分。"
    )


def _busy_day(rows: Sequence[Row]) -> str:
    """Return a day in the middle of the year, on which a commission was issued."""
    issued = [row.event for row in _unamended(rows) if isinstance(row.event, CommissionIssued)]
    return day_of(issued[len(issued) // 2].on).isoformat()


def _retraction(folder: Path, rows: Sequence[Row]) -> str:
    """Write a register file that takes back the last adoption, and return where it is."""
    adopted = [row.event for row in _unamended(rows) if isinstance(row.event, ItemAdopted)]
    last = next(event for event in reversed(adopted) if event.ref)
    line = {"type": "EventRetracted", "on": "2023-02-09", "target": last.ref, "reason": "试一试"}
    file = folder / _RETRACTION
    file.write_text(f"{json.dumps(line, ensure_ascii=False)}\n", encoding="utf-8")
    return str(file)


def _unamended(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that nobody has corrected or retracted."""
    amended = {row.event.target for row in rows if isinstance(row.event, Amendment)}
    return [row for row in rows if row.position not in amended]
