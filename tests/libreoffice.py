"""LibreOffice as a second opinion: it opens a workbook, computes every formula anew, and saves it.

Each process that asks has a profile folder of its own: two LibreOffices cannot share one.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""Compute every formula when a workbook of Excel is opened, whatever values are stored in it."""


class LibreOffice:
    """LibreOffice with a profile in ``folder``; making one costs no time until it is used."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._profile = folder / "profile"
        self._saved = folder / "saved"
        settings = self._profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")

    def recalculated(self, workbooks: Sequence[Path]) -> list[Path]:
        """Return copies of ``workbooks``, saved after every formula was computed."""
        shutil.rmtree(self._saved, ignore_errors=True)
        subprocess.run(
            [
                self._program,
                f"-env:UserInstallation={self._profile.as_uri()}",
                *("--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
                *("--outdir", str(self._saved)),
                *map(str, workbooks),
            ],
            check=True,
            capture_output=True,
            timeout=280,
        )
        saved = [self._saved / path.name for path in workbooks]
        missing = [path.name for path in saved if not path.exists()]
        assert not missing, f"LibreOffice did not save {missing}"
        return saved


def program() -> str | None:
    """Return where LibreOffice is on this machine, or nothing."""
    return shutil.which("soffice") or shutil.which("libreoffice")
