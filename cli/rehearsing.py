"""A place to try things in where nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.office import Office


@contextmanager
def rehearsal(opened: Office) -> Iterator[Office]:
    """Lend an office in which nothing need be kept: a register that is not there is not made."""
    if opened.has_register():
        yield opened
        return
    with TemporaryDirectory() as folder:
        elsewhere = Office(opened.settings._replace(database=str(Path(folder) / "rehearsal.db")))
        try:
            yield elsewhere
        finally:
            elsewhere.close()
