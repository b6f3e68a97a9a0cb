"""One log with what signs it, as a test needs them."""

from __future__ import annotations

from pathlib import Path

from domain.audit.keys import VerifierKey
from infra.audit.checkpoints import Checkpoints
from infra.audit.key_folder import KeyFolder
from infra.audit.log_signer import LogSigner
from infra.store.engine import open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from tests.forging import leaf, rows_of
from tests.infra.store.batches import batch

ORIGIN = "log.example/kaohe"


class Desk:
    """A log named `ORIGIN` in one database, and its key folder below another folder."""

    def __init__(self, database: str, keys: Path) -> None:
        self.database = database
        self.engine = open_engine(database)
        create_schema(self.engine, origin=ORIGIN)
        self.recorder = EventRecorder(self.engine)
        self.checkpoints = Checkpoints(self.engine)
        self.folder = KeyFolder(keys, ORIGIN)
        self.passphrase: str | None = None
        self.asked = 0
        self.begun: list[VerifierKey] = []
        self.signer = LogSigner(
            self.engine, self.checkpoints, self.folder, self._ask, self.begun.append
        )

    def _ask(self) -> str | None:
        self.asked += 1
        return self.passphrase

    def record(self, count: int) -> None:
        """Record so many events in a stream of their own."""
        head = self.recorder.head().position
        self.recorder.insert_events(batch(f"item/{head}", range(1, count + 1)))

    def leaves(self) -> list[bytes]:
        """Return the leaf hashes that the rows ought to have."""
        with self.engine.connect() as connection:
            return [leaf(ORIGIN, row) for row in rows_of(connection)]

    def kept(self) -> list[int]:
        """Return the sizes at which the database has checkpoints."""
        return self.checkpoints.sizes(upto=10_000)
