"""``kaohe log``: the events in the order in which they were recorded."""

from __future__ import annotations

from typing import Any

import click

from cli.office import Office, office
from cli.options import as_json, known_at
from cli.output import print_json, print_table
from cli.vocabularies import words_of
from domain.days import show_recorded, told_moment
from domain.lines import numbers


@click.command()
@click.option("--unit", metavar="单位", help="只列出与某个单位有关的事件。")
@click.option(
    "--after",
    type=click.IntRange(min=0),
    default=0,
    metavar="编号",
    help="只列出此编号之后的事件。",
)
@known_at
@click.option("--last", type=click.IntRange(min=1), metavar="条数", help="只列出最后若干条。")
@as_json
def log(
    unit: str | None, after: int, known_at: str | None, last: int | None, as_json: bool
) -> None:
    """按登记顺序列出事件：编号、何时登记、类型、发生日期、标识、谁登记、内容摘要。"""
    with office() as opened:
        opened.caught_up()
        upto = opened.points.position_of(known_at)
        entries = _entries(opened, unit, after, upto)
    entries = entries[-last:] if last else entries
    if as_json:
        print_json({"events": entries})
        return
    columns = [("编号", "right"), ("登记时间", "left"), ("类型", "left"), ("发生", "left")]
    columns += [("标识", "left"), ("登记人", "left"), ("摘要", "fold")]
    print_table("", columns, (_row(entry) for entry in entries))


def _entries(opened: Office, unit: str | None, after: int, upto: int) -> list[dict[str, Any]]:
    from projections.journal import Journal

    journal = Journal(opened.log, words_of(opened), upto=upto)
    if unit is None:
        return list(journal.entries(after=after))
    setting = opened.points.setting_at(opened.log.head().position)
    from projections.asking import unit_named

    wanted = unit_named(setting, unit).id
    return [entry for entry in journal.about(wanted) if entry["position"] > after]


def _row(entry: dict[str, Any]) -> tuple[object, ...]:
    state = ""
    if entry["retracted_by"]:
        state = f"【已由 #{entry['retracted_by']} 撤销】"
    elif entry["corrected_by"]:
        state = f"【已由 {numbers(entry['corrected_by'], '、')} 更正】"
    recorded = show_recorded(entry["recorded_at"])
    summary = entry["summary"] + state
    return (
        f"#{entry['position']}",
        recorded,
        entry["label"],
        told_moment(entry["on"]),
        entry["ref"],
        entry["actor"],
        summary,
    )
