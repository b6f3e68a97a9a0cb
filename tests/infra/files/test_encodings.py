"""Text files as offices save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import Refused
from tests.infra.files.registers import raw_lines, read, write_jsonl

LINES = [{"type": "UnitEnrolled", "unit": "应县", "note": "㐀𠮷€é"}, {"unit": "开发区"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_offices_give_the_same_lines(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without BOM and GB18030 are read alike, rare characters too."""
    assert raw_lines(write_jsonl(tmp_path / "a.jsonl", LINES, encoding)) == LINES


def test_gb18030_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """The mark that some editors put first is not taken for content."""
    path = tmp_path / "a.jsonl"
    path.write_bytes('\ufeff{"unit": "应县"}'.encode("gb18030"))
    assert raw_lines(path) == [{"unit": "应县"}]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings_are_refused_with_what_to_do(tmp_path: Path, encoding: str) -> None:
    """UTF-16 and UTF-32 are recognised, with or without mark, and never read as something else."""
    path = write_jsonl(tmp_path / "a.jsonl", LINES, encoding)
    with pytest.raises(Refused, match=r"^a\.jsonl：.*UTF-16") as refused:
        read(path)
    assert "UTF-8" in refused.value.fix


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    """What is neither UTF-8 nor GB18030 is refused, and says so."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"unit": "\xff\xfe\xfd"}')
    with pytest.raises(Refused, match="既不是 UTF-8 编码，也不是 GB18030 编码"):
        read(path)


def test_damaged_utf8_is_not_read_as_gibberish(tmp_path: Path) -> None:
    """UTF-8 with one byte altered is refused, also where its bytes would pass as GB18030."""
    whole = '{"unit": "应县人民政府"}\n{"unit": "山阴县政府办公室"}\n'.encode()
    damages = [whole[:at] + b"\xa1" + whole[at + 1 :] for at in range(50, 70)]
    tempting = [data for data in damages if not is_utf8(data) and is_gb18030(data)]
    assert len(tempting) > 3
    for data in tempting:
        path = tmp_path / "a.jsonl"
        path.write_bytes(data)
        with pytest.raises(Refused, match="第 2 行有损坏的 UTF-8 字节"):
            read(path)


def is_utf8(data: bytes) -> bool:
    """Tell whether ``data`` is UTF-8."""
    return data.decode("utf-8", "ignore").encode() == data


def is_gb18030(data: bytes) -> bool:
    """Tell whether ``data`` could be taken for GB18030."""
    return data.decode("gb18030", "ignore").encode("gb18030") == data
