"""What a workbook of score sheets tells, put in the order and under the numbers it is told by.

Formulas find lines by numbers that this workbook gives to units and indicators: names are texts of
the register, and a criterion of SUMIFS would take some of their signs for wildcards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from domain.errors import Where

Document = Mapping[str, Any]

COUNTED, PENDING, NOTICE = "计入", "待计", "提示"
"""What a row of the list is: a line in force, one that has not begun, something not computable."""


class Group(NamedTuple):
    """A first-level indicator, with the numbers of its first and last second-level one."""

    name: str
    weight: str | None
    first: int
    last: int


class Row(NamedTuple):
    """One row of the list: what it is about, and the line or notice as a JSON document.

    ``order`` is the place among the unit's lines in which caps are used up; a notice has none.
    """

    unit: int
    unit_name: str
    group: Group
    indicator: int
    name: str
    status: str
    order: int | None
    told: Document


@dataclass(frozen=True)
class Scoring:
    """The scores of all units at one point.

    ``units`` are those of ``kaohe score --json``, in the order of enrolment; ``explained`` holds,
    by name, the document of ``kaohe explain --json`` for each unit that gets a sheet. ``point`` is
    the line that says cycle, day and moment of knowledge; ``grades`` are best first.
    """

    title: str
    document: str
    point: str
    categories: Mapping[str, str]
    grades: Sequence[tuple[str, Decimal]]
    units: Sequence[Document]
    explained: Mapping[str, Document]

    @property
    def subject(self) -> str:
        """What the scheme is about, as it heads the sheets: its title without the word 方案."""
        return self.title.removesuffix("方案")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each unit, from 1."""
        return {unit["unit"]: number for number, unit in enumerate(self.units, 1)}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The tree, the same for every unit, its second-level indicators numbered from 1."""
        found, first = [], 1
        for group in self.units[0]["groups"]:
            last = first + len(group["indicators"]) - 1
            found.append(Group(group["name"], group["weight"], first, last))
            first = last + 1
        return tuple(found)

    @cached_property
    def has_base(self) -> bool:
        """Whether there are points to lose; a scheme without them only adds."""
        return any(group.weight is not None for group in self.groups)

    def category(self, unit: Document) -> str:
        """Return what the office calls the category of a unit."""
        return self.categories.get(unit["category"], unit["category"])

    def ranked(self) -> list[Document]:
        """Return the units by rank, equal ones in the order of enrolment."""
        return sorted(self.units, key=lambda unit: unit["rank"])

    def rows(self) -> Iterator[Row]:
        """Return the list: unit by unit, each indicator's lines, what is pending, and notices."""
        for name, unit in self.explained.items():
            order = _order(unit)
            for group, place in zip(unit["groups"], self.groups, strict=True):
                for number, indicator in enumerate(group["indicators"], place.first):
                    for status, told in _about(unit, indicator):
                        yield Row(
                            unit=self.numbers[name],
                            unit_name=name,
                            group=place,
                            indicator=number,
                            name=indicator["name"],
                            status=status,
                            order=order.get(id(told)),
                            told=told,
                        )


def sources(line: Document) -> str:
    """Return the rows of files that the events of a line came from, each place once."""
    events = (held for event in line["rests_on"] for held in (event, *event["corrections"]))
    places = (event["source"] for event in events)
    told = [
        str(Where(file=place["file"], sheet=place.get("sheet"), row=place["row"]))
        if place
        else "逐条登记"
        for place in places
    ]
    return "\n".join(dict.fromkeys(told))


def _about(unit: Document, indicator: Document) -> Iterator[tuple[str, Document]]:
    for line in indicator["lines"]:
        yield COUNTED, line
    for status, held in ((PENDING, unit["pending"]), (NOTICE, unit["notices"])):
        for told in held:
            if told["indicator"] == indicator["id"]:
                yield status, told


def _order(unit: Document) -> dict[int, int]:
    """Return the place of each line, by identity, in the order of ``domain.lines.Line.order``."""
    lines = [
        line for group in unit["groups"] for held in group["indicators"] for line in held["lines"]
    ]
    lines += unit["pending"]
    lines.sort(
        key=lambda line: (
            line["effective_from"],
            line["events"],
            line["code"],
            Decimal(line["points"]),
            line["text"],
        )
    )
    return {id(line): place for place, line in enumerate(lines, 1)}
