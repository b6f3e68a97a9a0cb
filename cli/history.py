"""``kaohe history``: the days on which a unit's score changed, and the curve."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.endings import ending_of
from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table
from cli.sums import sum_cells, sum_columns
from projections.asking import Asked

if TYPE_CHECKING:
    from domain.rulebook.model import Rulebook
    from projections.curve import Curve

_WIDEST = 100
_SVG = ".svg"


@click.command()
@click.argument("unit", metavar="单位")
@asked
@click.option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="把曲线另存为一个 SVG 文件；已有的文件不覆盖。",
)
@as_json
def history(unit: str, asked: Asked, svg: Path | None, as_json: bool) -> None:
    """一个单位的得分在哪些日子变了、变了多少、由哪些条目引起，并画出曲线。

    不写 --as-of 时画到年度结束或最后一次变化那天为止。
    """
    from infra.files.new_file import check_free
    from projections.curve import curve, curve_json

    if svg is not None:
        ending_of(svg, _SVG)
        check_free(svg)
    with office() as opened:
        point = opened.point(asked)
        scored = point.unit(unit)
        found = curve(opened.reading, point, scored)
    if asked.as_of is None:
        found = found.until(found.busy_until)
    document = curve_json(found, scored)
    if svg is not None:
        _write(svg, found, document)
        click.echo(f"曲线已写到 {svg}", err=True)
    if as_json:
        print_json(document)
        return
    click.echo(heading(found.point))
    _print_chart(found)
    _print_changes(document, found.point.rulebook)


def _print_chart(found: Curve) -> None:
    from rich.console import Console

    from cli.curve_told import frame
    from cli.text_chart import text_chart

    console = Console(file=sys.stdout)
    plain = console.legacy_windows or console.options.ascii_only
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDEST
    shown = frame(found)
    click.echo()
    for row in text_chart(found.totals, shown, width=min(width, _WIDEST) - 1, plain=plain):
        click.echo(row)
    if shown.first <= shown.marked <= shown.last:
        click.echo(f"（纵列“:”为年度结束日 {shown.marked}）")


def _print_changes(document: dict[str, Any], book: Rulebook) -> None:
    from cli.curve_told import causes
    from domain.lines import signed

    start = document["start"]
    print_table(
        f"{document['unit']}：{document['from']} {start['total']} 分 → "
        f"{document['to']} {document['end']['total']} 分",
        [
            ("日期", "left"),
            ("变化", "right"),
            *sum_columns(book),
            ("起因", "fold"),
        ],
        [
            (document["from"], "", *sum_cells(book, start), ""),
            *(
                (
                    step["day"],
                    signed(step["change"]),
                    *sum_cells(book, step),
                    "\n".join(causes(step)),
                )
                for step in document["changes"]
            ),
        ],
    )


def _write(path: Path, found: Curve, document: dict[str, Any]) -> None:
    from cli.curve_told import drawn
    from cli.svg_canvas import svg_file
    from infra.files.new_file import write_new

    write_new(path, svg_file(drawn(found, document)).encode())
