"""The folder of evidence: each file once, under the SHA-256 of its bytes, never changed again.

What a file is called is said by the events that name it, so that no name of anybody's ever
becomes part of a path.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.errors import IntegrityBroken, Refused
from infra.audit.durable import sync_folder
from infra.evidence.bytes import copied, digest_of
from infra.files.alone import alone_in
from infra.files.new_file import unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infra.evidence.bytes import Writable

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LOCK: Final = ".lock"
_UNFINISHED: Final = ".new-"
_WAIT_SECONDS: Final = 300.0
_SHARED: Final = 0o660  # whoever shares the folder takes turns
_WRITING: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_RESTORE: Final = (
    "请保留这个文件备查，把它移出文件夹，再用 kaohe evidence add 从原件补存，或用备份恢复。"
)


class Stored(NamedTuple):
    """A file of evidence: its SHA-256, and whether it was not held before."""

    sha256: str
    new: bool


class EvidenceStore:
    """The evidence in one folder, which is made when the first file comes.

    Without a folder nothing is held, and nothing can be.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def place(self) -> Path:
        """The folder. Raises ``Refused`` when there is none."""
        if self._folder is None:
            raise Refused(
                "没有存放佐证文件的文件夹：数据库服务器旁边不能存放",
                fix="请用 --evidence-dir 或 KAOHE_EVIDENCE 指明文件夹；"
                "登记时只要摘要、不存放文件，请加 --digest-only。",
            )
        return self._folder

    def path(self, digest: str) -> Path:
        """Return where the file of this digest is, if it is held. Raises ``Refused``."""
        return self.place / digest

    def size(self, digest: str) -> int | None:
        """Return the bytes of a file, or nothing when it is not held; a link is no file.

        Raises ``Refused`` when the folder cannot be read.
        """
        if self._folder is None:
            return None
        try:
            status = self.path(digest).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._unreadable(error) from error
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def digests(self) -> list[str]:
        """Return the digests under which files are held, in order.

        Raises ``Refused`` when the folder cannot be read.
        """
        found = (name for name in self._names() if _DIGEST.fullmatch(name))
        return sorted(name for name in found if self.size(name) is not None)

    def strangers(self) -> list[str]:
        """Return the names of what lies in the folder and was not put there by this program.

        Raises ``Refused`` when the folder cannot be read.
        """
        held = set(self.digests())
        own = {name for name in self._names() if name == _LOCK or name.startswith(_UNFINISHED)}
        return sorted(set(self._names()) - held - own)

    def _names(self) -> list[str]:
        if self._folder is None:
            return []
        try:
            return os.listdir(self._folder)  # noqa: PTH208  names only, and thousands of them
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> Refused:
        message = f"不能读取佐证文件夹 {self.place}：{error.strerror}"
        return Refused(message, fix="请核对路径和读取权限。")

    def is_whole(self, digest: str) -> bool:
        """Tell whether the file held under ``digest`` still has the bytes that it was given."""
        return self.size(digest) is not None and digest_of(self.path(digest)) == digest

    def copy(self, digest: str, target: Writable) -> None:
        """Write the bytes of a held file to ``target``.

        Raises ``IntegrityBroken``, when all is written, if they are not those of the digest.
        """
        if copied(self.path(digest), target) != digest:
            raise self._altered(digest)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from storing and removing until the event is recorded.

        Else one program could take a file back that another has just found held, and named.
        Raises ``Refused`` without a folder, when it cannot be written in, and when another program
        does not end in time.
        """
        lock, busy = self.place / _LOCK, "另一个程序正在存放佐证文件"
        with alone_in(lock, seconds=_WAIT_SECONDS, busy=busy, mode=_SHARED):
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Remove half copies of programs that were killed; nobody else is copying now."""
        for name in self._names():
            if name.startswith(_UNFINISHED):
                with suppress(OSError):  # what another user left behind does no harm
                    _drop(self.place / name)

    def put(self, file: Path) -> Stored:
        """Store a file; to be called in ``alone``. When this returns, the disk has it.

        Raises ``Refused`` when it cannot be read or stored, and ``IntegrityBroken`` when what is
        held under its digest is something else.
        """
        beside = self.place / f"{_UNFINISHED}{secrets.token_hex(8)}"
        try:
            with beside.open("xb") as stream:
                digest = copied(file, stream)
                stream.flush()
                os.fsync(stream.fileno())
            return Stored(digest, self._keep(beside, digest))
        except OSError as error:
            raise unwritable(self.place, error) from error
        finally:
            _drop(beside)

    def _keep(self, beside: Path, digest: str) -> bool:
        """Give a new file its name, or, where that is held, tell that it is."""
        place = self.path(digest)
        if os.path.lexists(place):
            if not self.is_whole(digest):
                raise self._altered(digest)
            return False
        beside.chmod(beside.stat().st_mode & ~_WRITING)
        beside.rename(place)
        sync_folder(self.place)
        return True

    def remove(self, digest: str) -> None:
        """Take a file back that nothing names."""
        _drop(self.path(digest))

    def _altered(self, digest: str) -> IntegrityBroken:
        message = f"佐证文件 {self.path(digest)} 的内容与它的摘要不符"
        return IntegrityBroken(message, fix=_RESTORE)


def _drop(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except PermissionError:
        file.chmod(stat.S_IWUSR | stat.S_IRUSR)  # Windows does not let go what is read-only
        file.unlink()
