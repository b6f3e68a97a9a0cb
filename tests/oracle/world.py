"""A register under way: its lines so far, and whether one more line would be valid after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .facts import Fact, RegisterLine, folded, name_table, root_type, standing, with_units
from .times import when
from .validity import NUMBER, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

REWRITES = {"EventCorrected", "EventRetracted"}
NAMES_UNITS = ("unit", "units", "into")
NAMED_BY = {"unit": NAMES_UNITS, "item": ("item", "items")}


class World:
    """The lines written, the same with units resolved, and the state they leave."""

    def __init__(self) -> None:
        self.lines: list[RegisterLine] = []
        self.resolved: list[RegisterLine] = []
        self.names: dict[str, str] = {}
        self.state = Standing()

    def add(self, line: RegisterLine) -> bool:
        """Append the line if it is valid at this place."""
        known = with_units(line, self.names, root_type([*self.lines, line], line))
        rewrites = line["type"] in REWRITES
        if not (self._rewrite(known) if rewrites else self._admit(known)):
            return False
        self.lines.append(line)
        self.resolved.append(known)
        return True

    def _admit(self, line: RegisterLine) -> bool:
        fact = Fact(len(self.lines) + 1, line, (), when(line["on"]))
        if not self.state.admit(fact):
            return False
        self.names |= name_table([fact])
        return True

    def _rewrite(self, line: RegisterLine) -> bool:
        """Replay everything as it would then stand."""
        state = Standing()
        if not all(state.admit(fact) for fact in standing([*self.resolved, line])):
            return False
        self.state, self.names = state, name_table(state.facts)
        return True

    def spellings(self, unit: str) -> list[str]:
        """The names a unit can be called by now."""
        return [name for name, owner in self.names.items() if owner == unit]

    def position(self, number: int) -> Fact | None:
        """The standing event at a position."""
        return next((fact for fact in self.state.facts if fact.position == number), None)

    def may_retract(self, fact: Fact) -> bool:
        """Does nothing standing name the event's number, or a name it gave a unit?"""
        if fact.type == "UnitChanged":
            given = [fact.get("name"), *(fact.get("aliases") or ())]
            return not {folded(name) for name in given if name} & set(self._spoken())
        field = NUMBER.get(fact.type)
        if field is None:
            return True
        places = NAMED_BY.get(field, (field,))
        others = [other.position for other in self.state.facts if other.position != fact.position]
        return not any(
            fact[field] in _said(self.resolved[position - 1], places) for position in others
        )

    def _spoken(self) -> Iterator[str]:
        """Every unit name written as a reference, folded."""
        for line in self.lines:
            if line["type"] != "UnitEnrolled":
                yield from map(folded, _said(line, NAMES_UNITS))


def _said(line: RegisterLine, places: tuple[str, ...]) -> Iterator[str]:
    """What a line says in some fields, or in the changes it makes to them."""
    for place in places:
        value: Any = line.get(place)
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value
    if line.get("changes"):
        yield from _said(line["changes"], places)
