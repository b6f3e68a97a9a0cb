"""The list of all event types: the name in registers, the stored name, the Chinese name.

The stored name is explicit and versioned (``submission-received.v1``) and never a Python path,
so that classes may move while what is stored stays readable. The order is that of
the sheets of a register workbook.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

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
from domain.events.fields import Form
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


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type: its class, its stored name with a version, its Chinese name."""

    event: type[Event]
    stored: str
    version: int
    label: str

    @property
    def name(self) -> str:
        """The name in registers and on the command line."""
        return self.event.__name__

    @property
    def stored_name(self) -> str:
        """The name that is stored with each event."""
        return f"{self.stored}.v{self.version}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event type, as a register writes it.

    ``usual`` is the code that is meant where a field of codes is left out.
    """

    name: str
    attribute: str
    form: Form
    required: bool
    many: bool
    usual: str | None = None


CATALOGUE = (
    EventType(CycleOpened, "cycle-opened", 1, "考核年度开始"),
    EventType(CycleClosed, "cycle-closed", 1, "考核年度关闭"),
    EventType(UnitEnrolled, "unit-enrolled", 1, "单位登记"),
    EventType(UnitChanged, "unit-changed", 1, "单位变更"),
    EventType(QuotaSet, "quota-set", 1, "报送任务"),
    EventType(DocumentIssued, "document-issued", 1, "文件印发"),
    EventType(LeaderInstructed, "leader-instructed", 1, "主要领导批示"),
    EventType(DeploymentStudied, "deployment-studied", 1, "会议研究部署"),
    EventType(DutyRosterReported, "duty-roster-reported", 1, "职责名单报送"),
    EventType(StaffChanged, "staff-changed", 1, "人员变动"),
    EventType(StaffChangeNotified, "staff-change-notified", 1, "变动告知"),
    EventType(CommissionIssued, "commission-issued", 1, "约稿下达"),
    EventType(CommissionExtended, "commission-extended", 1, "约稿延期"),
    EventType(CommissionWithdrawn, "commission-withdrawn", 1, "约稿撤回"),
    EventType(CommissionDeclined, "commission-declined", 1, "约稿不涉及反馈"),
    EventType(SubmissionReceived, "submission-received", 1, "信息报送"),
    EventType(ItemsMerged, "items-merged", 1, "信息合编"),
    EventType(ItemAdopted, "item-adopted", 1, "信息采用"),
    EventType(ItemEndorsed, "item-endorsed", 1, "领导批示"),
    EventType(FindingMade, "finding-made", 1, "问题认定"),
    EventType(SecondmentStarted, "secondment-started", 1, "跟班学习开始"),
    EventType(SecondmentEnded, "secondment-ended", 1, "跟班学习结束"),
    EventType(RulingMade, "ruling-made", 1, "口径裁定"),
    EventType(ScoresPublished, "scores-published", 1, "成绩公布"),
    EventType(AppealLodged, "appeal-lodged", 1, "申诉提出"),
    EventType(AppealEvidenceAdded, "appeal-evidence-added", 1, "申诉材料"),
    EventType(AppealProposed, "appeal-proposed", 1, "申诉处理意见"),
    EventType(AppealDecided, "appeal-decided", 1, "申诉决定"),
    EventType(AppealWithdrawn, "appeal-withdrawn", 1, "申诉撤回"),
    EventType(CorrectionProposed, "correction-proposed", 1, "更正提案"),
    EventType(CorrectionConfirmed, "correction-confirmed", 1, "更正确认"),
    EventType(CorrectionRefused, "correction-refused", 1, "更正驳回"),
    EventType(AuditExported, "audit-exported", 1, "审计导出"),
    EventType(EventCorrected, "event-corrected", 1, "事件更正"),
    EventType(EventRetracted, "event-retracted", 1, "事件撤销"),
)

BY_NAME = {entry.name: entry for entry in CATALOGUE}
BY_CLASS = {entry.event: entry for entry in CATALOGUE}
BY_STORED = {entry.stored: entry for entry in CATALOGUE}
KEPT_BY_RECORDER = frozenset({"actor", "source"})
"""Fields that the recorder adds; a register cannot set them."""


def fields_of(event: type[Event]) -> tuple[Field, ...]:
    """Return the fields that a register may give for ``event``, its own before the common ones."""
    if event not in _FIELDS:
        _FIELDS[event] = _fields_of(event)
    return _FIELDS[event]


_FIELDS: dict[type[Event], tuple[Field, ...]] = {}


def _fields_of(event: type[Event]) -> tuple[Field, ...]:
    hints = get_type_hints(event, include_extras=True)
    found = [
        Field(
            name=spec.name.rstrip("_"),
            attribute=spec.name,
            form=_form(hints[spec.name]),
            required=spec.default is MISSING and spec.default_factory is MISSING,
            many=_many(hints[spec.name]),
            usual=spec.default if isinstance(spec.default, str) else None,
        )
        for spec in fields(event)
        if spec.name not in KEPT_BY_RECORDER
    ]
    common = {spec.name for spec in fields(Event)}

    def place(entry: Field) -> tuple[bool, bool]:
        # The number of an appeal is its own in the events of an appeal, and common elsewhere.
        return (entry.name != "on", entry.name in common and not entry.required)

    return tuple(sorted(found, key=place))


def _bare(hint: Any) -> Any:  # noqa: ANN401  type hints have no common type
    """Return ``hint`` without its ``| None``."""
    if get_origin(hint) is Annotated:
        return hint
    options = [option for option in get_args(hint) if option is not NoneType]
    return options[0] if NoneType in get_args(hint) and len(options) == 1 else hint


def _many(hint: Any) -> bool:  # noqa: ANN401  see _bare
    return get_origin(_bare(hint)) is tuple


def _form(hint: Any) -> Form:  # noqa: ANN401  see _bare
    inner = _bare(hint)
    if get_origin(inner) is tuple:
        inner = get_args(inner)[0]
    if get_origin(inner) is dict:
        return Form("changes")
    if get_origin(inner) is not Annotated:
        return Form("evidence")
    return next(mark for mark in get_args(inner)[1:] if isinstance(mark, Form))
