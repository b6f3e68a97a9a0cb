"""``kaohe export``: what is recorded, in the form in which it is kept elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from cli.office import office
from cli.output import need_xlsx
from cli.vocabularies import merged


@click.group()
def export() -> None:
    """导出登记簿等文件。"""


@export.command()
@click.option(
    "--to",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件.xlsx",
    help="写到哪个工作簿。",
)
def register(file: Path) -> None:
    """把全部事件导出为登记工作簿，带序号和标识；导入新的数据库会得到相同的事件。"""
    from domain.events.codec import decode
    from infra.files.export import write_register

    need_xlsx(file)
    with office() as opened:
        opened.existing()
        rows = opened.log.rows()
        events = ((row.position, row.recorded_at, decode(row.type, row.data)) for row in rows)
        write_register(file, events, vocabularies=merged(opened.rulebooks.values()))
        count = opened.log.head().position
    click.echo(f"已导出 {count} 条事件到 {file}", err=True)
