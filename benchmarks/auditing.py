"""The audit bundle: making one and verifying it, against SHA-256 over the same bytes."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import LARGE, Scratch
from benchmarks.timing import in_turn, timed
from infra.audit.bag import new_bag
from infra.audit.bundle import Bundle, Handover
from infra.rulebooks import rulebook_texts

if TYPE_CHECKING:
    from cli.office import Office

_MEBI: Final = 1024 * 1024
_PIECE: Final = 1 << 20
_REFERENCE: Final = "SHA-256 over the same bytes"
_EXPORT: Final = Goal(
    name="bundle",
    what="export of a bundle, 100k events",
    reference=_REFERENCE,
    rate=False,
    at_least=30,
    wanted=15,
)
_VERIFY: Final = Goal(
    name="bundle",
    what="verify.py on it, started anew",
    reference=_REFERENCE,
    rate=False,
    at_least=30,
    wanted=15,
)
_MEMORY: Final = Goal(
    name="bundle",
    what="memory of verify.py at its peak, 200k events",
    reference="limit",
    rate=False,
    at_least=1,
    wanted=1,
)
_LIMIT: Final = 200 * _MEBI
_ROUNDS: Final = 3


def bundle(scratch: Scratch) -> Iterator[Result]:
    """Export and verify a hundred thousand events, and see what verifying twice as many takes."""
    office, numbers = scratch.large, count(1)
    key = str(office.signer.begin())
    half = int(LARGE * scratch.scale) // 2
    place = _exported(office, half, next(numbers))
    works: list[tuple[Goal, Callable[[], object]]] = [
        (_EXPORT, lambda: _exported(office, half, next(numbers))),
        (_VERIFY, lambda: _verified(place, key)),
    ]
    for goal, work in works:
        own, reference = partial(timed, work), partial(timed, partial(_hashed, place))
        mine, theirs = in_turn(own, reference, rounds=_ROUNDS)
        yield compared(goal, mine, theirs)
    peak = _peak(_exported(office, 2 * half, next(numbers)), key)
    if peak is not None:
        shown = [f"{size / _MEBI:.0f} MiB" for size in (peak, _LIMIT)]
        yield Result(_MEMORY, shown[0], shown[1], peak / _LIMIT, 1)


def _exported(office: Office, size: int, number: int) -> Path:
    """Make a bundle of the first ``size`` events, as the command does, without claims."""
    place = Path(office.settings.database).with_name(f"bundle-{number}")
    signed = office.signer.sign(size)
    with new_bag(place) as bag:
        made = Bundle(office.engine, office.checkpoints, signed, bag)
        made.add_entries(office.log.rows(upto=size), part=False)
        made.add_checkpoints()
        made.add_rulebooks(rulebook_texts())
        made.add_claims([])
        made.close(Handover("张三", datetime(2023, 2, 1, tzinfo=UTC), None, None))
    return place


def _verified(place: Path, key: str) -> None:
    program = place / "verify" / "verify.py"
    line = [sys.executable, "-I", "-S", str(program), str(place), "--key", key]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def _hashed(place: Path) -> None:
    for file in place.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                hashlib.file_digest(stream, "sha256")


def _peak(place: Path, key: str) -> int | None:
    """Return the most bytes that the verifier had in memory, where the system says so."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    program = place / "verify" / "verify.py"
    code = (
        "import runpy, sys\n"
        f"sys.argv = [{str(program)!r}, {str(place)!r}, '--key', {key!r}]\n"
        "try:\n    runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as ended:\n    assert ended.code == 0, ended.code\n"
        f"print(open({str(status)!r}).read())\n"
    )
    line = [sys.executable, "-I", "-S", "-c", code]
    said = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    found = re.search(r"^VmHWM:\s+(\d+) kB$", said, re.MULTILINE)
    return int(found[1]) * 1024 if found else None
