"""Lines that are recorded nowhere, decided and scored as if they were.

The log is replayed into a database in memory, and the lines are put on top of it there. The
register itself is only read: no transaction that writes is ever begun on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from cli.books import installed
from cli.office import today
from cli.replica import Replica, replica
from domain.days import SHANGHAI, day_of, read_moment
from domain.decisions.batch import RegisterLine
from domain.decisions.proposing import pairs
from domain.errors import Fault, LinesRefused, NotKnown
from domain.register import Register
from infra.second_person import Request, SecondPerson
from projections.supposed_log import SupposedLog

if TYPE_CHECKING:
    from datetime import date

    from cli.office import Office
    from domain.watching import Watch
    from domain.wording import Vocabularies


class Taken(NamedTuple):
    """What became of the lines of one file.

    ``events`` are how many would be recorded, ``skipped`` the lines recorded before, each with
    its position; ``why`` says why a second person would have to confirm, or is empty.
    """

    name: str
    events: int
    skipped: Sequence[dict[str, Any]]
    why: str


class Supposition:
    """The register as it was known at ``known``, with lines on top that are recorded nowhere."""

    def __init__(
        self, opened: Office, log: SupposedLog, made: Replica, known: int, day: date
    ) -> None:
        self.known = known
        self.day = day
        self.names: dict[int, str] = {}
        """What is supposed, by the position it would have: where it was written."""
        self.log = log
        self.points, self.sheets, self.reading = made.points, made.sheets, made.reading
        self._made = made
        self._opened = opened
        self._second = SecondPerson(made.facts_upto, rulebooks=opened.rulebooks, today=lambda: day)

    def suppose(
        self, name: str, lines: Sequence[RegisterLine], faults: Sequence[Fault] = ()
    ) -> Taken:
        """Put the lines of one file on top, as if a second person had agreed where one is needed.

        Raises ``LinesRefused`` with every fault, as recording them would.
        """
        head = self.log.head().position
        asked = Request(list(lines), self._opened.actor, faults, None, None)
        try:
            tried = self._second.tried(asked, Register(self._made.facts_upto(head)), head)
        except LinesRefused as refused:
            if self.day != today():
                refused.fix += f"按 --known-at 检查时，“今天”是 {self.day}。"
            raise
        decided = tried.batch.events
        made = pairs(tried.lines, tried.batch)
        places = (str(pair.line.where) for pair in made)
        self.names |= {one.position: place for one, place in zip(decided, places, strict=True)}
        self.log.suppose(decided)
        if decided:
            self._made.projection.catch_up(fresh={one.position: one.event for one in decided})
        skipped = [{"row": str(line.where), "position": at} for line, at in tried.batch.skipped]
        return Taken(name, len(decided), skipped, tried.why)

    def words_for(self, named: Collection[str]) -> list[Vocabularies]:
        """Return the words of a file that names these rulebooks, as ``kaohe import`` reads it."""
        cycles = self.points.setting_at(self.log.head().position).cycles.values()
        latest = sorted(cycles, key=lambda cycle: cycle.starts, reverse=True)
        names = [*named, *(cycle.rulebook for cycle in latest)]
        return [book.vocabulary for book in installed(self._opened, names)]


@contextmanager
def supposing(
    opened: Office, known_at: str | None, watch: Watch | None = None
) -> Iterator[Supposition]:
    """Lend the register as it was known then, to suppose lines on top; it is gone afterwards.

    Raises ``NotKnown`` for a moment at which there was nothing yet.
    """
    opened.existing()
    known = opened.points.position_of(known_at)
    if not known and opened.log.head().position:
        message = f"--known-at {known_at}：那时日志里还没有事件，不能设想在那时登记"
        raise NotKnown(message, fix="请写登记了开头的事件以后的 #编号、日期或日期时间。")
    log, day = SupposedLog(opened.log, upto=known), _day_of(opened, known_at, known)
    with replica(log, opened.rulebooks, today=today(), watch=watch) as made:
        yield Supposition(opened, log, made, known, day)


def _day_of(opened: Office, known_at: str | None, known: int) -> date:
    """Return the day on which lines would be recorded: the last on which no more was known."""
    if known_at is None:
        return today()
    if not known_at.strip().removeprefix("#").isdigit():
        return min(day_of(read_moment(known_at)), today())
    following = opened.log.rows_at([known + 1])
    if not following:
        return today()
    from datetime import datetime

    return datetime.fromisoformat(following[0].recorded_at).astimezone(SHANGHAI).date()
