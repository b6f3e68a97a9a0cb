"""Items explained: what is said of them one by one is what stands on the sheet."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from projections.asking import Asked
from projections.items.document import item_explanation
from tests.oracle.facts import Fact, resolved, standing
from tests.projections.documents import Document, added, explained, places
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from cli.office import Office
    from domain.setting import Unit
    from projections.asking import Point

BONUSES = ("adoption", "endorsement", "surplus")
MAKING = ("SubmissionReceived", "ItemsMerged")
ENDS = (date(2022, 12, 31), date(2023, 12, 31))
ITEMS = frozenset({
    "SubmissionReceived", "ItemAdopted", "ItemEndorsed", "ItemsMerged", "CommissionIssued",
    "FindingMade", "QuotaSet",
})  # fmt: skip
SHORT = re.compile(r"应报 (\d+) 条，少报 (\d+) 条")


class Told:
    """Everything that is said of one unit's items at a point, beside its explained sheet."""

    def __init__(self, office: Office, lines: Lines, point: Point, unit: Unit) -> None:
        (self.sheet,) = office.sheets.at(point, [unit])
        self.document = explained(office, point, unit)
        self.unit = unit
        self.facts = standing(resolved(lines), point.position)
        self.items = {fact["item"]: fact for fact in self.facts if fact.type in MAKING}
        self.rules = {each.id: each.rule for each in point.rulebook.indicators.values()}
        self.said = {
            number: item_explanation(
                number,
                point,
                self.sheet,
                facts=office.facts_upto(point.position),
                reading=office.reading,
                log=office.log,
            )
            for number in self.items
        }

    def lines(self) -> Iterator[tuple[str, Document]]:
        """Each line of the sheet with its indicator, in force or pending."""
        for group in self.document["groups"]:
            for entry in group["indicators"]:
                yield from ((entry["id"], line) for line in entry["lines"])
        yield from ((line["indicator"], line) for line in self.document["pending"])

    def decisions(self, number: str) -> Iterator[tuple[str, Document]]:
        """Each decision on an item with its indicator."""
        for entry in self.said[number]["indicators"]:
            yield from ((entry["id"], made) for made in entry["decisions"])

    def names(self, number: str) -> set[str]:
        """The item, and what it was merged into where the unit is an author of it."""
        found = {number}
        if self.unit.id in self.authors(number):
            while more := {w for w in self.items if self.parts(w) & found} - found:
                found |= more
        return found

    def parts(self, number: str) -> set[str]:
        """What an item was merged from."""
        return set(self.items[number].get("items") or ())

    def authors(self, number: str) -> set[str]:
        """The units that wrote an item, or a part of it."""
        made = self.items[number]
        if made.type == "SubmissionReceived":
            return set(made.get("units") or [made.get("unit")])
        return {unit for part in made["items"] for unit in self.authors(part)}

    def findings(self, numbers: set[str]) -> set[int]:
        """Where the findings were recorded that name one of these items."""
        found = (fact for fact in self.facts if fact.type == "FindingMade")
        return {fact.position for fact in found if fact.get("item") in numbers}


def told(office: Office, lines: Lines, chance: Random) -> Iterator[Told]:
    """What is said to one unit at some point, and to each of them in the end."""
    for point, unit in islice(places(office, lines, chance), 1):
        yield Told(office, lines, point, unit)
    end = office.point(Asked(chance.choice(ENDS)))
    for unit in end.setting.units.values():
        yield Told(office, lines, end, unit)


@tried_on(few=15, many=80, theme=ITEMS)
def test_every_line_of_an_item_is_told_once(lines: Lines, chance: Random) -> None:
    """Adoptions, endorsements, surplus and findings: each line is one decision on its own item."""
    with desk(lines) as opened:
        for asked in told(opened.office, lines, chance):
            named = asked.findings(set(asked.items))
            wanted = Counter(
                (name, line["points"], *line["events"])
                for name, line in asked.lines()
                if asked.rules[name] in BONUSES or named & set(line["events"])
            )
            given = Counter(
                (name, made["line"]["points"], *made["line"]["events"])
                for number in asked.items
                for name, made in asked.decisions(number)
                if made["line"] and made["item"] == number
            )
            assert given == wanted


