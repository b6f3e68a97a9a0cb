"""A file written only where there is none: nothing of anybody's is ever overwritten."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check_free(path: Path) -> None:
    """Check, before the work is done, that ``path`` is free and its folder there.

    Raises ``Refused``.
    """
    try:
        taken = path.exists()
    except OSError as error:
        raise unwritable(path, error) from error
    if taken:
        raise _taken(path)
    check_surroundings(path)


def check_surroundings(path: Path) -> None:
    """Check that the folder is there which ``path`` is to lie in. Raises ``Refused``."""
    folder = path.absolute().parent
    if not folder.is_dir():
        what = f"不能写入 {path}：没有文件夹 {folder}"
        raise Refused(what, fix="请先建立这个文件夹，或写到别处。")


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` to a new file. Raises ``Refused`` as ``new_file`` does."""
    with new_file(path) as file:
        file.write(data)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a new file to be written; what could not be written whole is not left behind.

    Raises ``Refused`` when there is a file already, or it cannot be written.
    """
    created = False
    try:
        with path.open("xb") as file:
            created = True
            yield file
    except FileExistsError:
        raise _taken(path) from None
    except BaseException as error:
        if created:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(path, error) from error
        raise


def _taken(path: Path) -> Refused:
    return Refused(f"{path} 已经存在，没有覆盖", fix="请换一个文件名，或先移走原来的文件。")


def unwritable(path: Path, error: OSError) -> Refused:
    """Return what to say when the system does not let a file or folder be written."""
    fix = "请确认文件夹存在、有写入权限、磁盘有空间。"
    return Refused(f"不能写入 {path}：{error.strerror}", fix=fix)
