"""Submissions, merged items, adoptions, endorsements and findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.events.items import SubmissionReceived
from tests.domain.telling import START, Told, accepted, refused, said


def sent(item: str = "1", on: str = "2022-03-01", **more: object) -> Told:
    """A brief of one unit, unless more is said."""
    given = {"item": item, "units": ["应县"], "kind": "brief", "title": "信息", **more}
    return said("SubmissionReceived", on, **given)


def merged(item: str = "3", parts: tuple[str, ...] = ("1", "2"), on: str = "2022-03-05") -> Told:
    """One item made of several."""
    return said("ItemsMerged", on, item=item, items=list(parts), kind="brief", title="合编")


def used(item: str = "1", on: str = "2022-03-05", level: str = "city") -> Told:
    """An adoption."""
    return said("ItemAdopted", on, item=item, level=level)


def praised(item: str = "1", on: str = "2022-03-05", **more: object) -> Told:
    """An endorsement."""
    return said("ItemEndorsed", on, **{"item": item, "level": "city", **more})


BOTH = (sent("1"), sent("2"))


def test_an_item_has_a_number_of_its_own() -> None:
    """Received or merged, a number is given once."""
    refused(*START, sent(), sent(title="另一条"), field="item", what="已由事件 #5 登记")
    refused(*START, *BOTH, merged("2", ("1",)), field="item", what="已由事件 #6 登记")
    refused(*START, *BOTH, merged(), sent("3"), field="item", what="已由事件 #7 登记")


def test_an_item_has_authors_each_of_them_once() -> None:
    """Nobody, the same unit under two names, and a stranger are refused."""
    refused(*START, sent(units=[]), field="units", what="没有写")
    twice = sent(units=["应县", "应县政府"])
    refused(*START, twice, field="units", what="同一个单位写了两次")
    fault = refused(*START, sent(units=["应县", "财政局"]), field="units", what="“财政局”")
    assert "市财政局" in fault.fix


def test_one_author_may_be_written_as_unit() -> None:
    """``unit`` for one, ``units`` for several; not both."""
    (*_, event) = accepted(*START, {**_without(sent(), "units"), "unit": "应县政府"})
    assert isinstance(event, SubmissionReceived)
    assert event.units == ("应县",)
    refused(*START, sent(unit="市财政局"), field="unit", what="unit")


def test_the_length_of_a_special_is_needed() -> None:
    """A 专报 without its characters is refused; a brief needs none."""
    fault = refused(*START, sent(kind="special"), field="characters", what="缺少字数")
    assert "整数" in fault.fix
    assert accepted(*START, sent(kind="special", characters=0), sent("2", characters=None))


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "letter"), ("content", "gossip"), ("characters", -1), ("labelled", "是")],
)
def test_fields_of_their_form(field: str, value: object) -> None:
    """A code of the scheme, a whole number, true or false."""
    refused(*START, {**sent(), field: value}, field=field, what="")


def test_a_commission_answered_is_there_and_asked_one_of_the_authors() -> None:
    """One author addressed is enough; none is refused with those that were asked."""
    asked = said("CommissionIssued", "2022-02-01", commission="约1", topic="春耕",
                 due="2022-03-10", units=["市财政局"])  # fmt: skip
    refused(*START, sent(commission="约1"), field="commission", what="没有登记过约稿“约1”")
    answer = sent(commission="约1")
    fault = refused(*START, asked, answer, field="commission", what="没有发给任何一个报送单位")
    assert fault.fix == "发给的单位是：市财政局"
    assert accepted(*START, asked, sent(commission="约1", units=["应县", "市财政局"]))


def test_parts_are_there_each_of_them_once() -> None:
    """Unknown, repeated, missing altogether, or the new item itself."""
    refused(*START, *BOTH, merged(parts=("1", "9")), field="items", what="没有登记过信息“9”")
    refused(*START, *BOTH, merged(parts=("1", "1")), field="items", what="互不相同")
    refused(*START, *BOTH, merged(parts=()), field="items", what="至少一条")
    refused(*START, *BOTH, merged("3", ("1", "3")), field="items", what="它自己的组成部分")


def test_a_merged_item_may_be_a_part() -> None:
    """Merged twice over, and adopted as the whole it is now."""
    assert accepted(*START, *BOTH, merged(), sent("4"), merged("5", ("3", "4")), used("5"))


@pytest.mark.parametrize("use", [used, praised])
def test_a_use_is_of_an_item_that_is_there_and_not_before_it(use: Callable[..., Told]) -> None:
    """Adopted or endorsed: the item's own day is early enough, the day before is not."""
    refused(*START, use(), field="item", what="没有登记过信息“1”")
    fault = refused(*START, sent(), use(on="2022-02-28"), field="on", what="早于信息报送的日期")
    assert fault.fix == "应不早于 2022-03-01"
    late = sent(on="2022-03-01T18:00:00")
    assert accepted(*START, late, use(on="2022-03-01T09:00:00"), use(on="2022-03-01"))


