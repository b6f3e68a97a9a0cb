"""A bag in a folder. Links are never followed and only plain files are opened."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from infra.standalone.bag_names import is_plain_name
from infra.standalone.bag_source import digest_of
from infra.standalone.wording import Said, Unusable, shown, why

_REPARSE_POINT = 0x400  # of Windows: a junction or another kind of link


class FolderBag:
    """The files below a folder, found by walking it: names in manifests are never opened."""

    def __init__(self, folder: str) -> None:
        self.sizes: dict[str, int] = {}
        self.oddities: list[tuple[str, Said]] = []
        self._paths: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        try:
            self._walk(folder, "")
        except OSError as error:
            raise Unusable(
                f"这个文件夹打不开：{why(error)}", f"the folder cannot be opened: {why(error)}"
            ) from None

    def open(self, name: str) -> BinaryIO:
        """Open a plain file."""
        return open(self._paths[name], "rb")  # noqa: PTH123  paths are joined as text here

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file, computed once."""
        if name not in self._digests:
            with self.open(name) as stream:
                self._digests[name] = digest_of(stream)
        return self._digests[name]

    def close(self) -> None:
        """Nothing is kept open."""

    def _walk(self, folder: str, inside: str) -> None:
        waiting = [(folder, inside)]
        while waiting:
            path, prefix = waiting.pop()
            try:
                found = sorted(os.listdir(path))  # noqa: PTH208  paths are text here
            except OSError as error:
                if not prefix:
                    raise
                self._odd(prefix, f"文件夹打不开：{why(error)}", f"cannot be opened: {why(error)}")
                continue
            for name in found:
                below = self._note(os.path.join(path, name), prefix + name)  # noqa: PTH118
                if below:
                    waiting.append((below, prefix + name + "/"))

    def _note(self, path: str, name: str) -> str | None:
        """Note a file, or return the path of a folder to look into."""
        try:
            status = os.lstat(path)
        except OSError as error:
            self._odd(name, f"打不开：{why(error)}", f"cannot be opened: {why(error)}")
            return None
        if (
            stat.S_ISLNK(status.st_mode)
            or getattr(status, "st_file_attributes", 0) & _REPARSE_POINT
        ):
            self._odd(name, "是链接，不是文件", "a link, not a file")
        elif not is_plain_name(name):
            self._odd(name, "文件名不能用", "not a usable name")
        elif stat.S_ISDIR(status.st_mode):
            return path
        elif stat.S_ISREG(status.st_mode):
            self.sizes[name] = status.st_size
            self._paths[name] = path
        else:
            self._odd(name, "不是普通文件", "not a plain file")
        return None

    def _odd(self, name: str, zh: str, en: str) -> None:
        self.oddities.append((name, Said(f"{shown(name)} {zh}", f"{shown(name)}: {en}")))
