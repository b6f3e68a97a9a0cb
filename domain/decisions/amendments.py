"""Checks of corrections and retractions: what they name, and what would follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.decisions.checking import Desk, Wrong
from domain.events.appeals import AppealDecided, AppealProposed, AppealWithdrawn
from domain.events.base import Event
from domain.events.catalogue import BY_CLASS, fields_of
from domain.events.corrections import Amendment, EventCorrected, EventRetracted
from domain.events.items import ItemsMerged
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.events.publications import PUBLICATIONS, ScoresPublished
from domain.events.setting import CYCLES, RULINGS, CycleOpened, RulingMade, UnitEnrolled
from domain.register import Register
from domain.standing import Fact

_NEVER_CHANGED = {"ref", "appeal"}
_FINAL = (
    AppealProposed,
    AppealDecided,
    AppealWithdrawn,
    CorrectionProposed,
    CorrectionConfirmed,
    CorrectionRefused,
)
"""What somebody proposed or decided stays said; another proposal or appeal may follow."""

_NAMED = 5
"""How many events a refusal lists; more are counted."""


def target_wrong(desk: Desk, event: Amendment) -> Iterator[Wrong]:
    """Find out whether the target stands and is of a kind that can be amended."""
    entry = desk.register.entry(event.target)
    if entry is None:
        yield Wrong("target", f"没有事件 #{event.target}", "请用 kaohe log 核对事件编号或 ref")
    elif entry.retracted_by is not None:
        yield Wrong(
            "target",
            f"{desk.at(event.target)} 已被{desk.at(entry.retracted_by)} 撤销",
            "如仍需要，请重新登记",
        )
    elif isinstance(entry.recorded, _FINAL):
        label = BY_CLASS[type(entry.recorded)].label
        what = f"{desk.at(event.target)} 是{label}，不能更正或撤销"
        yield Wrong("target", what, "请另行提出新的更正或申诉")
    elif isinstance(entry.recorded, ScoresPublished) and isinstance(event, EventCorrected):
        what = f"{desk.at(event.target)} 是成绩公布，不能更正"
        yield Wrong("target", what, "公布有误的，请撤销这次公布，再重新公布")
    elif isinstance(entry.recorded, EventRetracted):
        yield Wrong("target", f"{desk.at(event.target)} 本身是一条撤销，不能再更正或撤销")


def changeable(target: type[Event]) -> list[str]:
    """Return the fields of an event type that a correction may change: not its own number.

    Of what was proposed, decided, published or retracted there are none.
    """
    if issubclass(target, (*_FINAL, ScoresPublished, EventRetracted)):
        return []
    names = [field.name for field in fields_of(target) if field.name not in _NEVER_CHANGED]
    if issubclass(target, Amendment):
        return [name for name in names if name != "target"]
    own = number_field(target) if makes_number(target) else None
    return [name for name in names if name != own]


def makes_number(target: type[Event]) -> bool:
    """Tell whether events of this type make a number that others name."""
    return target.number is not Event.number


def number_field(target: type[Event]) -> str:
    """Return the field that holds the number an event type makes: its first own field."""
    return fields_of(target)[1].name


def not_named(desk: Desk, event: EventRetracted, head: int) -> Iterator[Wrong]:
    """Find out whether a standing event names the number that would be gone."""
    entry = desk.register.entry(event.target)
    target = entry.recorded if entry else None
    if target is None or target.number is None:
        return
    named = [
        fact for fact in _all_naming(desk.register, target, head) if fact.position != event.target
    ]
    if named:
        places = "、".join(
            f"{desk.at(fact.position)}（{BY_CLASS[type(fact.event)].label}）"
            for fact in named[:_NAMED]
        )
        more = f"等 {len(named)} 条事件" if len(named) > _NAMED else ""
        yield Wrong(
            "target",
            f"{places}{more}还引用着“{target.number.partition('/')[2]}”",
            "请先撤销或更正它们",
        )


def follow(register: Register, event: Amendment) -> Iterable[int]:
    """Return the positions that must pass their checks again once ``event`` is in force.

    Those are the event whose content changes, and all that name its number or rest on that.
    """
    at = register.root(event.target)
    entry = register.entry(at)
    if entry is None or entry.retracted_by is not None:
        return []
    return [at, *(fact.position for fact in _resting_on(register, entry.recorded))]


def _resting_on(register: Register, event: Event) -> Iterator[Fact]:
    """Yield what names the number ``event`` makes, and what names a whole that it is a part of."""
    for fact in naming(register, event):
        yield fact
        if isinstance(fact.event, ItemsMerged):
            yield from _resting_on(register, fact.event)


def naming(register: Register, event: Event) -> list[Fact]:
    """Return the standing facts, other than its maker, that name the number ``event`` makes."""
    number = event.number
    if number is None or isinstance(event, UnitEnrolled):
        return []
    if isinstance(event, CycleOpened):
        closing = [fact for fact in register.facts(CYCLES) if fact.event.stream == number]
        rulings = [fact for fact in register.facts(RULINGS) if _rules(fact.event, event.cycle)]
        published = [
            fact
            for fact in register.facts(PUBLICATIONS)
            if isinstance(fact.event, ScoresPublished) and fact.event.cycle == event.cycle
        ]
        return [f for f in closing + rulings if f.event.number is None] + published
    return [
        fact
        for fact in register.facts(number)
        if number in fact.event.topics and fact.event.number != number
    ]


def _rules(event: Event, cycle: str) -> bool:
    return isinstance(event, RulingMade) and event.cycle == cycle


def _all_naming(register: Register, target: Event, head: int) -> list[Fact]:
    """Return all standing facts that name a number; for a unit the whole log is looked through."""
    if not isinstance(target, UnitEnrolled):
        return naming(register, target)
    return [fact for fact in register.everything(head) if _names_unit(fact.event, target.unit)]


def _names_unit(event: Event, unit: str) -> bool:
    if isinstance(event, UnitEnrolled):
        return False
    for field in fields_of(type(event)):
        value = getattr(event, field.attribute)
        if field.form.name == "unit" and unit in (value if field.many else (value,)):
            return True
    return False
