"""The scores that a trail compares: as published, just before the decision, and just after it."""

from __future__ import annotations

from typing import Any, NamedTuple

from domain.decisions.batch import Decided
from domain.errors import NotKnown
from domain.events.appeals import AppealWithdrawn
from domain.procedure import Appeal
from projections.absorbing import Counted, counted
from projections.asking import Asked, Point
from projections.claims import bare, digest
from projections.publications import Publication
from projections.sheet_json import heading, scores
from projections.sheets import Sheet
from projections.trail.known import Known, brought, ended


class Side(NamedTuple):
    """Everybody's sheets at one point, and the appealing unit's own.

    ``kind`` is ``published``, ``before_decision``, ``decided``, ``withdrawn``, ``now`` or
    ``proposed``. ``recorded`` is the last recorded position of the point: where corrections are
    only tried out, the point lies beyond it.
    """

    kind: str
    point: Point
    sheets: list[Sheet]
    own: Sheet
    recorded: int

    @property
    def parts(self) -> dict[str, list[Counted]]:
        """The lines in force by indicator, with what caps and weights leave of each."""
        return counted(self.own.total, self.own.lines)


class Sides(NamedTuple):
    """The three sides; while nothing is proposed there is nothing between the first and last."""

    before: Side
    eve: Side | None
    after: Side

    @property
    def all(self) -> list[Side]:
        """Those that there are, in their order."""
        return [side for side in self if side is not None]


def sides_of(
    known: Known, appeal: Appeal, unit: str, published: Publication, tried: list[Decided]
) -> Sides:
    """Return the sides for ``appeal``, all as of the day that was published.

    ``tried`` are the events that a decision would record now, if one is proposed. Raises
    ``NotKnown`` when the unit was enrolled after the publication.
    """
    event = published.event

    def side(kind: str, position: int) -> Side:
        point = known.points.find(Asked(event.as_of, f"#{position}", event.cycle))
        sheets = known.sheets.at(point)
        own = next((sheet for sheet in sheets if sheet.unit.id == unit), None)
        if own is None:
            message = f"第 {event.publication} 号公布的得分表里没有单位“{unit}”"
            fix = "这个单位是公布以后才登记的；请核对申诉针对的是哪一号公布。"
            raise NotKnown(message, fix=fix)
        return Side(kind, point, sheets, own, min(position, known.recorded_upto))

    before = side("published", event.position)
    end = ended(appeal)
    if end is not None:
        kind = "withdrawn" if isinstance(end.event, AppealWithdrawn) else "decided"
        last = max([end.position, *brought(appeal, known.log)])
        return Sides(before, side("before_decision", end.position - 1), side(kind, last))
    now = side("now", known.recorded_upto)
    if appeal.state == "lodged":
        return Sides(before, None, now)
    after = side("proposed", tried[-1].position) if tried else now._replace(kind="proposed")
    return Sides(before, now, after)


def side_json(side: Side) -> dict[str, Any]:
    """Return one side for the document: the point, the digest of all sheets, the unit's score.

    The digest is that of a publication, where nothing is only tried out.
    """
    own, real = side.own, side.point.position == side.recorded
    said = bare(scores(side.point, side.sheets))
    (sheet,) = scores(side.point, [own])["units"]
    names = ("total", "base", "bonus", "rank", "rank_in_category", "grade")
    return {
        "kind": side.kind,
        **heading(side.point),
        "recorded_upto": side.recorded,
        "sheets": digest(said) if real else None,
        "units": len(side.sheets),
        "has_base": side.point.rulebook.has_base,
        **{name: sheet[name] for name in names},
    }


def sheet_as_claimed(side: Side) -> Any:  # noqa: ANN401  any JSON value
    """Return the unit's sheet with its ranks, without what only explains it."""
    (sheet,) = bare(scores(side.point, [side.own]))["units"]
    return sheet
