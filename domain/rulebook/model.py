"""A rulebook as the rules see it: groups, indicators, prices, and the readings of doubtful clauses.

Points are exact decimals; what is taken off is negative. The tree is that of 附件2: first-level
indicators (groups) hold second-level ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, assert_never

from domain.rulebook import amounts, values
from domain.rulebook.values import ParameterValue

ParameterKind = Literal["points", "cap", "choice", "count", "day", "grades"]


def points_path(indicator: str, key: str = "") -> str:
    """Return the parameter path of a price, such as ``indicators.special_adoption.points.city``."""
    return f"indicators.{indicator}.points.{key}" if key else f"indicators.{indicator}.points"


def cap_path(indicator: str) -> str:
    """Return the parameter path of a cap, such as ``indicators.liaison.cap``."""
    return f"indicators.{indicator}.cap"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the scheme: what is counted, for how many points, and up to what cap.

    ``points`` holds the price under each key that the rule kind prices by, and a single price
    under ``""``. ``cap`` limits the sum of its lines, ``None`` limits nothing. ``weight`` is
    ``None`` for a bonus. ``options`` says which kinds the rule looks at. ``source`` is the place in
    the document, ``clause`` the rule in our own words.
    """

    id: str
    name: str
    group: str
    weight: Decimal | None
    rule: str
    points: Mapping[str, Decimal]
    cap: Decimal | None
    options: Mapping[str, tuple[str, ...]]
    source: str
    clause: str

    @property
    def deducts(self) -> bool:
        """Whether it takes points off the base; a bonus adds them."""
        return self.weight is not None


@dataclass(frozen=True, slots=True)
class Group:
    """A first-level indicator: a base group loses at most its weight, a bonus group has none."""

    id: str
    name: str
    weight: Decimal | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number or choice that a ruling can change.

    ``path`` is where it stands in the rulebook. ``doubtful`` marks the readings that the office
    should know about: ``why`` it is read so, and the ``alternatives``, in Chinese. ``deducts``
    says on which side of nought its points lie.
    """

    path: str
    kind: ParameterKind
    default: ParameterValue
    choices: tuple[str, ...] = ()
    deducts: bool = False
    doubtful: bool = False
    why: str = ""
    alternatives: str = ""
    source: str = ""

    def accept(self, value: object) -> ParameterValue:
        """Return the value of a ruling on this parameter, checked and in its one form.

        Points and caps may be given as an integer, a decimal or its text; a cap and grades also
        as ``"none"``; a day as ``YYYY-MM-DD``.

        Raises:
            Unacceptable: the value does not fit. It is a ``ValueError`` that says in Chinese
                ``what`` is wrong and, as ``fix``, what would be right.
        """
        return checked(self.kind, value, choices=self.choices, deducts=self.deducts)


def checked(
    kind: ParameterKind, value: object, *, choices: tuple[str, ...] = (), deducts: bool = False
) -> ParameterValue:
    """Return ``value`` in the one form of its kind; raise ``Unacceptable`` when it does not fit."""
    match kind:
        case "points":
            return amounts.price(value, deducts=deducts)
        case "cap":
            return amounts.cap(value)
        case "choice":
            return values.choice(value, choices)
        case "count":
            return amounts.count(value)
        case "day":
            return values.day(value)
        case "grades":
            return values.grades(value)
        case _:
            assert_never(kind)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A whole scheme, as it is before any ruling.

    ``base`` is what every unit starts from. ``vocabulary`` gives, for each list of codes and for
    the indicators, the Chinese label of each; ``mailboxes`` the address that a kind of submission
    belongs to.
    ``decided`` are readings that no ruling can change. Two rulebooks with the same ``fingerprint``
    give the same score to every register.
    """

    id: str
    title: str
    document: str
    base: Decimal
    groups: tuple[Group, ...]
    vocabulary: Mapping[str, Mapping[str, str]]
    mailboxes: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    decided: tuple[str, ...]
    fingerprint: str
    indicators: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the indicators by id, in the order of the tree."""
        by_id = {indicator.id: indicator for group in self.groups for indicator in group.indicators}
        object.__setattr__(self, "indicators", by_id)

    @property
    def has_base(self) -> bool:
        """Whether there are points to lose; a scheme without them only adds."""
        return any(group.weight is not None for group in self.groups)
