"""That the audit log was handed out."""

from __future__ import annotations

import pytest

from domain.decisions.batch import RegisterLine
from domain.decisions.decide import Clerk
from domain.events.audit import AuditExported
from tests.domain.telling import BOOKS, START, TODAY, Told, accepted, decided, refused, said

DIGEST = "5e" * 32


def exported(upto: object = 4, **more: object) -> Told:
    """The log was handed out up to a position."""
    return said("AuditExported", "2022-06-01", **{"upto": upto, "digest": DIGEST, **more})


def test_an_export_says_how_far_it_went_and_for_whom() -> None:
    """The unit is found by its alias, the digest is kept in lower case, the stream is one."""
    told = exported(unit="应县政府", recipient=" 市审计局 ", digest=DIGEST.upper())
    event = accepted(*START, told)[-1]
    assert isinstance(event, AuditExported)
    assert (event.upto, event.digest) == (4, DIGEST)
    assert (event.unit, event.recipient) == ("应县", "市审计局")
    assert event.stream == "audit/exports"
    assert event.topics == ("audit/exports",)


def test_it_reaches_a_position_that_is_in_the_log_by_then() -> None:
    """The last event before it, one just recorded too; never itself, a later one, or none."""
    assert accepted(*START, exported(4), exported(5))
    for upto in (0, 5, 99):
        fault = refused(*START, exported(upto), field="upto", what=f"没有事件 #{upto}")
        assert "kaohe log" in fault.fix


@pytest.mark.parametrize("digest", ["5e" * 31, "5g" * 32, f"{'5e' * 32}0", "", 5])
def test_a_digest_is_64_hex_digits(digest: object) -> None:
    """Anything shorter, longer or else is refused with what would be right."""
    refused(*START, exported(digest=digest), field="digest", what="64 位十六进制")


@pytest.mark.parametrize("upto", [-1, "4.5", True])
def test_a_position_is_a_whole_number(upto: object) -> None:
    """Anything else is refused."""
    refused(*START, exported(upto), field="upto", what="整数")


def test_a_unit_that_is_not_enrolled_is_not_guessed() -> None:
    """The nearest are named."""
    assert "应县" in refused(*START, exported(unit="应州"), field="unit", what="“应州”").fix


def test_a_corrected_export_still_reaches_back_only() -> None:
    """Events that came after it do not make a later position right."""
    told = (*START, exported(4), exported(3))
    change = said("EventCorrected", "2022-06-02", target=5, changes={"upto": 3}, reason="误")
    assert accepted(*told, change)
    for upto in (5, 6):
        refused(*told, {**change, "changes": {"upto": upto}}, field="changes", what=f"#{upto}")


def test_it_can_be_retracted_and_frees_the_unit() -> None:
    """A unit that an export names stays enrolled until the export is taken back."""
    enrolled = said("EventRetracted", "2022-06-02", target=2, reason="误登")
    told = (*START, exported(unit="应县"))
    refused(*told, enrolled, field="target", what="#5（审计导出）")
    gone = said("EventRetracted", "2022-06-02", target=5, reason="没有送出")
    assert accepted(*told, gone, enrolled)


def test_the_same_export_is_recorded_once() -> None:
    """A line equal to a standing event of an earlier file is skipped."""
    register, _ = decided((*START, exported()))
    clerk = Clerk(register, head=5, rulebooks=BOOKS, today=TODAY, actor="李四")
    assert [at for _, at in clerk.decide([RegisterLine(exported())]).skipped] == [5]
