"""A process that records batches as fast as it can; several of them at once are a test.

    python -m tests.infra.store.writer_process DATABASE NAME BATCHES SIZE

It says `ready`, waits for a line, then makes the schema and records; each batch is a stream of its
own.
"""

from __future__ import annotations

import sys

from infra.store.engine import open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from tests.infra.store.batches import batch


def main(database: str, name: str, batches: str, size: str) -> None:
    """Record when told to."""
    engine = open_engine(database)
    print("ready", flush=True)  # noqa: T201 - the protocol
    sys.stdin.readline()
    create_schema(engine)
    recorder = EventRecorder(engine)
    for number in range(int(batches)):
        recorder.insert_events(batch(f"{name}/{number}", range(1, int(size) + 1)))
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
