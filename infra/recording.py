"""Recording: lines are decided on what is known, and saved if nobody else recorded meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import structlog

from domain.decisions.batch import Anew, Batch, Decided, RegisterLine
from domain.errors import Fault, Lagging, Refused
from domain.events.base import Event
from domain.register import FactSource, Register
from domain.rulebook.model import Rulebook
from domain.watching import Watch
from infra.second_person import Plan, Proposed, Request, SecondPerson
from infra.store.errors import HeadMoved

if TYPE_CHECKING:
    from infra.application import RegisterApplication

_TRIES = 20
_KEPT_AT_MOST = 10_000

logger = structlog.get_logger(__name__)


class CaughtUp(Protocol):
    """The index of facts, which has to be level with the log before anything is decided."""

    def level(self) -> int | None:
        """Return the position that the log and the index have both reached, if the index has."""
        ...

    def catch_up(
        self, watch: Watch | None = None, *, fresh: Mapping[int, Event] | None = None
    ) -> int:
        """Bring the index up to the log and return the position reached.

        ``fresh`` are events that were recorded a moment ago and need not be read again.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: events recorded (or that would be), and lines recorded before.

    ``anew`` are the lines recorded although their like was retracted. Where a second person is
    needed, only the ``proposal`` is recorded, and the positions in ``anew`` do not count.
    """

    recorded: Sequence[Decided]
    skipped: Sequence[tuple[RegisterLine, int]]
    proposal: Proposed | None = None
    anew: Sequence[Anew] = ()


class Recording:
    """Records batches of lines, each all or nothing."""

    def __init__(  # noqa: PLR0913  all that deciding rests on, and where it goes
        self,
        application: RegisterApplication,
        projection: CaughtUp,
        facts: Callable[[int], FactSource],
        *,
        one_state: Callable[[], AbstractContextManager[None]],
        rulebooks: Mapping[str, Rulebook],
        today: Callable[[], date],
    ) -> None:
        self._application = application
        self._one_state = one_state
        self._projection = projection
        self._facts = facts
        self._second = SecondPerson(facts, rulebooks=rulebooks, today=today)
        self._kept: tuple[int, Register] | None = None

    def record(  # noqa: PLR0913  all that there is to say of a batch
        self,
        lines: Iterable[RegisterLine],
        *,
        actor: str,
        dry_run: bool = False,
        faults: Sequence[Fault] = (),
        watch: Watch | None = None,
        reason: str | None = None,
    ) -> Outcome:
        """Record ``lines`` as ``actor``; with ``dry_run`` only find out what would happen.

        Lines that need a second person become a proposal as a whole, for ``reason``.
        A batch that another process overtook is decided again on what is known then. ``faults``
        were found when the lines were read.

        Raises:
            LinesRefused: a line is wrong; it names every fault, in the order of rows. Nothing is
                recorded then.
            Refused: twenty times in a row somebody else recorded first; nothing is recorded.
            Lagging: all is recorded, but the lines could not be brought up to it.
        """
        with _uncollected():
            asked = Request(list(lines), actor, faults, watch, reason)
            for _ in range(_TRIES):
                head, (batch, register, proposal) = self._planned(asked)
                outcome = Outcome(batch.events, batch.skipped, proposal, batch.anew)
                if dry_run or not batch.events:
                    return outcome
                try:
                    self._application.save_decided(batch.events, after=head)
                except HeadMoved:
                    logger.info("decided again", head=head, lines=len(asked.lines))
                    continue
                if len(register) <= _KEPT_AT_MOST:
                    self._kept = (batch.events[-1].position, register)
                self._bring_up(batch, watch)
                return outcome
        message = f"连续 {_TRIES} 次都有别人先登记，这一批没有登记"
        raise Refused(message, fix="请稍后再试。")

    def _planned(self, asked: Request) -> tuple[int, Plan]:
        """Return what is to be saved, and the position after which it was decided."""
        with self._one_state():
            head = self._projection.level()
            if head is not None:
                return head, self._second.planned(asked, self._register_at(head), head)
        # Not within one state: what is brought up there would not be seen in it.
        head = self._projection.catch_up()
        with self._one_state():
            return head, self._second.planned(asked, self._register_at(head), head)

    def _register_at(self, head: int) -> Register:
        """Return the register as it stands at ``head``.

        It is the one that the last batch was decided with, and recorded, if nobody else recorded
        anything since: the setting and much of what is named is in it already. While it is out it
        is kept nowhere, so that what a refused batch would have said is forgotten with it.
        """
        kept, self._kept = self._kept, None
        if kept is not None and kept[0] == head:
            return kept[1]
        return Register(self._facts(head))

    def _bring_up(self, batch: Batch, watch: Watch | None) -> None:
        """Bring the lines up to what was recorded; it stays recorded whatever happens here."""
        fresh = {decided.position: decided.event for decided in batch.events}
        try:
            self._projection.catch_up(watch, fresh=fresh)
        except Exception as error:
            span = f"#{batch.events[0].position} 至 #{batch.events[-1].position}"
            raise Lagging(
                f"事件已登记为 {span}，但得分没有更新：{error}",
                fix="不要重新登记；请运行 kaohe rebuild，仍不行请联系维护人员。",
            ) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles away for a while.

    A batch makes many objects that are all needed and in no cycle; to have them walked through
    again and again takes a tenth of the time of an import.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
