"""One program at a time in a folder: the others wait for their turn, on every system."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from domain.errors import Refused
from infra.audit.durable import PRIVATE, sync_folder
from infra.files.new_file import unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone_in(
    lock: Path, *, seconds: float, busy: str, mode: int = PRIVATE, parents: bool = False
) -> Iterator[None]:
    """Keep other programs that ask for the file ``lock`` waiting until the block ends.

    Its folder is made if need be, with ``parents`` those above it too. ``mode`` says who else may
    take turns. What the system does not allow within the block is not this function's concern.

    Raises ``Refused``: with ``busy`` when the others have not ended after ``seconds``, and when
    the folder cannot be made or written in.
    """
    folder = lock.parent
    try:
        if not folder.is_dir():
            folder.mkdir(parents=parents, exist_ok=True)
            sync_folder(folder.parent)
        turn = FileLock(lock, timeout=seconds, mode=mode)
        turn.acquire()
    except Timeout:
        raise Refused(busy, fix="请稍后再试。") from None
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        turn.release()
