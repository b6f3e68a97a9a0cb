"""One line recorded, and what became of it told: the way of every command that records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.vocabularies import words_of
from domain.errors import Refused

if TYPE_CHECKING:
    from cli.attaching import Attached
    from cli.office import Office
    from infra.recording import Outcome


def record_line(
    opened: Office,
    raw: dict[str, Any],
    attached: Attached | None = None,
    *,
    dry_run: bool = False,
    reason: str | None = None,
    once: bool = False,
) -> Outcome:
    """Record one line and tell what became of it.

    Where a second person is needed it becomes a proposal, for ``reason``. What can be done only
    ``once`` is refused when it is recorded already; other lines are then passed over.
    """
    from cli.attaching import Attached
    from domain.decisions.batch import RegisterLine

    with (attached or Attached()).kept(opened, raw, dry_run=dry_run) as line:
        outcome = opened.record([RegisterLine(line)], dry_run=dry_run, reason=reason)
    if once and outcome.skipped:
        raise Refused(f"同样的事已登记为 #{outcome.skipped[0][1]}", fix="请用 kaohe log 查看。")
    _tell(opened, outcome, dry_run=dry_run)
    return outcome


def _tell(opened: Office, outcome: Outcome, *, dry_run: bool) -> None:
    from projections.journal import Journal

    journal = Journal(opened.log, words_of(opened))
    for decided in outcome.recorded:
        verb = "检查通过，将登记" if dry_run else f"已登记为 #{decided.position}"
        click.echo(f"{verb}：{journal.summary(decided.event)}", err=True)
    if outcome.proposal is not None:
        click.echo(wanting(outcome, dry_run=dry_run), err=True)
    for _, position in outcome.skipped:
        click.echo(_already(opened, position), err=True)
    tell_anew(outcome, dry_run=dry_run)


def tell_anew(outcome: Outcome, *, dry_run: bool) -> None:
    """Say which lines were recorded, or would be, although their like was retracted."""
    for anew in outcome.anew:
        place = str(anew.line.where)
        row = place or "这一条"
        like = f"与已被 #{anew.retracted_by} 撤销的 #{anew.earlier} 内容相同"
        if dry_run:
            advice = "请从文件中去掉这一行" if place else "就不要登记"
            told = f"{row}{like}，将又登记一次；如不应计入，{advice}。"
        elif outcome.proposal is not None:
            told = f"{row}{like}，确认后又登记一次；如不应计入，请驳回提案。"
        else:
            at = f"#{anew.position}"
            told = f"{row}（{at}）{like}，又登记了一次；如不应计入，请撤销 {at}。"
        click.echo(f"注意：{told}", err=True)


def wanting(outcome: Outcome, *, dry_run: bool) -> str:
    """Return what is said of lines that wait for a second person: why, and what to do."""
    proposal = outcome.proposal
    assert proposal is not None  # noqa: S101  asked only where there is one
    told = f"需要另一人确认（{proposal.why}），现在没有改变任何得分。"
    if dry_run:
        return told
    return f"{told}请另一人运行 kaohe confirm {proposal.number}。"


def _already(opened: Office, position: int) -> str:

    entry = opened.register().entry(position)
    if entry is not None and entry.retracted_by is not None:
        gone = f"以前登记为 #{position}，已被 #{entry.retracted_by} 撤销，没有重新登记。"
        return f"{gone}要重新登记，请换一个 ref。"
    return f"以前已登记为 #{position}，没有重复登记。"
