"""The place that wires the store, the projections and the rulebooks of a register together.

Projections and infra do not know each other; what one needs of the other is handed over here.
A log that is no register, but supposed or handed over, is wired in ``cli/replica.py``. Parts are
made when they are first asked for, so that a command loads only what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from domain.days import SHANGHAI
from domain.errors import NotKnown
from infra.store.engine import open_engine
from infra.store.reading import LogReader
from infra.store.transactions import Readings, reading, writing
from projections.asking import Asked, Point, Points
from projections.sheets import Sheets

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from cli.main import Settings
    from domain.audit.keys import VerifierKey
    from domain.decisions.batch import RegisterLine
    from domain.errors import Fault
    from domain.register import Register
    from domain.rulebook.model import Rulebook
    from domain.watching import Watch
    from infra.audit.checkpoints import Checkpoints
    from infra.audit.key_folder import KeyFolder
    from infra.audit.log_signer import LogSigner
    from infra.evidence.store import EvidenceStore
    from infra.recording import Outcome, Recording
    from infra.store.recorder import EventRecorder
    from projections.catching_up import LineProjection
    from projections.facts import RecordedFacts


def today() -> date:
    """Return the day it is in Asia/Shanghai, whatever the machine's zone."""
    return datetime.now(SHANGHAI).date()


