"""``kaohe rank``: the league table."""

from __future__ import annotations

import click

from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table
from cli.sums import sum_cells, sum_columns
from projections.asking import Asked, Point
from projections.sheet_json import heading as heading_json
from projections.sheet_json import sums_of
from projections.totals import Total


@click.command()
@asked
@as_json
def rank(asked: Asked, as_json: bool) -> None:
    """排名：总排名，以及每一类单位之内的排名。分数相同的名次相同，其后名次顺延。"""
    with office() as opened:
        point = opened.point(asked)
        totals, places = opened.sheets.league(point)
    table = sorted(totals, key=lambda unit: (places[unit][0], point.setting.units[unit].position))
    if as_json:
        units = [_json(point, unit, totals[unit], places[unit]) for unit in table]
        print_json({**heading_json(point), "units": units})
        return
    click.echo(heading(point))
    _print(point, "总排名", table, totals, places, within=False)
    for code, label in point.rulebook.vocabulary["categories"].items():
        members = [u for u in table if point.setting.units[u].category_on(point.as_of) == code]
        if members:
            _print(point, label, members, totals, places, within=True)


def _print(
    point: Point,
    title: str,
    units: list[str],
    totals: dict[str, Total],
    places: dict[str, tuple[int, int]],
    *,
    within: bool,
) -> None:
    print_table(
        title,
        [
            ("名次", "right"),
            ("单位", "left"),
            *sum_columns(point.rulebook),
        ],
        (
            (
                places[unit][1 if within else 0],
                point.setting.units[unit].name_on(point.as_of),
                *sum_cells(point.rulebook, sums_of(totals[unit])),
            )
            for unit in units
        ),
    )


def _json(point: Point, unit: str, total: Total, places: tuple[int, int]) -> dict[str, object]:
    held = point.setting.units[unit]
    return {
        "unit": held.name_on(point.as_of),
        "category": held.category_on(point.as_of),
        **sums_of(total),
        "rank": places[0],
        "rank_in_category": places[1],
    }
