"""The command line with a database of its own, for the tests of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.registers import OPENING
from tests.cli.stories import BEGINNING
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
