"""A byte flipped anywhere in a small bundle is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY, WITNESS_KEY

from .bundles import made, written

KEYS = [str(LOG_KEY), str(WITNESS_KEY)]
KINDS = pytest.mark.parametrize("unit", [None, "朔城区第1中学"])


def flipped(folder: Path, *, every: int, unit: str | None) -> int:
    """Flip every so-manieth byte of a bundle, each in its turn, and return how many."""
    files = made(4, earlier=(2,), unit=unit).files()
    written(folder, files)
    assert verify_bundle(str(folder), keys=KEYS)["exit"] == 0
    count = 0
    for name, data in files.items():
        path = folder / name
        for place in range(sum(map(ord, name)) % every, len(data), every):
            changed = bytearray(data)
            changed[place] ^= 1 << (place % 8)
            path.write_bytes(changed)
            report = verify_bundle(str(folder), keys=KEYS if place % 2 else [])
            assert report["exit"] == 1, (name, place)
            count += 1
        path.write_bytes(data)
    return count


@KINDS
def test_some_bytes(tmp_path: Path, unit: str | None) -> None:
    """Every twenty-ninth byte, flipped, is tampering, with keys and without."""
    assert flipped(tmp_path, every=29, unit=unit) > 100


@pytest.mark.slow
@KINDS
def test_all_bytes(tmp_path: Path, unit: str | None) -> None:
    """Every byte, flipped, is tampering, with keys and without."""
    assert flipped(tmp_path, every=1, unit=unit) > 4000
