"""A bag in one ``.tar.gz``, read once; nothing is unpacked under a name that the archive chose.

The contents go one after the other into a temporary file without a name. Plain files and folders
are taken, long names of the pax and GNU forms understood; all else is noted and not taken.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import tempfile
import zlib
from typing import Any, BinaryIO

from infra.standalone.bag_names import is_plain_name
from infra.standalone.bag_source import PIECE_BYTES
from infra.standalone.findings import EVENTS_FILE
from infra.standalone.tar_headers import (
    BLOCK_BYTES,
    DIRECTORY,
    GNU_NAME,
    LONGEST_EXTENSION,
    PAX_GLOBAL,
    PAX_NEXT,
    REGULAR,
    TarHeader,
    damaged,
    pax_records,
    tar_header,
)
from infra.standalone.wording import Malformed, Said, Unusable, shown, why


class TarBag:
    """The plain files of an archive, all below one folder whose name does not matter."""

    def __init__(self, path: str) -> None:
        self.sizes: dict[str, int] = {}
        self.oddities: list[tuple[str, Said]] = []
        self._places: dict[str, tuple[int, str]] = {}
        self._members: dict[str, tuple[int, int, str]] = {}  # start, size, digest
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._end = 0
        try:
            with gzip.open(path, "rb") as stream:
                self._read(stream)
            self._choose_folder()
        except (Malformed, EOFError, zlib.error) as error:
            self.close()
            reason = error.said if isinstance(error, Malformed) else damaged().said
            raise Unusable(*reason) from None
        except OSError as error:
            self.close()
            raise Unusable(
                f"压缩包读不出来：{why(error)}", f"the archive cannot be read: {why(error)}"
            ) from None

    def open(self, name: str) -> BinaryIO:
        """Open a file of the archive."""
        return io.BufferedReader(_Part(self._spool, self._places[name][0], self.sizes[name]))

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file, computed when it was read."""
        return self._places[name][1]

    def close(self) -> None:
        """Let go of the temporary file."""
        self._spool.close()

    def _read(self, stream: gzip.GzipFile) -> None:
        longer: dict[str, str] = {}
        while True:
            header = tar_header(_exactly(stream, BLOCK_BYTES))
            if header is None:
                break
            if header.kind in (PAX_NEXT, PAX_GLOBAL, GNU_NAME):
                more = self._extension(stream, header)
                if more.keys() & longer.keys():  # which of them counts, programs do not agree on
                    raise Malformed(
                        "压缩包里一个文件有两个扩展头", "the archive has two extensions of one file"
                    )
                longer |= more
                continue
            name = longer.get("path", header.name)
            size = int(longer["size"]) if "size" in longer else header.size
            longer = {}
            if header.kind in REGULAR:
                self._take(stream, name, size)
            elif header.kind == DIRECTORY:
                self._plain(name.rstrip("/"))
            else:
                self._odd(name, "是链接或特殊文件，不是普通文件", "a link or special file")
        while True:
            piece = stream.read(PIECE_BYTES)
            if piece.strip(b"\0"):
                raise Malformed(
                    "压缩包结尾之后还有内容", "there is data after the end of the archive"
                )
            if not piece:
                return

    def _extension(self, stream: gzip.GzipFile, header: TarHeader) -> dict[str, str]:
        if header.size > LONGEST_EXTENSION:
            raise damaged()
        data = _exactly(stream, header.padded)[: header.size]
        if header.kind == GNU_NAME:
            return {"path": data.rstrip(b"\0").decode("utf-8", "surrogateescape")}
        records = pax_records(data)
        if header.kind == PAX_GLOBAL and records:
            raise Malformed("压缩包有不支持的全局扩展头", "the archive has a global pax header")
        return records

    def _take(self, stream: gzip.GzipFile, name: str, size: int) -> None:
        start, digest, left = self._end, hashlib.sha256(), size
        self._spool.seek(start)
        while left:
            piece = _exactly(stream, min(left, PIECE_BYTES))
            self._spool.write(piece)
            digest.update(piece)
            left -= len(piece)
        self._end += size
        _exactly(stream, -size % BLOCK_BYTES)
        plain = self._plain(name)
        if plain in self._members:
            self._odd(name, "在压缩包中出现两次", "is in the archive twice")
        elif plain:
            self._members[plain] = start, size, digest.hexdigest()

    def _plain(self, name: str) -> str:
        """Return a name without ``./`` in front, or an empty text if it cannot be used."""
        plain = name.removeprefix("./")
        if plain and plain != "." and not is_plain_name(plain):
            self._odd(
                name, "是会离开包的名称或不能用的名称", "a name that leaves the bag, or unusable"
            )
            return ""
        return plain

    def _choose_folder(self) -> None:
        """Take the files of the one folder that holds a bag, and note all others."""
        tops = dict.fromkeys(name.partition("/")[0] for name in self._members)
        holding = [top for top in tops if f"{top}/{EVENTS_FILE}" in self._members]
        chosen = next(iter(holding or tops), "")
        for name, (start, size, digest) in self._members.items():
            top, _, inside = name.partition("/")
            if top == chosen and inside:
                self.sizes[inside] = size
                self._places[inside] = start, digest
            else:
                self._odd(name, "不在包的文件夹中", "is not in the folder of the bag")

    def _odd(self, name: str, zh: str, en: str) -> None:
        self.oddities.append((name, Said(f"{shown(name)} {zh}", f"{shown(name)}: {en}")))


class _Part(io.RawIOBase):
    """A part of the temporary file, with a place of its own in it."""

    def __init__(self, spool: BinaryIO, start: int, length: int) -> None:
        super().__init__()
        self._spool, self._start, self._length, self._at = spool, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  what io passes
        wanted = max(0, min(len(buffer), self._length - self._at))
        self._spool.seek(self._start + self._at)
        data = self._spool.read(wanted)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _exactly(stream: gzip.GzipFile, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise damaged()
    return data
