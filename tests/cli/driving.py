"""How these tests look at what the command line says, and how they start it as a process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.store.engine import open_engine
from tests.running import Answer, Kaohe

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
MAIN = "from cli.main import main; main()"
_ADVICE = re.compile("请|应|可以|可写|可用|最接近|已登记的有|已安装的有|只能")
_INTERNAL = ("Traceback", "操作没有完成", "sqlalche.me", 'File "')


def refused(kaohe: Kaohe, *arguments: object, exit_code: int = 1) -> str:
    """Run a command that is refused, and return the message, which must be fit for a clerk."""
    answer = kaohe(*arguments, exit_code=exit_code)
    assert not answer.stdout
    return fit_for_a_clerk(answer.stderr)


def fit_for_a_clerk(message: str) -> str:
    """Return ``message``, which must be foreseen, begin as an error does, and say what to do."""
    assert message.startswith("错误："), message
    assert not [sign for sign in _INTERNAL if sign in message], message
    assert _ADVICE.search(message), message
    return message


def misused(kaohe: Kaohe, *arguments: object) -> str:
    """Run a command that is wrong usage, and return what is said about it."""
    answer = kaohe(*arguments, exit_code=2)
    assert not answer.stdout
    assert "Traceback" not in answer.stderr
    assert "--help" in answer.stderr
    return answer.stderr


def started(
    database: str, *arguments: object, unprivileged: bool = False, **environment: str
) -> subprocess.Popen[str]:
    """Start the command as a process of its own, with more environment when it is given.

    ``unprivileged``: root as well then has to keep to the modes of files, like any other user.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("KAOHE_")}
    bare = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    before = bare if unprivileged and os.geteuid() == 0 else []
    typed = ["--db", database, "--actor", "李四", *map(str, arguments)]
    return subprocess.Popen(
        [*before, sys.executable, "-c", MAIN, *typed],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**own, "PYTHONPATH": str(ROOT), **environment},
    )


def ended(process: subprocess.Popen[str]) -> Answer:
    """Wait for a process, and return what it said and how it ended."""
    stdout, stderr = process.communicate(timeout=120)
    return Answer(process.returncode, stdout, stderr)


def queried(database: str, statement: str) -> list[tuple[Any, ...]]:
    """Return the rows that a query gives."""
    engine = open_engine(database)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]
    finally:
        engine.dispose()


def tampered(database: str, *statements: str) -> None:
    """Change a database behind the back of the program, its triggers switched off if need be."""
    engine = open_engine(database)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def events_of(kaohe: Kaohe, *arguments: object) -> list[dict[str, Any]]:
    """Return the entries of ``kaohe log``."""
    found: list[dict[str, Any]] = kaohe.json("log", *arguments)["events"]
    return found


def totals_of(kaohe: Kaohe, *arguments: object) -> dict[str, str]:
    """Return each unit's total."""
    return {unit: sheet["total"] for unit, sheet in kaohe.sheets(*arguments).items()}


def contents(events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what log entries say but for when, by whom and from which row they were recorded."""
    passing = ("recorded_at", "actor", "source")
    return [{key: held for key, held in event.items() if key not in passing} for event in events]
