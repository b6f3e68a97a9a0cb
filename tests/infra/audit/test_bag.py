"""A bag comes to its place whole, and takes nobody's."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from domain.errors import Refused
from infra.audit.bag import new_bag

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["bag", "bag.tar.gz"])
def test_what_came_there_meanwhile_is_not_replaced(tmp_path: Path, name: str) -> None:
    """Of two programs that export to one place, the slower is refused and leaves nothing."""
    place = tmp_path / name
    with ExitStack() as slower:
        slower.enter_context(new_bag(place)).add("data/a", b"slower")
        with new_bag(place) as faster:
            faster.add("data/a", b"faster")
        first = _bytes(place)
        with pytest.raises(Refused, match="没有覆盖"):
            slower.close()
    assert _bytes(place) == first
    assert [path.name for path in tmp_path.iterdir()] == [name]


def _bytes(place: Path) -> bytes:
    return (place / "data/a" if place.is_dir() else place).read_bytes()


def test_a_file_that_cannot_be_read_is_named_itself(tmp_path: Path) -> None:
    """What fails while the bag is filled is not blamed on the place of the bag."""
    missing = tmp_path / "missing"
    with pytest.raises(FileNotFoundError, match="missing"), new_bag(tmp_path / "bag"):
        missing.read_bytes()
    assert list(tmp_path.iterdir()) == []
