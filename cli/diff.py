"""``kaohe diff``: what changed in a unit's score between two points in both times."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.changed_parts import has_parts, print_parts
from cli.event_cells import print_events
from cli.office import office
from cli.options import as_json
from cli.output import heading, print_json, print_table
from cli.sums import sum_rows
from domain.days import read_day, read_moment
from domain.errors import Refused
from domain.lines import signed

if TYPE_CHECKING:
    from domain.rulebook.model import Rulebook

_POSITION = re.compile(r"#?\d+")


class At(NamedTuple):
    """A day, and a moment of knowledge if one was given."""

    as_of: date
    known_at: str | None


class AtType(click.ParamType[At]):
    """``2022-10-01``, ``2022-10-01@#120`` or ``2022-10-01@2022-10-05``."""

    name = "时点"

    def convert(self, value: Any, param: Any, ctx: Any) -> At:  # noqa: ANN401  as click has it
        """Read the day and what follows ``@``, or say what would be right."""
        day, at, known_at = str(value).partition("@")
        try:
            as_of = read_day(day)
            if at and not _POSITION.fullmatch(known_at.strip()):
                read_moment(known_at)
        except ValueError as error:
            self.fail(f"{error}；@ 之后写 #编号、日期或日期时间", param, ctx)
        return At(as_of, known_at.strip() if at else None)


_AT_HELP = "，写成 日期 或 日期@何时已知，例如 2022-10-01@#120；不写 @ 时按全部已知的情况。"


@click.command()
@click.argument("unit", metavar="单位")
@click.option(
    "--from", "start", type=AtType(), required=True, metavar="时点", help=f"起点{_AT_HELP}"
)
@click.option("--to", "end", type=AtType(), required=True, metavar="时点", help=f"终点{_AT_HELP}")
@click.option("--cycle", metavar="年度", help="哪个考核年度；默认两个时点所在的一个。")
@as_json
def diff(unit: str, start: At, end: At, cycle: str | None, as_json: bool) -> None:
    """两个时点之间一个单位的得分变了多少：哪些条目没有了、新增了，上限的影响，由哪些事件、裁定或到期引起。

    每个时点由两部分组成：截至哪一天，和按何时已知的情况。列出的各项变化之和等于总分之差。
    """
    from projections.asking import Asked
    from projections.diff_json import difference_json
    from projections.differing import difference

    with office() as opened:
        after = opened.point(Asked(end.as_of, end.known_at, cycle))
        before = opened.points.find(Asked(start.as_of, start.known_at, after.cycle.name))
        own = before.setting.cycle_at(before.as_of)
        if cycle is None and own is not None and own.name != after.cycle.name:
            what = f"起点在考核年度“{own.name}”，终点在考核年度“{after.cycle.name}”"
            raise Refused(what, fix="各年度分别计分；请用 --cycle 指明比较哪个年度。")
        scored = after.unit(unit)
        found = difference(opened.reading, scored, before=before, after=after)
        document = difference_json(found, opened.log, opened.reading)
    if as_json:
        print_json(document)
        return
    click.echo(f"起点：{heading(before)}")
    click.echo(f"终点：{heading(after)}")
    _print(document, after.rulebook)


def _print(document: dict[str, Any], book: Rulebook) -> None:
    before, after, change = document["from"], document["to"], document["change"]
    totals = f"总分 {before['total']} → {after['total']}（{signed(change['total'])}）"
    print_table(
        f"{document['unit']}：{totals}",
        [("", "left"), ("起点", "right"), ("终点", "right"), ("变化", "right")],
        [(name, before[key], after[key], signed(change[key])) for key, name in sum_rows(book)],
    )
    if not has_parts(document):
        click.echo("两个时点的得分条目完全相同。")
        return
    print_parts(document)
    said = chain.from_iterable(
        part["causes"] for key in ("went", "came", "caps", "weights") for part in document[key]
    )
    events = [cause for cause in said if cause["kind"] == "event"]
    if events:
        print_events("引起变化的事件", events)
