"""A register to attack: made once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.attacks.scene import signed_register
from tests.running import Kaohe


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register on SQLite, with its keys; nobody changes it."""
    folder = tmp_path_factory.mktemp("signed")
    signed_register(Kaohe(folder))
    return folder


@pytest.fixture
def kaohe(made: Path, tmp_path: Path) -> Kaohe:
    """A copy of that register, of which ``verify db`` finds nothing before the attack."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    kaohe = Kaohe(tmp_path)
    assert kaohe.json("verify", "db")["findings"] == []
    return kaohe
