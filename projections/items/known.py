"""An item as it was known at a point, what it was merged into, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple, NoReturn

from sqlalchemy import select

from domain.errors import NotKnown
from domain.events.base import Event
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged, SubmissionReceived
from domain.names import nearest, tidy
from domain.register import Register
from domain.standing import Fact
from projections.facts import Reading
from projections.tables import fact


class Item(NamedTuple):
    """An item: its number, the fact that made it, and what is known of it."""

    number: str
    made: Fact
    facts: list[Fact]

    @property
    def content(self) -> SubmissionReceived | ItemsMerged:
        """What it is: a submission, or several that were merged."""
        event = self.made.event
        assert isinstance(event, SubmissionReceived | ItemsMerged)  # noqa: S101  made by it
        return event

    @property
    def wholes(self) -> list[Fact]:
        """The facts by which it was merged into something else."""
        return [
            held
            for held in self.facts
            if isinstance(held.event, ItemsMerged) and self.number in held.event.items
        ]


def item_known(register: Register, number: str) -> Item | None:
    """Return the item of that number as ``register`` knows it, if it stands there."""
    facts = register.facts(f"item/{number}")
    made = next((held for held in facts if held.event.number == f"item/{number}"), None)
    return Item(number, made, facts) if made else None


def merged_from(register: Register, item: Item) -> Iterator[Item]:
    """Return everything that ``item`` became part of, at any depth, each once."""
    seen, waiting = {item.number}, [item]
    while waiting:
        for whole in waiting.pop(0).wholes:
            number = whole.event.item  # type: ignore[attr-defined]
            found = None if number in seen else item_known(register, number)
            if found:
                seen.add(number)
                waiting.append(found)
                yield found


def item_named(register: Register, reading: Reading, number: str, *, upto: int) -> Item:
    """Return the item of that number as known at position ``upto``.

    Raises ``NotKnown`` when none stands: it says which event took it back, or names the nearest
    numbers.
    """
    with suppress(ValueError):  # no item has a number that cannot be printed
        number = tidy(number)
    found = item_known(register, number)
    if found is None:
        _refuse(register, reading, number, upto)
    return found


class TakenBack(NamedTuple):
    """By which event something was retracted, and why."""

    by: int
    reason: str


def taken_back(register: Register, item: Item) -> list[tuple[int, Event, TakenBack]]:
    """Return what was recorded of ``item`` and retracted: each position, content and retraction."""
    found = _retracted(register, item.number)
    return [held for held in found if getattr(held[1], "item", None) == item.number]


def _retracted(register: Register, number: str) -> Iterator[tuple[int, Event, TakenBack]]:
    for at in register.positions(f"item/{number}"):
        entry = register.entry(at)
        by = register.entry(entry.retracted_by) if entry and entry.retracted_by else None
        if entry and entry.retracted_by and by and isinstance(by.recorded, Amendment):
            yield at, entry.content(), TakenBack(entry.retracted_by, by.recorded.reason)


def _refuse(register: Register, reading: Reading, number: str, upto: int) -> NoReturn:
    for at, event, back in reversed(list(_retracted(register, number))):
        if event.number == f"item/{number}":
            message = f"信息“{number}”的登记（#{at}）已由 #{back.by} 撤销：{back.reason}"
            fix = f"撤销之前的情况，可用 --known-at #{back.by - 1} 查看。"
            raise NotKnown(message, fix=fix)
    near = nearest(number, item_numbers(reading, upto))
    known = "、".join(each for each in near if item_known(register, each))
    fix = f"最接近的有：{known}" if known else "请用 kaohe log 查看已登记的信息编号。"
    raise NotKnown(f"到 #{upto} 为止没有登记过信息“{number}”", fix=fix)


def item_numbers(reading: Reading, upto: int) -> list[str]:
    """Return every number that something was said of by then: ``0`` is the sign after ``/``."""
    topics = select(fact.c.topic).where(
        fact.c.topic > "item/", fact.c.topic < "item0", fact.c.position <= upto
    )
    with reading() as connection:
        return [topic.partition("/")[2] for topic in connection.scalars(topics.distinct())]
