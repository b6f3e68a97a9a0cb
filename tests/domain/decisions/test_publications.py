"""Publications: their numbers, what they are about, and what becomes of them later."""

from __future__ import annotations

import pytest

from domain.events.publications import ScoresPublished
from tests.domain.decisions.procedures import lodged, published
from tests.domain.telling import NEXT_YEAR, START, accepted, decided, refused, said


def test_a_publication_says_what_it_rests_on() -> None:
    """Day, cycle, position and digest are kept; without a cycle it is the one of the day."""
    event = accepted(*START, published())[-1]
    assert isinstance(event, ScoresPublished)
    assert (event.publication, event.position, event.sheets) == (1, 4, "b6" * 32)
    assert (str(event.as_of), event.cycle) == ("2023-01-31", "2022")
    assert event.stream == "publication/1"
    later = accepted(*START, NEXT_YEAR, published(as_of="2023-12-31", on="2024-01-05"))[-1]
    assert isinstance(later, ScoresPublished)
    assert later.cycle == "2023"


@pytest.mark.parametrize("field", ["position", "sheets"])
def test_what_the_program_computes_is_not_left_out(field: str) -> None:
    """A line without the position or the digest is refused, naming the command."""
    told = published()
    del told[field]
    assert "kaohe publish" in refused(*START, told, field=field, what="缺少").fix


def test_a_number_is_used_once() -> None:
    """The next is free, and so is one that was taken back; numbers begin at 1."""
    refused(*START, published(), published(on="2023-02-02"), field="publication", what="已由")
    refused(*START, published(0), field="publication", what="从 1 起")
    gone = said("EventRetracted", "2023-02-02", target=5, reason="误")
    assert accepted(*START, published(), published(2), gone, published(1, on="2023-02-03"))


def test_it_reaches_a_position_that_is_in_the_log_by_then() -> None:
    """Never itself, a later one, or none."""
    for position in (0, 5, 99):
        refused(*START, published(position=position), field="position", what=f"#{position}")


def test_its_cycle_exists() -> None:
    """Those that do are named."""
    assert "2022" in refused(*START, published(cycle="2021"), field="cycle", what="“2021”").fix


def test_it_is_never_corrected() -> None:
    """What was made public was made public; it can be taken back while nobody appeals."""
    change = said("EventCorrected", "2023-02-02", target=5, changes={"note": "x"}, reason="误")
    refused(*START, published(), change, field="target", what="成绩公布，不能更正")
    gone = said("EventRetracted", "2023-02-02", target=5, reason="误")
    refused(*START, published(), lodged(), gone, field="target", what="#6（申诉提出）")


def test_it_holds_its_cycle() -> None:
    """A cycle that was published cannot be taken back."""
    gone = said("EventRetracted", "2023-02-02", target=1, reason="误")
    refused(*START, published(), gone, field="target", what="#5（成绩公布）")


def test_the_same_line_is_the_same_publication() -> None:
    """Without the cycle it is filled in as it was, and passed over."""
    _, batch = decided((*START, NEXT_YEAR, published()), (published(),))
    assert [at for _, at in batch.skipped] == [6]
