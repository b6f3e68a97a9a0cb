"""Which facts a kind of rule looks at, and the function that judges them.

A family is the first word of a topic: the rules of the family ``item`` look at the topics
``item/…``. A rulebook names rules by the names in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

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
    """A kind of rule: the family of topics it looks at and the function that judges them."""

    family: str
    judge: Callable[[Case, Indicator], Iterator[Draft]]


RULES = {
    "instruction": Rule("document", instruction),
    "deployment": Rule("deployment", deployment),
    "duties": Rule("duties", duties),
    "liaison": Rule("change", liaison),
    "finding": Rule("finding", finding),
    "commissioned": Rule("commission", commissioned),
    "shortfall": Rule("quota", shortfall),
    "surplus": Rule("quota", surplus),
    "adoption": Rule("item", adoption),
    "endorsement": Rule("item", endorsement),
    "secondment": Rule("secondment", secondment),
}
