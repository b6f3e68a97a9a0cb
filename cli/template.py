"""``kaohe template``: the empty register workbook."""

from __future__ import annotations

from pathlib import Path

import click

from cli.books import book_called, books_of
from cli.endings import ending_of
from cli.office import Office, office


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.xlsx")
@click.option("--rulebook", metavar="名称", help="按哪份考核细则；默认登记簿所用的，没有则全部。")
def template(file: Path, rulebook: str | None) -> None:
    """写出空白登记工作簿：每种要填写的事件一张表，单位、类别、层级等可从下拉列表选取。"""
    from infra.files.template import write_template

    ending_of(file, ".xlsx")
    with office() as opened:
        books = [book_called(opened, rulebook)] if rulebook else books_of(opened)
        words = [book.vocabulary for book in books]
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
