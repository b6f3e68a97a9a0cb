"""The trail of an appeal as one plain document; text, Markdown and HTML only show it.

``docs/reference/appeal-trail.md`` says what each field holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from domain.events.appeals import AppealEvent
from domain.events.codec import decode
from domain.procedure import Appeal
from domain.register import Register
from domain.standing import Standing
from domain.wording import describe
from projections.items.decisions import Question
from projections.publications import Publication, publication_numbered, publications
from projections.sheet_json import scores
from projections.trail.course import appeal_json, end_json, proposals_json
from projections.trail.events import events_json, name_targets
from projections.trail.known import Known, Trial, brought, lodged
from projections.trail.lines import Row, groups_json, indicators_of, line_document, rows_of
from projections.trail.missing import Missing, missing_behind
from projections.trail.ranks import ranks_json
from projections.trail.sides import Side, Sides, sheet_as_claimed, side_json, sides_of
from projections.trail.sources import sources_json
from projections.trail.steps import Steps, change_json
from projections.unrecorded import Unrecorded

FORM: Final = "kaohe-appeal-trail-2"
"""Raised when a field changes its meaning."""


class Trail:
    """One appeal, answered from what is known.

    ``trial`` is what came of trying out the corrections of an appeal that is proposed. Raises
    ``IntegrityBroken`` when the sheets are not those that were published, and ``NotKnown`` when
    the publication does not stand.
    """

    def __init__(self, known: Known, appeal: Appeal, trial: Trial) -> None:
        self._known, self._appeal, self._trial = known, appeal, trial
        contested = lodged(appeal)
        now = Register(known.facts(known.recorded_upto))
        self._published = publication_numbered(now, contested.publication or 0)
        self._all = list(publications(now))
        unit = contested.unit
        self._sides = sides_of(known, appeal, unit, self._published, list(trial.events))
        self._latest = max(known.recorded_upto, self._sides.after.point.position)
        self._register = Register(known.facts(self._latest))
        self._questions = {
            side.kind: Question.about(
                side.point, side.own, Register(known.facts(side.point.position))
            )
            for side in self._sides.all
        }
        self._steps = Steps(known, self._sides)
        self._named: set[int] = set()

    def document(self, *, sealed: dict[str, Any]) -> dict[str, Any]:
        """Return the whole document.

        ``sealed`` is what the tree and the key of the log are: ``log`` (its origin), ``key``,
        ``fingerprint`` and ``root``.
        """
        known, sides = self._known, self._sides
        rows, words = rows_of(sides), sides.after.point.rulebook.vocabulary
        body = {
            "appeal": appeal_json(self._appeal, self._published, sides),
            "publication": self._publication(self._published),
            "later": [self._later(made) for made in self._all if self._is_later(made)],
            **{
                name: side_json(side) if side else None
                for name, side in zip(Sides._fields, sides, strict=True)
            },
            "change": change_json(sides),
            "steps": self._steps.document(),
            "groups": groups_json(sides, rows, self._line),  # and notes which events it names
            "without_line": self._without_line(rows),
            "notices": scores(sides.after.point, [sides.after.own])["units"][0]["notices"],
            "ranks": ranks_json(sides),
            "course": [self._appeal.lodged.position, *(f.position for f in self._appeal.followed)],
            "proposals": proposals_json(self._appeal, known, words),
            "end": end_json(self._appeal),
            "corrections": brought(self._appeal, known.log),
            "also_named": list(self._also_named()),
            "trial": {
                "events": [decided.position for decided in self._trial.events[1:]],
                "faults": list(self._trial.faults),
            },
        }
        body["events"] = events_json(
            known, self._register, words, self._positions(body), origin=sealed["log"]
        )
        behind = {at for held in rows.values() for row in held for at in row.line.events}
        told_in_full = {event["position"] for event in body["events"]}
        body["sources"] = sources_json(known.log, behind - told_in_full)
        (row,) = known.log.rows_at([known.recorded_upto])
        at = {"position": known.recorded_upto, "recorded_at": row.recorded_at}
        if self._trial.events:
            told = Unrecorded(self._trial.names).at(at)
            body |= told({name: body[name] for name in _TRIED})
            name_targets(body["events"])
        return {"form": FORM, "known_at": at, **body, "verify": sealed}

    def _publication(self, made: Publication) -> dict[str, Any]:
        known = self._known
        return {
            **made.document(known.log),
            "agrees": made.agrees(known.sheets, known.points),
            "imported": made.event.source is not None,
        }

    def _is_later(self, made: Publication) -> bool:
        contested = self._published
        return made.event.cycle == contested.event.cycle and made.position > contested.position

    def _later(self, made: Publication) -> dict[str, Any]:
        """Return a later publication: the unit's score in it, and whether it is that after."""
        known, after = self._known, self._sides.after
        point = made.point(known.points)
        (own,) = known.sheets.at(point, [after.own.unit])
        then = Side("published", point, [own], own, point.position)
        follows = self._appeal.state in {"decided", "withdrawn"} and (
            made.event.position >= after.recorded
        )
        compared = follows and point.as_of == after.point.as_of
        same = compared and sheet_as_claimed(then) == sheet_as_claimed(after)
        between = Steps(known, Sides(after, None, then)) if compared and not same else None
        return {
            **self._publication(made),
            **{name: value for name, value in side_json(then).items() if name in _SCORE},
            "follows": follows,
            "same_as_after": same if compared else None,
            "differs_by": sorted({at for s in between.document() for at in s["events"]})
            if between
            else [],
        }

    def _line(self, row: Row) -> dict[str, Any]:
        line = row.line
        indicator = indicators_of(self._sides)[line.indicator]
        contested, document = self._is_contested(row), line_document(row, indicator)
        detailed = contested or row.changed
        side = self._sides.after if row.after else self._sides.before
        missing = missing_behind(line, self._questions[side.kind]) if detailed else None
        causes = self._steps.behind(line) if detailed else []
        if detailed:
            self._named.update(line.events, causes, missing.positions if missing else ())
        return {
            **document,
            "contested": contested,
            "detailed": detailed,
            "causes": causes,
            "corrected": self._corrected(line.events) if detailed else [],
            "missing": _missing(missing, row, side),
        }

    def _is_contested(self, row: Row) -> bool:
        said = lodged(self._appeal)
        if not said.events and said.indicator is None:
            return True
        roots = {self._root(at) for at in row.line.events} | set(row.line.events)
        return row.line.indicator == said.indicator or not roots.isdisjoint(said.events)

    def _root(self, position: int) -> int:
        return self._register.root(position) if position in self._register else position

    def _corrected(self, events: Iterable[int]) -> list[dict[str, Any]]:
        """Return what of ``events`` counts with another content than was recorded."""
        standing = Standing()
        held = self._known.facts(self._latest).events_at(sorted(events))
        for at in sorted(held):
            standing.record(at, held[at])
        words = self._sides.after.point.rulebook.vocabulary
        return [
            {
                "event": fact.position,
                "by": list(fact.corrections),
                "on": fact.event.on.isoformat(),
                "summary": describe(fact.event, words),
            }
            for fact in standing.facts()
            if fact.corrections
        ]

    def _without_line(self, rows: dict[str, list[Row]]) -> list[int]:
        """Return the contested events that no line rests on or was found wanting by."""
        held = {at for inside in rows.values() for row in inside for at in row.line.events}
        held |= self._named
        return [at for at in lodged(self._appeal).events if at not in held]

    def _also_named(self) -> Iterator[int]:
        """Yield what was recorded for the appeal otherwise than with its decision."""
        known, began = self._known, self._appeal.lodged.position
        own = {began, *brought(self._appeal, known.log)}
        for row in known.log.rows(after=began, upto=known.recorded_upto):
            if b'"appeal"' in row.data and row.position not in own:
                event = decode(row.type, row.data)
                if event.appeal == self._appeal.number and not isinstance(event, AppealEvent):
                    yield row.position

    def _positions(self, body: dict[str, Any]) -> set[int]:
        """Return every event that the document names by its position."""
        named = {*self._named, *body["without_line"], *body["course"], *body["corrections"]}
        named |= {*body["also_named"], *body["trial"]["events"], body["publication"]["event"]}
        named |= {*body["appeal"]["contested"]}
        for step in (*body["steps"], *({"events": made["differs_by"]} for made in body["later"])):
            named |= set(step["events"])
        named |= {made["event"] for made in body["later"]}
        for group in body["groups"]:
            for indicator in group["indicators"]:
                shown = any(line["detailed"] for line in indicator["lines"])
                if shown or indicator["id"] == lodged(self._appeal).indicator:
                    rulings = [(r["ruling"], r["ruling_before"]) for r in indicator["readings"]]
                    named |= {at for pair in rulings for at in pair if at is not None}
        return named


_TRIED = frozenset({"after", "steps", "groups", "without_line", "trial", "events"})
"""The parts of the document that may cite what is only tried out."""

_SCORE = frozenset({"total", "base", "bonus", "rank", "rank_in_category", "grade", "has_base"})


def _missing(missing: Missing | None, row: Row, side: Side) -> dict[str, Any] | None:
    return missing.document(row.line, side.recorded, side.point.as_of) if missing else None
