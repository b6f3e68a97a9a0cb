"""The table of checks: which function looks at which event type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.decisions import (
    appeals,
    audit,
    commissions,
    items,
    leadership,
    proposals,
    publications,
    quotas,
    secondments,
    setting,
)
from domain.decisions.checking import Desk, Found, Wrong
from domain.decisions.general import general
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

CHECKS: Mapping[type[Event], Callable[[Any, Desk], Found]] = {
    CycleOpened: setting.cycle_opened,
    CycleClosed: setting.cycle_closed,
    UnitEnrolled: setting.unit_enrolled,
    UnitChanged: setting.unit_changed,
    QuotaSet: quotas.quota_set,
    DocumentIssued: leadership.document_issued,
    LeaderInstructed: leadership.leader_instructed,
    DeploymentStudied: leadership.deployment_studied,
    DutyRosterReported: leadership.duty_roster_reported,
    StaffChanged: leadership.staff_changed,
    StaffChangeNotified: leadership.staff_change_notified,
    CommissionIssued: commissions.commission_issued,
    CommissionExtended: commissions.commission_extended,
    CommissionWithdrawn: commissions.commission_withdrawn,
    CommissionDeclined: commissions.commission_declined,
    SubmissionReceived: items.submission_received,
    ItemsMerged: items.items_merged,
    ItemAdopted: items.item_adopted,
    ItemEndorsed: items.item_endorsed,
    FindingMade: items.finding_made,
    SecondmentStarted: secondments.secondment_started,
    SecondmentEnded: secondments.secondment_ended,
    RulingMade: setting.ruling_made,
    ScoresPublished: publications.scores_published,
    AppealLodged: appeals.appeal_lodged,
    AppealEvidenceAdded: appeals.appeal_evidence_added,
    AppealProposed: appeals.appeal_proposed,
    AppealDecided: appeals.appeal_decided,
    AppealWithdrawn: appeals.appeal_withdrawn,
    CorrectionProposed: proposals.correction_proposed,
    CorrectionConfirmed: proposals.correction_confirmed,
    CorrectionRefused: proposals.correction_refused,
    AuditExported: audit.audit_exported,
}
"""Corrections and retractions are looked at in ``amendments``: they are about other events."""


def wrongs(event: Event, desk: Desk) -> list[Wrong]:
    """Return everything that is wrong with recording ``event`` now."""
    own = CHECKS.get(type(event))
    return [*general(event, desk), *(own(event, desk) if own else ())]
