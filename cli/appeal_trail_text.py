"""The trail of an appeal printed, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from cli.output import print_table
from domain.lines import signed
from infra.pages.trail import answer, checks, course, lines, terms, words

Document = dict[str, Any]

_EVENTS = [("事件", "left"), ("发生／登记", "left"), ("内容、来源、佐证、叶子", "fold")]


def print_trail(trail: Document, *, brief: bool = False) -> None:
    """Print the whole trail; ``brief`` leaves out the sheet, the events and how to verify it."""
    events = {words.key(event): event for event in trail["events"]}
    _print_head(trail)
    _print_scores(trail)
    _print_details(trail, events)
    if not brief:
        _print_sheet(trail)
    _print_ranks(trail)
    _print_course(trail)
    if not brief:
        _print_events(trail)
        _print_checks(trail)


def _section(title: str) -> None:
    click.echo()
    click.secho(title, bold=True)


def _print_head(trail: Document) -> None:
    appeal, made, known = trail["appeal"], trail["publication"], trail["known_at"]
    click.secho(answer.title(trail), bold=True)
    click.echo(f"{answer.state(trail)}。按日志 #{known['position']} 为止的登记编写。")
    names = "、".join(appeal["also_called"])
    click.echo(
        f"　单位：{appeal['unit']}，{appeal['category_label']}" + (names and f"，又称{names}")
    )
    click.echo(
        f"　公布：第 {made['publication']} 号，{words.when(made['on'])} 公布，"
        f"{made['actor'] or ''} {words.moment(made['recorded_at'])} 登记为 #{made['event']}；"
        f"考核年度 {made['cycle']}，"
        f"截至 {made['as_of']}，按 #{made['position']} 计算"
    )
    click.echo(f"　　　　得分表摘要 {made['sheets']}")
    click.echo(f"　　　　{answer.agreement(made)}")
    for row in answer.claim(trail):
        click.echo(f"　{row}")


def _print_scores(trail: Document) -> None:
    _section("得分")
    for name in ("before", "eve", "after"):
        side = trail[name]
        if side and (name != "eve" or answer.meanwhile(trail)):
            click.echo(f"　{words.side(side)}：{words.sum_of(side)}（{words.basis(side)}）")
            if side["sheets"]:
                click.echo(f"　　　　得分表摘要 {side['sheets']}")
    click.echo(f"　变化：{signed(trail['change']['total'])}")
    if answer.meanwhile(trail):
        click.echo(f"　　　　{answer.meanwhile(trail)}")
    for made in trail["later"]:
        click.echo(f"　{answer.later(made)}")
    if trail["steps"]:
        columns = [("变化", "right"), ("指标", "left"), ("起因", "fold"), ("事件", "left")]
        rows = [
            (signed(s["change"]), s["name"], answer.step(s), words.positions(s["events"]))
            for s in trail["steps"]
        ]
        print_table("", columns, rows)


def _print_details(trail: Document, events: Mapping[int | str, Document]) -> None:
    _section("有异议的和有变化的条目")
    shown = False
    for indicator, held in lines.detailed(trail):
        shown = True
        click.echo()
        click.echo(f"{indicator['name']}（{indicator['id']}）")
        click.echo(f"　条款：{indicator['clause']}")
        click.echo(f"　出处：{indicator['source']}")
        click.echo(f"　分值：{terms.prices(indicator)}；{terms.limits(indicator, trail)}")
        for reading in terms.readings(indicator, events):
            click.echo(f"　口径：{reading}")
        for line in held:
            click.echo(f"　◆ {line['points']} 分：{line['text']}（{lines.tags(line, trail)}）")
            for row in lines.about(line, trail):
                click.echo(f"　　{row}")
    for row in lines.lineless(trail):
        click.echo(f"　{row}")
    if not shown:
        click.echo("　没有这样的条目。")


def _print_sheet(trail: Document) -> None:
    _section("得分表前后对照")
    sides = [words.side(trail[name]) for name in ("before", "after")]
    columns = [("指标", "left"), ("条目", "fold"), ("依据", "fold")]
    columns += [*((side, "right") for side in sides), ("", "left")]
    print_table("", columns, _sheet_rows(trail))
    if trail["sources"]:
        click.echo(lines.NOT_IN_FULL)
    for file, digest, source in lines.sources(trail):
        click.echo(f"　{file}" + (digest and f"，SHA-256 {digest}"))
        for held in source["sheets"]:
            click.echo(f"　　{lines.sheet(held)}{'、'.join(map(lines.row, held['rows']))}")


def _sheet_rows(trail: Document) -> Iterator[tuple[str, ...]]:
    for group in trail["groups"]:
        for indicator in group["indicators"]:
            for line in indicator["lines"]:
                yield (
                    indicator["name"],
                    line["text"],
                    words.positions(line["events"]),
                    lines.counted(line["before"]),
                    lines.counted(line["after"]),
                    "变" if line["changed"] else "",
                )
        scores = [group[side]["score"] if group[side] else "" for side in ("before", "after")]
        yield (f"{group['name']} 得分", lines.absorbed_by_weight(group, trail), "", *scores, "")
    yield ("总分", "", "", trail["before"]["total"], trail["after"]["total"], "")


def _print_ranks(trail: Document) -> None:
    _section(answer.ranks_title(trail))
    columns = [("单位", "left")]
    for name in answer.sides_shown(trail):
        columns += [
            (f"{words.side(trail[name])}总分", "right"),
            ("名次", "right"),
            ("分类名次", "right"),
        ]
    rows = []
    for unit in trail["ranks"]:
        cells = [unit["unit"]]
        for name in answer.sides_shown(trail):
            place = unit[name] or {"total": "", "rank": "", "rank_in_category": ""}
            cells += [place["total"], place["rank"], place["rank_in_category"]]
        rows.append(cells)
    print_table("", columns, rows)


def _print_course(trail: Document) -> None:
    _section("申诉经过")
    for event, more in course.course(trail):
        recorded = f"{words.moment(event['recorded_at'])} 登记"
        who = f"{event['actor'] or ''} {event['label']}".strip()
        said = course.particulars(event)
        click.echo(f"　#{event['position']} {words.when(event['on'])} {who}（{recorded}）：{said}")
        for each in more:
            click.echo(f"　　{each}")
    for row in course.outcome(trail):
        click.echo(f"　{row}")


def _print_events(trail: Document) -> None:
    _section("所依据的事件")
    print_table("", _EVENTS, map(_event, trail["events"]))


def _event(event: Document) -> tuple[str, str, str]:
    recorded = f"{words.moment(event['recorded_at'])}\n{event['actor'] or ''}".rstrip()
    return (
        f"{words.cited(words.key(event))} {event['label']}\n{event['type']}",
        f"{words.when(event['on'])}\n{recorded}",
        "\n".join(map(str, course.told(event))),
    )


def _print_checks(trail: Document) -> None:
    _section("怎样核验")
    for number, check in enumerate(checks.checks(trail), 1):
        click.echo(f"　{number}. {check.text}")
        if check.command:
            click.echo(f"　　{check.command}")
    for row in checks.key(trail):
        click.echo(f"　　{row}")
