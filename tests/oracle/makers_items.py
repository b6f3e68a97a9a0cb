"""One proposal for each event type about commissions and what is sent in, and for rulings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .chooser import Chooser, plain, without_nothing
from .makers import Fields, fresh, some_unit, some_units, spelled
from .rules_quota import covers
from .scheme import GROUP, MAILBOX
from .times import ONE_DAY, when
from .year import units_of

if TYPE_CHECKING:
    from .facts import Fact
    from .world import World

KINDS = ("commissioned", "special", "brief")
LEVELS = ("city", "province", "state")
CONTENTS = ("ordinary", "party_affairs", "meeting_news", "leader_activity", "news_report")
LENGTHS = (1500, 1499, 1800, 1200, 1000)

READINGS: dict[str, tuple[Any, ...]] = {
    "adoption.repeat": ("once", "each"),
    "endorsement.per": ("item", "leader"),
    "joint.share": ("split", "full"),
    "secondment.credit": ("on_start", "on_completion"),
    "secondment.months": (2, 3, 1, 6),
    "liaison.notice_days": (9, 10, 11, 30),
    "special.min_characters": (1499, 1500, 1501, 1000),
    "quota.counts_from": ("2022-08-01", "2022-07-01", "2022-06-01", "2023-03-01"),
    "submissions.unmarked": ("counted", "no_quota"),
    "evidence.cure": ("never", "from_day"),
    "indicators.format.points": (0, -1),
    "indicators.special_adoption.points.state": (5, 0, 3),
    "indicators.brief_adoption.points.state": (5, 0, 3),
}
CAP_VALUES = ("none", 1, 3, 5, 7, 12, 20)

PRICES: dict[str, tuple[int, ...]] = {
    "indicators.commissioned.points": (-1, -3),
    "indicators.liaison.points": (-1, -3),
    "indicators.secondment.points": (5, 12),
    "indicators.commissioned_adoption.points.city": (1, 3),
    "indicators.special_adoption.points.province": (4, 6),
    "indicators.brief_adoption.points.city": (1, 3),
    "indicators.endorsement.points.state": (8, 12),
    "indicators.endorsement.points.city": (1, 4),
    "indicators.surplus.points.special": (1, 3),
    "indicators.instruction.points.circular": (-2, -3),
}


def commission(c: Chooser, w: World) -> Fields:
    """A commission to all or some units."""
    on = c.anywhen()
    units = some_units(c, w) if c.chance(50) else None
    due, number = c.due_from(plain(on)), fresh(c, w, "commission")
    return without_nothing(on=on, commission=number, topic="约稿", due=due, units=units)


def some_commission(c: Chooser, w: World) -> Fact | None:
    """A commission still open to some unit."""
    issued = [f for f in w.state.of_type("CommissionIssued") if w.state.open_to(f)]
    return c.pick(issued) if issued else None


def extended(c: Chooser, w: World) -> Fields:
    """An extension for all or some, past every due in force."""
    about = some_commission(c, w)
    if about is None:
        return None
    named = c.some(w.state.open_to(about)) if c.chance(60) else None
    touched = named or w.state.open_to(about)
    last = max(w.state.due(about, unit).day for unit in touched)
    units = [spelled(c, w, unit) for unit in named] if named else None
    on = c.stamp(c.day_near(last))
    number, due = about["commission"], c.due_from(last + ONE_DAY)
    return without_nothing(on=on, commission=number, due=due, units=units)


def withdrawn(c: Chooser, w: World) -> Fields:
    """A commission taken back, from all or some."""
    about = some_commission(c, w)
    if about is None:
        return None
    named = c.some(w.state.open_to(about)) if c.chance(50) else None
    units = [spelled(c, w, unit) for unit in named] if named else None
    on, number = c.anywhen(), about["commission"]
    return without_nothing(on=on, commission=number, reason="不再需要", units=units)


def declined(c: Chooser, w: World) -> Fields:
    """A unit says that it does not concern it, close to its due."""
    about = some_commission(c, w)
    if about is None:
        return None
    unit = c.pick(w.state.open_to(about))
    on = c.stamp_near(w.state.due(about, unit))
    return {"on": on, "commission": about["commission"], "unit": spelled(c, w, unit)}


def submission(c: Chooser, w: World) -> Fields:
    """Something sent in, alone or jointly, with all that can keep it from counting."""
    kind = c.pick(KINDS)
    joint = some_units(c, w) if c.chance(35) else None
    characters = c.pick(LENGTHS) if kind == "special" or c.chance(10) else None
    return without_nothing(
        on=c.anywhen(),
        item=fresh(c, w, "item"),
        units=joint,
        unit=None if joint else some_unit(c, w),
        kind=kind,
        title="标题",
        characters=characters,
        content=c.pick(CONTENTS) if c.chance(20) else None,
        labelled=c.pick((True, False)) if c.chance(20) else None,
        mailbox=c.pick(tuple(MAILBOX.values())) if c.chance(30) else None,
    )


def reply(c: Chooser, w: World) -> Fields:
    """A submission that answers a commission, close to the due of one of its authors."""
    about = some_commission(c, w)
    fields = submission(c, w)
    if about is None or fields is None:
        return None
    unit = c.pick(w.state.open_to(about))
    helpers = [other for other in w.state.units() if other != unit]
    authors = [unit, *(c.some(helpers) if helpers and c.chance(30) else ())]
    fields.pop("unit", None)
    fields["units"] = [spelled(c, w, author) for author in authors]
    fields["commission"] = about["commission"]
    fields["on"] = c.stamp_near(w.state.due(about, unit))
    if fields["kind"] != "special" and c.chance(80):
        fields["kind"] = "commissioned"
    return fields


def for_quota(c: Chooser, w: World) -> Fields:
    """A submission for a quota, in its period or just outside, by a unit it covers."""
    quotas = w.state.of_type("QuotaSet")
    fields = submission(c, w)
    if not quotas or fields is None:
        return None
    quota = c.pick(quotas)
    first, last = when(quota["from"]).day, when(quota["to"]).day
    covered = [unit.name for unit in units_of(w.state.facts) if covers(quota, unit)]
    if covered and "unit" in fields:
        fields["unit"] = spelled(c, w, c.pick(covered))
    on = c.pick((first, last, first + ONE_DAY, first, last, first - ONE_DAY, last + ONE_DAY))
    lengths = {"characters": c.pick(LENGTHS[:3])} if quota["kind"] == "special" else {}
    return {**fields, "on": c.stamp(on), "kind": quota["kind"], **lengths}


def loose_items(w: World) -> list[Fact]:
    """The items that are not part of a merged one."""
    both = [*w.state.of_type("SubmissionReceived"), *w.state.of_type("ItemsMerged")]
    return [item for item in both if item["item"] not in w.state.parts]


def merged(c: Chooser, w: World) -> Fields:
    """Several items made one."""
    items = loose_items(w)
    if len(items) < 2:
        return None
    parts = c.some(items[-4:])
    if len(parts) == 1:
        parts = items[-2:]
    on = c.stamp(c.day_from(max(w.state.received(part) for part in parts)))
    numbers = [part["item"] for part in parts]
    number = fresh(c, w, "item")
    return {"on": on, "item": number, "items": numbers, "kind": c.pick(KINDS), "title": "合编"}


def _item_day(c: Chooser, w: World) -> tuple[str, str] | None:
    items = loose_items(w)
    if not items:
        return None
    item = c.pick(items)
    return item["item"], c.stamp(c.day_from(w.state.received(item)))


def adopted(c: Chooser, w: World) -> Fields:
    """An item adopted at a level."""
    about = _item_day(c, w)
    return about and {"on": about[1], "item": about[0], "level": c.pick(LEVELS)}


def endorsed(c: Chooser, w: World) -> Fields:
    """An item endorsed, mostly by a named leader of a government."""
    about = _item_day(c, w)
    return about and without_nothing(
        on=about[1],
        item=about[0],
        level=c.pick(LEVELS),
        leader=c.pick(("市长", "副市长", None)),
        body=c.pick(("government", "party", "other")) if c.chance(35) else None,
    )


def ruled(c: Chooser, prices: bool) -> tuple[str, Any]:  # noqa: FBT001 - passed on by name
    """A parameter and a value of its type."""
    table = {**READINGS, **PRICES} if prices else READINGS
    if c.chance(30):
        return f"indicators.{c.pick(tuple(GROUP))}.cap", c.pick(CAP_VALUES)
    parameter = c.pick(tuple(table))
    return parameter, c.pick(table[parameter])


def ruling(c: Chooser, w: World, *, prices: bool) -> Fields:
    """A ruling on any reading, for all cycles or one."""
    parameter, value = ruled(c, prices)
    cycles = [opened["cycle"] for opened in w.state.of_type("CycleOpened")]
    only = c.pick(cycles) if c.chance(30) else None
    on = (when("2022-12-20").day + timedelta(days=c.number(0, 9))).isoformat()
    return without_nothing(on=on, parameter=parameter, value=value, reason="研究决定", cycle=only)
