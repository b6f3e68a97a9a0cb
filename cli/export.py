"""``kaohe export``: what is recorded, in the form in which it is kept elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from cli.endings import ending_of
from cli.export_audit import audit
from cli.export_circular import export_circular, export_circular_template
from cli.export_log import export_log
from cli.export_report import report
from cli.export_sheet import export_sheet
from cli.office import office
from cli.options import known_at, to_file
from cli.vocabularies import words_behind


@click.group()
def export() -> None:
    """导出登记簿、评分表等文件。"""


export.add_command(export_log)
export.add_command(export_sheet)
export.add_command(audit)
export.add_command(export_circular)
export.add_command(export_circular_template)
export.add_command(report)


@export.command()
@to_file("文件.xlsx", "写到哪个工作簿。")
@known_at
def register(file: Path, known_at: str | None) -> None:
    """把全部事件导出为登记工作簿，带序号和标识；导入新的数据库会得到相同的事件。"""
    from domain.events.codec import decode
    from infra.files.export import write_register

    ending_of(file, ".xlsx")
    with office() as opened:
        opened.existing()
        upto = opened.points.position_of(known_at)
        rows = opened.log.rows(upto=upto)
        events = [(row.position, row.recorded_at, decode(row.type, row.data)) for row in rows]
        words = words_behind(opened, (event for _, _, event in events))
        write_register(file, events, vocabularies=words)
    click.echo(f"已导出 {upto} 条事件到 {file}", err=True)
