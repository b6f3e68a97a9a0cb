"""How names and texts are compared and tidied."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import check_shows, fold, nearest, same_person, tidy
from tests.infra.files.registers import wide


@pytest.mark.parametrize("spelling", ["市统计局1", "市统计局１", " 市 统计局　1 ", "市\t统计局\n1"])
def test_white_space_and_full_width_forms_are_folded(spelling: str) -> None:
    """Full-width digits and letters, ideographic spaces, tabs and line ends."""
    assert fold(spelling) == fold("市统计局1")


@pytest.mark.parametrize("other", ["市统计局", "市统计局2", "县统计局1", "市统計局1"])
def test_everything_else_matters(other: str) -> None:
    """A missing digit, another one, another sign."""
    assert fold(other) != fold("市统计局1")


def test_the_nearest_come_first_and_at_most_three() -> None:
    """As they are written, not as they are folded; nothing when nothing is alike."""
    known = ["应县", "市统计所", "市统计处", "市统计科", "市统计局"]
    found = nearest("统计局", known)
    assert found[0] == "市统计局"
    assert len(found) == 3
    assert nearest("xyz", known) == []
    assert nearest("应州 县", ["应县　"]) == ["应县　"]


def test_texts_are_tidied() -> None:
    """NFC, no white space at the ends, line ends as LF; inner line ends and tabs stay."""
    assert tidy("  一\r\n二\t三 ") == "一\n二\t三"
    assert tidy("e\u0301") == "é"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\r"])
def test_what_cannot_be_printed_is_refused(sign: str) -> None:
    """Control characters and broken surrogates, named by their number."""
    with pytest.raises(ValueError, match=f"U\\+{ord(sign):04X}"):
        tidy(f"一{sign}二")


def test_spellings_of_one_person() -> None:
    """Case, width, white space and signs that cannot be seen make nobody another person."""
    for other in ("zhangsan", "ZHANG SAN", "Zhang\u3000San", "Zhang\u200bSan", wide("ZhangSan")):
        assert same_person("Zhang San", other)
    for one, other in (("张三", "张三丰"), ("Zhang San", "Zhang Si")):
        assert not same_person(one, other)


RANGES = """
    00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 2800 3164
    FE00-FE0F FEFF FFA0 FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF
""".split()  # noqa: SIM905  one to a line would hide the order
BOUNDS = [[int(end, 16) for end in each.split("-")] for each in RANGES]
UNSEEN = [chr(at) for ends in BOUNDS for at in range(ends[0], ends[-1] + 1)]
BESIDE = [chr(at) for ends in BOUNDS for at in (ends[0] - 1, ends[-1] + 1)]


@given(st.text(st.sampled_from("王敏Ééß①ａ한\u0301") | st.sampled_from(UNSEEN)))
def test_signs_that_show_nothing_make_nobody_another(written: str) -> None:
    """However many, wherever in the name, even between letters that are folded into one."""
    seen = "".join(sign for sign in written if sign not in UNSEEN)
    assert same_person(written, seen)
    assert check_shows(seen) == seen
    if written != seen:
        with pytest.raises(ValueError, match="看不见的字符 U\\+"):
            check_shows(written)


def test_signs_beside_those_do() -> None:
    """The table ends where it should: what stands next to it and can be seen counts."""
    seen = [sign for sign in BESIDE if unicodedata.category(sign)[0] in "LNSP"]
    assert len(seen) > len(BOUNDS) // 2
    assert [sign for sign in seen if same_person("王敏", f"王敏{sign}")] == []
    assert [sign for sign in seen if check_shows(sign) != sign] == []


def test_somebody_without_a_name_is_nobody_else() -> None:
    """Nobody can tell that they are two."""
    assert same_person(None, "张三")
    assert same_person("张三", None)
