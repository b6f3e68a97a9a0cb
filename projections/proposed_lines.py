"""What proposed lines would do, told to who has to agree: what each is about, old and new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from domain.days import told_moment
from domain.decisions.batch import RegisterLine
from domain.decisions.decide import Clerk
from domain.decisions.proposing import pairs
from domain.events.catalogue import BY_NAME, Field, fields_of
from domain.events.codec import from_fields, to_fields
from domain.events.corrections import Amendment, EventCorrected
from domain.register import Register
from domain.wording import describe, field_words, heading_of
from projections.concerned import units_of
from projections.unrecorded import Unrecorded

if TYPE_CHECKING:
    from domain.events.base import Event
    from domain.register import FactSource
    from domain.rulebook.model import Rulebook
    from domain.wording import Vocabularies

_NOTHING = "（无）"


class ProposedLines:
    """Tells lines that wait for a second person, as they would be recorded.

    ``facts`` is what is known at a position.
    """

    def __init__(
        self,
        facts: Callable[[int], FactSource],
        rulebooks: Mapping[str, Rulebook],
        words: Vocabularies,
    ) -> None:
        self._facts = facts
        self._rulebooks = rulebooks
        self._words = words

    def told(self, lines: Sequence[RegisterLine], *, heads: Sequence[int]) -> list[str]:
        """Return one text for each of ``lines``, decided on what was known at a head.

        It is the first of ``heads`` at which they can all be recorded: for lines that still wait,
        the present one, and after it that at which they were proposed. Lines that an imported
        register holds and that fit neither are told as they are written.
        """
        for head in heads:
            clerk = Clerk(
                Register(self._facts(head)),
                head=head,
                rulebooks=self._rulebooks,
                today=date.max,  # what was yet to come was refused when it was proposed
                actor="",
            )
            batch = clerk.decide(lines)
            if not batch.faults:
                made = {id(pair.line): pair.event for pair in pairs(lines, batch)}
                already = {id(line): at for line, at in batch.skipped}
                return list(self._each(lines, made, already, head))
        return [_as_written(line) for line in lines]

    def _each(
        self,
        lines: Sequence[RegisterLine],
        made: Mapping[int, Event],
        already: Mapping[int, int],
        head: int,
    ) -> Iterator[str]:
        register, names = Register(self._facts(head)), dict[int, str]()
        for number, line in enumerate(lines, 1):
            event = made.get(id(line))
            if event is None:
                yield f"以前已登记为 #{already[id(line)]}，不再登记"
                continue
            yield self._one(event, register, names)
            position = head + len(names) + 1
            register.record(position, event)
            names[position] = f"第 {number} 条"

    def _one(self, event: Event, register: Register, names: Mapping[int, str]) -> str:
        """Return what ``event`` does to ``register``; ``names`` are those of the lines before."""
        more = "".join(_carried(event))
        if not isinstance(event, Amendment):
            return f"新登记 {told_moment(event.on)}：{self._about(event, register)}{more}"
        entry = register.entry(event.target)
        assert entry is not None  # noqa: S101  the target of a decided amendment is there
        content = entry.content()
        about = Unrecorded(names).at(None)({"summary": self._about(content, register)})
        what = f"{names.get(event.target, f'#{event.target}')} {about['summary']}"
        if isinstance(event, EventCorrected):
            changes = "；".join(self._changes(event, content, register))
            return f"更正 {what}：{changes}（{event.reason}）{more}"
        return f"撤销 {what}（{event.reason}）{more}"

    def _about(self, event: Event, register: Register) -> str:
        """Return what an event says, with the units it is about where it does not name them."""
        said = describe(event, self._words, target=_type_corrected(event, register), whole=True)
        units = [unit for unit in units_of(event, register) if unit not in said]
        return f"{said}（{'、'.join(units)}）" if units else said

    def _changes(
        self, correction: EventCorrected, content: Event, register: Register
    ) -> Iterator[str]:
        kind = type(content)
        then = from_fields(kind, correction.applied_to(to_fields(content)))
        for field in fields_of(kind):
            if field.name in correction.changes:
                was, would = (self._value(one, field, register) for one in (content, then))
                yield f"{heading_of(kind, field.name)} {was} → {would}"

    def _value(self, event: Event, field: Field, register: Register) -> str:
        value = getattr(event, field.attribute)
        if value is None or value == ():
            return _NOTHING
        if field.name == "evidence":  # the same name may stand for other bytes
            return "、".join(f"{held.name}（SHA-256 {held.sha256}）" for held in value)
        target = _type_corrected(event, register)
        return field_words(value, field, event, self._words, target, whole=True)


def _type_corrected(event: Event, register: Register) -> type[Event] | None:
    """Return the type of what a correction is about, by which its changes have their headings."""
    entry = register.entry(event.target) if isinstance(event, Amendment) else None
    return type(entry.recorded) if entry else None


def _carried(event: Event) -> Iterator[str]:
    """Yield what an event brings beside what its summary says."""
    if event.note:
        yield f"；备注：{event.note}"
    if event.evidence:
        yield f"；佐证：{'、'.join(held.name for held in event.evidence)}"


def _as_written(line: RegisterLine) -> str:
    entry = BY_NAME.get(str(line.raw.get("type")))
    said = (f"{name} {value}" for name, value in line.raw.items() if name != "type")
    return f"{entry.label if entry else line.raw.get('type')}（照原样）：{'；'.join(said)}"
