"""The score lines that a database holds, against those that follow from the log in it.

The replay is made in a database of the program's own, from nothing but the rows of the log: what
somebody put into the register's, such as a trigger or an index, has no part in it.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from cli.office import today
from cli.replica import replica
from domain.errors import IntegrityBroken, KaoheError
from infra.store.structure import Oddity, oddities
from projections.checking import Comparison, compare
from projections.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.office import Office
    from projections.catching_up import Watch
    from projections.facts import Reading

_TRIES: Final = 20


def compared(opened: Office, watch: Watch | None = None) -> Comparison:
    """Compare the lines, brought up to the log, with those of a fresh replay.

    Register and replay are of one state of the log, whatever others record meanwhile. Raises
    ``IntegrityBroken`` for an event that is missing or cannot be read, and where the lines do not
    stay where they were brought.
    """
    for _ in range(_TRIES):
        opened.caught_up()
        with opened.one_state():
            if opened.projection.level() is not None:
                with _replayed(opened, watch) as fresh:
                    return compare(opened.reading, fresh)
    message = f"得分重算了 {_TRIES} 次，进度仍与日志不一致"
    raise IntegrityBroken(message, fix="请稍后再试；仍不行，请保留数据库原件备查。")


@contextmanager
def _replayed(opened: Office, watch: Watch | None) -> Iterator[Reading]:
    """Lend the lines that follow from the log, in a file that is gone afterwards."""
    with (
        TemporaryDirectory(prefix="kaohe-") as folder,
        replica(
            opened.log,
            opened.rulebooks,
            today=today(),
            thorough=True,
            database=Path(folder) / "replay.db",
            watch=watch,
        ) as made,
    ):
        yield made.reading


def odd(opened: Office) -> list[Oddity]:
    """Return what in the database is not of this program's making, or is missing.

    Tables that only a later version of the program has are made before anything is missed.
    """
    from eventsourcing.persistence import PersistenceError

    found = oddities(opened.engine, metadata)
    if found:
        with suppress(KaoheError, PersistenceError):  # who goes on to use the lines says why
            opened.caught_up()
        found = oddities(opened.engine, metadata)
    return found


def of_lines(oddity: Oddity) -> bool:
    """Tell whether it is about the tables of the score lines, which a rebuild makes anew."""
    return oddity.table in metadata.tables