@tried_on(few=15, many=80, theme=ITEMS)
def test_the_points_of_an_item_are_those_of_its_lines(lines: Lines, chance: Random) -> None:
    """An item comes to the sum of the unit's lines that rest on its making or on its findings."""
    with desk(lines) as opened:
        for asked in told(opened.office, lines, chance):
            shown = {id(line): (name, line) for name, line in asked.lines()}
            pending = {id(line) for line in asked.document["pending"]}
            for number, said in asked.said.items():
                mine = [(key, line) for key, (name, line) in shown.items()
                        if _rests_on(asked, asked.rules[name], line, number)]  # fmt: skip
                in_force = [line for key, line in mine if key not in pending]
                assert Decimal(said["points"]) == added(in_force, "points")
                assert Decimal(said["counted"]) == added(in_force, "counted")
                later = [line for key, line in mine if key in pending]
                assert Decimal(said["pending"]) == added(later, "points")


def _rests_on(asked: Told, rule: str, line: Document, number: str) -> bool:
    """Tell whether a line is there because of an item, by the events that it names."""
    numbers, events = asked.names(number), set(line["events"])
    if rule == "finding":
        return bool(asked.findings(numbers) & events)
    if rule == "surplus":
        return asked.items[number].position in events
    made = {asked.items[each].position for each in numbers}
    used = _uses(asked.facts, numbers)
    return rule in BONUSES and bool(made & events) and bool(used & events)


def _uses(facts: Iterable[Fact], numbers: set[str]) -> set[int]:
    return {
        fact.position
        for fact in facts
        if fact.type in {"ItemAdopted", "ItemEndorsed"} and fact["item"] in numbers
    }


@tried_on(few=15, many=80, theme=ITEMS)
def test_a_shortfall_is_what_the_counted_items_leave(lines: Lines, chance: Random) -> None:
    """So many items are said to count in a period as its line says were not missing."""
    with desk(lines) as opened:
        for asked in told(opened.office, lines, chance):
            for name, line in asked.lines():
                if line["code"] == "quota_shortfall":
                    required, missing = map(int, SHORT.search(line["text"]).groups())  # type: ignore[union-attr]
                    assert _counted(asked, name, set(line["events"])) == required - missing


def _counted(asked: Told, indicator: str, quota: set[int]) -> int:
    made = [made for n in asked.items for name, made in asked.decisions(n) if name == indicator]
    return sum(each["outcome"] == "counted" and quota <= set(each["events"]) for each in made)


@tried_on(few=15, many=80, theme=ITEMS)
def test_an_answer_in_time_leaves_no_line_and_a_late_one_names_it(
    lines: Lines, chance: Random
) -> None:
    """A commission that an item answered takes no points; the line that a late one left is told."""
    with desk(lines) as opened:
        for asked in told(opened.office, lines, chance):
            overdue = [line for _, line in asked.lines() if line["code"] == "commission_overdue"]
            for number in asked.items:
                for _, made in asked.decisions(number):
                    left = [line for line in overdue if set(line["events"]) <= set(made["events"])]
                    if made["outcome"] == "answered":
                        assert left == []
                    if made["outcome"] == "late" and not asked.unit.merged:
                        assert [line["points"] for line in left] == [made["against"]["points"]]


@tried_on(few=15, many=80, theme=ITEMS)
def test_every_decision_has_a_reason_and_events(lines: Lines, chance: Random) -> None:
    """Whatever came of an item, it is said why and on which events, known at that point."""
    with desk(lines) as opened:
        for asked in told(opened.office, lines, chance):
            for number, said in asked.said.items():
                assert said["indicators"], "nothing is said of it"
                assert len(said["item"]["units"]) == len(asked.authors(number))
                for _, made in asked.decisions(number):
                    _is_complete(made, said["known_at"]["position"])


def _is_complete(made: Document, position: int) -> None:
    assert made["reasons"]
    assert all(reason["text"] for reason in made["reasons"])
    shown = [event["position"] for event in made["rests_on"]]
    shown += [held["position"] for event in made["rests_on"] for held in event["corrections"]]
    assert sorted(shown) == made["events"]
    assert made["events"][-1] <= position
    assert (made["outcome"] in {"scored", "absorbed", "pending"}) <= (made["line"] is not None)
