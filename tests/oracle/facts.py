"""What is known at a position: the events that stand then, with their corrections applied."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .times import When, when

CHANGES_NAMES = {"UnitEnrolled", "UnitChanged", "EventCorrected", "EventRetracted"}

RegisterLine = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """One standing event: its place in the log, its corrected content, and what corrected it."""

    position: int
    content: Mapping[str, Any]
    corrections: tuple[int, ...]
    when: When

    @property
    def type(self) -> str:
        """The event type's name in the catalogue."""
        return str(self.content["type"])

    @property
    def day(self) -> date:
        """The valid day."""
        return self.when.day

    @property
    def rests(self) -> tuple[int, ...]:
        """The positions a line resting on this event names: its own and its corrections'."""
        return (self.position, *self.corrections)

    def __getitem__(self, field: str) -> Any:  # noqa: ANN401 - a register field is any JSON value
        """The field, which must be there."""
        return self.content[field]

    def get(self, field: str) -> Any:  # noqa: ANN401 - a register field is any JSON value
        """The field, or nothing where it is absent or null."""
        return self.content.get(field)

    def concerns(self, unit: str) -> bool:
        """Does the list `units` name the unit? No list means all."""
        units = self.get("units")
        return not units or unit in units


def folded(name: str) -> str:
    """A unit's name without white space and full-width forms."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def target_position(lines: Sequence[RegisterLine], target: int | str) -> int:
    """The position a correction or retraction points at: a number, `#number`, or a ref."""
    if isinstance(target, int):
        return target
    if target.startswith("#"):
        return int(target[1:])
    return next(p for p, line in enumerate(lines, 1) if line.get("ref") == target)


def _corrected(content: RegisterLine, changes: Mapping[str, Any]) -> RegisterLine:
    """The content with the changed fields; `unit` and `units` are two spellings of one field."""
    kept = dict(content)
    if "units" in changes:
        kept.pop("unit", None)
    if "unit" in changes:
        kept.pop("units", None)
    return {**kept, **changes}


def standing(lines: Sequence[RegisterLine], known_at: int | None = None) -> list[Fact]:
    """The events known at a position and not retracted by then, in log order."""
    known = lines if known_at is None else lines[:known_at]
    retracted = {
        target_position(known, line["target"]) for line in known if line["type"] == "EventRetracted"
    }
    corrections: dict[int, list[int]] = defaultdict(list)
    for position, line in enumerate(known, 1):
        if line["type"] == "EventCorrected" and position not in retracted:
            corrections[target_position(known, line["target"])].append(position)

    def content(position: int) -> RegisterLine:
        result = known[position - 1]
        for correction in corrections.get(position, ()):
            result = _corrected(result, content(correction)["changes"])
        return result

    facts = []
    for position, line in enumerate(known, 1):
        if position not in retracted and line["type"] != "EventRetracted":
            merged = content(position)
            hung = tuple(corrections.get(position, ()))
            facts.append(Fact(position, merged, hung, when(merged["on"])))
    return facts


def name_table(facts: Sequence[Fact]) -> dict[str, str]:
    """Every folded name and alias that stands, with the name its unit was enrolled under."""
    table: dict[str, str] = {}
    for fact in facts:
        if fact.type in {"UnitEnrolled", "UnitChanged"}:
            named = [fact["unit"], fact.get("name"), *(fact.get("aliases") or ())]
            table |= {folded(name): fact["unit"] for name in named if name}
    return table


def root_type(lines: Sequence[RegisterLine], line: RegisterLine) -> str:
    """The type of the event that a line, or a correction of it, is about in the end."""
    while line["type"] == "EventCorrected":
        line = lines[target_position(lines, line["target"]) - 1]
    return str(line["type"])


def with_units(content: RegisterLine, table: Mapping[str, str], about: str) -> RegisterLine:
    """The content with each unit under the name it was enrolled under."""
    result = dict(content)
    if result.get("unit") and result.get("type") != "UnitEnrolled":
        result["unit"] = table[folded(result["unit"])]
    if result.get("units"):
        result["units"] = [table[folded(name)] for name in result["units"]]
    if about == "UnitChanged" and result.get("into"):
        result["into"] = table[folded(result["into"])]
    if isinstance(result.get("changes"), dict):
        result["changes"] = with_units(result["changes"], table, about)
    return result


def resolved(lines: Sequence[RegisterLine]) -> list[RegisterLine]:
    """The register with every unit under its enrolled name, as names stood before each line."""
    table: dict[str, str] = {}
    done: list[RegisterLine] = []
    for line in lines:
        done.append(with_units(line, table, root_type(lines, line)))
        if line["type"] in CHANGES_NAMES:
            table = name_table(standing(done))
    return done
