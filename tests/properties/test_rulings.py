"""A ruling holds for the whole year, whenever in the year it became known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.telling import BOOKS, START, Told, said
from tests.properties.offices import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Mapping

BOOK = BOOKS["shuozhou-2022"]
OTHER = {
    "adoption.repeat": "each",
    "endorsement.per": "leader",
    "joint.share": "split",
    "secondment.credit": "on_start",
    "secondment.months": 2,
    "liaison.notice_days": 30,
    "special.min_characters": 1000,
    "quota.counts_from": "2022-08-01",
    "submissions.unmarked": "counted",
    "evidence.cure": "never",
    "grades": [["良好", 10]],
}
DAYS = (date(2022, 8, 15), date(2022, 12, 31), date(2023, 2, 20))


def other_value(parameter: str) -> object:
    """Return a value that is not the default and changes the score of the register below."""
    if parameter.endswith(".cap"):
        return "0.5"
    if parameter in OTHER:
        return OTHER[parameter]
    return "-0.75" if BOOK.indicators[parameter.split(".")[1]].deducts else "0.75"


def sent(item: str, on: str, kind: str, *units: str, **more: object) -> Told:
    """An item."""
    given = {"item": item, "units": list(units or ("应县",)), "kind": kind, "title": "信息", **more}
    return said("SubmissionReceived", on, **given)


def _quotas() -> list[Told]:
    span = {"from_": "2022-07-01", "to": "2022-09-30"}
    later = {"from_": "2022-10-01", "to": "2022-12-31"}
    return [
        said("QuotaSet", "2022-06-20", kind=kind, required=required, **days)
        for kind in ("special", "brief")
        for required, days in ((1, span), (3, later))
    ]


def _items() -> list[Told]:
    length = {"characters": 1600}
    items = [
        sent("约1", "2022-03-01", "commissioned", "应县", "市财政局", "开发区"),
        sent("专1", "2022-07-02", "special", **length),
        sent("专2", "2022-08-02", "special", characters=1200),
        sent("专3", "2022-08-03", "special", labelled=False, **length),
        sent("专4", "2022-08-04", "special", **length),
        sent("简1", "2022-07-05", "brief"),
        sent("简2", "2022-08-05", "brief"),
        sent("简3", "2022-08-06", "brief"),
    ]
    used = [
        said("ItemAdopted", f"2022-08-1{n}", item=item, level=level)
        for item in ("约1", "专1", "简1")
        for n, level in enumerate(("city", "city", "province", "state"))
    ]
    praised = [
        said("ItemEndorsed", "2022-08-14", item="约1", level=level, leader=leader)
        for level in ("city", "province", "state")
        for leader in ("甲", "乙")
    ]
    return items + used + praised


def _losses() -> list[Told]:
    documents = [
        said("DocumentIssued", "2022-03-01", document=kind, title="通知", kind=kind)
        for kind in ("notice", "scheme", "circular")
    ]
    findings = [
        said("FindingMade", "2022-08-01", finding=kind, unit="应县", kind=kind)
        for kind in BOOK.vocabulary["findings"]
    ]
    return [
        *documents,
        said("LeaderInstructed", "2023-02-01", document="notice", unit="应县"),
        *findings,
        said("CommissionIssued", "2022-07-01", commission="1", topic="某", due="2022-07-10"),
        said("StaffChanged", "2022-08-01", change="1", unit="应县", role="staff"),
        said("StaffChangeNotified", "2022-08-20", change="1"),
        said("SecondmentStarted", "2022-06-10", secondment="1", unit="应县", person="甲",
             host="city"),
    ]  # fmt: skip


REGISTER = [*START, *_quotas(), *_items(), *_losses()]


@pytest.mark.parametrize("parameter", sorted(BOOK.parameters))
def test_a_ruling_made_last_says_what_one_made_first_says(parameter: str) -> None:
    """Every parameter of the rulebook: it changes the sheets, and its place in the log nothing.

    Lines that were there before the ruling are judged anew under it.
    """
    given = {"parameter": parameter, "value": other_value(parameter), "reason": "会议"}
    ruling = said("RulingMade", "2022-12-20", **given)
    with desk(REGISTER, [ruling]) as late, desk([ruling], REGISTER) as early:
        assert _shown(late) == _shown(early)
        assert _shown(late) != _shown(late, len(REGISTER))
        assert late.compared().differences == []


def _shown(office: Desk, known_at: int | None = None) -> list[Mapping[str, Any]]:
    """The sheets of some days, without the positions, which a ruling at the front moves on."""
    return [_bare(office.sheets(day, known_at)) for day in DAYS]


def _bare(shown: Any) -> Any:  # noqa: ANN401  any JSON value
    if isinstance(shown, dict):
        return {key: _bare(value) for key, value in shown.items() if key not in {"events", "text"}}
    if isinstance(shown, list):
        return sorted(map(_bare, shown), key=str)
    return shown
