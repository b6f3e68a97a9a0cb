"""A BagIt 1.0 bag (RFC 8493), as a folder or as one ``.tar.gz``, the same bytes for the same files.

It is put together beside its place and moved there when it is whole, so that half a bag is never
taken for one.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from infra.files.new_file import check_free, unwritable, write_new

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ARCHIVE: Final = ".tar.gz"
_TOP: Final = "kaohe-audit"
"""The folder in an archive; the name of the archive must not change its bytes."""


class Bag:
    """A bag that is being filled: every file is hashed as it is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[str, str] = {}
        self._octets = self._files = 0

    @contextmanager
    def file(self, name: str) -> Iterator[HashingFile]:
        """Lend a new file of the bag, to be written; ``name`` has slashes on every system."""
        path = self._folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            written = HashingFile(stream)
            yield written
        self._digests[name] = written.digest()
        if name.startswith("data/"):
            self._octets, self._files = self._octets + written.size, self._files + 1

    def add(self, name: str, data: bytes) -> None:
        """Put a file of these bytes into the bag."""
        with self.file(name) as stream:
            stream.write(data)

    def close(self, about: dict[str, str]) -> str:
        """Write the manifests, and return the digest of the one that covers all the others.

        ``about`` goes into ``bag-info.txt``.
        """
        info = {**about, "Payload-Oxum": f"{self._octets}.{self._files}"}
        self.add("bag-info.txt", _lines(f"{name}: {info[name]}" for name in sorted(info)))
        self.add("bagit.txt", _DECLARATION)
        self.add("manifest-sha256.txt", self._manifest(payload=True))
        tags = self._manifest(payload=False)
        self.add("tagmanifest-sha256.txt", tags)
        return hashlib.sha256(tags).hexdigest()

    def _manifest(self, *, payload: bool) -> bytes:
        listed = sorted(name for name in self._digests if name.startswith("data/") == payload)
        return _lines(f"{self._digests[name]}  {name}" for name in listed)


class HashingFile:
    """A file that knows the digest and the size of what was written to it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append ``data``."""
        self._stream.write(data)
        self._hash.update(data)
        self.size += len(data)

    def digest(self) -> str:
        """Return the SHA-256 of what was written, in hexadecimal."""
        return self._hash.hexdigest()


@contextmanager
def new_bag(place: Path) -> Iterator[Bag]:
    """Lend a bag to fill; when the block ends well, it is at ``place``, else nothing is.

    A name that ends with ``.tar.gz`` makes one archive. Raises ``Refused`` when something is
    there already or the place cannot be written.
    """
    check_free(place)
    try:
        beside = Path(tempfile.mkdtemp(prefix=".kaohe-", dir=place.parent))
    except OSError as error:
        raise unwritable(place, error) from error
    try:
        folder = beside / _TOP
        folder.mkdir()
        yield Bag(folder)
        if place.name.endswith(ARCHIVE):
            _pack(folder, beside / place.name)
            _move(beside / place.name, place)
        else:
            folder.rename(place)
    except OSError as error:
        if error.filename and beside not in Path(error.filename).parents:
            raise  # a file that was to be read, or the signer's own
        check_free(place)
        raise unwritable(place, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _move(archive: Path, place: Path) -> None:
    """Move an archive to its place; nothing that another put there meanwhile is replaced."""
    write_new(place, b"")
    try:
        archive.replace(place)
    except OSError:
        place.unlink(missing_ok=True)
        raise


def _pack(folder: Path, archive: Path) -> None:
    """Pack a folder so that only names and contents decide about the bytes."""
    with (
        archive.open("xb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = tarfile.TarInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}")
                info.size = path.stat().st_size
                with path.open("rb") as content:
                    tar.addfile(info, content)


def _lines(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
