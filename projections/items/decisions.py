"""A decision on an item: what came of one clause for it, why, and the line that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.lines import Case, Line, show
from domain.register import Register
from domain.rulebook.model import Indicator
from domain.setting import Unit
from projections.absorbing import Counted, counted
from projections.asking import Point
from projections.sheets import Sheet

_SAID_BY_CODE = ("unpriced", "endorsed_not_adopted", "endorsed_elsewhere")
"""Codes of lines of 0 points whose text says why."""


class Reason(NamedTuple):
    """Why: a code for programs, and a sentence for the office."""

    code: str
    text: str


class Held(NamedTuple):
    """A line of the sheet, and what is counted of it once it is in force."""

    line: Line
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of an item under one clause.

    ``outcome`` is ``scored``, ``absorbed`` (a line that a cap or weight swallowed whole),
    ``pending`` (a line that begins later), ``counted`` (towards a quota), ``answered`` or ``late``
    (to a commission), ``not_scored``. ``held`` is the line that the item gives, ``against`` one
    that stands although the item is there. ``events`` are never empty.
    """

    indicator: Indicator
    item: str
    matter: str
    outcome: str
    reasons: tuple[Reason, ...]
    events: tuple[int, ...]
    held: Held | None = None
    against: Held | None = None


class Question(NamedTuple):
    """What is asked: one unit's sheet at a point, and the register as it was known there."""

    point: Point
    unit: Unit
    register: Register
    lines: Mapping[str, Sequence[Held]]

    @classmethod
    def about(cls, point: Point, sheet: Sheet, register: Register) -> Question:
        """Return the question about the unit of ``sheet``."""
        lines = {
            name: [Held(each.line, each) for each in held]
            for name, held in counted(sheet.total, sheet.lines).items()
        }
        for line in sheet.pending:
            lines[line.indicator].append(Held(line, None))
        return cls(point, sheet.unit, register, lines)

    def case(self, topic: str, number: str) -> Case:
        """Return what the rules look at for one subject, as it was known."""
        point = self.point
        facts = self.register.facts(topic)
        return Case(
            self.unit,
            number,
            point.cycle,
            point.rulebook,
            point.readings,
            point.setting,
            facts,
            {},
            {},
        )

    def indicators(self, rule: str) -> list[Indicator]:
        """Return the indicators that a kind of rule scores."""
        return [each for each in self.point.rulebook.indicators.values() if each.rule == rule]

    def line(self, indicator: Indicator, position: int) -> Held | None:
        """Return the line of ``indicator`` that rests on the event at ``position``."""
        lines = self.lines[indicator.id]
        return next((held for held in lines if position in held.line.events), None)

    def word(self, vocabulary: str, code: str) -> str:
        """Return the office's word for a code."""
        return self.point.rulebook.vocabulary.get(vocabulary, {}).get(code, code)

    def called(self, units: Iterable[str]) -> list[str]:
        """Return what units are called on the day asked about, in the order of enrolment."""
        named, enrolled = set(units), self.point.setting.units.values()
        return [each.name_on(self.point.as_of) for each in enrolled if each.id in named]

    def names(self, units: Iterable[str]) -> str:
        """Return what units are called, in one text."""
        return "、".join(self.called(units))

    def outside_cycle(self, what: str) -> Reason:
        """Return the reason that something lies in another year."""
        cycle = self.point.cycle
        text = f"{what}，不在考核年度 {cycle.name}（{cycle.starts} 至 {cycle.ends}）之内"
        return Reason("outside_cycle", text)

    def scored(  # noqa: PLR0913  what a decision is made of
        self,
        indicator: Indicator,
        item: str,
        matter: str,
        *,
        at: int,
        events: tuple[int, ...],
        notes: Iterable[Reason] = (),
    ) -> Decision:
        """Return the decision on what counts: the line that rests on the event ``at`` a position.

        What counts has no line only where the unit was merged into another before it began.
        """
        held = self.line(indicator, at)
        if held is None:
            reason = Reason("unit_merged", _merged(self.unit))
            return Decision(indicator, item, matter, "not_scored", (reason,), events)
        said = notes if held.line.points else ()
        reasons = (Reason(held.line.code, held.line.text), *said, *_left(held))
        return Decision(indicator, item, matter, _outcome(held), reasons, held.line.events, held)


def _outcome(held: Held) -> str:
    if held.counted is None:
        return "pending"
    if not held.line.points:
        return "not_scored"
    return "scored" if held.counted.points else "absorbed"


def _left(held: Held) -> Iterable[Reason]:
    line, left = held
    if not line.points and line.code not in _SAID_BY_CODE:
        yield Reason("no_price", "现行分值为 0，不计分")
    if left is None:
        yield Reason("pending", f"从 {line.effective_from} 起计入，此前为待计")
    elif left.absorbed_by_cap:
        text = f"{show(left.absorbed_by_cap)} 分超出本项上限，被吸收"
        yield Reason("absorbed_by_cap", text)
    if left and left.absorbed_by_weight:
        text = f"{show(left.absorbed_by_weight)} 分超出一级指标权重，被吸收"
        yield Reason("absorbed_by_weight", text)


def _merged(unit: Unit) -> str:
    day, into = unit.merged or (None, "")
    return f"本单位已于 {day} 并入{into}，此后的事项不再记入本单位"
