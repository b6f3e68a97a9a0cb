"""Where a copy of evidence goes: a name that was recorded never leads out of the folder.

The name may come from anybody's register file, and must be a file name on every system.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from domain.errors import Refused

_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*\x00-\x1f]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST: Final = 200
"""Bytes of a name; most systems take 255, and something may be added to it."""
_TOLD_APART: Final = 12


def places_for(wanted: Sequence[tuple[str, str]], place: Path) -> list[Path]:
    """Return where copies of files go, each given by name and digest.

    Into the folder ``place`` they go under their names, with a piece of the digest where two are
    called the same; else ``place`` is the file. Raises ``Refused`` for several files and no folder.
    """
    if not place.is_dir():
        if len(wanted) > 1:
            message = f"有 {len(wanted)} 个佐证文件，{place} 不是文件夹"
            raise Refused(message, fix="请用 --to 写一个已有的文件夹。")
        return [place]
    names = [_file_name(name, digest) for name, digest in wanted]
    folded = [name.casefold() for name in names]
    return [
        place / (name if folded.count(name.casefold()) == 1 else _told_apart(name, digest))
        for name, (_, digest) in zip(names, wanted, strict=True)
    ]


def _file_name(name: str, digest: str) -> str:
    """Return a recorded name as a file name; one that cannot be any becomes the digest."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = _NOT_IN_NAMES.sub("_", last).rstrip(". ")
    if not clean.strip("."):
        return digest
    clean = f"_{clean}" if _DEVICES.match(clean) else clean
    stem, dot, ending = clean.rpartition(".")
    while len(clean.encode()) > _LONGEST and stem:
        stem = stem[:-1]
        clean = f"{stem}{dot}{ending}"
    return clean if len(clean.encode()) <= _LONGEST else digest


def _told_apart(name: str, digest: str) -> str:
    stem, dot, ending = name.rpartition(".")
    piece = digest[:_TOLD_APART]
    return f"{stem}-{piece}.{ending}" if dot and stem else f"{name}-{piece}"
