"""``kaohe history``: the days on which a unit's score changed, and the curve."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table
from cli.sums import sum_cells, sum_columns
from domain.errors import Refused
from projections.asking import Asked

if TYPE_CHECKING:
    from cli.text_chart import Frame
    from domain.rulebook.model import Rulebook
    from projections.curve import Curve

_WIDEST = 100


@click.command()
@click.argument("unit", metavar="单位")
@asked
@click.option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="把曲线另存为一个 SVG 文件；已有的文件会被替换。",
)
@as_json
def history(unit: str, asked: Asked, svg: Path | None, as_json: bool) -> None:
    """一个单位的得分在哪些日子变了、变了多少、由哪些条目引起，并画出曲线。

    不写 --as-of 时画到年度结束或最后一次变化那天为止。
    """
    from projections.curve import curve, curve_json

    with office() as opened:
        point = opened.point(asked)
        scored = point.unit(unit)
        found = curve(opened.reading, point, scored)
    if asked.as_of is None:
        found = found.until(found.busy_until)
    document = curve_json(found, scored)
    if svg is not None:
        _write(svg, _drawn(found, document))
        click.echo(f"曲线已写入 {svg}", err=True)
    if as_json:
        print_json(document)
        return
    click.echo(heading(found.point))
    _print_chart(found)
    _print_changes(document, found.point.rulebook)


def _print_chart(found: Curve) -> None:
    from rich.console import Console

    from cli.text_chart import text_chart

    console = Console(file=sys.stdout)
    plain = console.legacy_windows or console.options.ascii_only
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDEST
    frame = _frame(found)
    click.echo()
    for row in text_chart(found.totals, frame, width=min(width, _WIDEST) - 1, plain=plain):
        click.echo(row)
    if frame.first <= frame.marked <= frame.last:
        click.echo(f"（纵列“:”为年度结束日 {frame.marked}）")


def _print_changes(document: dict[str, Any], book: Rulebook) -> None:
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
                    _signed(step["change"]),
                    *sum_cells(book, step),
                    "\n".join(_causes(step)),
                )
                for step in document["changes"]
            ),
        ],
    )


def _causes(step: dict[str, Any]) -> list[str]:
    said = [f"{_line(line)}，不再计" for line in step["went"]]
    said += [_line(line) for line in step["came"]]
    if step["caps"] != "0":
        said.append(f"上限和权重 {_signed(step['caps'])}")
    return said


def _line(line: dict[str, Any]) -> str:
    events = " ".join(f"#{position}" for position in line["events"])
    return f"{line['name']} {_signed(line['points'])}：{line['text']}（{events}）"


def _signed(points: str) -> str:
    return points if points == "0" or points.startswith("-") else f"+{points}"


def _frame(found: Curve) -> Frame:
    from cli.text_chart import Frame

    return Frame(found.first, found.point.as_of, found.point.cycle.ends)


def _drawn(found: Curve, document: dict[str, Any]) -> str:
    from cli.svg_chart import Mark, Texts, svg_chart

    tips = [f"{document['from']}：{document['start']['total']} 分"] + [
        f"{step['day']}：{step['total']} 分（{_signed(step['change'])}）\n"
        + "\n".join(_causes(step))
        for step in document["changes"]
    ]
    marks = [Mark(day, total, tip) for (day, total), tip in zip(found.totals, tips, strict=True)]
    title = f"{document['unit']}：考核年度 {document['cycle']} 的得分"
    marked = f"年度结束 {document['cycle_ends']}"
    return svg_chart(marks, _frame(found), Texts(title, heading(found.point), marked))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"不能写入 {path}（{error.strerror or error}）"
        raise Refused(message, fix="请换一个可以写入的文件或文件夹。") from None
