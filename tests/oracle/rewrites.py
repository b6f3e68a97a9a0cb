"""Corrections and retractions of what already stands in a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .chooser import Chooser, without_nothing
from .facts import Fact, folded, target_position
from .makers import CATEGORIES, PERIODS, some_unit, some_units
from .makers_items import CONTENTS, KINDS, LENGTHS, LEVELS, ruled
from .rules_base import FINDINGS, PARTS, TOPICS
from .scheme import MAILBOX
from .times import ONE_DAY, when

if TYPE_CHECKING:
    from collections.abc import Callable

    from .makers import Fields
    from .world import World

    Changer = Callable[[Chooser, World, Fact], dict[str, Any] | None]

FEWEST_UNITS = 2


def _cycle(c: Chooser, _: World, fact: Fact) -> dict[str, Any]:
    year = int(fact["cycle"])
    return c.pick(
        (
            {"evidence_due": f"{year + 1}-01-10"},
            {"duty_due": f"{year}-04-01"},
            {"ends": f"{year}-11-30"},
            {"starts": f"{year}-02-01"},
        )
    )


def _quota(c: Chooser, w: World, fact: Fact) -> dict[str, Any]:
    field = c.pick(("required", "category", "units", "period"))
    if field == "required":
        return {"required": c.pick([n for n in range(5) if n != fact["required"]])}
    if field == "category":
        return {"category": c.pick(CATEGORIES)}
    if field == "units":
        return {"units": some_units(c, w)}
    first, last = c.pick(PERIODS)
    return {"from": first, "to": last}


def _document(c: Chooser, _: World, fact: Fact) -> dict[str, Any]:
    due = c.day_from(fact.day).isoformat()
    return c.pick(({"kind": c.pick(("notice", "circular"))}, {"instruction_due": due}))


def _number(field: str, event_type: str) -> Changer:
    """A change of the number an event names, to another one of its kind."""

    def change(c: Chooser, w: World, fact: Fact) -> dict[str, Any] | None:
        known = [other[field] for other in w.state.of_type(event_type)]
        others = [number for number in known if number != fact.get(field)]
        return {field: c.pick(others)} if others else None

    return change


def _unit(c: Chooser, w: World, _: Fact) -> dict[str, Any]:
    return {"unit": some_unit(c, w)}


def _units(c: Chooser, w: World, _: Fact) -> dict[str, Any]:
    return {"units": some_units(c, w)}


def _duties(c: Chooser, _: World, __: Fact) -> dict[str, Any]:
    value = {"leader": "庚", "agency": "办公室", "staff": ["辛"]}
    return {part: value[part] for part in c.some(PARTS)}


def _due(c: Chooser, _: World, fact: Fact) -> dict[str, Any]:
    return {"due": c.due_from(fact.day + ONE_DAY)}


def _submission(c: Chooser, w: World, fact: Fact) -> dict[str, Any] | None:
    field = c.pick(("units", "kind", "characters", "commission", "content", "labelled", "mailbox"))
    kind = c.pick(KINDS)
    plain: dict[str, dict[str, Any]] = {
        "kind": {"kind": kind, **({"characters": c.pick(LENGTHS)} if kind == "special" else {})},
        "characters": {"characters": c.pick(LENGTHS)},
        "content": {"content": c.pick(CONTENTS)},
        "labelled": {"labelled": c.chance(50)},
        "mailbox": {"mailbox": c.pick(tuple(MAILBOX.values()))},
    }
    if field == "units":
        return _units(c, w, fact) if c.chance(60) else _unit(c, w, fact)
    if field == "commission":
        return _number("commission", "CommissionIssued")(c, w, fact)
    return plain[field]


def _merged(c: Chooser, w: World, fact: Fact) -> dict[str, Any]:
    parts = list(fact["items"])
    known = [f["item"] for f in w.state.of_type("SubmissionReceived") if f["item"] not in parts]
    if known and c.chance(50):
        return {"items": [*parts, c.pick(known)]}
    return {"items": parts[:-1]} if len(parts) > 2 else {"kind": c.pick(KINDS)}


def _item(c: Chooser, w: World, fact: Fact) -> dict[str, Any] | None:
    event_type = c.pick(("SubmissionReceived", "ItemsMerged"))
    return _number("item", event_type)(c, w, fact)


def _endorsed(c: Chooser, _: World, __: Fact) -> dict[str, Any]:
    return c.pick(({"body": "party"}, {"body": "government"}, {"leader": "副市长"}))


def _ruling(c: Chooser, _: World, fact: Fact) -> dict[str, Any]:
    parameter, value = ruled(c, prices=False)
    if parameter == fact["parameter"]:
        return {"value": value}
    return {"parameter": parameter, "value": value}


def _one_of(*changers: Changer) -> Changer:
    return lambda c, w, fact: c.pick(changers)(c, w, fact)


def _pick(field: str, values: tuple[Any, ...]) -> Changer:
    return lambda c, _, __: {field: c.pick(values)}


CHANGERS: dict[str, Changer] = {
    "CycleOpened": _cycle,
    "UnitEnrolled": _pick("category", CATEGORIES),
    "UnitChanged": _pick("category", CATEGORIES),
    "QuotaSet": _quota,
    "DocumentIssued": _document,
    "LeaderInstructed": _one_of(_unit, _number("document", "DocumentIssued")),
    "DeploymentStudied": _one_of(_unit, lambda c, _, __: {"topics": c.some(TOPICS)}),
    "DutyRosterReported": _one_of(_unit, _duties),
    "StaffChanged": _unit,
    "StaffChangeNotified": _number("change", "StaffChanged"),
    "CommissionIssued": _one_of(_due, _units),
    "CommissionExtended": _one_of(_due, _units),
    "CommissionWithdrawn": _units,
    "CommissionDeclined": _one_of(_unit, _number("commission", "CommissionIssued")),
    "SubmissionReceived": _submission,
    "ItemsMerged": _merged,
    "ItemAdopted": _one_of(_item, _pick("level", LEVELS)),
    "ItemEndorsed": _one_of(_item, _pick("level", LEVELS), _endorsed),
    "FindingMade": _one_of(_unit, _pick("kind", tuple(FINDINGS))),
    "SecondmentStarted": _one_of(_unit, _pick("host", ("city", "province"))),
    "RulingMade": _ruling,
}
TIMES = {"on", "due", "instruction_due", "evidence_due", "duty_due"}
DEFAULT = {"labelled": True, "content": "ordinary", "body": "government"}
KEEP_THEIR_DAY = {"CycleOpened", "UnitEnrolled", "RulingMade"}


def target(c: Chooser, w: World, fact: Fact) -> int | str:
    """The event as a correction names it: by ref, by number, or by `#number`."""
    ref = w.lines[fact.position - 1]["ref"]
    spellings: tuple[int | str, ...] = (ref, fact.position, f"#{fact.position}")
    return c.pick(spellings)


def _changes(c: Chooser, w: World, fact: Fact) -> dict[str, Any] | None:
    """Changes to an event that change something."""
    changer = CHANGERS.get(fact.type)
    if changer is None or (fact.type not in KEEP_THEIR_DAY and c.chance(35)):
        day = c.day_near(fact.day) if c.chance(60) else c.day()
        changes: dict[str, Any] | None = {"on": c.stamp(day)}
    else:
        changes = changer(c, w, fact)
    if not changes:
        return None
    return changes if all(_differs(w, fact, *change) for change in changes.items()) else None


def _differs(w: World, fact: Fact, field: str, value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Is the value another one than the field has now, and than it was written with?"""
    if field in ("unit", "units"):
        names = [value] if isinstance(value, str) else value
        now = [fact["unit"]] if fact.get("unit") else fact.get("units")
        return now is None or {w.names[folded(name)] for name in names} != set(now)
    now = fact.get(field)
    if now is not None and field in TIMES:
        return when(now) != when(value)
    return bool((DEFAULT.get(field) if now is None else now) != value)


