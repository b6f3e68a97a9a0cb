"""Which facts a kind of rule looks at, and the function that judges them.

A family is the first word of a topic: the rules of the family ``item`` look at the topics
``item/…``. A rulebook names rules by the names in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from domain.events.base import Event
from domain.events.commissions import CommissionIssued
from domain.events.items import FindingMade, ItemAdopted, ItemEndorsed
from domain.events.leadership import DocumentIssued, StaffChanged
from domain.events.secondments import SecondmentStarted
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.rules.adoption import adoption
from domain.rules.commissioned import commissioned
from domain.rules.endorsement import endorsement
from domain.rules.evidence import deployment, duties
from domain.rules.finding import finding
from domain.rules.instruction import instruction
from domain.rules.liaison import liaison
from domain.rules.quota import shortfall, surplus
from domain.rules.secondment import secondment


class Rule(NamedTuple):
    """A kind of rule: the family of topics it looks at and the function that judges them.

    ``needs`` is the event without which it gives no line, whatever else is known; a rule that
    needs none takes points for what did not happen.
    """

    family: str
    judge: Callable[[Case, Indicator], Iterable[Draft]]
    needs: type[Event] | None = None


RULES = {
    "instruction": Rule("document", instruction, DocumentIssued),
    "deployment": Rule("deployment", deployment),
    "duties": Rule("duties", duties),
    "liaison": Rule("change", liaison, StaffChanged),
    "finding": Rule("finding", finding, FindingMade),
    "commissioned": Rule("commission", commissioned, CommissionIssued),
    "shortfall": Rule("quota", shortfall),
    "surplus": Rule("quota", surplus),
    "adoption": Rule("item", adoption, ItemAdopted),
    "endorsement": Rule("item", endorsement, ItemEndorsed),
    "secondment": Rule("secondment", secondment, SecondmentStarted),
}


def _needs(family: str) -> frozenset[type[Event]]:
    needs = [rule.needs for rule in RULES.values() if rule.family == family]
    return frozenset() if None in needs else frozenset(kind for kind in needs if kind)


NEEDS = {rule.family: _needs(rule.family) for rule in RULES.values()}
"""For each family the events without any of which a subject has no line; none: it may have one."""
