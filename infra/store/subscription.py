"""Following the log: events that are there, then each new one as it is recorded."""

from __future__ import annotations

from collections import deque
from threading import Event
from typing import TYPE_CHECKING, Final

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

if TYPE_CHECKING:
    from collections.abc import Sequence

POLL_SECONDS: Final = 0.05
"""How long a new event may wait until a subscription sees it."""

_PAGE: Final = 500


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Asks the log again and again, whichever process writes to it; ends when `stop` is called.

    Positions become visible in their order, because there is one writer at a time: what was passed
    stays passed.
    """

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._waiting: deque[Notification] = deque()
        self._passed = gt or 0
        self._stopped = Event()

    def stop(self) -> None:
        """End the iteration, also one that waits in another thread."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        """Return the next event of the log, waiting until there is one."""
        while not self._stopped.is_set():
            if self._waiting or self._pull():
                return self._waiting.popleft()
            self._stopped.wait(POLL_SECONDS)
        raise StopIteration

    def _pull(self) -> bool:
        head = self._recorder.max_notification_id() or 0
        if head <= self._passed:
            return False
        self._waiting.extend(
            self._recorder.select_notifications(
                self._passed, _PAGE, head, self._topics, inclusive_of_start=False
            )
        )
        # With fewer than a page, all to the head has been seen, whatever the topics left out.
        self._passed = self._waiting[-1].id if len(self._waiting) == _PAGE else head
        return bool(self._waiting)
