"""``kaohe explain``: every line of a unit with its clause and its events."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from cli.event_cells import print_events
from cli.office import Office, office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table
from cli.sums import sum_words
from cli.terms import limits, print_terms, rulings_of
from domain.lines import numbers
from projections.asking import Asked

if TYPE_CHECKING:
    from domain.rulebook.model import Rulebook
    from projections.asking import Point

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
@click.option("--item", metavar="编号", help="只说明一条信息：在每一项上为什么计分或不计分。")
@asked
@as_json
def explain(
    unit: str, indicator: str | None, item: str | None, asked: Asked, as_json: bool
) -> None:
    """逐条说明一个单位的得分：依据的条款和口径、分值、上限吸收了多少、依据哪些事件、来自哪个文件哪一行。

    指标可写名称或代号，例如 kaohe explain 应县 约稿信息报送情况；不写时说明全部指标。
    尚未到起算日的条目列为“待计”。

    --item 写信息编号，例如 kaohe explain 应县 --item 专报-3：逐项说明这条信息是否计入报送条数、
    是否按时答复约稿、各级采用和批示是否计分，以及为什么。
    """
    if indicator is not None and item is not None:
        raise click.UsageError("指标和 --item 只能写一个。")
    with office() as opened:
        point = opened.point(asked)
        if item is not None:
            document = _of_item(opened, point, unit, item)
        else:
            document = _of_sheet(opened, point, unit, indicator)
    if as_json:
        print_json(document)
        return
    click.echo(heading(point))
    if item is not None:
        from cli.explain_item import print_item

        print_item(document)
        return
    _print_sheet(document, point.rulebook)


def _of_sheet(opened: Office, point: Point, unit: str, indicator: str | None) -> dict[str, Any]:
    from projections.explaining import explanation, indicator_named

    only = indicator_named(point.rulebook, indicator) if indicator is not None else None
    (sheet,) = opened.sheets.at(point, [point.unit(unit)])
    return explanation(point, sheet, opened.log, only=only)


def _of_item(opened: Office, point: Point, unit: str, item: str) -> dict[str, Any]:
    from projections.items.document import item_explanation

    (sheet,) = opened.sheets.at(point, [point.unit(unit)])
    facts = opened.facts_upto(point.position)
    return item_explanation(item, point, sheet, facts=facts, reading=opened.reading, log=opened.log)


def _print_sheet(document: dict[str, Any], book: Rulebook) -> None:
    _print_head(document, book)
    for group in document["groups"]:
        for entry in group["indicators"]:
            pending = [held for held in document["pending"] if held["indicator"] == entry["id"]]
            if entry["lines"] or pending or document["indicator"]:
                _print_indicator(group, entry, pending)
    for notice in document["notices"]:
        click.echo(f"注意：{notice['text']}")


def _print_head(document: dict[str, Any], book: Rulebook) -> None:
    category = book.vocabulary["categories"].get(document["category"], document["category"])
    click.echo(f"{document['unit']}，{category}：{sum_words(book, document)}")
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
    print_terms(entry, f"；{limits(entry)}")
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
        numbers(line["events"]),
    )


def _absorbed(line: dict[str, Any]) -> str:
    parts = {"上限": line.get("absorbed_by_cap", "0"), "权重": line.get("absorbed_by_weight", "0")}
    return "\n".join(f"{name} {points}" for name, points in parts.items() if points != "0")
