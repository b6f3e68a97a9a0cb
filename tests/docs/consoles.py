"""What the documentation shows as typed and answered, typed again.

A page may hold files (a fence such as ``jsonl 登记.jsonl``, with a name after the language) and
consoles (a fence ``console``: lines that begin with ``$ kaohe``, each followed by the answer).
They are played in the order of the page, in one folder that holds nothing but the project's
``examples``. A fence ``console 1-2 8-`` shows
only these lines of its answer, with ``…`` for those left out.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from cli.main import app
from tests.docs.markdown import FENCE, ROOT, Page

ACTOR = "王敏"
"""Who acts in the examples."""

LEFT_OUT = "…"
_PROMPT = "$ "
_SHEETS = re.compile("得分表摘要 [0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|(?![\d+]))")


def has_consoles(page: Page) -> bool:
    """Tell whether ``page`` shows answers."""
    return any(block.info.partition(" ")[0] == "console" for block in page.blocks)


def played(page: Page) -> str:
    """Return the text of ``page`` with what the program answers now.

    Raises ``ValueError`` for a command that is not ours, and for an answer that could not be
    told from a command.
    """
    with TemporaryDirectory() as folder:
        copytree(ROOT / "examples", Path(folder) / "examples")
        return FENCE.sub(lambda fence: _played(fence, Path(folder)), page.text)


def without_moments(text: str) -> str:
    """Return ``text`` with each moment of recording made the same: it never is.

    The digest of published sheets covers such a moment, and is made the same too.
    """
    return _SHEETS.sub("得分表摘要 <digest>", _MOMENT.sub("<moment>", text))


def refresh(page: Page) -> bool:
    """Write ``page`` anew if an answer changed, and tell whether it did."""
    text = played(page)
    changed = without_moments(text) != without_moments(page.text)
    if changed:
        page.path.write_text(text, encoding="utf-8", newline="\n")
    return changed


def _played(fence: re.Match[str], folder: Path) -> str:
    language, _, rest = fence[3].strip().partition(" ")
    if language == "console":
        answers = [_answer(command, rest, folder) for command in _commands(fence[4])]
        return "\n".join([f"```{fence[3]}", *answers]).rstrip("\n") + "\n```"
    if rest:
        (folder / rest).write_text(fence[4], encoding="utf-8")
    return fence[0]


def _commands(text: str) -> Iterator[str]:
    """Return the commands of a console as they are written, line breaks and all."""
    for found in re.finditer(r"^\$ ((?:.*\\\n)*.*)", text, re.MULTILINE):
        yield found[1]


def _answer(command: str, ranges: str, folder: Path) -> str:
    answer = "\n".join(map(str.rstrip, _run(command, folder).splitlines())).strip("\n")
    lines = _chosen(answer.splitlines(), ranges)
    if any(line.startswith(_PROMPT) for line in lines):
        message = f"the answer of {command} shows a prompt; leave that line out"
        raise ValueError(message)
    return "".join(f"{line}\n" for line in [_PROMPT + command, *lines])


def _chosen(lines: list[str], ranges: str) -> list[str]:
    """Return the lines that ``1-2 8-`` names, with a mark for each stretch left out."""
    if not ranges:
        return lines
    chosen, last = [], 0
    for span in ranges.split():
        first, dash, end = span.partition("-")
        until = int(end) if end else len(lines) if dash else int(first)
        chosen += [LEFT_OUT] if int(first) > last + 1 else []
        chosen += lines[int(first) - 1 : until]
        last = until
    return chosen + ([LEFT_OUT] if last < len(lines) else [])


def _run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    if program != "kaohe":
        message = f"a console of the documentation calls {program}"
        raise ValueError(message)
    settings = {"KAOHE_ACTOR": ACTOR, "KAOHE_DB": None, "KAOHE_RULEBOOKS": None}
    settings["KAOHE_KEYS"] = str(folder / "keys")
    with chdir(folder):
        return CliRunner().invoke(app, arguments, prog_name="kaohe", env=settings).output
