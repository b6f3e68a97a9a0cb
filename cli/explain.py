"""``kaohe explain``: every line of a unit with its clause and its events."""

from __future__ import annotations

from itertools import chain
from typing import Any

import click

from cli.event_cells import print_events
from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table
from cli.terms import print_terms, rulings_of
from projections.asking import Asked

_LINES = [
    ("条", "right"),
    ("分", "right"),
    ("计入", "right"),
    ("吸收", "right"),
    ("起算日", "left"),
    ("截止日", "left"),
    ("事由", "fold"),
    ("依据", "fold"),
]


@click.command()
@click.argument("unit", metavar="单位")
@click.argument("indicator", metavar="[指标]", required=False)
@asked
@as_json
def explain(unit: str, indicator: str | None, asked: Asked, as_json: bool) -> None:
    """逐条说明一个单位的得分：依据的条款、分值、上限吸收了多少、依据哪些事件、来自哪个文件哪一行。

    指标可写名称或代号，例如 kaohe explain 应县 约稿信息报送情况；不写时说明全部指标。
    尚未到起算日的条目列为“待计”。
    """
    from projections.explaining import explanation, indicator_named

    with office() as opened:
        point = opened.point(asked)
        only = indicator_named(point.rulebook, indicator) if indicator is not None else None
        (sheet,) = opened.sheets.at(point, [point.unit(unit)])
        document = explanation(point, sheet, opened.log, only=only)
    if as_json:
        print_json(document)
        return
    click.echo(heading(point))
    categories = point.rulebook.vocabulary["categories"]
    _print_head(document, categories.get(document["category"], document["category"]))
    for group in document["groups"]:
        for entry in group["indicators"]:
            pending = [held for held in document["pending"] if held["indicator"] == entry["id"]]
            if entry["lines"] or pending or only:
                _print_indicator(group, entry, pending)
    for notice in document["notices"]:
        click.echo(f"注意：{notice['text']}")


def _print_head(document: dict[str, Any], category: str) -> None:
    click.echo(
        f"{document['unit']}（{category}）：总分 {document['total']}"
        f" = 基础项 {document['base']} + 加分项 {document['bonus']}"
    )
    for group in document["groups"]:
        if group["weight"] is None:
            click.echo(f"　{group['name']}：加 {group['score']}")
            continue
        absorbed = (
            f"，其中 {group['absorbed']} 分超出权重不再扣" if group["absorbed"] != "0" else ""
        )
        click.echo(
            f"　{group['name']}：权重 {group['weight']}，应扣 {group['deducted']}{absorbed}，"
            f"得 {group['score']}"
        )


def _print_indicator(
    group: dict[str, Any], entry: dict[str, Any], pending: list[dict[str, Any]]
) -> None:
    click.echo()
    click.secho(
        f"{group['name']}·{entry['name']}（{entry['id']}）：{entry['counted']} 分", bold=True
    )
    print_terms(entry, f"；{_limits(entry)}")
    if not entry["lines"] and not pending:
        click.echo("　没有条目。")
        return
    rows = chain(
        (_row(str(place), line) for place, line in enumerate(entry["lines"], 1)),
        (_row("待计", line) for line in pending),
    )
    print_table("", _LINES, rows)
    events = chain.from_iterable(line["rests_on"] for line in (*entry["lines"], *pending))
    print_events("依据的事件", chain(events, rulings_of(entry)))


def _row(place: str, line: dict[str, Any]) -> tuple[str, ...]:
    return (
        place,
        line["points"],
        line.get("counted", ""),
        _absorbed(line),
        line["effective_from"],
        line["effective_to"] or "",
        f"{line['text']}\n{line['code']}",
        " ".join(f"#{position}" for position in line["events"]),
    )


def _absorbed(line: dict[str, Any]) -> str:
    parts = {"上限": line.get("absorbed_by_cap", "0"), "权重": line.get("absorbed_by_weight", "0")}
    return "\n".join(f"{name} {points}" for name, points in parts.items() if points != "0")


def _limits(entry: dict[str, Any]) -> str:
    weight = "" if entry["weight"] is None else f"赋分 {entry['weight']}；"
    cap = "没有自己的上限" if entry["cap"] is None else f"上限 {entry['cap']}"
    absorbed = "" if entry["absorbed"] == "0" else f"，吸收 {entry['absorbed']}"
    more = entry["absorbed_by_weight"]
    by_weight = "" if more == "0" else f"；一级指标权重吸收 {more}"
    return f"{weight}{cap}；条目合计 {entry['raw']}{absorbed}{by_weight}，计入 {entry['counted']}"
