"""Which subjects a change of the setting bears on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from domain.concerning import SHARED_FAMILIES
from domain.rules.registry import RULES
from projections.grouping import UNIT_FAMILIES
from projections.history import EVERYTHING, SettingHistory
from projections.tables import fact, line

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FAMILIES = frozenset(rule.family for rule in RULES.values())


def touched_topics(connection: Connection, history: SettingHistory, since: int) -> set[str]:
    """Return the topics to be judged again for what changed in the setting after ``since``.

    From the beginning those are all that are there without an event; no others are there yet.
    """
    if not since:
        return _of_units(set(history.units), history.quota_kinds)
    tags = history.tags_since(since)
    if EVERYTHING in tags:
        families, units = set(_FAMILIES), set(history.units)
    else:
        families = {tag.partition("/")[2] for tag in tags if tag.startswith("family/")}
        units = {tag.partition("/")[2] for tag in tags if tag.startswith("unit/")}
    quotas = {tag.partition("/")[2] for tag in tags if tag.startswith("quota/")}
    kinds = history.quota_kinds
    found = _of_units(units, kinds)
    if units:
        families |= set(SHARED_FAMILIES)
        query = select(line.c.subject).where(line.c.unit.in_(units))
        found |= set(connection.scalars(query.distinct()))
    if "quota" in families:
        quotas |= kinds
    everyone = set(history.units)
    found |= {f"quota/{kind}/{unit}" for kind in quotas for unit in everyone}
    found |= {f"{f}/{unit}" for f in families & set(UNIT_FAMILIES) for unit in everyone}
    for family in families - set(UNIT_FAMILIES) - {"quota"}:
        found |= _recorded(connection, family)
    return found


def _of_units(units: set[str], kinds: set[str]) -> set[str]:
    """Return the subjects that a unit has whether or not anything was recorded of it."""
    found = {f"{family}/{unit}" for family in UNIT_FAMILIES for unit in units}
    return found | {f"quota/{kind}/{unit}" for kind in kinds for unit in units}


def _recorded(connection: Connection, family: str) -> set[str]:
    """Return the topics of ``family`` that hold an event: ``0`` is the sign after ``/``."""
    query = select(fact.c.topic).where(fact.c.topic > f"{family}/", fact.c.topic < f"{family}0")
    return set(connection.scalars(query.distinct()))
