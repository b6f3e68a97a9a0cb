"""Checks of documents, instructions, meetings, duty rosters and staff changes."""

from __future__ import annotations

from domain.days import day_of
from domain.decisions.checking import Desk, Found, Wrong, existing, new_number, not_before
from domain.events.leadership import (
    DeploymentStudied,
    DocumentIssued,
    DutyRosterReported,
    LeaderInstructed,
    StaffChanged,
    StaffChangeNotified,
)


def document_issued(event: DocumentIssued, desk: Desk) -> Found:
    """Need a new document number."""
    yield from new_number(desk, event, "document", "文件")


def leader_instructed(event: LeaderInstructed, desk: Desk) -> Found:
    """Need a document that exists."""
    _, wrong = existing(desk, f"document/{event.document}", "document", "文件")
    yield from wrong


def deployment_studied(event: DeploymentStudied, desk: Desk) -> Found:
    """Need at least one topic."""
    if not event.topics_:
        known = "、".join(desk.vocabulary("topics", day_of(event.on)).values())
        yield Wrong("topics", "没有写明研究的是哪项任务", f"至少写一项：{known}")


def duty_roster_reported(event: DutyRosterReported, _: Desk) -> Found:
    """Need at least one part of the roster."""
    if not (event.leader or event.agency or event.staff):
        yield Wrong("leader", "没有任何一项职责", "分管领导、承办机构、业务人员至少写一项")


def staff_changed(event: StaffChanged, desk: Desk) -> Found:
    """Need a new change number."""
    yield from new_number(desk, event, "change", "变动")


def staff_change_notified(event: StaffChangeNotified, desk: Desk) -> Found:
    """Need a change that exists and is not later."""
    change, wrong = existing(desk, f"change/{event.change}", "change", "变动")
    yield from wrong
    if change:
        yield from not_before(desk, event, change, "人员变动")