def corrected(c: Chooser, w: World, *, of_corrections: bool) -> Fields:
    """A correction of any event that may be corrected, or of a correction of one."""
    if of_corrections and c.chance(15):
        return _correction_corrected(c, w)
    known = [fact for fact in w.state.facts if fact.type != "EventCorrected"]
    again = [fact for fact in known if fact.corrections]
    fact = c.pick(again) if again and c.chance(25) else c.pick(known)
    changes = _changes(c, w, fact)
    on = c.anywhen()
    return changes and {
        "on": on, "target": target(c, w, fact), "changes": changes, "reason": "登记有误",
    }  # fmt: skip


def _correction_corrected(c: Chooser, w: World) -> Fields:
    """Other changes to the same event in place of those a standing correction makes."""
    known = [fact for fact in w.state.facts if fact.type == "EventCorrected"]
    if not known:
        return None
    correction = c.pick(known)
    about = w.position(target_position(w.lines, correction["target"]))
    if about is None or about.type in ("EventCorrected", "RulingMade"):
        return None  # a ruling's other corrections may not fit the parameter that comes back
    changes = _changes(c, w, about)
    written = Fact(about.position, w.resolved[about.position - 1], (), about.when)
    if changes and not all(_differs(w, written, *change) for change in changes.items()):
        return None
    return changes and without_nothing(
        on=c.anywhen(),
        target=target(c, w, correction),
        changes={"changes": changes},
        reason="更正有误",
    )


def retracted(c: Chooser, w: World) -> Fields:
    """A retraction of an event that nothing names, or of a correction."""
    first_cycle = w.state.facts[0].position
    known = [fact for fact in w.state.facts if fact.position != first_cycle]
    corrections = [fact for fact in known if fact.type == "EventCorrected"]
    fact = c.pick(corrections if corrections and c.chance(30) else known)
    if fact.type == "EventCorrected" and not _stands(w, fact):
        return None
    if fact.type == "UnitEnrolled" and (
        len(w.state.units()) <= FEWEST_UNITS or _mentioned(w, fact)
    ):
        return None
    if fact.type == "EventCorrected" and _root(w, fact).type == "RulingMade":
        return None  # its other corrections may not fit the parameter that comes back
    on = c.anywhen()
    about = target(c, w, fact)
    return {"on": on, "target": about, "reason": "误登"} if w.may_retract(fact) else None


def _mentioned(w: World, unit: Fact) -> bool:
    """Does any other line write the unit's name or one of its aliases, whatever became of it?"""
    spellings = {unit["unit"], *(unit.get("aliases") or ())}
    written = [str(line) for line in w.lines if line["type"] != "UnitEnrolled"]
    return any(spelling in text for text in written for spelling in spellings)


def _root(w: World, fact: Fact) -> Fact:
    """The fact that corrections of corrections are in the end about."""
    about = w.position(target_position(w.lines, fact["target"]))
    if about is None:
        return fact
    return _root(w, about) if about.type == "EventCorrected" else about


def _stands(w: World, correction: Fact) -> bool:
    """Is the event that a correction corrects still there?"""
    about = w.position(target_position(w.lines, correction["target"]))
    if about is not None and about.type == "EventCorrected":
        return _stands(w, about)
    return about is not None
