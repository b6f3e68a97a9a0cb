"""Which deadline it was whose passing made a line begin: what was due, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NamedTuple

from domain.days import Moment, after
from domain.events.base import Event
from domain.events.commissions import CommissionExtended, CommissionIssued
from domain.events.leadership import DocumentIssued
from domain.lines import Line

_ONE_DAY: Final = timedelta(days=1)

_DUE: Final = {
    "instruction_missing": "主要领导批示",
    "deployment_missing": "会议研究部署",
    "duty_missing": "职责名单报送",
    "duties_late": "职责名单报送",
    "change_unreported": "人员变动告知",
    "commission_overdue": "约稿答复",
    "quota_shortfall": "任务期报送",
}
"""The lines that begin when something is past its due, by code; all others begin with an event."""


class Deadline(NamedTuple):
    """What was due, in words, and by when: a day, to its end, or an instant."""

    what: str
    by: Moment


def is_deadline(line: Line) -> bool:
    """Tell whether the line begins because something due was not there."""
    return line.code in _DUE


def deadline_of(line: Line, contents: Iterable[Event]) -> Deadline:
    """Return the deadline of a line that has one.

    ``contents`` are the events that it names, as they count: where one of them sets the due, to
    the minute perhaps, that is it; else it is the day before the line begins (the rules of 附件2
    take points from the day after).
    """
    found = [due for event in contents if (due := _set_by(event)) is not None]
    fitting = [due for due in found if after(due) == line.effective_from]
    by = fitting[-1] if fitting else line.effective_from - _ONE_DAY
    return Deadline(_DUE[line.code], by)


def _set_by(event: Event) -> Moment | None:
    if isinstance(event, CommissionIssued | CommissionExtended):
        return event.due
    return event.instruction_due if isinstance(event, DocumentIssued) else None
