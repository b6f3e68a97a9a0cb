"""领导批示: points when a government leader endorsed an item that was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.days import day_of
from domain.events.items import ItemEndorsed
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.rules.adoption import adoptions, authors_of, made, share
from domain.standing import Fact


def endorsement(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Give points for an item's first endorsement at each level, or by each leader.

    They count from the later of the endorsement's day and the item's first adoption. An item
    never adopted, or a leader of another body, gives a line of 0 points. Codes ``endorsed``,
    ``endorsed_not_adopted``, ``endorsed_elsewhere``. Source: 附件2 其他加分, second row.
    """
    endorsed = [fact for fact, why_not in praises(case) if not why_not]
    making = made(case) if endorsed else None
    if making is None:
        return
    authors, rests_on = authors_of(case)
    if case.unit.id not in authors:
        return
    title = f"{making.event.title}（{case.number}）"  # type: ignore[attr-defined]
    adopted = next(iter(adoptions(case)), None)
    for fact in endorsed:
        points, code, text = _worth(case, indicator, fact, adopted)
        day = day_of(fact.event.on)
        yield Draft(
            points=points,
            code=code,
            text=f"{title}{text}",
            events=rests_on
            + (adopted.events if adopted and code == "endorsed" else ())
            + fact.events,
            effective_from=max(day, day_of(adopted.event.on))
            if code == "endorsed" and adopted
            else day,
        )


def _worth(
    case: Case, indicator: Indicator, fact: Fact, adopted: Fact | None
) -> tuple[Decimal, str, str]:
    event = fact.event
    assert isinstance(event, ItemEndorsed)  # noqa: S101  chosen by its type in praises
    level = case.rulebook.vocabulary["leaders"].get(event.level, event.level)
    by = f"（{event.leader}）" if event.leader else ""
    if event.body != "government":
        body = case.rulebook.vocabulary["bodies"].get(event.body, event.body)
        return Decimal(0), "endorsed_elsewhere", f"获{body}领导{by}批示，不属政府领导，不计分"
    if adopted is None:
        return Decimal(0), "endorsed_not_adopted", f"获{level}{by}批示，未被采用，不计分"
    price = case.price(indicator, event.level) if event.level in indicator.points else Decimal(0)
    points = share(case, price, len(authors_of(case)[0]))
    return points, "endorsed", f"获{level}{by}批示"


def praises(case: Case) -> Iterator[tuple[Fact, str]]:
    """Return each endorsement of the item, and why it gives no line, if it gives none.

    They are in the order of day and position. Codes: ``outside_cycle``, and ``repeated`` for a
    second one at a level, or by the same leader with ``endorsement.per`` leader.
    """
    named = (
        fact
        for fact in case.facts
        if isinstance(fact.event, ItemEndorsed) and fact.event.item == case.number
    )
    given: set[object] = set()
    for fact in sorted(named, key=lambda fact: (day_of(fact.event.on), fact.position)):
        event = fact.event
        assert isinstance(event, ItemEndorsed)  # noqa: S101  chosen by its type above
        key = paid_once_for(case, event) if event.body == "government" else fact.position
        if not case.cycle.covers(day_of(event.on)):
            yield fact, "outside_cycle"
        else:
            yield fact, "repeated" if key in given else ""
            given.add(key)


def paid_once_for(case: Case, event: ItemEndorsed) -> tuple[str, str | None]:
    """Return what an item is paid for only once: a level, or with ``endorsement.per`` a leader."""
    per_leader = case.readings.choice("endorsement.per") == "leader"
    return event.level, event.leader if per_leader else None
