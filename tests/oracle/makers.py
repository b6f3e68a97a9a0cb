"""One proposal for each event type about units, evidence, commissions and quotas.

Each maker returns the fields of a line, `on` among them, or nothing where the register holds
nothing yet that such an event could name. Proposals are likely to be valid; `World.add` decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .chooser import Chooser, plain, without_nothing
from .rules_base import FINDINGS, PARTS, TOPICS
from .rules_quota import KINDS
from .times import months_later, when

if TYPE_CHECKING:
    from .facts import Fact
    from .world import World

Fields = dict[str, Any] | None

CATEGORIES = ("county", "zone", "department")
UNITS = ("应县", "朔州经济开发区", "市财政局", "怀仁市", "市统计局", "右玉县", "市体育局")
PERIODS = (
    ("2022-07-01", "2022-12-31"),
    ("2022-07-01", "2022-09-30"),
    ("2022-10-01", "2022-12-31"),
    ("2022-06-01", "2022-08-31"),
    ("2022-11-30", "2022-11-30"),
    ("2022-12-01", "2023-01-31"),
    ("2023-01-01", "2023-06-30"),
    ("2023-02-01", "2023-12-31"),
)
WIDE_DIGITS = str.maketrans("0123456789", "".join(chr(0xFF10 + n) for n in range(10)))


def spelled(c: Chooser, w: World, unit: str) -> str:
    """The unit by one of its names, sometimes padded or in full-width digits."""
    name = c.pick(w.spellings(unit))
    form = c.number(0, 9)
    return f" {name}" if form == 9 else name.translate(WIDE_DIGITS) if form == 8 else name


def some_unit(c: Chooser, w: World) -> str:
    """Any unit, by one of its names."""
    return spelled(c, w, c.pick(w.state.units()))


def some_units(c: Chooser, w: World) -> list[str]:
    """At least one unit, each by one of its names."""
    return [spelled(c, w, unit) for unit in c.some(w.state.units())]


def fresh(c: Chooser, w: World, field: str) -> str:
    """A number not in use; now and then one that a retraction has set free."""
    used = {number for known, number in w.state.numbers if known == field}
    freed = [line[field] for line in w.lines if line.get(field) and line[field] not in used]
    own = f"{field}-{len(w.lines) + 1}"
    return c.pick([own, own, *freed[:2]]) if freed else own


def cycle(c: Chooser, w: World) -> Fields:
    """The year 2022, and after it 2023."""
    year = "2023" if w.state.find("cycle", "2022") else "2022"
    due = c.pick((date(int(year) + 1, 1, 15), date(int(year), 12, 31)))
    return without_nothing(
        on=c.pick((f"{year}-01-01", f"{int(year) - 1}-12-20")),
        cycle=year,
        rulebook="shuozhou-2022",
        starts=f"{year}-01-01",
        ends=f"{year}-12-31",
        evidence_due=due.isoformat(),
        duty_due=c.pick((None, f"{year}-03-31", f"{year}-06-30")),
        two_person=False,
    )


def cycle_closed(c: Chooser, w: World) -> Fields:
    """A cycle closed some time."""
    opened = w.state.of_type("CycleOpened")
    return {"on": c.anywhen(), "cycle": c.pick(opened)["cycle"], "as_of": c.day().isoformat()}


def enrolled(c: Chooser, w: World) -> Fields:
    """A unit not enrolled yet, with a made-up alias at times."""
    free = [name for name in UNITS if name not in w.state.units()]
    if not free:
        return None
    alias = [f"别名{len(w.lines) + 1}"] if c.chance(40) else None
    on = c.pick(("2022-01-01", "2021-12-20"))
    return without_nothing(on=on, unit=free[0], category=c.pick(CATEGORIES), aliases=alias)


def unit_changed(c: Chooser, w: World) -> Fields:
    """A new name, alias or category, or a merger."""
    unit, here = c.pick(w.state.units()), len(w.lines) + 1
    change = c.pick(("category", "name", "aliases", "into"))
    value: Any = {"category": c.pick(CATEGORIES), "name": f"新名{here}", "aliases": [f"又名{here}"]}
    others = [other for other in w.state.units() if other != unit]
    if change == "into" and not others:
        return None
    changed = spelled(c, w, c.pick(others)) if change == "into" else value[change]
    return {"on": c.anywhen(), "unit": spelled(c, w, unit), change: changed}


def quota(c: Chooser, w: World) -> Fields:
    """A quota for all, a category or some units; for a period already there or another."""
    known = [(f["from"], f["to"]) for f in w.state.of_type("QuotaSet")]
    first, last = c.pick([*known, *PERIODS])
    whom = c.number(0, 4)
    return without_nothing(
        on=c.anywhen(),
        kind=c.pick(KINDS),
        required=c.pick((1, 0, 2, 0, 3)),
        **{"from": first, "to": last},
        units=some_units(c, w) if whom > 2 else None,
        category=c.pick(CATEGORIES) if whom in (1, 2, 4) else None,
    )


def document(c: Chooser, w: World) -> Fields:
    """A document, with a due day of its own at times."""
    on = c.anywhen()
    due = c.day_from(plain(on)).isoformat() if c.chance(50) else None
    kind = c.pick(("notice", "scheme", "circular"))
    number = fresh(c, w, "document")
    return without_nothing(on=on, document=number, title="文件", kind=kind, instruction_due=due)


def instructed(c: Chooser, w: World) -> Fields:
    """An instruction, often close to its due."""
    documents = w.state.of_type("DocumentIssued")
    if not documents:
        return None
    about = c.pick(documents)
    due = when(about.get("instruction_due") or w.state.of_type("CycleOpened")[0]["evidence_due"])
    on = c.stamp_near(due) if c.chance(60) else c.anywhen()
    leader = c.maybe(("县长", "局长"))
    number = about["document"]
    return without_nothing(on=on, unit=some_unit(c, w), document=number, leader=leader)


def deployment(c: Chooser, w: World) -> Fields:
    """A meeting on some topics, at times close to the due."""
    due = when(c.pick(w.state.of_type("CycleOpened"))["evidence_due"])
    on = c.stamp_near(due) if c.chance(40) else c.anywhen()
    return {"on": on, "unit": some_unit(c, w), "topics": c.some(TOPICS)}


def duties(c: Chooser, w: World) -> Fields:
    """Some parts of a roster, at times close to the due."""
    opened = c.pick(w.state.of_type("CycleOpened"))
    due = when(opened.get("duty_due") or opened["evidence_due"])
    on = c.stamp_near(due) if c.chance(50) else c.anywhen()
    value = {"leader": "甲", "agency": "信息科", "staff": ["丙", "丁"]}
    return {"on": on, "unit": some_unit(c, w), **{part: value[part] for part in c.some(PARTS)}}


def staff_changed(c: Chooser, w: World) -> Fields:
    """A change of people."""
    number, unit = fresh(c, w, "change"), some_unit(c, w)
    return {"on": c.anywhen(), "change": number, "unit": unit, "role": c.pick(PARTS), "into": "戊"}


def notified(c: Chooser, w: World) -> Fields:
    """Notice of a change, on its day or around the tenth."""
    changes = w.state.of_type("StaffChanged")
    if not changes:
        return None
    change = c.pick(changes)
    return {"on": c.stamp(c.day_from(change.day)), "change": change["change"]}


def finding(c: Chooser, w: World) -> Fields:
    """A finding of any kind, about an item at times."""
    items = [f["item"] for f in w.state.of_type("SubmissionReceived")]
    return without_nothing(
        on=c.anywhen(),
        finding=fresh(c, w, "finding"),
        unit=some_unit(c, w),
        kind=c.pick(tuple(FINDINGS)),
        item=c.pick(items) if items and c.chance(20) else None,
    )


def seconded(c: Chooser, w: World) -> Fields:
    """A person sent to the city or provincial office."""
    number, host = fresh(c, w, "secondment"), c.pick(("city", "province"))
    unit = some_unit(c, w)
    return {"on": c.anywhen(), "secondment": number, "unit": unit, "person": "己", "host": host}


def returned(c: Chooser, w: World) -> Fields:
    """The return, around the day some months are complete, or soon."""
    away = [f for f in w.state.of_type("SecondmentStarted") if _still_away(w, f)]
    if not away:
        return None
    start = c.pick(away)
    complete = months_later(start.day, c.pick((3, 3, 3, 2, 1, 6)))
    day = complete + timedelta(days=c.pick((0, -1, 1))) if c.chance(75) else c.day_from(start.day)
    return {"on": c.stamp(day), "secondment": start["secondment"]}


def _still_away(w: World, start: Fact) -> bool:
    return start["secondment"] not in w.state.ended
