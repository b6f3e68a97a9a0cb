"""``kaohe proposals``, ``confirm`` and ``refuse``: the second person of a correction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cli.office import office, today
from cli.options import Day, as_json
from cli.output import print_json, print_table
from cli.recorded import record_line
from cli.vocabularies import words_of
from domain.errors import NotKnown
from domain.lines import numbers

if TYPE_CHECKING:
    from domain.decisions.batch import RegisterLine
    from domain.procedure import Proposal
    from domain.register import Register
    from projections.proposed_lines import ProposedLines

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

    确认以前，kaohe proposals 列出各行的内容，kaohe what-if --proposal 提案号 列出得分的变化。

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
    from projections.proposed_lines import ProposedLines

    with office() as opened:
        opened.caught_up()
        made = standing(opened.register())
        lines = ProposedLines(opened.facts_upto, opened.rulebooks, words_of(opened))
        head = opened.log.head().position
        chosen = [each for each in made if everything or each.state == "open"]
        found = [_told(each, lines, head) for each in chosen]
    if as_json:
        print_json({"proposals": found})
        return
    columns = [("提案", "right"), ("提出", "left"), ("状态", "left"), ("理由", "fold")]
    print_table("", [*columns, ("内容", "fold")], map(_row, found))
    if any(each["state"] == "open" for each in found):
        click.echo("确认以前，看会改变谁的得分：kaohe what-if --proposal 提案号")


def lines_waiting(register: Register, number: int) -> list[RegisterLine]:
    """Return the lines of a proposal that waits for another person.

    Raises ``NotKnown`` when there is none of that number, or it was confirmed or refused.
    """
    from domain.procedure import proposals as standing

    found = next((each for each in standing(register) if each.number == number), None)
    if found is None:
        raise NotKnown(f"没有提案 {number}", fix="请用 kaohe proposals 查看待确认的提案。")
    if found.ended:
        ended = f"提案 {number} {_STATES[found.state]}（#{found.ended.position}）"
        raise NotKnown(f"{ended}，不再待确认", fix="请用 kaohe proposals --all 查看。")
    return _lines(found)


def _day(on: date | None) -> str:
    return (on or today()).isoformat()


def _told(proposal: Proposal, lines: ProposedLines, head: int) -> dict[str, Any]:
    """Return a proposal; what still waits is told as it would be recorded at ``head``."""
    first = proposal.parts[0]
    ended = proposal.ended
    heads = [*(() if ended else (head,)), first.position - 1]
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
        "summaries": lines.told(_lines(proposal), heads=heads),
    }


def _lines(proposal: Proposal) -> list[RegisterLine]:
    from domain.decisions.following import lines_of

    return [line for fact in proposal.parts for line in lines_of(fact.event)]


def _row(told: dict[str, Any]) -> tuple[object, ...]:
    state = _STATES[told["state"]]
    if told["ended_by"]:
        state += f"\n#{told['ended_by']} {told['ended_actor'] or ''}".rstrip()
    places = numbers(told["events"], "、")
    who = f"{told['on'][:10]} {told['actor'] or ''}\n{places}"
    lines = told["summaries"]
    if len(lines) > 1:
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return told["proposal"], who, state, told["reason"], "\n".join(lines)
