"""``kaohe proposals``, ``confirm`` and ``refuse``: the second person of a correction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cli.office import Office, office, today
from cli.options import Day, as_json
from cli.output import print_json, print_table
from cli.recorded import record_line
from cli.vocabularies import words_of
from domain.lines import numbers

if TYPE_CHECKING:
    from domain.procedure import Proposal

_NUMBER = click.argument("number", type=click.IntRange(min=1), metavar="提案号")
_ON = click.option("--on", type=Day(), metavar="日期", help="哪一天的事；默认今天。")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="只检查，不登记。")
_STATES = {"open": "待确认", "confirmed": "已确认", "refused": "已驳回"}


@click.command()
@_NUMBER
@_ON
@_DRY_RUN
def confirm(number: int, on: date | None, dry_run: bool) -> None:
    """确认别人的提案：提案里的各行同时登记。不能确认自己的提案。

    提案以后情况有变、有一行不能再登记的，什么都不登记。
    """
    with office() as opened:
        opened.existing()
        line = {"type": "CorrectionConfirmed", "on": _day(on), "proposal": number}
        record_line(opened, line, dry_run=dry_run, once=True)


@click.command()
@_NUMBER
@click.option("--reason", required=True, metavar="理由", help="为什么。")
@_ON
@_DRY_RUN
def refuse(number: int, reason: str, on: date | None, dry_run: bool) -> None:
    """驳回一个提案，什么都不登记；提出的人也可以驳回自己的提案。"""
    with office() as opened:
        opened.existing()
        line = {"type": "CorrectionRefused", "on": _day(on), "proposal": number, "reason": reason}
        record_line(opened, line, dry_run=dry_run, once=True)


@click.command()
@click.option("--all", "everything", is_flag=True, help="也列出已确认和已驳回的。")
@as_json
def proposals(everything: bool, as_json: bool) -> None:
    """列出待另一人确认的更正提案。"""
    from domain.procedure import proposals as standing

    with office() as opened:
        opened.caught_up()
        made = standing(opened.register())
        found = [_told(opened, each) for each in made if everything or each.state == "open"]
    if as_json:
        print_json({"proposals": found})
        return
    columns = [("提案", "right"), ("提出", "left"), ("状态", "left"), ("理由", "fold")]
    print_table("", [*columns, ("内容", "fold")], map(_row, found))


def _day(on: date | None) -> str:
    return (on or today()).isoformat()


def _told(opened: Office, proposal: Proposal) -> dict[str, Any]:
    first = proposal.parts[0]
    ended = proposal.ended
    return {
        "proposal": proposal.number,
        "on": first.event.on.isoformat(),
        "actor": first.event.actor,
        "reason": getattr(first.event, "reason", ""),
        "state": proposal.state,
        "events": [fact.position for fact in proposal.parts],
        "ended_by": ended.position if ended else None,
        "ended_actor": ended.event.actor if ended else None,
        "lines": proposal.lines,
        "summaries": [_words(opened, line) for line in proposal.lines],
    }


def _row(told: dict[str, Any]) -> tuple[object, ...]:
    state = _STATES[told["state"]]
    if told["ended_by"]:
        state += f"\n#{told['ended_by']} {told['ended_actor'] or ''}".rstrip()
    places = numbers(told["events"], "、")
    who = f"{told['on'][:10]} {told['actor'] or ''}\n{places}"
    return told["proposal"], who, state, told["reason"], "\n".join(told["summaries"])


def _words(opened: Office, line: dict[str, Any]) -> str:
    """Return what a proposed line says; one that names an event by ref is told by that ref."""
    from domain.events.catalogue import BY_NAME
    from domain.events.codec import BadFields, decode, from_fields
    from domain.wording import describe

    values = {name: value for name, value in line.items() if name != "type"}
    entry = BY_NAME[line["type"]]
    try:
        event = from_fields(entry.event, values)
    except BadFields:
        return f"{entry.label} {line.get('target', '')}：{line.get('reason', '')}"
    rows = opened.log.rows_at([at]) if isinstance(at := line.get("target"), int) else []
    about = type(decode(rows[0].type, rows[0].data)) if rows else None
    return describe(event, words_of(opened), target=about)
