"""How the decisions on one item are printed: for each clause what came of it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import click

from cli.event_cells import print_events
from cli.output import print_table
from cli.terms import print_terms, rulings_of
from domain.lines import numbers

_OUTCOMES = {
    "scored": "计分",
    "absorbed": "被吸收",
    "pending": "待计",
    "counted": "计条数",
    "answered": "按时",
    "late": "逾期",
    "not_scored": "不计分",
}
_COLUMNS = [
    ("事项", "left"),
    ("结果", "left"),
    ("分", "right"),
    ("计入", "right"),
    ("起算日", "left"),
    ("理由", "fold"),
    ("依据", "fold"),
]


def print_item(document: dict[str, Any]) -> None:
    """Print what an item came to, then each indicator with its decisions, then the events."""
    click.echo(_head(document))
    for entry in document["indicators"]:
        click.echo()
        click.secho(f"{entry['name']}（{entry['id']}）", bold=True)
        print_terms(entry)
        several = len({made["item"] for made in entry["decisions"]}) > 1
        own = document["item"]["number"]
        print_table("", _COLUMNS, (_row(made, own, several) for made in entry["decisions"]))
    print_events("依据的事件", _events(document))


def _head(document: dict[str, Any]) -> str:
    item = document["item"]
    parts = f"，由 {'、'.join(item['parts'])} 合编" if item["parts"] else ""
    into = f"，已并入 {'、'.join(item['merged_into'])}" if item["merged_into"] else ""
    pending = f"，另有待计 {document['pending']} 分" if document["pending"] != "0" else ""
    return (
        f"信息 {item['number']}“{item['title']}”（{item['label']}，{'、'.join(item['units'])}）"
        f"{parts}{into}\n"
        f"{document['unit']}因它得分 {document['points']}，计入总分 {document['counted']}{pending}"
    )


def _row(made: dict[str, Any], own: str, several: bool) -> tuple[str, ...]:
    line = made["line"] or {}
    whose = f"{made['item']}：" if several or made["item"] != own else ""
    return (
        whose + made["matter"],
        _OUTCOMES[made["outcome"]],
        line.get("points", ""),
        line.get("counted") or "",
        line.get("effective_from", ""),
        "\n".join(reason["text"] for reason in made["reasons"]),
        numbers(made["events"]),
    )


def _events(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in document["indicators"]:
        decisions = (made["rests_on"] for made in entry["decisions"])
        yield from chain(chain.from_iterable(decisions), rulings_of(entry))