@pytest.mark.parametrize("use", [used, praised])
def test_a_part_is_not_used_from_then_on(use: Callable[..., Told]) -> None:
    """Up to its day it may be, told early or late; afterwards only the whole."""
    assert accepted(*START, *BOTH, use(), merged(), use("3"))
    assert accepted(*START, *BOTH, merged(), use(on="2022-03-02"))
    fault = refused(*START, *BOTH, merged(), use(), field="item", what="已并入“3”")
    assert "“3”" in fault.fix
    early = (*START, *BOTH, use(on="2022-03-06"))
    fault = refused(*early, merged(), field="items", what="信息“1”在合编以后还单独被")
    assert "“3”" in fault.fix
    gone = said("EventRetracted", "2022-03-06", target=7, reason="不合编了")
    assert accepted(*START, *BOTH, merged(), gone, use())


@pytest.mark.parametrize("use", [used, praised])
def test_no_correction_makes_a_part_of_what_was_used_later(use: Callable[..., Told]) -> None:
    """Neither by taking it in, nor by another day of the merging or of its use."""
    late = (*START, *BOTH, sent("4"), merged(), use("4", on="2022-03-06"))
    change = said("EventCorrected", "2022-03-07", target=8, reason="漏写")
    taken_in = {**change, "changes": {"items": ["1", "2", "4"]}}
    refused(*late, taken_in, field="changes", what="信息“4”在合编以后")
    early = (*START, *BOTH, use("1", on="2022-03-04"), merged())
    sooner = {**change, "changes": {"on": "2022-03-03"}}
    refused(*early, sooner, field="changes", what="信息“1”在合编以后")
    moved = {**change, "target": 7, "changes": {"on": "2022-03-06"}}
    refused(*early, moved, field="changes", what="已并入“3”")
    assert accepted(*early, {**sooner, "changes": {"on": "2022-03-04"}})


def test_an_item_is_a_part_of_one_other_at_most() -> None:
    """Its authors would have the adoption of both."""
    twice = (*START, *BOTH, merged(), sent("4"), merged("5", ("1", "4")))
    refused(*twice, field="items", what="信息“1”已并入“3”")


@pytest.mark.parametrize("use", [used, praised])
def test_a_merged_item_is_received_with_its_last_part(use: Callable[..., Told]) -> None:
    """Also with a part of a part, and when a correction makes that later."""
    parts = (*START, *BOTH, sent("4", on="2022-03-08"), merged("5", ("1", "4")))
    whole = (*parts, merged("6", ("2", "5")))
    assert accepted(*whole, use("6", on="2022-03-08"))
    fault = refused(*whole, use("6", on="2022-03-07"), field="on", what="早于信息报送的日期")
    assert fault.fix == "应不早于 2022-03-08"
    change = {"target": 5, "changes": {"on": "2022-03-15"}, "reason": "误"}
    later = said("EventCorrected", "2022-03-20", **change)
    at_that_time = (*whole, use("6", on="2022-03-10"), later)
    refused(*at_that_time, field="changes", what="早于信息报送的日期")


def test_levels_and_bodies_of_the_scheme() -> None:
    """Others are refused with those there are."""
    assert "city" in refused(*START, sent(), used(level="town"), field="level", what="“town”").fix
    fault = refused(*START, sent(), praised(body="army"), field="body", what="“army”")
    assert "government" in fault.fix


def test_a_finding_has_a_number_of_its_own_and_a_kind() -> None:
    """A second one of that number and an unknown kind are refused."""
    finding = said("FindingMade", "2022-05-01", finding="认1", unit="应县", kind="plagiarism")
    again = {**finding, "unit": "开发区"}
    refused(*START, finding, again, field="finding", what="已由事件 #5 登记")
    fault = refused(*START, {**finding, "kind": "rude"}, field="kind", what="“rude”")
    assert "plagiarism" in fault.fix


def _without(told: Told, field: str) -> Told:
    return {name: value for name, value in told.items() if name != field}
