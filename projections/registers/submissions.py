"""信息报送: every submission of the year, the channel it came by, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events.items import SubmissionReceived
from domain.lines import Case
from domain.listing import Cell, Column, Row
from domain.rules.receipts import Receipts, objections, well_addressed, why_in_no_period
from domain.standing import Fact
from projections.known import Known
from projections.registers.roll import Roll

COUNTED = {"counted": "计数", "partly": "部分单位计数", "not_counted": "不计数"}
CHANNELS = {
    "regular": "规范",
    "unlabelled": "未标注",
    "mis_sent": "错投邮箱",
    "unlabelled_mis_sent": "未标注且错投邮箱",
}
WHY_NOT = {
    "content": "内容性质不计",
    "characters": "字数不够或未登记",
    "unlabelled": "未标注",
    "mailbox": "错投邮箱",
    "outside_cycle": "不在考核年度内",
    "before_counting": "早于起计日",
    "no_quota": "没有报送任务",
    "no_period": "不在任务期内",
}
"""The codes of ``domain.rules.receipts`` that keep a submission from counting."""


def _columns(known: Known) -> list[Column]:
    return [
        Column("on", "报送时间", 18),
        Column("item", "信息编号", 14),
        Column("title", "标题", 44),
        Column("units", "报送单位", 20),
        Column("kind", "类别", 8, known.words("kinds")),
        Column("characters", "字数", 8),
        Column("content", "内容性质", 10, known.words("contents")),
        Column("labelled", "是否标注", 8),
        Column("mailbox", "收件邮箱", 22),
        Column("channel", "渠道", 12, CHANNELS),
        Column("commission", "答复约稿", 14),
        Column("counted", "计条数", 10, COUNTED),
        Column("counted_for", "计入单位", 20),
        Column("why_not", "不计原因", 18, WHY_NOT),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, sent in known.of_cycle(SubmissionReceived):
        case = _case(known, sent, sent.units[0])
        yield Row(
            values={
                "on": sent.on,
                "item": sent.item,
                "title": sent.title,
                "units": known.names(sent.units),
                "kind": sent.kind,
                "characters": sent.characters,
                "content": sent.content,
                "labelled": sent.labelled,
                "mailbox": sent.mailbox,
                "channel": _channel(sent, addressed=well_addressed(case, sent)),
                "commission": sent.commission,
                **_counting(known, fact, sent),
            },
            events=fact.events,
            about=fact.position,
            units=frozenset(sent.units),
        )


def _channel(sent: SubmissionReceived, *, addressed: bool) -> str:
    wrong = ([] if sent.labelled else ["unlabelled"]) + ([] if addressed else ["mis_sent"])
    return "_".join(wrong) or "regular"


def _counting(known: Known, fact: Fact, sent: SubmissionReceived) -> dict[str, Cell]:
    """Return for which of its authors a submission counts; nothing for a kind without quotas."""
    rulebook = known.point.rulebook
    quotas = [each for each in rulebook.indicators.values() if each.rule == "shortfall"]
    if not any(sent.kind in each.options["kind"] for each in quotas):
        return {"counted": None, "counted_for": (), "why_not": ()}
    said = {unit: _why_not(_case(known, sent, unit), fact, sent) for unit in sent.units}
    counts = [unit for unit, codes in said.items() if not codes]
    codes = dict.fromkeys(code for found in said.values() for code in found)
    whole = "counted" if len(counts) == len(said) else "partly"
    return {
        "counted": whole if counts else "not_counted",
        "counted_for": known.names(counts),
        "why_not": tuple(codes),
    }


def _why_not(case: Case, fact: Fact, sent: SubmissionReceived) -> list[str]:
    """Return what keeps a submission from counting for one unit; nothing when it counts."""
    codes = list(objections(case, sent))
    if codes:
        return codes
    periods = Receipts.of(case).periods
    if any(held.position == fact.position for each in periods for held in each.received):
        return []
    return [why_in_no_period(case, sent.on)]


def _case(known: Known, sent: SubmissionReceived, unit: str) -> Case:
    return known.case(known.unit(unit), f"quota/{sent.kind}/{unit}", sent.kind)


SUBMISSIONS = Roll(
    "信息报送",
    "年度内收到的每条信息：由谁报送、经什么渠道、是否计入报送条数。",
    _columns,
    _rows,
)
