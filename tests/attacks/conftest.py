"""A register to attack: made once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.attacks.scene import signed_register
from tests.running import Kaohe


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register on SQLite, with its keys, of which ``verify db`` finds nothing."""
    folder = tmp_path_factory.mktemp("signed")
    kaohe = Kaohe(folder)
    signed_register(kaohe)
    assert kaohe.json("verify", "db")["findings"] == []
    return folder


@pytest.fixture
def kaohe(made: Path, tmp_path: Path) -> Kaohe:
    """A copy of that register, to be attacked."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Kaohe(tmp_path)
