"""Topics judged again: their facts loaded, and the difference of their lines written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from domain.watching import Watch
from projections.events import Events
from projections.facts import rows_of
from projections.grouping import Subject
from projections.history import SettingHistory
from projections.judging import judge
from projections.tables import chunks
from projections.writing import LineWriter

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SUBJECTS_AT_ONCE = 400
_EVENTS_AT_ONCE = 4000


def rejudge(  # noqa: PLR0913  all that the lines come from, and who watches
    connection: Connection,
    topics: Collection[str],
    events: Events,
    history: SettingHistory,
    *,
    since: int,
    watch: Watch | None,
) -> None:
    """Bring the lines of ``topics`` from what was known at ``since`` to what is known now."""
    subjects = [subject for subject in map(Subject.of, topics) if history.may_score(subject)]
    writer, done = LineWriter(connection), 0
    for portion in _portions(connection, subjects):
        found = events.at({at for positions in portion.values() for at in positions})
        older = [
            subject.topic
            for subject, positions in portion.items()
            if subject.unit or (positions and positions[0] <= since)
        ]
        # At first, and of what began after ``since``, there are no lines yet.
        known = writer.open_lines(older) if since and older else {}
        for subject, positions in portion.items():
            rows = [(at, found[at]) for at in positions]
            lines = known.get(subject.topic, {})
            changes = judge(subject, rows, history, since=since, known=lines)
            writer.write(subject.topic, changes, lines)
        writer.flush()
        done += len(portion)
        if watch:
            watch(done, len(subjects))


def _portions(
    connection: Connection, subjects: list[Subject]
) -> Iterator[dict[Subject, list[int]]]:
    """Return the positions of each subject, so many at a time as memory should hold."""
    for chunk in chunks(subjects, _SUBJECTS_AT_ONCE):
        positions: dict[str, list[int]] = {subject.topic: [] for subject in chunk}
        for topic, at in rows_of(connection, positions):
            positions[topic].append(at)
        portion: dict[Subject, list[int]] = {}
        events = 0
        for subject in chunk:
            held = sorted(positions[subject.topic])
            if portion and events + len(held) > _EVENTS_AT_ONCE:
                yield portion
                portion, events = {}, 0
            portion[subject] = held
            events += len(held)
        yield portion
