"""``kaohe doctor``: what looks doubtful in the register."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from cli.list_table import source_of
from cli.listing import known_for
from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table

if TYPE_CHECKING:
    from projections.asking import Asked

_MOST_EVENTS = 8


@click.command()
@asked
@click.option(
    "--far",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="天数",
    help="发生和登记相差多少天以上算太久。",
)
@as_json
def doctor(asked: Asked, far: int, as_json: bool) -> None:
    """体检：找出登记中可疑、遗漏、矛盾之处，逐处写明依据、含义和处理办法。

    只报告，不改动任何登记；发现与否都正常结束。晚登记的事件逐条见 kaohe late。
    """
    from projections.doctor.report import report

    with office() as opened:
        opened.existing()
        opened.log.check_end()
        point = opened.point(asked)
        found = report(known_for(opened, point), opened.log, far=far, now=datetime.now(UTC))
    if as_json:
        print_json(found)
        return
    click.echo(heading(point))
    _print(found)


def _print(found: dict[str, Any]) -> None:
    clean = [check["title"] for check in found["checks"] if not check["count"]]
    for check in found["checks"]:
        if check["count"]:
            click.echo()
            click.secho(f"{check['title']}：{check['count']} 处", bold=True)
            click.echo(f"　含义：{check['meaning']}")
            click.echo(f"　处理：{check['advice']}")
            columns = [("发现", "fold"), ("依据与来源", "fold")]
            print_table("", columns, (_row(finding) for finding in check["findings"]))
    if not found["count"]:
        click.echo(f"没有发现。查过的有：{'、'.join(clean)}。")
        return
    click.echo(f"共发现 {found['count']} 处。")
    if clean:
        click.echo(f"没有发现的：{'、'.join(clean)}。")


def _row(finding: dict[str, Any]) -> tuple[str, str]:
    events = finding["rests_on"]
    lines = [f"#{each['position']} {source_of(each['source'])}" for each in events[:_MOST_EVENTS]]
    if len(events) > _MOST_EVENTS:
        lines.append(f"等 {len(events)} 条，全部见 --json")
    return finding["text"], "\n".join(lines)
