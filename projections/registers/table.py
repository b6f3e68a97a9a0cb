"""The table of the office's lists, in the order in which an office meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from domain.days import day_of
from domain.errors import NotKnown
from domain.listing import Listed, Listing, Row
from domain.log import Log
from projections.known import Known
from projections.origins import origins
from projections.registers.adoptions import ADOPTIONS
from projections.registers.answers import ANSWERS
from projections.registers.commissions import COMMISSIONS
from projections.registers.duties import DUTIES
from projections.registers.endorsements import ENDORSEMENTS
from projections.registers.findings import FINDINGS
from projections.registers.instructions import INSTRUCTIONS
from projections.registers.meetings import MEETINGS
from projections.registers.roll import Roll
from projections.registers.rulings import RULINGS
from projections.registers.secondments import SECONDMENTS
from projections.registers.staff import STAFF
from projections.registers.submissions import SUBMISSIONS

ROLLS: Mapping[str, Roll] = {
    "submissions": SUBMISSIONS,
    "adoptions": ADOPTIONS,
    "endorsements": ENDORSEMENTS,
    "commissions": COMMISSIONS,
    "answers": ANSWERS,
    "instructions": INSTRUCTIONS,
    "meetings": MEETINGS,
    "duties": DUTIES,
    "staff": STAFF,
    "secondments": SECONDMENTS,
    "findings": FINDINGS,
    "rulings": RULINGS,
}


def listing(
    name: str, known: Known, log: Log, *, since: date | None = None, only_open: bool = False
) -> Listing:
    """Return the list of that name, for the units that ``known`` is about.

    ``since`` leaves out rows about what happened before that day, by their column ``on``, and
    ``only_open`` what is settled. Raises ``NotKnown`` for a list in which nothing is
    ever open.
    """
    roll = ROLLS[name]
    if only_open and not roll.opens:
        fix = f"可用 --open 的清单是：{'、'.join(each for each, of in ROLLS.items() if of.opens)}"
        raise NotKnown(f"清单 {name}（{roll.title}）里没有待了结的事项，不能用 --open", fix=fix)
    rows = [row for row in roll.rows(known) if _asked(row, known, only_open=only_open)]
    meaning = roll.meaning
    if since is not None:
        rows = [row for row in rows if _lies_within(row, since)]
        meaning = f"{meaning}只列 {since} 起的。"
    return Listing(name, roll.title, meaning, roll.columns(known), list(_listed(rows, known, log)))


def _asked(row: Row, known: Known, *, only_open: bool) -> bool:
    if only_open and not row.is_open:
        return False
    return row.units is None or known.wanted is None or not row.units.isdisjoint(known.wanted)


def _lies_within(row: Row, since: date) -> bool:
    """Tell whether a row is about ``since`` or later; a vacancy is about no day at all."""
    on = row.values.get("on")
    return isinstance(on, date) and day_of(on) >= since


def _listed(rows: Iterable[Row], known: Known, log: Log) -> Iterator[Listed]:
    """Yield each row with the events it rests on, all read from the log at once."""
    rows = list(rows)
    told = origins(known.point, log, {at for row in rows for at in row.events})
    for row in rows:
        yield Listed(row, [told[at] for at in row.events])
