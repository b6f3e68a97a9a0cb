"""Whether an event would be valid at its place, after those already admitted.

The checks are the right column of the event catalogue, taken strictly: after any correction or
retraction the whole log, as it then stands, must pass them again in its order. A line refused
here may yet be valid; one accepted should be accepted by any reader of the catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from . import rules_quota
from .times import When, when
from .year import Unit, authors, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from .facts import Fact

NUMBER = {
    "CycleOpened": "cycle",
    "UnitEnrolled": "unit",
    "DocumentIssued": "document",
    "StaffChanged": "change",
    "CommissionIssued": "commission",
    "SubmissionReceived": "item",
    "ItemsMerged": "item",
    "FindingMade": "finding",
    "SecondmentStarted": "secondment",
    "ScoresPublished": "publication",
    "AppealLodged": "appeal",
    "CorrectionProposed": "proposal",
}


class Standing:
    """What has been admitted so far, in the order of the log."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.numbers: dict[tuple[str, str], Fact] = {}
        self.parts: set[str] = set()
        self.ended: set[str] = set()
        self.closed: set[str] = set()
        self.merged: set[str] = set()
        self.dues: dict[str, list[Fact]] = defaultdict(list)
        self.withdrawn: dict[str, list[Fact]] = defaultdict(list)

    def find(self, field: str, number: str | None) -> Fact | None:
        """The event that made a number, if it stands."""
        return None if number is None else self.numbers.get((field, number))

    def of_type(self, event_type: str) -> list[Fact]:
        """The admitted events of a type."""
        return [fact for fact in self.facts if fact.type == event_type]

    def units(self) -> list[str]:
        """The enrolled names."""
        return [number for field, number in self.numbers if field == "unit"]

    def due(self, commission: Fact, unit: str) -> When:
        """The due in force for a unit."""
        source = commission
        for extension in self.dues[commission["commission"]]:
            if extension.concerns(unit):
                source = extension
        return when(source["due"])

    def open_to(self, commission: Fact) -> list[str]:
        """The units a commission addresses and was not withdrawn for."""
        gone = self.withdrawn[commission["commission"]]
        return [
            unit
            for unit in self.units()
            if commission.concerns(unit) and not any(fact.concerns(unit) for fact in gone)
        ]

    def received(self, item: Fact) -> date:
        """The day from which an item can be adopted: its own or its last part's."""
        parts = [self.find("item", part) for part in item.get("items") or ()]
        return max([item.day, *(self.received(part) for part in parts if part)])

    def admit(self, fact: Fact) -> bool:
        """Take one more event if it passes its check."""
        field = NUMBER.get(fact.type)
        if field and (field, fact[field]) in self.numbers:
            return False
        check = CHECKS.get(fact.type)
        if check and not check(self, fact):
            return False
        if fact.type in QUOTA_CONCERNS and _quotas_overlap([*self.facts, fact]):
            return False
        self._take(fact)
        return True

    def _take(self, fact: Fact) -> None:
        self.facts.append(fact)
        field = NUMBER.get(fact.type)
        if field:
            self.numbers[field, fact[field]] = fact
        if fact.type == "ItemsMerged":
            self.parts.update(fact["items"])
        elif fact.type == "SecondmentEnded":
            self.ended.add(fact["secondment"])
        elif fact.type == "CycleClosed":
            self.closed.add(fact["cycle"])
        elif fact.type == "UnitChanged" and fact.get("into"):
            self.merged.add(fact["unit"])
        elif fact.type == "CommissionExtended":
            self.dues[fact["commission"]].append(fact)
        elif fact.type == "CommissionWithdrawn":
            self.withdrawn[fact["commission"]].append(fact)


QUOTA_CONCERNS = {"QuotaSet", "UnitEnrolled", "UnitChanged"}


def _quotas_overlap(facts: Sequence[Fact]) -> bool:
    quotas = [fact for fact in facts if fact.type == "QuotaSet"]
    return bool(quotas) and any(
        _overlap(_periods(quotas, unit, kind))
        for unit in units_of(facts)
        for kind in rules_quota.KINDS
    )


def _periods(quotas: Sequence[Fact], unit: Unit, kind: str) -> list[tuple[date, date]]:
    """The different periods for which a unit has a quota of a kind, in order."""
    own = (quota for quota in quotas if quota["kind"] == kind and rules_quota.covers(quota, unit))
    return sorted({(when(quota["from"]).day, when(quota["to"]).day) for quota in own})


