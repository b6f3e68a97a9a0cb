"""``kaohe publish``: the scores are made public, so that they can be shown again bit for bit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.office import office, today
from cli.options import Day, attaching
from cli.recorded import record_line

if TYPE_CHECKING:
    from cli.attaching import Attached
    from cli.office import Office


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="[公布号]")
@click.option("--as-of", type=Day(), metavar="日期", help="截至哪一天的得分；默认今天。")
@click.option("--cycle", metavar="年度", help="哪个考核年度；默认最近开始的一个。")
@click.option("--on", type=Day(), metavar="日期", help="哪一天公布的；默认今天。")
@click.option("--note", metavar="备注", help="登记在这次公布里的备注。")
@attaching
@click.option("--dry-run", is_flag=True, help="只检查，不登记。")
def publish(
    *,
    number: int | None,
    as_of: date | None,
    cycle: str | None,
    on: date | None,
    note: str | None,
    attached: Attached,
    dry_run: bool,
) -> None:
    """公布成绩：登记截至哪一天、按哪条事件为止的情况计算，以及全部得分表的摘要。

    公布之后，会改变它的登记要由第二个人确认；以后随时可用 kaohe publication show 重现。
    不写公布号时用下一个。公布后签署检查点。
    """
    from projections.asking import Asked
    from projections.claims import claim

    with office() as opened:
        point = opened.point(Asked(as_of, None, cycle))
        line = {
            "type": "ScoresPublished",
            "on": (on or today()).isoformat(),
            "publication": number or _next(opened),
            "as_of": point.as_of.isoformat(),
            "cycle": point.cycle.name,
            "position": point.position,
            "sheets": claim(opened.sheets, point)["sha256"],
        }
        record_line(opened, {**line, **({"note": note} if note else {})}, attached, dry_run=dry_run)


def _next(opened: Office) -> int:
    """Return the number after the highest that was ever used."""
    from domain.events.publications import PUBLICATIONS, ScoresPublished

    register = opened.register()
    entries = (register.entry(at) for at in register.positions(PUBLICATIONS))
    made = (entry.recorded for entry in entries if entry)
    used = [event.publication for event in made if isinstance(event, ScoresPublished)]
    return max(used, default=0) + 1
