"""``kaohe export report``: a page for all units and one for each, for any browser."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.office import Office, office
from cli.options import asked
from cli.output import heading, progress
from domain.days import told_moment
from projections.asking import Asked

if TYPE_CHECKING:
    from infra.pages.report import Report, UnitPage
    from projections.asking import Point


@click.command()
@click.option(
    "--to",
    "place",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="写到哪个文件夹，新的或空的。",
)
@asked
def report(place: Path, asked: Asked) -> None:
    """导出网页报告：全部单位一页（index.html），每个单位一页。

    总分可以逐层展开到一级指标、二级指标、条目和它依据的事件；不用联网，不运行脚本也能看全。
    同样的日志和时点得到逐字节相同的网页。
    """
    from infra.files.new_folder import check_empty, new_folder
    from infra.pages.report import INDEX, report_pages

    check_empty(place)
    with office() as opened:
        point = opened.point(asked)
        pages = sorted(_pages(opened, point, asked), key=lambda page: int(page.sheet["rank"]))
    with progress("导出") as watch, new_folder(place) as folder:
        for done, (name, text) in enumerate(report_pages(_report(point, pages), pages), 1):
            (folder / name).write_bytes(text.encode())
            if watch:
                watch(done, len(pages) + 1)
    click.echo(heading(point), err=True)
    click.echo(f"已写出 {len(pages) + 1} 个网页到 {place}，请打开 {place / INDEX}", err=True)


def _pages(opened: Office, point: Point, asked: Asked) -> Iterator[UnitPage]:
    """Yield what the page of each unit shows, in the order of enrolment."""
    from cli.curve_told import drawn
    from infra.pages.report import UnitPage, page_name
    from projections.curve import curve_json, curves
    from projections.explaining import explanations

    units = list(point.setting.units.values())
    sheets = opened.sheets.at(point, units)
    found = curves(opened.reading, point, units)
    for unit, sheet in zip(units, explanations(point, sheets, opened.log), strict=True):
        curve = found[unit.id]
        if asked.as_of is None:
            curve = curve.until(curve.busy_until)
        document = curve_json(curve, unit)
        yield UnitPage(page_name(unit.position), sheet, document, drawn(curve, document))


def _report(point: Point, pages: list[UnitPage]) -> Report:
    from cli.curve_told import causes
    from cli.event_cells import said
    from cli.sums import sum_cells, sum_columns, sum_words
    from cli.terms import in_force, limits, prices
    from domain.lines import signed
    from infra.pages.report import Report, Words

    book = point.rulebook
    total = partial(sum_words, book), partial(sum_cells, book)
    return Report(
        title=f"考核年度 {point.cycle.name}",
        document=f"{book.title}（{book.document}）",
        heading=heading(point),
        sums=[name for name, _ in sum_columns(book)],
        categories=dict(book.vocabulary["categories"]),
        chart=_chart(point, pages),
        words=Words(*total, said, told_moment, prices, limits, in_force, causes, signed),
    )


def _chart(point: Point, pages: list[UnitPage]) -> str:
    from cli.svg_bars import Bar, Part, svg_bars

    parts = [Part(group.name, group.weight) for group in point.rulebook.groups]
    bars = [
        Bar(
            page.sheet["rank"],
            page.sheet["unit"],
            page.name,
            [Decimal(group["score"]) for group in page.sheet["groups"]],
        )
        for page in pages
    ]
    return svg_bars(f"{heading(point)}：总分的组成", parts, bars)
