"""Which words may be used: those of the rulebook of the year that an event falls in."""

from __future__ import annotations

import pytest

from domain.rulebook.parse import parse_rulebook
from tests.domain.rulebook.files import FILE, OTHER_CITY
from tests.domain.telling import BOOKS, START, YEAR, Told, decided, said

OTHER = parse_rulebook(OTHER_CITY, name=FILE)
BOTH = {**BOOKS, OTHER.id: OTHER}
NEXT = {
    **YEAR, "on": "2023-01-01", "cycle": "2023", "rulebook": OTHER.id, "starts": "2023-01-01",
    "ends": "2023-12-31", "evidence_due": "2024-01-15", "duty_due": None,
}  # fmt: skip


def sent(on: str, kind: str) -> Told:
    """A submission of a kind."""
    return said("SubmissionReceived", on, item="1", unit="应县", kind=kind, title="信息")


@pytest.mark.parametrize(
    ("on", "kind", "right"),
    [
        ("2022-12-31", "brief", True),
        ("2022-12-31", "flash", False),
        ("2023-01-01", "flash", True),
        ("2023-01-01", "brief", False),
    ],
)
def test_each_year_has_its_own_words(on: str, kind: str, right: bool) -> None:  # noqa: FBT001
    """简报 is a kind of 2022's scheme, 快讯 one of 2023's; the day decides which may be used."""
    _, batch = decided((*START, NEXT, sent(on, kind)), books=BOTH)
    assert [fault.where.field for fault in batch.faults] == ([] if right else ["kind"])
    if not right:
        assert ("flash" if kind == "brief" else "brief") in batch.faults[0].fix


def test_a_correction_takes_the_words_of_the_corrected_day() -> None:
    """What is moved to the other year is given one of that year's kinds, not of its own."""
    told = (*START, NEXT, sent("2022-12-31", "brief"))
    for kind, right in (("flash", True), ("special", False)):
        moved = {"target": 6, "changes": {"on": "2023-02-01", "kind": kind}, "reason": "错"}
        _, batch = decided((*told, said("EventCorrected", "2023-06-01", **moved)), books=BOTH)
        assert [fault.where.field for fault in batch.faults] == ([] if right else ["changes.kind"])


def test_a_length_is_needed_where_the_scheme_asks_for_one() -> None:
    """A 快讯 needs no characters, although a 专报 of the other scheme does."""
    assert decided((*START, NEXT, sent("2023-01-01", "flash")), books=BOTH)[1].faults == []
    (fault,) = decided((*START, NEXT, sent("2022-12-31", "special")), books=BOTH)[1].faults
    assert fault.where.field == "characters"
