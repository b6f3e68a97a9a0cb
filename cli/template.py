"""``kaohe template``: the empty register workbook."""

from __future__ import annotations

from pathlib import Path

import click

from cli.office import Office, office
from cli.output import need_xlsx
from cli.vocabularies import merged


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.xlsx")
def template(file: Path) -> None:
    """写出空白登记工作簿：每种事件一张表，单位、类别、层级等可从下拉列表选取。"""
    from infra.files.template import write_template

    need_xlsx(file)
    with office() as opened:
        words = merged(opened.rulebooks.values())
        write_template(file, vocabularies=words, units=_units(opened))
    click.echo(f"已写出 {file}", err=True)


def _units(opened: Office) -> list[str]:
    """Return the units of the register, if there is one already."""
    from domain.errors import NotKnown

    try:
        opened.caught_up()
    except NotKnown:
        return []
    setting = opened.points.setting_at(opened.log.head().position)
    return [unit.id for unit in setting.units.values()]
