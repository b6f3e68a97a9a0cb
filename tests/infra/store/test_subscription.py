"""Following the log from other threads."""

from __future__ import annotations

from threading import Thread, Timer
from typing import TYPE_CHECKING

from eventsourcing.persistence import StoredEvent

from infra.store.subscription import POLL_SECONDS
from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from infra.store.recorder import EventRecorder


def test_events_are_followed_while_they_are_recorded(recorder: EventRecorder) -> None:
    """A follower gets more than a page of old events, then the new ones, each once and in order."""
    recorder.insert_events(batch("item/1", range(1, 1202)))
    seen: list[int] = []
    with recorder.subscribe(gt=1) as subscription:
        for notification in subscription:
            seen.append(notification.id)
            if notification.id == 1201:
                recorder.insert_events(batch("item/2", range(1, 3)))
            if notification.id == 1203:
                break
    assert seen == list(range(2, 1204))


def test_types_that_are_not_asked_for_are_passed_over(recorder: EventRecorder) -> None:
    """A follower of one type gets it from behind more than a page of others."""
    recorder.insert_events(batch("item/1", range(1, 1202)))
    recorder.insert_events([StoredEvent("item/2", 1, "item.adopted:1", b"")])
    recorder.insert_events(batch("item/3", range(1, 1202)))
    recorder.insert_events([StoredEvent("item/2", 2, "item.adopted:1", b"")])
    with recorder.subscribe(topics=["item.adopted:1"]) as subscription:
        assert [next(subscription).id, next(subscription).id] == [1202, 2404]
        recorder.insert_events(batch("item/4", range(1, 3)))
        wanted = [StoredEvent("item/2", 3, "item.adopted:1", b"")]
        later = Timer(3 * POLL_SECONDS, recorder.insert_events, [wanted])
        later.start()
        assert next(subscription).id == 2407
        later.join()


def test_a_waiting_follower_can_be_stopped(recorder: EventRecorder) -> None:
    """`stop` ends an iteration that waits for events in another thread."""
    subscription = recorder.subscribe()
    seen: list[object] = []
    follower = Thread(target=lambda: seen.extend(subscription), daemon=True)
    follower.start()
    subscription.stop()
    follower.join(timeout=10)
    assert not follower.is_alive()
    assert seen == []
