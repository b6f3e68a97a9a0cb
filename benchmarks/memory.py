"""The most memory that a rebuild takes, found out in a process of its own: ``memory FILE``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.scratch import open_office

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def main() -> None:
    """Rebuild the lines of the database named and print the process's peak in bytes."""
    office = open_office(sys.argv[1])
    office.projection.rebuild()
    office.close()
    print(peak() or "unknown")


def peak() -> int | None:
    """Return the most bytes this process had in memory, if the system says so."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says on Linux includes the process that started this one.
        found = _PEAK.search(status.read_text(encoding="ascii"))
        return int(found[1]) * 1024 if found else None
    if sys.platform == "darwin":
        from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415  not on Windows

        return getrusage(RUSAGE_SELF).ru_maxrss
    return None


if __name__ == "__main__":
    main()
