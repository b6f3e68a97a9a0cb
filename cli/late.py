"""``kaohe late``: what was recorded late, and what was recorded after it was made public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.office import Office, office
from cli.options import as_json, known_at
from cli.output import print_json, print_table
from cli.vocabularies import words_of
from domain.days import day_of, show_recorded

if TYPE_CHECKING:
    from projections.journal import Entry, Journal
    from projections.late import Changed, Delay

_COLUMNS = [("事件", "right"), ("发生", "left"), ("登记", "left"), ("登记人", "left")]


@click.command()
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="天数",
    help="发生多少天以后才登记的算晚。",
)
@known_at
@click.option(
    "--cycle", metavar="年度", help="只列发生在这个考核年度里的，和它的公布；默认所有年度。"
)
@as_json
def late(days: int, known_at: str | None, cycle: str | None, as_json: bool) -> None:
    """列出登记得晚的事件，以及公布以后才登记、会改变那次公布的事件。"""
    with office() as opened:
        opened.caught_up()
        slow, after = _found(opened, days, known_at, cycle)
    if as_json:
        print_json({"days": days, "late": slow, "after_publication": after})
        return
    columns = [*_COLUMNS, ("晚几天", "right"), ("摘要", "fold")]
    if slow:
        rows = ([*_cells(each), each["days"], each["summary"]] for each in slow)
        print_table(f"发生 {days} 天以后才登记的", columns, rows)
    else:
        click.echo(f"没有发生 {days} 天以后才登记的事件。")
    for each in after:
        title = f"第 {each['publication']} 号公布（截至 {each['as_of']}）以后登记、会改变它的"
        found = ([*_cells(event), event["summary"]] for event in each["events"])
        print_table(title, [*_COLUMNS, ("摘要", "fold")], found)
    if not after:
        click.echo("没有公布以后才登记、会改变那次公布的事件。")


def _found(
    opened: Office, days: int, known_at: str | None, cycle: str | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what was recorded late, and what was recorded after publications, to be shown."""
    from projections.asking import Asked
    from projections.journal import Journal
    from projections.late import changes_since, delays
    from projections.publications import publications

    upto = opened.points.position_of(known_at)
    asked = Asked(known_at=known_at, cycle=cycle)
    year = opened.points.find(asked).cycle if cycle else None
    journal = Journal(opened.log, words_of(opened), upto=upto)
    made = [
        each
        for each in publications(opened.register(upto))
        if year is None or each.event.cycle == year.name
    ]
    changed = changes_since(
        made, opened.reading, points=opened.points, sheets=opened.sheets, upto=upto
    )
    after = [_after(opened, journal, each) for each in changed]
    slow = [
        _slow(journal, delay)
        for delay in delays(journal.read(), more_than=days)
        if year is None or year.covers(day_of(delay.entry.event.on))
    ]
    return slow, after


def _slow(journal: Journal, delay: Delay) -> dict[str, Any]:
    return {**_told(journal, delay.entry), "days": delay.days}


def _after(opened: Office, journal: Journal, changed: Changed) -> dict[str, Any]:
    from domain.events.codec import decode
    from projections.journal import Entry

    event = changed.publication.event
    rows = opened.log.rows_at(changed.positions)
    entries = [Entry(row, decode(row.type, row.data), (), None) for row in rows]
    return {
        "publication": event.publication,
        "cycle": event.cycle,
        "as_of": event.as_of.isoformat(),
        "position": event.position,
        "events": [_told(journal, entry) for entry in entries],
    }


def _told(journal: Journal, entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "position": entry.row.position,
        "type": type(event).__name__,
        "on": event.on.isoformat(),
        "recorded_at": entry.row.recorded_at,
        "actor": event.actor,
        "appeal": event.appeal,
        "summary": journal.summary(event),
    }


def _cells(told: dict[str, Any]) -> list[object]:
    recorded = show_recorded(told["recorded_at"])
    return [f"#{told['position']}", told["on"][:10], recorded, told["actor"]]
