"""What a command loads: an overview or a single score does not wait for the whole program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.driving import ROOT
from tests.cli.registers import YEAR_END
from tests.running import Kaohe

_LOADED = """
import sys
from cli.main import main
try:
    main()
finally:
    heavy = ("sqlalchemy", "pydantic", "eventsourcing", "rich", "python_calamine", "xlsxwriter",
             "pyarrow", "docxtpl", "typst")
    print(*(name for name in heavy if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--help"], set()),
        (["score", "--json", "--as-of", YEAR_END], {"sqlalchemy"}),
        (["rank", "--json", "--as-of", YEAR_END], {"sqlalchemy"}),
        (["score", "--as-of", YEAR_END], {"sqlalchemy", "rich"}),
        (["export", "log", "--to", "{folder}/出.csv"], {"sqlalchemy", "pydantic"}),
    ],
)
def test_a_command_loads_only_what_it_uses(
    opened: Kaohe, arguments: list[str], loaded: set[str]
) -> None:
    """Lines level with the log are read without pydantic, eventsourcing and the file formats."""
    typed = [word.format(folder=opened.folder) for word in arguments]
    command = [sys.executable, "-c", _LOADED, "--db", opened.database, *typed]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert set(said.stderr.splitlines()[-1].split()) <= loaded
