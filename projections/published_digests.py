"""The digest that a publication recorded, held against the sheets that the log gives."""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import NotKnown
from domain.events.publications import PUBLICATIONS, ScoresPublished
from domain.register import Register
from projections.asking import Points
from projections.publications import Publication
from projections.sheets import Sheets


def ever_published(register: Register) -> Iterator[Publication]:
    """Yield every publication that was recorded, those taken back too, in the order of the log."""
    for position in register.positions(PUBLICATIONS):
        entry = register.entry(position)
        if entry is not None and isinstance(entry.recorded, ScoresPublished):
            yield Publication(position, entry.recorded)


def is_comparable(made: Publication) -> bool:
    """Tell whether the digest can be held against this log.

    It covers when the events were recorded; where the publication came from a register file they
    were recorded anew, at other moments.
    """
    return made.event.source is None


def contradiction(made: Publication, sheets: Sheets, points: Points) -> str:
    """Return in what the recorded digest contradicts the log, or nothing when it does not."""
    event = made.event
    named = f"第 {event.publication} 号公布（#{made.position}）"
    if event.position >= made.position:
        return f"{named}说按 #{event.position} 计算，那时还没有这条事件"
    try:
        found = made.digest(sheets, points)
    except NotKnown as error:
        return f"{named}按 #{event.position} 重算不出得分表：{error.what}"
    if found == event.sheets:
        return ""
    return f"{named}登记的得分表摘要 {event.sheets} 与按 #{event.position} 重算的 {found} 不一致"
