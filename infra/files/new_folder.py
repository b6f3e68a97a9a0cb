"""A folder written only where there is none, or an empty one: whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import Refused
from infra.files.new_file import check_surroundings, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_empty(place: Path) -> None:
    """Check, before the work is done, that ``place`` is free and its surroundings there.

    Raises ``Refused``.
    """
    try:
        taken = any(place.iterdir()) if place.is_dir() else place.exists() or place.is_symlink()
    except OSError as error:
        raise unwritable(place, error) from error
    if taken:
        what = "不是空的" if place.is_dir() else "不是文件夹"
        fix = "请换一个新的文件夹，或先移走里面原来的东西。"
        raise Refused(f"{place} 已经存在，{what}，没有写入", fix=fix)
    check_surroundings(place)


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """Lend a folder to fill; when the block ends well, it is at ``place``, else nothing is.

    It is filled beside its place. Raises ``Refused`` when something is in ``place`` already or it
    cannot be written.
    """
    check_empty(place)
    target = place.absolute()  # "." can be neither removed nor replaced
    try:
        beside = Path(tempfile.mkdtemp(prefix=".kaohe-", dir=target.parent))
    except OSError as error:
        raise unwritable(place, error) from error
    try:
        folder = beside / "folder"  # with the modes that others may read; those of mkdtemp are not
        folder.mkdir()
        yield folder
        if target.is_dir():
            target.rmdir()  # only if it is still empty; Windows renames onto nothing else
        folder.rename(target)
    except OSError as error:
        check_empty(place)
        raise unwritable(place, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
