"""Publications reproduced: the sheets as they were made public, and whether they still are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.errors import NotKnown
from domain.events.publications import PUBLICATIONS, ScoresPublished
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
