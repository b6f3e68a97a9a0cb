"""How appeals are listed and shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cli.event_cells import print_events
from cli.narrowing import Narrowed, narrowed_to
from cli.office import today
from cli.output import print_json, print_table
from cli.vocabularies import words_of
from domain.days import read_moment
from domain.errors import NotKnown
from domain.events.appeals import APPEALS, AppealLodged
from domain.events.office_codes import OFFICE_CODES
from domain.procedure import Appeal, appeals
from projections.trail.course import STATES

if TYPE_CHECKING:
    from cli.office import Office
    from projections.asking import Asked
    from projections.publications import Publication


def next_number(opened: Office) -> str:
    """Return the number after the highest that was ever used; those with letters do not count."""
    register = opened.register()
    entries = (register.entry(at) for at in register.positions(APPEALS))
    made = (entry.recorded for entry in entries if entry)
    used = [event.appeal for event in made if isinstance(event, AppealLodged)]
    return str(max((int(name) for name in used if name.isdecimal()), default=0) + 1)


def day_of_publication(opened: Office, number: int | None) -> date:
    """Return the day whose scores were published, by that number or last; else today."""
    chosen = _published(opened, number)
    return chosen.event.as_of if chosen else today()


def indicator_code(opened: Office, number: int | None, written: str) -> str:
    """Return the code of the indicator that an appeal against a publication names.

    Its Chinese name does as well; what is neither stays as written, and is refused by the check.
    """
    from projections.explaining import indicator_named

    chosen = _published(opened, number)
    if chosen is None:
        return written
    try:
        return indicator_named(chosen.point(opened.points).rulebook, written).id
    except NotKnown:
        return written


def _published(opened: Office, number: int | None) -> Publication | None:
    from projections.publications import publications

    made = publications(opened.register())
    chosen = [each for each in made if number in (None, each.event.publication)]
    return chosen[-1] if chosen else None


def print_appeals(opened: Office, asked: Asked, *, only_open: bool, as_json: bool) -> None:
    """List the appeals, or those that are open, as they stood at what is asked."""
    within = narrowed_to(opened, asked)
    found = [
        _told(appeal)
        for appeal in _within(opened, within)
        if not only_open or appeal.state in {"lodged", "proposed"}
    ]
    if as_json:
        print_json({"appeals": found})
        return
    columns = [("申诉", "left"), ("单位", "left"), ("公布号", "right"), ("提出", "left")]
    columns += [("状态", "left"), ("主张", "fold")]
    rows = (
        (f["appeal"], f["unit"], f["publication"], f["on"][:10], _state(f), f["claim"])
        for f in found
    )
    print_table("", columns, rows)


def _within(opened: Office, within: Narrowed) -> list[Appeal]:
    """Return the appeals against what was published of the year."""
    from projections.published_digests import ever_published

    register = opened.register(within.upto)
    found = appeals(register, within.as_of)
    if within.year is None:
        return found
    cycles: dict[int | None, str | None] = {}
    for made in ever_published(register):
        cycles[made.event.publication] = made.event.cycle
    return [
        appeal for appeal in found if cycles.get(_lodged(appeal).publication) == within.year.name
    ]


def print_appeal(opened: Office, number: str, asked: Asked, *, as_json: bool) -> None:
    """Show one appeal with everything that was said in it and every correction it brought.

    It is shown as it stood at what is asked. Raises ``NotKnown`` when it was not lodged then.
    """
    from projections.journal import Journal
    from projections.trail.known import appeal_numbered

    within = narrowed_to(opened, asked)
    register = opened.register(within.upto)
    known = appeal_numbered(register, number)
    found = next((a for a in appeals(register, within.as_of) if a.number == known.number), None)
    if found is None:
        message = f"到 {within.as_of} 为止还没有提出申诉“{known.number}”"
        raise NotKnown(message, fix=f"它提出于 {_lodged(known).on}，请写那一天或以后的日期。")
    # Corrections are recorded after the appeal; only they name it.
    journal = Journal(opened.log, words_of(opened), upto=within.upto)
    entries = [
        entry
        for entry in journal.entries(after=found.lodged.position - 1)
        if entry["fields"].get("appeal") == found.number
        and within.by_then(read_moment(entry["on"]))
    ]
    if as_json:
        print_json({**_told(found), "events": entries})
        return
    told = _told(found)
    click.echo(
        f"申诉 {found.number}：{told['unit']}，第 {told['publication']} 号公布，{_state(told)}"
    )
    print_events("", entries)


def _lodged(appeal: Appeal) -> AppealLodged:
    event = appeal.lodged.event
    assert isinstance(event, AppealLodged)  # noqa: S101  it is what began the appeal
    return event


def _told(appeal: Appeal) -> dict[str, Any]:
    event = _lodged(appeal)
    return {
        "appeal": appeal.number,
        "unit": event.unit,
        "publication": event.publication,
        "as_of": event.as_of.isoformat(),
        "on": event.on.isoformat(),
        "claim": event.claim,
        "late": event.late_reason is not None,
        "state": appeal.state,
        "outcome": appeal.outcome,
        "event": appeal.lodged.position,
    }


def _state(told: dict[str, Any]) -> str:
    outcome = OFFICE_CODES["outcomes"].get(told["outcome"] or "")
    late = "（逾期受理）" if told["late"] else ""
    return STATES[told["state"]] + (f"：{outcome}" if outcome else "") + late
