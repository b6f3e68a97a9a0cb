"""Commands on the demonstration's own database: shown as anybody would type them, and run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cli.office import Office

_ACTOR = "演示"
_SIGN = ("publish", "export")
"""Commands that need the key, whose folder is then shown too."""
_PLAIN = re.compile(r"[\w@%+=:,./-]+|\d{4}-\d{2}-\d{2}@#\d+")


def _program() -> str:
    """Return how the program that runs is typed from here: ``kaohe`` alone where PATH finds it."""
    running = shutil.which(sys.argv[0])
    if running is None or Path(running).stem != "kaohe":  # started in some other way
        return "kaohe"
    on_path = shutil.which("kaohe")
    if on_path is not None and Path(on_path).samefile(running):
        return "kaohe"
    place, here = Path(running).absolute(), Path.cwd()
    if os.name == "nt":
        place = place.with_suffix("")
    if not place.is_relative_to(here):
        return str(place)
    short = place.relative_to(here)
    return str(short) if short.parent.name else f"{os.curdir}{os.sep}{short}"


class Shell:
    """Runs ``kaohe`` on one database, whatever ``--db`` says."""

    def __init__(self, root: click.Context, database: Path, keys: Path) -> None:
        self._root = root
        self._database = str(database)
        self._keys = keys

    def shown(self, *words: str, actor: str | None = None) -> str:
        """Return the command as it is typed; what the shell would change stands in quotes."""
        keys = ["--keys", str(self._keys)] if words[0] in _SIGN else []
        other = ["--actor", actor] if actor else []
        line = [_program(), "--db", self._database, *keys, *other, *words]
        if os.name == "nt":
            return subprocess.list2cmdline(line)
        return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in line)

    def run(self, *words: str, expected: int = 0, actor: str | None = None) -> None:
        """Show the command, then run it; when it ends otherwise, so does the demonstration.

        ``actor`` is who does it, where it is somebody else than usual.
        """
        click.echo(f"  {self.shown(*words, actor=actor)}")
        click.echo()
        debug = ["--debug"] if self._root.obj.debug else []
        keys = ["--keys", str(self._keys)]
        line = [*debug, "--db", self._database, *keys, "--actor", actor or _ACTOR, *words]
        code = self._root.command.main(line, prog_name="kaohe", standalone_mode=False)
        if (code or 0) != expected:
            self._root.exit(code or 1)

    @contextmanager
    def office(self) -> Iterator[Office]:
        """Open the database for questions that no command answers in so few lines."""
        from cli.office import Office

        own = {"database": self._database, "actor": _ACTOR, "keys": self._keys}
        opened = Office(self._root.obj._replace(**own))
        try:
            yield opened
        finally:
            opened.close()
