"""A folder that is there whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.errors import Refused
from infra.files.new_folder import new_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def filled(place: Path, meanwhile: Callable[[], object]) -> None:
    """Fill a folder with one file, and let something else happen before it is done."""
    with new_folder(place) as folder:
        (folder / "a").write_text("一", encoding="utf-8")
        meanwhile()


def test_nothing_is_left_of_a_block_that_fails(tmp_path: Path) -> None:
    """What was written before an error is gone, and an empty folder that was there stays."""
    (tmp_path / "空").mkdir()
    for place in (tmp_path / "新", tmp_path / "空"):
        with pytest.raises(ZeroDivisionError):
            filled(place, lambda: 1 / 0)
    assert [each.name for each in tmp_path.iterdir()] == ["空"]
    assert not list((tmp_path / "空").iterdir())


def test_what_another_put_there_meanwhile_stays(tmp_path: Path) -> None:
    """A file that appears in the folder while it is filled is kept, and the folder is refused."""
    place = tmp_path / "夹"
    place.mkdir()
    with pytest.raises(Refused, match="不是空的"):
        filled(place, lambda: (place / "b").write_text("别人", encoding="utf-8"))
    assert [each.name for each in place.iterdir()] == ["b"]
    assert [each.name for each in tmp_path.iterdir()] == ["夹"]


def test_the_current_folder_can_be_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder named by a dot takes what was written."""
    (tmp_path / "夹").mkdir()
    monkeypatch.chdir(tmp_path / "夹")
    filled(type(tmp_path)(), lambda: None)
    assert (tmp_path / "夹" / "a").read_text(encoding="utf-8") == "一"
