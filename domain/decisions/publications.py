"""Checks of publications."""

from __future__ import annotations

from datetime import date

from domain.decisions.checking import Desk, Found, Wrong, new_number
from domain.events.publications import PUBLICATIONS, ScoresPublished


def scores_published(event: ScoresPublished, desk: Desk) -> Found:
    """Need a new publication number, a cycle that exists, and a position before the publication.

    The position and the digest of the sheets are filled in by `kaohe publish`.
    """
    yield from new_number(desk, event, "publication", "公布号")
    if event.publication < 1:
        yield Wrong("publication", "公布号应从 1 起", "请写 1 或更大的整数")
    if event.cycle not in desk.setting.cycles:
        known = "、".join(desk.setting.cycles) or "（无）"
        yield Wrong("cycle", f"没有登记过考核年度“{event.cycle}”", f"已登记的有：{known}")
    later = desk.position is not None and event.position >= desk.position
    if later or desk.register.entry(event.position) is None:
        what = f"登记这次公布之前，日志里没有事件 #{event.position}"
        yield Wrong("position", what, "请用 kaohe publish 公布，由程序填写")


def last_published(desk: Desk, as_of: date) -> ScoresPublished | None:
    """Return the last publication that shows the scores of ``as_of``, if one stands.

    That is one as of this very day, or else one of the cycle that began last by then.
    """
    facts = desk.register.facts(PUBLICATIONS)
    made = [fact.event for fact in facts if isinstance(fact.event, ScoresPublished)]
    cycle = desk.setting.cycle_at(as_of)
    own = [event for event in made if cycle is not None and event.cycle == cycle.name]
    found = [event for event in made if event.as_of == as_of] or own
    return found[-1] if found else None
