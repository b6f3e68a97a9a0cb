"""A register on a disc, on a read-only share, or in a folder that nobody may write to."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.driving import ended, fit_for_a_clerk, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.running import Kaohe

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")


@contextmanager
def archived(opened: Kaohe) -> Iterator[Path]:
    """Lend the path of a copy of the register in a folder that cannot be written to."""
    folder = opened.folder / "归档 #1?"
    folder.mkdir()
    place = folder / "kaohe.db"
    place.write_bytes(Path(opened.database).read_bytes())
    place.chmod(0o444)
    folder.chmod(0o555)
    try:
        yield place
    finally:
        folder.chmod(0o755)


def test_everything_is_answered_and_nothing_made(opened: Kaohe) -> None:
    """Scores, the examination and exports are as ever, and no file is left beside the database."""
    expected = opened("rank", "--json").stdout
    with archived(opened) as place:
        answer = ended(started(str(place), "rank", "--json", unprivileged=True))
        assert (answer.exit_code, answer.stdout) == (0, expected)
        for typed in (["verify", "db"], ["export", "log", "--to", opened.folder / "出.csv"]):
            answer = ended(started(str(place), *typed, unprivileged=True))
            assert answer.exit_code == 0, answer
        assert list(place.parent.iterdir()) == [place]


def test_recording_says_that_it_can_only_be_read(opened: Kaohe) -> None:
    """Who wants to record is told why it cannot be, and where it can."""
    typed = ["record", "UnitEnrolled", "on=2022-01-01", "unit=山阴县", "category=county"]
    with archived(opened) as place:
        answer = ended(started(str(place), *typed, unprivileged=True))
    assert answer.exit_code == 1
    message = fit_for_a_clerk(answer.stderr)
    assert f"{place} 所在的文件夹不能写入，现在只能查看" in message


def test_what_was_not_written_back_is_not_passed_over(opened: Kaohe) -> None:
    """A copy whose write-ahead log still holds something is not read without it."""
    with closing(sqlite3.connect(opened.database)) as held:
        held.execute("UPDATE progress SET version = 'old'")
        held.commit()
        beside = Path(f"{opened.database}-wal").read_bytes()
        assert beside
        with archived(opened) as place:
            place.parent.chmod(0o755)
            place.with_name("kaohe.db-wal").write_bytes(beside)
            place.parent.chmod(0o555)
            answer = ended(started(str(place), "rank", unprivileged=True))
    assert answer.exit_code == 1
    assert "kaohe.db-wal" in fit_for_a_clerk(answer.stderr)
