"""``kaohe import``: register files, each recorded as a whole or not at all."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.office import office
from cli.output import progress
from cli.recorded import tell_anew, wanting
from cli.rehearsing import rehearsal
from cli.vocabularies import words_for

if TYPE_CHECKING:
    from infra.files.reading import RegisterFile
    from infra.recording import Outcome


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件..."
)
@click.option("--reason", metavar="理由", help="需要另一人确认时，写明为什么登记。")
@click.option("--dry-run", is_flag=True, help="只检查，不登记。")
def import_(files: tuple[Path, ...], reason: str | None, dry_run: bool) -> None:
    """导入登记文件（.jsonl 或 .xlsx）。

    每个文件要么全部登记，要么都不登记；有错时一次列出全部错误。以前登记过的行会跳过。
    会改变已公布、已关闭的成绩的文件，整个先成为提案，由另一人用 kaohe confirm 确认后才登记。
    """
    from infra.files.reading import scan_register

    with office() as own, rehearsal(own) if dry_run else nullcontext(own) as opened:
        words = words_for(opened)
        if dry_run and len(files) > 1:
            click.echo(
                "提示：--dry-run 时各文件分别检查，后一个文件看不到前一个文件的内容。", err=True
            )
        for path in files:
            register, faults = scan_register(path, vocabularies=words)
            with progress(f"导入 {register.name}") as watch:
                outcome = opened.record(
                    register.lines,
                    dry_run=dry_run,
                    faults=faults,
                    watch=watch,
                    reason=reason or f"导入 {register.name}",
                )
            click.echo(_told(register.name, outcome, dry_run=dry_run), err=True)
            tell_anew(outcome, dry_run=dry_run)
            if register.hidden:
                click.echo(_unseen(register), err=True)


def _unseen(register: RegisterFile) -> str:
    """Return how much was read that the user of the workbook does not see."""
    parts = [
        f"隐藏的工作表“{sheet}” {rows} 行" if whole else f"工作表“{sheet}”中隐藏的 {rows} 行"
        for sheet, rows, whole in register.hidden
    ]
    return f"注意：{register.name} 里看不见的内容也读入了：{'、'.join(parts)}。"


def _told(name: str, outcome: Outcome, *, dry_run: bool) -> str:
    if outcome.proposal is not None:
        made = "将作为提案" if dry_run else f"已作为提案 {outcome.proposal.number} 登记"
        return f"{name}：{outcome.proposal.lines} 条{made}。{wanting(outcome, dry_run=dry_run)}"
    count = len(outcome.recorded)
    verb = "检查通过，将登记" if dry_run else "登记"
    parts = [f"{name}：{verb} {count} 条事件"]
    if outcome.recorded and not dry_run:
        parts.append(f"（#{outcome.recorded[0].position} 至 #{outcome.recorded[-1].position}）")
    if outcome.skipped:
        parts.append(f"，跳过以前登记过的 {len(outcome.skipped)} 行")
    return "".join(parts)
