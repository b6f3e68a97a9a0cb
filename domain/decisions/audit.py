"""Checks of what is recorded about the audit log."""

from __future__ import annotations

from domain.decisions.checking import Desk, Found, Wrong
from domain.events.audit import AuditExported


def audit_exported(event: AuditExported, desk: Desk) -> Found:
    """Need a position that the log had reached before the export was recorded."""
    later = desk.position is not None and event.upto >= desk.position
    if later or desk.register.entry(event.upto) is None:
        yield Wrong(
            "upto",
            f"登记这次导出之前，日志里没有事件 #{event.upto}",
            "应为导出的最后一条事件的编号，请用 kaohe log 核对",
        )
