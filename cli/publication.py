"""``kaohe publication``: what was made public, reproduced from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.office import Office, office
from cli.options import as_json
from cli.output import heading, print_json, print_table
from cli.sums import sum_cells, sum_columns
from domain.days import told_moment
from projections.sheet_json import sums_of

if TYPE_CHECKING:
    from projections.asking import Point
    from projections.publications import Publication

_SHOWN_OF_DIGEST = 16


@click.group()
def publication() -> None:
    """已公布的成绩：列出、重现。"""


@publication.command("list")
@as_json
def list_(as_json: bool) -> None:
    """列出历次公布。"""
    from projections.publications import publications

    with office() as opened:
        opened.caught_up()
        found = [each.document(opened.log) for each in publications(opened.register())]
    if as_json:
        print_json({"publications": found})
        return
    columns = [("公布号", "right"), ("公布日", "left"), ("考核年度", "left"), ("成绩日期", "left")]
    columns += [
        ("按事件", "right"),
        ("登记为", "right"),
        ("公布人", "left"),
        ("得分表摘要", "left"),
    ]
    print_table("", columns, map(_row, found))


@publication.command("show")
@click.argument("number", type=click.IntRange(min=1), metavar="公布号")
@as_json
def show(number: int, as_json: bool) -> None:
    """从日志重现一次公布的得分表，并与公布时登记的摘要比对；不一致时退出码为 3。"""
    from projections.publications import publication_numbered
    from projections.sheet_json import scores

    with office() as opened:
        opened.caught_up()
        made = publication_numbered(opened.register(), number)
        point = made.point(opened.points)
        _compare(opened, made)
        told = made.document(opened.log)
        if as_json:
            print_json({**told, **scores(point, opened.sheets.at(point))})
            return
        totals, places = opened.sheets.league(point)
    on = told_moment(told["on"])
    click.echo(f"第 {number} 号公布（{on}，{told['actor']} 登记为 #{made.position}）")
    click.echo(heading(point))
    book = point.rulebook
    rows = [
        (
            places[unit][0],
            _name(point, unit),
            places[unit][1],
            *sum_cells(book, sums_of(totals[unit])),
        )
        for unit in sorted(totals, key=lambda u: (places[u][0], point.setting.units[u].position))
    ]
    columns = [("名次", "right"), ("单位", "left"), ("分类名次", "right")]
    print_table("", [*columns, *sum_columns(book)], rows)
    click.echo(f"得分表摘要 {made.event.sheets}")


def _compare(opened: Office, made: Publication) -> None:
    """Hold the sheets against the digest. Raises ``IntegrityBroken`` when they differ."""
    if made.agrees(opened.sheets, opened.points):
        click.echo("与公布时登记的摘要一致。", err=True)
        return
    told = "这次公布是从登记文件导入的，事件的登记时间与原来的日志不同，不能与摘要比对。"
    click.echo(f"注意：{told}", err=True)


def _row(told: dict[str, Any]) -> tuple[object, ...]:
    return (
        told["publication"],
        told["on"][:10],
        told["cycle"],
        told["as_of"],
        f"#{told['position']}",
        f"#{told['event']}",
        told["actor"],
        f"{told['sheets'][:_SHOWN_OF_DIGEST]}…",
    )


def _name(point: Point, unit: str) -> str:
    return point.setting.units[unit].name_on(point.as_of)