class Office:
    """Everything that a command works with, for one database."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.actor = settings.actor
        self._found = False

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        database = self.settings.database
        if not database.strip() or ":memory:" in database:
            message = f"“{database}”不能用作数据库"
            raise NotKnown(message, fix="--db 请写数据库文件的路径，或 postgresql:// 网址。")
        return open_engine(database)

    @cached_property
    def rulebooks(self) -> dict[str, Rulebook]:
        """The rulebooks that are installed, by id."""
        from infra.rulebooks import installed_rulebooks

        return installed_rulebooks(self.settings.rulebooks)

    @cached_property
    def log(self) -> LogReader:
        """The log, to be read."""
        return LogReader(self.reading)

    @cached_property
    def recorder(self) -> EventRecorder:
        """The log, to be written; the register is made if there is none."""
        from infra.store.recorder import EventRecorder
        from infra.store.schema import create_schema

        create_schema(self.engine)
        return EventRecorder(self.engine)

    @cached_property
    def projection(self) -> LineProjection:
        """The score lines."""
        from projections.catching_up import LineProjection

        return LineProjection(
            LogReader.seen_by, reading=self.reading, writing=self.writing, rulebooks=self.rulebooks
        )

    @cached_property
    def recording(self) -> Recording:
        """What records lines."""
        from infra.application import RegisterApplication
        from infra.logs import configure
        from infra.recording import Recording

        configure(debug=self.settings.debug)
        return Recording(
            RegisterApplication(self.recorder),
            self.projection,
            self.facts_upto,
            one_state=self.one_state,
            rulebooks=self.rulebooks,
            today=today,
        )

    @cached_property
    def checkpoints(self) -> Checkpoints:
        """What the log and its witnesses signed."""
        from infra.audit.checkpoints import Checkpoints

        return Checkpoints(self.engine)

    @cached_property
    def key_folder(self) -> KeyFolder:
        """The key of the log and the signer's memory, outside the database."""
        return self.keys_of(self.checkpoints.identity()[0])

    @property
    def key_root(self) -> Path:
        """Where the folders of keys are, one for each log."""
        return self.settings.keys or Path(click.get_app_dir("kaohe")) / "keys"

    def keys_of(self, origin: str) -> KeyFolder:
        """Return where the key of the log ``origin`` lies, or would."""
        from infra.audit.key_folder import KeyFolder

        return KeyFolder(self.key_root, origin)

    @cached_property
    def signer(self) -> LogSigner:
        """What signs checkpoints."""
        from cli.key import show_new
        from cli.passphrase import ask_passphrase
        from infra.audit.log_signer import LogSigner

        begun = partial(show_new, self.key_folder)
        return LogSigner(self.engine, self.checkpoints, self.key_folder, ask_passphrase, begun)

    @cached_property
    def evidence(self) -> EvidenceStore:
        """The files that prove events: where the user says, or beside the file of the database."""
        from infra.evidence.store import EvidenceStore

        beside = self._file and self._file.with_name(f"{self._file.name}.evidence")
        return EvidenceStore(self.settings.evidence or beside)

    def log_key(self) -> VerifierKey:
        """Return the public half of the log's key.

        Raises ``NotKnown`` when it has none yet, ``IntegrityBroken`` when it is damaged.
        """
        self.existing()
        held = self.checkpoints.key()
        if held is None:
            raise NotKnown("这本登记簿还没有密钥", fix="请先运行 kaohe init 或 kaohe checkpoint。")
        return held

    def facts_upto(self, position: int) -> RecordedFacts:
        """Return the recorded facts by topic, as of ``position``."""
        from projections.facts import RecordedFacts

        return RecordedFacts(self.reading, self.log, upto=position)

    def register(self, upto: int | None = None) -> Register:
        """Return what stands now, or stood at a position, topic by topic, as checks see it."""
        from domain.register import Register

        return Register(self.facts_upto(self.log.head().position if upto is None else upto))

    def record(
        self,
        lines: Iterable[RegisterLine],
        *,
        dry_run: bool = False,
        faults: Sequence[Fault] = (),
        watch: Watch | None = None,
        reason: str | None = None,
    ) -> Outcome:
        """Record ``lines`` as the actor, all or nothing; what needs two people is proposed.

        A cycle that is closed, and a publication, get a checkpoint. What was recorded in the future
        is told on stderr. Raises ``LinesRefused`` with every fault.
        """
        from cli.afterwards import after_recording

        outcome = self.recording.record(
            lines, actor=self.actor, dry_run=dry_run, faults=faults, watch=watch, reason=reason
        )
        if not dry_run:
            after_recording(self, outcome)
        return outcome

    @cached_property
    def _readings(self) -> Readings:
        return Readings(self.engine)

    @property
    def reading(self) -> Callable[[], AbstractContextManager[Connection]]:
        """How projections read."""
        return self._readings.each

    @property
    def one_state(self) -> Callable[[], AbstractContextManager[None]]:
        """How more than one reading is made to see the same."""
        return self._readings.one_state

    @property
    def writing(self) -> Callable[[], AbstractContextManager[Connection]]:
        """How projections write: what they lose in a power cut is made again from the log."""
        return lambda: writing(self.engine, durable=False)

    @cached_property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self.reading)

    @cached_property
    def points(self) -> Points:
        """Where questions are turned into points in both times."""
        return Points(self.log, self.reading, self.rulebooks, today=today())

    def point(self, asked: Asked) -> Point:
        """Return the point that ``asked`` means, with the lines level with the log."""
        self.caught_up()
        return self.points.find(asked)

    def caught_up(self) -> None:
        """Bring lines that lag up to the log before they are read.

        Raises ``NotKnown`` when there is no register to read.
        """
        self.existing()
        self.projection.catch_up()

    def existing(self) -> None:
        """Make sure that there is a register. Raises ``NotKnown`` when there is none.

        It is looked for until it is found: a register does not go away again.
        """
        self._found = self._found or self.has_register()
        if not self._found:
            message = f"{self.place} 里没有登记簿"
            if self._file is not None and not self._file.exists():
                message = f"没有数据库 {self.place}"
            fix = "请先用 kaohe init 或 kaohe import 建立，或用 --db 指明数据库。"
            raise NotKnown(message, fix=fix)

    def has_register(self) -> bool:
        """Tell whether the database is there and holds a register."""
        from sqlalchemy import inspect

        opened = self.engine  # refuses what can be no database; opening itself makes no file
        if self._file is not None and not self._file.exists():
            return False
        with reading(opened) as connection:
            return inspect(connection).has_table("head")

    @property
    def place(self) -> str:
        """The database as it is named to people: without a password."""
        from cli.troubles import place_of

        return place_of(self.settings.database)

    @property
    def _file(self) -> Path | None:
        database = self.settings.database
        if database.startswith("sqlite:///"):
            return Path(database.removeprefix("sqlite:///"))
        return None if "://" in database else Path(database)

    def close(self) -> None:
        """Give the database back."""
        if "engine" in self.__dict__:
            self.engine.dispose()


@contextmanager
def office() -> Iterator[Office]:
    """Open the office that the options before the command describe, and close it afterwards."""
    opened = Office(click.get_current_context().find_root().obj)
    try:
        yield opened
    finally:
        opened.close()
