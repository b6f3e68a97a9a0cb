"""``kaohe export sheet``: the score sheets as a workbook that can be computed again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.endings import ending_of
from cli.office import Office, office
from cli.options import asked, to_file
from cli.output import heading
from domain.errors import Refused
from infra.files.new_file import check_free
from projections.asking import Asked

if TYPE_CHECKING:
    from infra.files.score_book.scoring import Scoring
    from projections.asking import Point


@click.command("sheet")
@click.argument("units", nargs=-1, metavar="[单位]...")
@to_file("文件.xlsx", "写到哪个工作簿。")
@asked
def export_sheet(units: tuple[str, ...], file: Path, asked: Asked) -> None:
    """把评分表导出为工作簿：每个单位一张，连同汇总、名次和全部计分条目。

    得分从条目到总分、名次都是公式，可以在 Excel、WPS 或 LibreOffice 里核对和试算，也可以直接打印。

    写了单位时只附这些单位的评分表；汇总仍列出全部单位的得分，否则名次无法计算。
    """
    from infra.files.score_book.writing import write_score_book

    ending_of(file, ".xlsx")
    check_free(file)
    with office() as opened:
        point = opened.point(asked)
        scoring = _scoring(opened, point, units)
    write_score_book(file, scoring)
    click.echo(heading(point), err=True)
    click.echo(f"已导出 {len(scoring.explained)} 个单位的评分表到 {file}", err=True)


def _scoring(opened: Office, point: Point, units: tuple[str, ...]) -> Scoring:
    from infra.files.score_book.scoring import Scoring
    from projections.explaining import explanations
    from projections.sheet_json import scores

    wanted = {point.unit(name).id for name in units} or set(point.setting.units)
    if not wanted:
        raise Refused("还没有登记单位，没有评分表可导出", fix="请先登记单位（UnitEnrolled）。")
    sheets = opened.sheets.at(point)
    shown = [sheet for sheet in sheets if sheet.unit.id in wanted]
    return Scoring(
        title=point.rulebook.title,
        document=point.rulebook.document,
        point=heading(point),
        categories=point.rulebook.vocabulary["categories"],
        grades=point.readings.grades(),
        units=scores(point, sheets)["units"],
        explained={each["unit"]: each for each in explanations(point, shown, opened.log)},
    )
