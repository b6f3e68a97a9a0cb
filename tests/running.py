"""The command line driven in this process: arguments in, exit code and both outputs out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from click.testing import CliRunner

from cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_NOT_FROM_OUTSIDE = (
    "KAOHE_DB",
    "KAOHE_ACTOR",
    "KAOHE_RULEBOOKS",
    "KAOHE_DEBUG",
    "KAOHE_PASSPHRASE",
    "KAOHE_EVIDENCE",
    "KAOHE_FONTS",
)


class Answer(NamedTuple):
    """What a command said, and how it ended."""

    exit_code: int
    stdout: str
    stderr: str


class Kaohe:
    """The command line with a database of its own.

        kaohe = Kaohe(tmp_path)
        kaohe.imports([{"type": "CycleOpened", ...}, ...])
        sheets = kaohe.json("score", "--as-of", "2022-12-31")
        refused = kaohe("retract", "#1", "--reason", "误登", exit_code=1).stderr

    ``folder`` takes the database, unless ``database`` says another, and the files to import.
    """

    def __init__(self, folder: Path, database: str | None = None, *, actor: str = "张三") -> None:
        self.folder = folder
        self.database = database or str(folder / "kaohe.db")
        self.actor = actor

    def __call__(self, *arguments: object, exit_code: int = 0, typed: str | None = None) -> Answer:
        """Run a command and return what it said; it must end with ``exit_code``.

        ``typed`` is what a user writes when the command asks back.
        """
        before = ["--db", self.database, "--actor", self.actor]
        outside = dict.fromkeys(_NOT_FROM_OUTSIDE)
        runner = CliRunner(env={**outside, "KAOHE_KEYS": str(self.folder / "keys")})
        ended = runner.invoke(app, [*before, *map(str, arguments)], input=typed)
        answer = Answer(ended.exit_code, ended.stdout, ended.stderr)
        assert answer.exit_code == exit_code, f"{arguments}: {answer}"
        return answer

    def json(self, *arguments: object) -> Any:  # noqa: ANN401  any JSON document
        """Run a command with ``--json`` and return the document."""
        return json.loads(self(*arguments, "--json").stdout)

    def sheets(self, *arguments: object) -> dict[str, dict[str, Any]]:
        """Return the sheets that ``score`` gives, by unit."""
        return {sheet["unit"]: sheet for sheet in self.json("score", *arguments)["units"]}

    def file(self, lines: Iterable[Mapping[str, Any]], name: str = "登记.jsonl") -> Path:
        """Write a register file of these lines."""
        path = self.folder / name
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_bytes(text.encode())
        return path

    def imports(self, lines: Iterable[Mapping[str, Any]], name: str = "登记.jsonl") -> Answer:
        """Write a register file and import it, which must succeed."""
        return self("import", self.file(lines, name))
