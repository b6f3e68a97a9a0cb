"""The kinds of rule there are, and what a rulebook has to say for each.

This is the one place that both sides are held to: a rulebook is refused when it does not fit its
row here, and each row has a function of the same name in ``domain.rules``. A scheme uses only the
kinds it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from domain.rulebook.model import ParameterKind

VOCABULARIES = (
    "categories",
    "kinds",
    "contents",
    "levels",
    "leaders",
    "findings",
    "documents",
    "topics",
    "roles",
    "hosts",
    "bodies",
)
"""The lists of codes that a rulebook may hold.

``kinds`` are those of submissions; ``levels`` name the offices that adopt, ``leaders`` those who
endorse, under the same codes.
"""

ALWAYS_NEEDED = ("categories",)
"""Units are ranked within their category, whatever the rules are."""

SAME_CODES = {"leaders": "levels"}
"""Lists that, where a rule needs them, have to name every code of another list."""

SINGLE = ("",)
"""The key of a price that does not depend on anything."""


class Setting(NamedTuple):
    """A reading that stands beside no single indicator: what it can be set to."""

    kind: ParameterKind
    choices: tuple[str, ...] = ()


SETTINGS: Mapping[str, Setting] = {
    "adoption.repeat": Setting("choice", ("once", "each")),
    "endorsement.per": Setting("choice", ("item", "leader")),
    "joint.share": Setting("choice", ("full", "split")),
    "secondment.credit": Setting("choice", ("on_completion", "on_start")),
    "secondment.months": Setting("count"),
    "liaison.notice_days": Setting("count"),
    "quota.counts_from": Setting("day"),
    "submissions.unmarked": Setting("choice", ("no_quota", "counted")),
    "evidence.cure": Setting("choice", ("from_day", "never")),
    "grades": Setting("grades"),
}

KIND_SETTINGS: Mapping[str, Setting] = {"min_characters": Setting("count")}
"""Readings about one kind of submission, such as ``special.min_characters``; none need be given."""

GENERAL_SETTINGS = ("grades",)
"""Read with the totals, so that every rulebook has to say them."""


class OptionShape(NamedTuple):
    """What an option of a rule lists: codes of one vocabulary, one or at least one of them."""

    vocabulary: str
    one: bool


class RuleKind(NamedTuple):
    """What an indicator of this kind has to say, and what its rule reads.

    Attributes:
        side: ``base`` takes points off a weighted group, ``bonus`` adds to one without weight.
        keys: the keys its points are priced by, where the rule itself knows them.
        keys_from: instead, the vocabulary whose codes are priced.
        every_key: each code of ``keys_from`` has to be priced; otherwise at least one.
        options: the options it takes, all of them needed.
        settings: the readings it uses, among ``SETTINGS``.
        kind_settings: the readings it uses for each kind of submission that it looks at.
        needs: codes that the rule calls by name, by vocabulary; the vocabulary cannot be empty.
    """

    side: Literal["base", "bonus"]
    keys: tuple[str, ...] = SINGLE
    keys_from: str = ""
    every_key: bool = True
    options: Mapping[str, OptionShape] = MappingProxyType({})
    settings: tuple[str, ...] = ()
    kind_settings: tuple[str, ...] = ()
    needs: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def single(self) -> bool:
        """Whether it has one price, whatever happened."""
        return self.keys == SINGLE and not self.keys_from


_ONE_KIND = {"kind": OptionShape("kinds", one=True)}
_COUNTING = ("quota.counts_from", "submissions.unmarked")
_LENGTH = ("min_characters",)
_ORDINARY = {"contents": ("ordinary",)}

RULE_KINDS: Mapping[str, RuleKind] = {
    "instruction": RuleKind("base", keys_from="documents", settings=("evidence.cure",)),
    "deployment": RuleKind(
        "base",
        options={"topics": OptionShape("topics", one=False)},
        settings=("evidence.cure",),
    ),
    "duties": RuleKind(
        "base",
        keys=("missing", "late"),
        settings=("evidence.cure",),
        needs={"roles": ("leader", "agency", "staff")},
    ),
    "liaison": RuleKind("base", settings=("liaison.notice_days",), needs={"roles": ()}),
    "finding": RuleKind("base", options={"kinds": OptionShape("findings", one=False)}),
    "commissioned": RuleKind("base", needs={"kinds": ()}),
    "shortfall": RuleKind(
        "base",
        options=_ONE_KIND,
        settings=_COUNTING,
        kind_settings=_LENGTH,
        needs=_ORDINARY,
    ),
    "adoption": RuleKind(
        "bonus", keys_from="levels", options=_ONE_KIND, settings=("adoption.repeat", "joint.share")
    ),
    "surplus": RuleKind(
        "bonus",
        keys_from="kinds",
        every_key=False,
        settings=_COUNTING,
        kind_settings=_LENGTH,
        needs=_ORDINARY,
    ),
    "endorsement": RuleKind(
        "bonus",
        keys_from="levels",
        settings=("endorsement.per", "joint.share"),
        needs={"leaders": (), "bodies": ("government",)},
    ),
    "secondment": RuleKind(
        "bonus", settings=("secondment.credit", "secondment.months"), needs={"hosts": ()}
    ),
}
