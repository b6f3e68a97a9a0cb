"""``kaohe appeal``: a unit disputes its score; one person proposes an answer, another decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.office import Office, office, today
from cli.options import Day, as_json, attaching, known_at
from cli.recorded import record_line

if TYPE_CHECKING:
    from cli.attaching import Attached

_APPEAL = click.argument("appeal", metavar="申诉编号")
_ON = click.option("--on", type=Day(), metavar="日期", help="哪一天的事；默认今天。")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="只检查，不登记。")
_OUTCOME = click.option(
    "--outcome",
    required=True,
    metavar="意见",
    help="upheld（支持）、partly（部分支持）或 rejected（不予支持）。",
)
_REASONS = click.option("--reasons", required=True, metavar="理由", help="为什么。")


@click.group()
def appeal() -> None:
    """申诉：提出、补充材料、拟处理意见、决定、撤回；决定须由另一人作出。"""


def _step(command: Callable[..., None]) -> Callable[..., None]:
    """Give a step of an appeal its day, its evidence, and a trial run."""
    return _ON(attaching(_DRY_RUN(command)))


@appeal.command()
@click.argument("unit", metavar="单位")
@click.option("--claim", required=True, metavar="主张", help="单位认为哪里不对。")
@click.option("--appeal", "number", metavar="申诉编号", help="默认用下一个数。")
@click.option(
    "--publication",
    type=click.IntRange(min=1),
    metavar="公布号",
    help="针对哪次公布；默认年度最近的一次。",
)
@click.option("--as-of", type=Day(), metavar="日期", help="截至哪一天的得分；默认公布的那一天。")
@click.option("--indicator", metavar="指标", help="只对哪一项指标有异议，名称或代号。")
@click.option("--event", "events", multiple=True, metavar="事件", help="有异议的事件，可写多次。")
@click.option(
    "--remedy",
    metavar="请求",
    help="recount（重算）、add（补记）、remove（撤销）或 reading（口径）。",
)
@click.option("--late-reason", metavar="理由", help="过了申诉期仍受理的理由。")
@_step
def lodge(
    *,
    unit: str,
    claim: str,
    number: str | None,
    publication: int | None,
    as_of: date | None,
    indicator: str | None,
    events: tuple[str, ...],
    remedy: str | None,
    late_reason: str | None,
    on: date | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """登记一个单位提出的申诉。过了申诉期的，要写明逾期理由。"""
    from cli.appeal_shown import day_of_publication, indicator_code, next_number

    with office() as opened:
        opened.caught_up()
        given = {
            "unit": unit,
            "publication": publication,
            "as_of": (as_of or day_of_publication(opened, publication)).isoformat(),
            "indicator": indicator and indicator_code(opened, publication, indicator),
            "events": list(events),
            "claim": claim,
            "remedy": _code("AppealLodged", "remedy", remedy),
            "late_reason": late_reason,
        }
        named = number or next_number(opened)
        _record(opened, "AppealLodged", named, given, on, attached, dry_run=dry_run)


@appeal.command()
@_APPEAL
@click.option("--description", required=True, metavar="说明", help="是什么材料。")
@_step
def evidence(
    appeal: str, description: str, on: date | None, attached: Attached, dry_run: bool
) -> None:
    """给申诉补充材料，用 --evidence 指明文件。"""
    with office() as opened:
        given = {"description": description}
        _record(opened, "AppealEvidenceAdded", appeal, given, on, attached, dry_run=dry_run)


@appeal.command()
@_APPEAL
@_OUTCOME
@_REASONS
@click.option(
    "--corrections",
    "file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="拟作的更正：登记文件（.jsonl 或 .xlsx），现在就检查能否登记。",
)
@_step
def propose(
    *,
    appeal: str,
    outcome: str,
    reasons: str,
    file: Path | None,
    on: date | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """拟处理意见，附上更正；由另一人决定后才登记。再次提出的代替前一次。"""
    with office() as opened:
        given = {
            "outcome": _code("AppealProposed", "outcome", outcome),
            "reasons": reasons,
            "corrections": _corrections(opened, file) if file else None,
        }
        _record(opened, "AppealProposed", appeal, given, on, attached, dry_run=dry_run)


@appeal.command()
@_APPEAL
@_OUTCOME
@_REASONS
@_step
def decide(
    *,
    appeal: str,
    outcome: str,
    reasons: str,
    on: date | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """决定申诉；所拟更正同时登记，不予支持的不登记。不能由拟意见的人决定。"""
    with office() as opened:
        given = {"outcome": _code("AppealDecided", "outcome", outcome), "reasons": reasons}
        _record(opened, "AppealDecided", appeal, given, on, attached, dry_run=dry_run)


@appeal.command()
@_APPEAL
@click.option("--reason", required=True, metavar="理由", help="为什么撤回。")
@_step
def withdraw(appeal: str, reason: str, on: date | None, attached: Attached, dry_run: bool) -> None:
    """登记单位撤回申诉。"""
    with office() as opened:
        given = {"reason": reason}
        _record(opened, "AppealWithdrawn", appeal, given, on, attached, dry_run=dry_run)


@appeal.command("list")
@click.option("--open", "only_open", is_flag=True, help="只列出还没有决定或撤回的。")
@as_json
def list_(only_open: bool, as_json: bool) -> None:
    """列出申诉。"""
    from cli.appeal_shown import print_appeals

    with office() as opened:
        opened.caught_up()
        print_appeals(opened, only_open=only_open, as_json=as_json)


@appeal.command()
@_APPEAL
@as_json
def show(appeal: str, as_json: bool) -> None:
    """一个申诉的全部经过：提出、材料、意见、决定，以及随之登记的更正。"""
    from cli.appeal_shown import print_appeal

    with office() as opened:
        opened.caught_up()
        print_appeal(opened, appeal, as_json=as_json)


@appeal.command()
@_APPEAL
@known_at
@click.option(
    "--out",
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪个文件：.html（网页，可打印）、.md 或 .json；不写时显示在屏幕上。",
)
@click.option("--brief", is_flag=True, help="只显示要点，不列得分表、事件和核验方法。")
@as_json
def trail(
    *, appeal: str, known_at: str | None, file: Path | None, brief: bool, as_json: bool
) -> None:
    """给单位的答复，自身完整：逐条的依据、申诉的经过和决定、前后的得分和名次、怎样核验。

    依据“没有”的条目，写明查找了什么、期限是哪天、日志到哪一条为止没有。

    尚未决定的申诉给出目前的情况；已经拟了意见的，试算拟作的更正，什么也不登记。

    同一本日志、同一时点得到逐字节相同的答复；已有的文件不覆盖。
    """
    from cli.appeal_trail import FORMS, trail_of, write_out
    from cli.endings import ending_of
    from infra.files.new_file import check_free

    if brief and (file is not None or as_json):
        raise click.UsageError("--brief 只用于屏幕显示，不能与 --out 或 --json 一起用。")
    if file is not None:
        ending_of(file, *FORMS)
        check_free(file)
    with office() as opened:
        document = trail_of(opened, appeal, known_at)
    if file is not None:
        write_out(file, document)
    if as_json:
        from cli.output import print_json

        print_json(document)
    elif file is None:
        from cli.appeal_trail_text import print_trail

        print_trail(document, brief=brief)


def _record(
    opened: Office,
    event_type: str,
    appeal: str,
    given: dict[str, Any],
    on: date | None,
    attached: Attached,
    *,
    dry_run: bool,
) -> None:
    opened.existing()
    fields = {name: value for name, value in given.items() if value not in (None, [])}
    line = {"type": event_type, "on": (on or today()).isoformat(), "appeal": appeal, **fields}
    record_line(opened, line, attached, dry_run=dry_run, once=True)


def _code(event_type: str, field: str, written: str | None) -> str | None:
    """Return the code that a Chinese label or the code itself means; the check reports others."""
    from domain.events.catalogue import BY_NAME, fields_of
    from domain.wording import vocabularies_of
    from infra.files.codes import Codes

    event = BY_NAME[event_type].event
    spec = next(each for each in fields_of(event) if each.name == field)
    found: str | None = Codes({}).code_of(vocabularies_of(event, spec), written)
    return found


def _corrections(opened: Office, file: Path) -> list[dict[str, Any]]:
    """Return the lines of a file, each with its row. Raises ``LinesRefused``."""
    from cli.vocabularies import words_for
    from infra.files.reading import read_register

    register = read_register(file, vocabularies=words_for(opened))
    lines = []
    for line in register.lines:
        source = line.source
        assert source is not None  # noqa: S101  it came from a file
        row = {"file": source.file, "sha256": source.sha256, "row": source.row}
        sheet = {"sheet": source.sheet} if source.sheet else {}
        lines.append({**line.raw, "source": {**row, **sheet}})
    return lines
