"""``kaohe record``, ``correct`` and ``retract``: one event at a time."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cli.books import books_of
from cli.office import Office, office, today
from cli.options import Day, attaching
from cli.recorded import record_line
from cli.rehearsing import rehearsal
from domain.errors import Fault, LinesRefused, NotKnown, Where

if TYPE_CHECKING:
    from cli.attaching import Attached

_ON = click.option("--on", type=Day(), metavar="日期", help="哪一天作出的；默认今天。")
_REASON = click.option("--reason", required=True, metavar="理由", help="为什么。")
_REF = click.option("--ref", metavar="标识", help="自编的唯一标识。")


@click.command()
@click.argument("event_type", metavar="类型")
@click.argument("values", nargs=-1, metavar="字段=值...")
@click.option("--reason", metavar="理由", help="需要另一人确认时，写明为什么登记。")
@attaching
@click.option("--dry-run", is_flag=True, help="只检查，不登记。")
def record(
    event_type: str,
    values: tuple[str, ...],
    reason: str | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """登记一条事件，例如 kaohe record ItemAdopted on=2022-03-05 item=Y1 level=city。

    类型和字段可写英文或中文；一个字段有多个值时用顿号隔开。会改变已公布、已关闭的成绩的，
    先成为提案，由另一人用 kaohe confirm 确认后才登记。
    """
    with office() as own, rehearsal(own) if dry_run else nullcontext(own) as opened:
        name = _type_named(event_type)
        line = {"type": name, **_fields(opened, name, values)}
        record_line(opened, line, attached, dry_run=dry_run, reason=reason)


@click.command()
@click.argument("target", metavar="事件")
@click.argument("values", nargs=-1, required=True, metavar="字段=新值...")
@_REASON
@_ON
@_REF
@attaching
@click.option("--dry-run", is_flag=True, help="只检查，不登记。")
def correct(
    target: str,
    values: tuple[str, ...],
    reason: str,
    on: date | None,
    ref: str | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """更正一条事件，例如 kaohe correct z1 characters=1600 --reason 漏计附表。

    事件可写 ref 或 #编号；“字段=”表示去掉这个字段。原事件不会改动，更正从登记时起生效。
    年度采用双人复核的，先成为提案，由另一人用 kaohe confirm 确认。
    """
    with office() as opened:
        opened.caught_up()
        corrected = _type_of(opened, target)
        changes = _fields(opened, corrected, values, partly=True)
        line = {"type": "EventCorrected", "target": target, "changes": changes}
        given = {**line, **_amendment(reason, on, ref)}
        record_line(opened, given, attached, dry_run=dry_run, reason=reason)


@click.command()
@click.argument("target", metavar="事件")
@_REASON
@_ON
@_REF
@attaching
@click.option("--dry-run", is_flag=True, help="只检查，不登记。")
def retract(
    target: str,
    reason: str,
    on: date | None,
    ref: str | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """撤销一条事件，例如 kaohe retract '#12' --reason 登记错单位。

    事件可写 ref 或 #编号。原事件留在日志里，从登记撤销时起不再计分。
    年度采用双人复核的，先成为提案，由另一人用 kaohe confirm 确认。
    """
    with office() as opened:
        opened.existing()
        line = {"type": "EventRetracted", "target": target}
        given = {**line, **_amendment(reason, on, ref)}
        record_line(opened, given, attached, dry_run=dry_run, reason=reason)


def _amendment(reason: str, on: date | None, ref: str | None) -> dict[str, str]:
    given = {"on": (on or today()).isoformat(), "reason": reason}
    return {**given, "ref": ref} if ref else given


def _type_named(name: str) -> str:
    from domain.events.catalogue import CATALOGUE
    from domain.names import nearest
    from domain.wording import event_type_named

    found = event_type_named(name)
    if found:
        return found.name
    names = [spelling for entry in CATALOGUE for spelling in (entry.name, entry.label)]
    close = "、".join(nearest(name, names))
    every = "、".join(f"{entry.label}（{entry.name}）" for entry in CATALOGUE)
    message = f"没有事件类型“{name}”"
    raise NotKnown(message, fix=f"最接近的有：{close}" if close else f"可用的有：{every}")


def _type_of(opened: Office, target: str) -> str:
    """Return the type of the event that ``target`` names, so that its fields can be read."""
    from domain.decisions.values import position_named

    register = opened.register()
    try:
        entry = register.entry(position_named(target, register))
    except ValueError as error:
        raise NotKnown(str(error), fix="请用 kaohe log 核对事件编号或 ref。") from None
    if entry is None:
        message = f"没有事件 {target}"
        raise NotKnown(message, fix="请用 kaohe log 核对事件编号或 ref。")
    return type(entry.recorded).__name__


def _fields(
    opened: Office, type_name: str, values: tuple[str, ...], *, partly: bool = False
) -> dict[str, Any]:
    """Return what ``字段=值`` arguments say; with ``partly`` an empty value takes a field away."""
    from domain.events.catalogue import BY_NAME, fields_of
    from domain.wording import field_headed
    from infra.files.cells import cell_reader
    from infra.files.codes import Codes
    from infra.files.notations import CellWrong

    event = BY_NAME[type_name].event
    known = {field.name: field for field in fields_of(event)}
    codes = Codes(*(book.vocabulary for book in books_of(opened)))
    given: dict[str, Any] = {}
    faults: list[Fault] = []
    for value in values:
        head, equals, text = value.partition("=")
        name = field_headed(event, head) or head.strip()
        if not equals:
            faults.append(Fault(f"“{value}”不是“字段=值”的形式", "例如 on=2022-03-05"))
        elif name in given:
            faults.append(Fault("字段写了两次", "每个字段只写一次", Where(field=name)))
        elif name not in known:
            given[name] = text
        elif not text.strip():
            given[name] = None if partly else ""
        else:
            try:
                given[name] = cell_reader(event, known[name], codes)(text)
            except CellWrong as wrong:
                faults.append(Fault(wrong.what, wrong.fix, Where(field=name)))
    if faults:
        raise LinesRefused(tuple(faults))
    return given
