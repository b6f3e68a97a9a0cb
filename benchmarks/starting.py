"""Starting: what a command takes from its first byte code on, against a bare import.

Both sides are fresh interpreters with compiled byte code, whatever the environment says about
writing it: it goes to a folder of its own, filled by a first run that is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import Scratch
from benchmarks.timing import Take, in_turn, timed

_HELP: Final = Goal(
    name="help",
    what="`kaohe --help`",
    reference='`python -c "import click"`',
    rate=False,
    at_least=1.5,
    wanted=1.2,
)
_SCORE: Final = Goal(
    name="score",
    what="`kaohe score` on the year",
    reference='`python -c "import sqlalchemy"`',
    rate=False,
    at_least=2,
    wanted=1.5,
)
_ROUNDS: Final = 15


def help_(scratch: Scratch) -> Iterator[Result]:
    """Ask for the overview of commands."""
    yield _started(_HELP, scratch, ["--help"], "import click")


def score(scratch: Scratch) -> Iterator[Result]:
    """Ask for the totals of all units in a register that is level with its log."""
    arguments = ["--db", scratch.year.settings.database, "score"]
    yield _started(_SCORE, scratch, arguments, "import sqlalchemy")


def _started(goal: Goal, scratch: Scratch, arguments: Sequence[str], reference: str) -> Result:
    compiled = scratch.file().with_suffix(".bytecode")
    command = (
        f"import sys; from cli.main import main; sys.argv[:] = {['kaohe', *arguments]}; main()"
    )
    sides = [_interpreter(code, compiled) for code in (command, reference)]
    for take in sides:
        take()
    return compared(goal, *in_turn(*sides, rounds=_ROUNDS))


def _interpreter(code: str, compiled: Path) -> Take:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME"}
    }
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    command = [sys.executable, "-c", code]

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    return lambda: timed(run)
