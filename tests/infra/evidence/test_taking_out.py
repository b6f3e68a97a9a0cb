"""Names for copies of evidence: file names on every system, and never a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.evidence.taking_out import places_for

DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("recorded", "written"),
    [
        ("批示.pdf", "批示.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/根/件.pdf", "件.pdf"),
        ("C:\\件.pdf", "件.pdf"),
        ("问?题:一*.pdf", "问_题_一_.pdf"),
        ("结尾有点.", "结尾有点"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("console.txt", "console.txt"),
        (".", DIGEST),
        ("..", DIGEST),
        ("目录/", DIGEST),
        (".隐藏", ".隐藏"),
        ("长" * 190 + ".pdf", "长" * 65 + ".pdf"),
        ("x." + "长" * 190, DIGEST),
    ],
)
def test_a_recorded_name_becomes_a_file_name(tmp_path: Path, recorded: str, written: str) -> None:
    """What Windows forbids is replaced, and what is no name at all becomes the digest."""
    [place] = places_for([(recorded, DIGEST)], tmp_path)
    assert place == tmp_path / written
    place.write_bytes(b"x")


def test_names_that_fold_together_are_told_apart(tmp_path: Path) -> None:
    """On systems that do not tell upper from lower case, two copies would be one file."""
    other = "cd" * 32
    places = places_for([("A.pdf", DIGEST), ("a.PDF", other), ("b", other)], tmp_path)
    assert [place.name for place in places] == [f"A-{DIGEST[:12]}.pdf", f"a-{other[:12]}.PDF", "b"]
