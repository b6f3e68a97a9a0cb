"""Publications reproduced: the sheets as they were made public, and whether they still are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.errors import IntegrityBroken, NotKnown
from domain.events.publications import PUBLICATIONS, ScoresPublished
from domain.log import Log
from domain.register import Register
from projections.asking import Asked, Point, Points
from projections.claims import claim
from projections.sheets import Sheets


class Publication(NamedTuple):
    """A publication that stands: where it is recorded, and what was recorded."""

    position: int
    event: ScoresPublished

    def point(self, points: Points) -> Point:
        """Return the point in both times that was made public."""
        event = self.event
        return points.find(Asked(event.as_of, f"#{event.position}", event.cycle))

    def digest(self, sheets: Sheets, points: Points) -> str:
        """Return the digest of the sheets as the log gives them now."""
        return str(claim(sheets, self.point(points))["sha256"])

    def agrees(self, sheets: Sheets, points: Points) -> bool:
        """Tell whether the sheets are those of the digest; where that cannot be told, they are not.

        In a register that was imported the events were recorded anew, and the digest covers when.
        Raises ``IntegrityBroken`` when the sheets are others.
        """
        event = self.event
        if self.digest(sheets, points) == event.sheets:
            return True
        if event.source is not None:
            return False
        what = f"第 {event.publication} 号公布的得分表与公布时登记的摘要 {event.sheets} 不一致"
        fix = "请运行 kaohe verify db，并核对程序版本和考核细则是否与公布时相同；保留数据库原件。"
        raise IntegrityBroken(what, fix=fix)

    def document(self, log: Log) -> dict[str, Any]:
        """Return what was made public when and by whom, for a JSON document."""
        event = self.event
        (row,) = log.rows_at([self.position])
        return {
            "publication": event.publication,
            "on": event.on.isoformat(),
            "cycle": event.cycle,
            "as_of": event.as_of.isoformat(),
            "position": event.position,
            "sheets": event.sheets,
            "event": self.position,
            "recorded_at": row.recorded_at,
            "actor": event.actor,
        }


def publications(register: Register) -> Iterator[Publication]:
    """Yield the publications that stand in ``register``, in the order of the log."""
    for fact in register.facts(PUBLICATIONS):
        if isinstance(fact.event, ScoresPublished):
            yield Publication(fact.position, fact.event)


def publication_numbered(register: Register, number: int) -> Publication:
    """Return the publication of that number. Raises ``NotKnown`` when none stands."""
    for found in publications(register):
        if found.event.publication == number:
            return found
    known = "、".join(str(found.event.publication) for found in publications(register))
    fix = f"可以查看的有：{known}。" if known else "请先用 kaohe publish 公布。"
    raise NotKnown(f"没有第 {number} 号公布", fix=fix)
