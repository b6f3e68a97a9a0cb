"""What the documentation shows as typed and answered, typed again.

A page may hold files (a fence such as ``jsonl 登记.jsonl``, with a name after the language) and
consoles (a fence ``console``: lines that begin with ``$ kaohe``, each followed by what is
printed). They are played in the order of the page, in one empty folder. A line ``…`` stands for
any lines; moments of recording, which are never the same twice, for any moment.

``python -m tests.docs.consoles PAGE…`` prints what the program answers now.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from click.testing import CliRunner

from cli.main import app
from tests.docs.markdown import Page

ACTOR = "王敏"
"""Who acts in the examples."""

_ANY = "…"
_PROMPT = "$ "
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|(?![\d+]))")


class Exchange(NamedTuple):
    """One command as a page shows it, with the answer shown below it."""

    command: str
    answer: str


def consoles(page: Page) -> Iterator[list[Exchange]]:
    """Return the exchanges of each console of ``page``."""
    for block in page.blocks:
        if block.info == "console":
            yield list(_exchanges(block.text))


def played(page: Page, folder: Path) -> Iterator[tuple[Exchange, str]]:
    """Write the files of ``page`` into ``folder``, and play its consoles there.

    Yields what the page shows with what the program answers. Raises ``ValueError`` for a
    command that is not ours.
    """
    for block in page.blocks:
        language, _, name = block.info.partition(" ")
        if language == "console":
            for exchange in _exchanges(block.text):
                yield exchange, _run(exchange.command, folder)
        elif name:
            (folder / name).write_text(block.text, encoding="utf-8")


def agrees(shown: str, answered: str) -> bool:
    """Tell whether ``answered`` is what a page shows."""
    parts = _bare(shown).split(f"\n{_ANY}\n")
    pattern = r"\n(?:.*\n)*?".join(map(re.escape, parts))
    return re.fullmatch(pattern, _bare(answered)) is not None


def _exchanges(text: str) -> Iterator[Exchange]:
    for part in re.split(rf"^{re.escape(_PROMPT)}", text, flags=re.MULTILINE)[1:]:
        command, _, answer = part.replace("\\\n", " ").partition("\n")
        yield Exchange(command, answer)


def _run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    if program != "kaohe":
        message = f"a console of the documentation calls {program}"
        raise ValueError(message)
    settings = {"KAOHE_ACTOR": ACTOR, "KAOHE_DB": None, "KAOHE_RULEBOOKS": None}
    with chdir(folder):
        return CliRunner().invoke(app, arguments, prog_name="kaohe", env=settings).output


def _bare(text: str) -> str:
    """Return ``text`` without moments, trailing spaces, and empty lines at its ends."""
    lines = [line.rstrip() for line in _MOMENT.sub("<moment>", text).splitlines()]
    return "\n".join(["", *"\n".join(lines).strip("\n").splitlines(), ""])


def _show(path: Path) -> None:
    with TemporaryDirectory() as folder:
        for exchange, answer in played(Page.read(path), Path(folder)):
            sys.stdout.write(f"{_PROMPT}{exchange.command}\n{answer}\n")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _show(Path(name).resolve())
