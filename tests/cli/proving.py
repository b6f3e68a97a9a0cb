"""Evidence for the tests of the command line: files to give, and what the folder holds."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from tests.cli.registers import OPENING
from tests.running import Answer, Kaohe

SCAN = b"%PDF-1.7 \xe6\x89\xb9\xe7\xa4\xba\x00\r\n\xff"
OTHER = b"PK\x03\x04 another file"
HEAD = len(OPENING)
"""How far the register reaches before anything is proved."""

MEETING = ["record", "DeploymentStudied", "on=2022-03-01", "unit=应县", "topics=brief"]


def sha256(data: bytes) -> str:
    """Return the digest of ``data`` as it is recorded."""
    return hashlib.sha256(data).hexdigest()


def given(kaohe: Kaohe, data: bytes = SCAN, name: str = "批示.pdf") -> Path:
    """Write a file that a clerk has on the desk."""
    path = kaohe.folder / "桌面" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def proved(kaohe: Kaohe, *files: Path, note: str = "甲") -> Answer:
    """Record a meeting with these files as evidence."""
    return kaohe(*MEETING, f"note={note}", *(word for f in files for word in ("--evidence", f)))


def folder(kaohe: Kaohe) -> Path:
    """Return the folder beside the database."""
    return Path(f"{kaohe.database}.evidence")


def held(kaohe: Kaohe) -> dict[str, bytes]:
    """Return what is held, and see that nothing else lies there but the lock."""
    if not folder(kaohe).exists():
        return {}
    found = {path.name: path.read_bytes() for path in folder(kaohe).iterdir()}
    found.pop(".lock", None)
    assert [name for name, data in found.items() if name != sha256(data)] == []
    return found


def evidence_of(kaohe: Kaohe, *asked: object) -> list[dict[str, Any]]:
    """Return what ``kaohe evidence list`` says."""
    found: list[dict[str, Any]] = kaohe.json("evidence", "list", *asked)["evidence"]
    return found
