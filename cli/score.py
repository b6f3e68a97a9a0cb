"""``kaohe score``: the sheets."""

from __future__ import annotations

import click

from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table
from cli.sums import sum_cells, sum_columns, sum_words
from domain.lines import numbers, show
from projections.asking import Asked, Point
from projections.sheet_json import scores, sums_of
from projections.sheets import Sheet
from projections.totals import GroupTotal


@click.command()
@click.argument("units", nargs=-1, metavar="[单位]...")
@asked
@as_json
def score(units: tuple[str, ...], asked: Asked, as_json: bool) -> None:
    """单位得分表。不写单位时列出全部单位的总分，写了单位时列出每项指标。"""
    with office() as opened:
        point = opened.point(asked)
        named = {unit.id: unit for unit in map(point.unit, units)}
        wanted = list(named.values()) if units else None
        sheets = opened.sheets.at(point, wanted)
    if as_json:
        print_json(scores(point, sheets))
        return
    click.echo(heading(point))
    if not units:
        _print_totals(point, sheets)
        return
    for sheet in sheets:
        print_sheet(point, sheet)


def _print_totals(point: Point, sheets: list[Sheet]) -> None:
    book = point.rulebook
    columns = [("单位", "left"), *sum_columns(book), ("名次", "right")]
    rows = ((sheet.name, *sum_cells(book, sums_of(sheet.total)), sheet.rank) for sheet in sheets)
    print_table("", columns, rows)


def print_sheet(point: Point, sheet: Sheet) -> None:
    """Print one unit's sheet: each indicator, what is pending, and what cannot be said."""
    category = point.rulebook.vocabulary["categories"].get(sheet.category, sheet.category)
    grade = f"，等次 {sheet.grade}" if sheet.grade else ""
    sums = sum_words(point.rulebook, sums_of(sheet.total))
    places = f"第 {sheet.rank} 名，分类第 {sheet.rank_in_category} 名"
    print_table(
        f"{sheet.name}，{category}：{sums}，{places}{grade}",
        [
            ("一级指标", "left"),
            ("二级指标", "left"),
            ("赋分", "right"),
            ("计分", "right"),
            ("上限吸收", "right"),
            ("条数", "right"),
            ("一级得分", "right"),
        ],
        _rows(sheet),
    )
    if sheet.pending:
        print_table(
            "到期将计（如不再登记其他事项）",
            [("起算日", "left"), ("分", "right"), ("事由", "fold"), ("依据事件", "left")],
            (
                (held.effective_from, show(held.points), held.text, numbers(held.events))
                for held in sheet.pending
            ),
        )
    for notice in sheet.notices:
        click.echo(f"注意：{notice.text}")


def _rows(sheet: Sheet) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for group in sheet.total.groups:
        for place, indicator in enumerate(group.indicators):
            weight = indicator.indicator.weight
            rows.append(
                (
                    group.group.name if place == 0 else "",
                    indicator.indicator.name,
                    "" if weight is None else show(weight),
                    show(indicator.effective),
                    show(indicator.absorbed) if indicator.absorbed else "",
                    len(sheet.lines[indicator.indicator.id]) or "",
                    _group_score(group) if place == 0 else "",
                )
            )
    return rows


def _group_score(group: GroupTotal) -> str:
    text = show(group.score)
    return f"{text}（吸收 {show(group.absorbed)}）" if group.absorbed else text
