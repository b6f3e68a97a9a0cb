"""Adoptions and endorsements that do not go together, or do not say where."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import day_of
from domain.events.items import ItemAdopted, ItemEndorsed
from domain.rules.adoption import adoptions, authors_of
from projections.doctor.check import Check, Examined, Found
from projections.known import Known
from projections.registers.item_cells import item_case, item_cells, with_item


def higher_only(at: Examined) -> Iterator[Found]:
    """Find items that a higher office adopted, but the lowest, the city's, never did.

    For a merged item, an adoption of one of its parts will do.
    """
    known = at.known
    levels = known.words("levels")
    lowest = next(iter(levels))
    for item in dict.fromkeys(used.item for _, used in known.of_cycle(ItemAdopted)):
        used = [f for f in known.about(f"item/{item}") if isinstance(f.event, ItemAdopted)]
        named = {fact.event.level for fact in used}  # type: ignore[attr-defined]
        if lowest not in named:
            by = "、".join(levels.get(level, level) for level in levels if level in named)
            text = f"{_called(known, item)}只有{by}采用，没有{levels[lowest]}采用的记录"
            yield _found(known, item, text, tuple(e for fact in used for e in fact.events))


def endorsed_not_adopted(at: Examined) -> Iterator[Found]:
    """Find items that leaders endorsed and nobody adopted."""
    known = at.known
    for fact, praise in known.of_cycle(ItemEndorsed):
        if not adoptions(item_case(known, praise.item)):
            by = praise.leader or known.words("leaders").get(praise.level, praise.level)
            said = f"{day_of(praise.on)} 获批示（{by}），没有任何采用的记录"
            yield _found(known, praise.item, _called(known, praise.item) + said, fact.events)


def no_publication(at: Examined) -> Iterator[Found]:
    """Find adoptions that do not say in which publication."""
    known = at.known
    for fact, used in known.of_cycle(ItemAdopted):
        if used.publication is None:
            by = known.words("levels").get(used.level, used.level)
            text = f"{_called(known, used.item)}{day_of(used.on)} 被{by}采用，没有写刊物"
            yield _found(known, used.item, text, fact.events)


def _called(known: Known, item: str) -> str:
    cells = item_cells(known, item_case(known, item))
    return f"信息 {item}“{cells['title']}”"


def _found(known: Known, item: str, text: str, events: tuple[int, ...]) -> Found:
    case = item_case(known, item)
    return Found(text, with_item(case, events), tuple(sorted(authors_of(case)[0])))


HIGHER_ONLY = Check(
    "只有上级采用",
    "信息被上级采用而本级没有采用的记录。各级采用分别计分，可能漏登了本级的采用，也可能层级登记错了。",
    "查对本级刊物：确有采用的补登；层级有误的更正；上级直接采用的，不必处理。",
    higher_only,
)
NOT_ADOPTED = Check(
    "批示了但没有采用",
    "信息获领导批示，但没有任何一级采用的记录。凡采用的信息获批示才加分，所以现在不计分。",
    "查对刊物：确有采用的补登，批示随即计分；信息编号登记错的更正；确未采用的，不必处理。",
    endorsed_not_adopted,
)
NO_PUBLICATION = Check(
    "采用没有写刊物",
    "采用的登记里没有刊物，事后无法核对，单位有异议时拿不出依据。",
    "查出刊物名称和期号，用 kaohe correct 补上。",
    no_publication,
)