def _overlap(periods: Sequence[tuple[date, date]]) -> bool:
    return any(later[0] <= earlier[1] for earlier, later in pairwise(periods))


def _cycle(state: Standing, fact: Fact) -> bool:
    starts, ends = when(fact["starts"]).day, when(fact["ends"]).day
    others = state.of_type("CycleOpened")
    return starts <= ends and all(
        when(other["ends"]).day < starts or ends < when(other["starts"]).day for other in others
    )


def _unit_changed(state: Standing, fact: Fact) -> bool:
    into = fact.get("into")
    return not into or (
        into != fact["unit"] and fact["unit"] not in state.merged and into not in state.merged
    )


def _quota(_: Standing, fact: Fact) -> bool:
    return when(fact["from"]).day <= when(fact["to"]).day


def _document(state: Standing, fact: Fact) -> bool:
    return state.find("document", fact["document"]) is not None


def _notified(state: Standing, fact: Fact) -> bool:
    change = state.find("change", fact["change"])
    return change is not None and fact.day >= change.day


def _commission(_: Standing, fact: Fact) -> bool:
    return when(fact["due"]).day >= fact.day


def _named_units(state: Standing, fact: Fact, commission: Fact) -> list[str]:
    """The units an extension or withdrawal names; every unit addressed, if none."""
    named = fact.get("units")
    return list(named) if named else [u for u in state.units() if commission.concerns(u)]


def _extended(state: Standing, fact: Fact) -> bool:
    commission = state.find("commission", fact["commission"])
    if commission is None:
        return False
    named, due = _named_units(state, fact, commission), when(fact["due"]).day
    return set(named) <= set(state.open_to(commission)) and all(
        due > state.due(commission, unit).day for unit in named
    )


def _withdrawn(state: Standing, fact: Fact) -> bool:
    commission = state.find("commission", fact["commission"])
    return commission is not None and set(_named_units(state, fact, commission)) <= set(
        state.open_to(commission)
    )


def _declined(state: Standing, fact: Fact) -> bool:
    commission = state.find("commission", fact["commission"])
    return commission is not None and fact["unit"] in state.open_to(commission)


def _submission(state: Standing, fact: Fact) -> bool:
    if fact["kind"] == "special" and fact.get("characters") is None:
        return False
    if not fact.get("commission"):
        return True
    commission = state.find("commission", fact["commission"])
    return commission is not None and bool(set(authors(fact)) & set(state.open_to(commission)))


def _merged(state: Standing, fact: Fact) -> bool:
    parts = [state.find("item", number) for number in fact["items"]]
    used = [*state.of_type("ItemAdopted"), *state.of_type("ItemEndorsed")]
    return all(
        part is not None
        and part["item"] not in state.parts
        and fact.day >= state.received(part)
        and all(use["item"] != part["item"] or use.day <= fact.day for use in used)
        for part in parts
    )


def _about_item(state: Standing, fact: Fact) -> bool:
    item = state.find("item", fact["item"])
    return item is not None and item["item"] not in state.parts and fact.day >= state.received(item)


def _finding(state: Standing, fact: Fact) -> bool:
    return fact.get("item") is None or state.find("item", fact["item"]) is not None


def _secondment_ended(state: Standing, fact: Fact) -> bool:
    start = state.find("secondment", fact["secondment"])
    return start is not None and fact.day >= start.day and fact["secondment"] not in state.ended


def _cycle_closed(state: Standing, fact: Fact) -> bool:
    return state.find("cycle", fact["cycle"]) is not None and fact["cycle"] not in state.closed


def _ruling(state: Standing, fact: Fact) -> bool:
    return fact.get("cycle") is None or state.find("cycle", fact["cycle"]) is not None


CHECKS: dict[str, Callable[[Standing, Fact], bool]] = {
    "CycleOpened": _cycle,
    "CycleClosed": _cycle_closed,
    "UnitChanged": _unit_changed,
    "QuotaSet": _quota,
    "LeaderInstructed": _document,
    "StaffChangeNotified": _notified,
    "CommissionIssued": _commission,
    "CommissionExtended": _extended,
    "CommissionWithdrawn": _withdrawn,
    "CommissionDeclined": _declined,
    "SubmissionReceived": _submission,
    "ItemsMerged": _merged,
    "ItemAdopted": _about_item,
    "ItemEndorsed": _about_item,
    "FindingMade": _finding,
    "SecondmentEnded": _secondment_ended,
    "RulingMade": _ruling,
}
