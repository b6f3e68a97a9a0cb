"""``kaohe export log``: the log for those who only want to read it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.endings import form_for
from cli.office import Office, office, today
from cli.options import asked, to_file
from cli.output import heading, progress
from cli.vocabularies import words_of
from infra.files.log_formats import FORMATS, write_log
from infra.files.new_file import check_free
from projections.asking import Asked, Point, unit_named

if TYPE_CHECKING:
    from domain.told import Basis, Effect, ToldEvent

_TOLD_EVERY = 200


@click.command("log")
@to_file("文件", "写到哪个文件：.jsonl、.csv、.xlsx 或 .parquet。")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    metavar="格式",
    help="jsonl、csv、xlsx 或 parquet；默认看文件的扩展名。",
)
@click.option("--unit", metavar="单位", help="只导出与某个单位有关的事件。")
@asked
def export_log(file: Path, form: str | None, unit: str | None, asked: Asked) -> None:
    """把事件日志导出为只供查阅的表格，每行一条事件。

    “得分影响”是以该事件为依据、在 --as-of 那天有效的各条得分之和，按单位分列，未扣除各项上限；
    一条得分以几个事件为依据时，在每个事件上都会列出，所以各行相加不等于总分。

    csv 和 xlsx 供人阅读，时间为北京时间；jsonl 和 parquet 供程序读取，时间为 UTC。
    """
    form = form_for(file, form, {f".{name}": name for name in FORMATS})
    check_free(file)
    written = 0
    with office() as opened, progress("导出") as watch:
        opened.caught_up()
        point = _point(opened, asked)
        upto = point.position if point else opened.points.position_of(asked.known_at)

        def counted() -> Iterator[ToldEvent]:
            nonlocal written
            for written, told in enumerate(_told(opened, unit, upto, point), 1):
                if watch and written % _TOLD_EVERY == 0:
                    watch(told.position, upto)
                yield told

        write_log(file, counted(), _basis(point, upto), form=form)
    if point:
        click.echo(heading(point), err=True)
    click.echo(f"已导出 {written} 条事件到 {file}", err=True)


def _point(opened: Office, asked: Asked) -> Point | None:
    """Return the point whose scores are told; before any cycle is opened there is none."""
    upto = opened.points.position_of(asked.known_at)
    nothing_asked = asked.cycle is None and asked.as_of is None
    if nothing_asked and not opened.points.setting_at(upto).cycles:
        return None
    return opened.points.find(asked)


def _basis(point: Point | None, upto: int) -> Basis:
    from domain.told import Basis

    if point is None:
        return Basis(None, today().isoformat(), upto)
    return Basis(point.cycle.name, point.as_of.isoformat(), upto)


def _told(opened: Office, unit: str | None, upto: int, point: Point | None) -> Iterator[ToldEvent]:
    from projections.concerned import concerned
    from projections.effects import Effects
    from projections.journal import Journal
    from projections.telling import told

    journal = Journal(opened.log, words_of(opened), upto=upto)
    setting = opened.points.setting_at(upto)
    as_of = point.as_of if point else today()
    named = {held.id: held.name_on(as_of) for held in setting.units.values()}
    return told(
        journal.read_about(unit_named(setting, unit).id) if unit else journal.read(),
        summary_of=journal.summary,
        units_of=partial(concerned, log=opened.log, facts=opened.facts_upto(upto)),
        name_of=lambda enrolled: named.get(enrolled, enrolled),
        effect_of=Effects(opened.reading, point).of if point else _none,
    )


def _none(position: int) -> Effect:
    del position
    return {}
