"""The command line with a database of its own, for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.registers import OPENING, adopted, brief, issued, retracted
from tests.cli.stories import BEGINNING, STORY
from tests.cli.supposed import HELD
from tests.running import Kaohe


@pytest.fixture
def kaohe(tmp_path: Path) -> Kaohe:
    """The command line with an SQLite file that does not exist yet."""
    return Kaohe(tmp_path)


@pytest.fixture
def begun(kaohe: Kaohe) -> Kaohe:
    """The command line with a year and two units, three events."""
    kaohe.imports(BEGINNING, "开头.jsonl")
    return kaohe


@pytest.fixture
def opened(kaohe: Kaohe) -> Kaohe:
    """The command line with a register of one cycle and its units, five events."""
    kaohe.imports(OPENING, "开年.jsonl")
    return kaohe


@pytest.fixture
def held(kaohe: Kaohe) -> Kaohe:
    """The command line with a small register of one person, eight events."""
    kaohe.imports(HELD, "年.jsonl")
    return kaohe


@pytest.fixture
def story(kaohe: Kaohe) -> Kaohe:
    """The command line with everything that an explanation has to tell, eleven events."""
    kaohe.imports(STORY)
    return kaohe


@pytest.fixture
def busy(opened: Kaohe) -> Kaohe:
    """The register that was opened, with some life in it.

    #6 and #7: an item of two units, adopted; #8: adopted again, which #9 takes back.

    #10 asks 应县 for a report that never comes.
    """
    opened.imports(
        [
            brief("甲", unit="应县、市教育局", ref="a"),
            adopted("甲", on="2022-08-05T17:30:00+08:00"),
            adopted("甲", on="2022-08-06", level="province"),
            retracted(8),
            issued("约"),
        ]
    )
    return opened
