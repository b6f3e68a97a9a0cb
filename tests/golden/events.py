"""One event of each stored version with every field given: what its golden file must say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.days import SHANGHAI
from domain.events.appeals import (
    AppealDecided,
    AppealEvidenceAdded,
    AppealLodged,
    AppealProposed,
    AppealWithdrawn,
)
from domain.events.audit import AuditExported
from domain.events.base import Event
from domain.events.commissions import (
    CommissionDeclined,
    CommissionExtended,
    CommissionIssued,
    CommissionWithdrawn,
)
from domain.events.corrections import EventCorrected, EventRetracted
from domain.events.fields import Evidence, Source
from domain.events.items import (
    FindingMade,
    ItemAdopted,
    ItemEndorsed,
    ItemsMerged,
    SubmissionReceived,
)
from domain.events.leadership import (
    DeploymentStudied,
    DocumentIssued,
    DutyRosterReported,
    LeaderInstructed,
    StaffChanged,
    StaffChangeNotified,
)
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.events.publications import ScoresPublished
from domain.events.secondments import SecondmentEnded, SecondmentStarted
from domain.events.setting import (
    CycleClosed,
    CycleOpened,
    QuotaSet,
    RulingMade,
    UnitChanged,
    UnitEnrolled,
)

INSTANT = datetime(2022, 12, 31, 17, 0, 30, 250, SHANGHAI)
DAY = date(2022, 2, 28)

COMMON: dict[str, Any] = {
    "note": "第一行\n第二行：“引号”\t\\ / 🀄",
    "evidence": (
        Evidence(name="扫描件 1.pdf", sha256="0f" * 32),
        Evidence(name="扫描件 2.pdf", sha256="a1" * 32),
    ),
    "appeal": "申诉-1",
    "ref": "朔政-1",
    "actor": "张三",
    "source": Source(file="登记.xlsx", sha256="c3" * 32, row=12, sheet="信息报送"),
}

CORRECTIONS: list[dict[str, Any]] = [
    {"type": "EventRetracted", "on": "2022-02-28", "target": "#12", "reason": "重复登记"},
    {
        "type": "ItemAdopted",
        "on": "2022-02-28",
        "item": "2022-017",
        "level": "city",
        "source": {"file": "补登.jsonl", "sha256": "e5" * 32, "row": 2},
    },
]

FULL: dict[str, Event] = {
    "cycle-opened.v1": CycleOpened(
        on=INSTANT,
        cycle="2022",
        rulebook="shuozhou-2022",
        starts=date(2022, 1, 1),
        ends=date(2022, 12, 31),
        evidence_due=date(2023, 1, 15),
        duty_due=date(2022, 3, 31),
        two_person=False,
        appeal_days=7,
        **COMMON,
    ),
    "cycle-closed.v1": CycleClosed(on=DAY, cycle="2022", as_of=date(2023, 1, 31), **COMMON),
    "unit-enrolled.v1": UnitEnrolled(
        on=DAY, unit="应县", category="county", aliases=("应县人民政府", "应州"), **COMMON
    ),
    "unit-changed.v1": UnitChanged(
        on=DAY,
        unit="市能源局",
        name="市能源和矿产局",
        aliases=("能源局",),
        category="department",
        into="市财政局",
        **COMMON,
    ),
    "quota-set.v1": QuotaSet(
        on=DAY,
        kind="special",
        required=2,
        from_=date(2022, 7, 1),
        to=date(2022, 12, 31),
        units=("应县", "市财政局"),
        category="county",
        **COMMON,
    ),
    "document-issued.v1": DocumentIssued(
        on=DAY,
        document="朔政办函96号",
        title="关于考核的通知",
        kind="notice",
        instruction_due=INSTANT,
        **COMMON,
    ),
    "leader-instructed.v1": LeaderInstructed(
        on=INSTANT, unit="应县", document="朔政办函96号", leader="县长", **COMMON
    ),
    "deployment-studied.v1": DeploymentStudied(
        on=DAY, unit="应县", topics_=("commissioned", "special", "brief"), **COMMON
    ),
    "duty-roster-reported.v1": DutyRosterReported(
        on=DAY, unit="应县", leader="张三", agency="信息科", staff=("李四", "王五"), **COMMON
    ),
    "staff-changed.v1": StaffChanged(
        on=DAY, change="变1", unit="应县", role="staff", out="李四", into="赵六", **COMMON
    ),
    "staff-change-notified.v1": StaffChangeNotified(on=DAY, change="变1", **COMMON),
    "commission-issued.v1": CommissionIssued(
        on=DAY, commission="约1", topic="春耕", due=INSTANT, units=("应县",), **COMMON
    ),
    "commission-extended.v1": CommissionExtended(
        on=DAY, commission="约1", due=date(2024, 2, 29), units=("应县",), **COMMON
    ),
    "commission-withdrawn.v1": CommissionWithdrawn(
        on=DAY, commission="约1", reason="另行安排", units=("应县",), **COMMON
    ),
    "commission-declined.v1": CommissionDeclined(
        on=INSTANT, commission="约1", unit="应县", **COMMON
    ),
    "submission-received.v1": SubmissionReceived(
        on=INSTANT,
        item="2022-017",
        units=("应县", "市财政局"),
        kind="special",
        title="春耕备耕情况",
        characters=1500,
        content="meeting_news",
        labelled=False,
        mailbox="szxxgkk@126.com",
        commission="约1",
        **COMMON,
    ),
    "items-merged.v1": ItemsMerged(
        on=DAY, item="合1", items=("2022-017", "2022-018"), kind="special", title="合编", **COMMON
    ),
    "item-adopted.v1": ItemAdopted(
        on=DAY, item="合1", level="province", publication="晋政信息 第3期", **COMMON
    ),
    "item-endorsed.v1": ItemEndorsed(
        on=DAY, item="合1", level="state", leader="某领导", body="party", **COMMON
    ),
    "finding-made.v1": FindingMade(
        on=DAY,
        finding="认1",
        unit="应县",
        kind="outline_only",
        item="2022-017",
        detail="只有标题",
        **COMMON,
    ),
    "secondment-started.v1": SecondmentStarted(
        on=DAY, secondment="跟1", unit="应县", person="钱七", host="city", **COMMON
    ),
    "secondment-ended.v1": SecondmentEnded(on=DAY, secondment="跟1", **COMMON),
    "ruling-made.v1": RulingMade(
        on=DAY,
        parameter="grades",
        value=[["优秀", 100], ["良好", "90.5"]],
        reason="会议纪要",
        document="纪要1号",
        cycle="2022",
        **COMMON,
    ),
    "scores-published.v1": ScoresPublished(
        on=INSTANT,
        publication=2,
        as_of=date(2023, 1, 31),
        cycle="2022",
        position=120,
        sheets="b6" * 32,
        **COMMON,
    ),
    "appeal-lodged.v1": AppealLodged(
        on=INSTANT,
        unit="应县",
        publication=2,
        as_of=date(2023, 1, 31),
        indicator="special",
        events=(12, 17),
        claim="漏计一条专报",
        remedy="add",
        late_reason="公文在途",
        **COMMON,
    ),
    "appeal-evidence-added.v1": AppealEvidenceAdded(on=DAY, description="收文登记簿", **COMMON),
    "appeal-proposed.v1": AppealProposed(
        on=DAY, outcome="upheld", reasons="确系漏计", corrections=CORRECTIONS, **COMMON
    ),
    "appeal-decided.v1": AppealDecided(on=DAY, outcome="partly", reasons="部分属实", **COMMON),
    "appeal-withdrawn.v1": AppealWithdrawn(on=DAY, reason="已自行核对", **COMMON),
    "correction-proposed.v1": CorrectionProposed(
        on=DAY,
        proposal=3,
        lines=CORRECTIONS,
        reason="重复登记",
        part=1,
        parts=2,
        **COMMON,
    ),
    "correction-confirmed.v1": CorrectionConfirmed(on=DAY, proposal=3, **COMMON),
    "correction-refused.v1": CorrectionRefused(on=DAY, proposal=3, reason="查无重复", **COMMON),
    "audit-exported.v1": AuditExported(
        on=INSTANT, upto=120, digest="d4" * 32, unit="应县", recipient="市审计局", **COMMON
    ),
    "event-corrected.v1": EventCorrected(
        on=DAY,
        target=17,
        reason="漏计附表",
        changes={"characters": 1600, "labelled": True, "units": ["应县"], "commission": None},
        **COMMON,
    ),
    "event-retracted.v1": EventRetracted(on=DAY, target=17, reason="重复登记", **COMMON),
}
