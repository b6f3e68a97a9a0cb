"""A log whose last entries were recorded in the future: some machine's clock was wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.days import show_recorded
from projections.doctor.clock import AHEAD

if TYPE_CHECKING:
    from cli.office import Office


def ahead_of_clock(opened: Office) -> str:
    """Return, in words, which entries were recorded in the future, or nothing when none were."""
    head = opened.log.head()
    limit = datetime.now(UTC) + AHEAD
    if head.recorded_at is None or datetime.fromisoformat(head.recorded_at) <= limit:
        return ""
    first = opened.log.last_position_at(limit) + 1
    return (
        f"#{first} 至 #{head.position} 的登记时间还没有到（最后是 "
        f"{show_recorded(head.recorded_at)}）：这台电脑的时钟慢了，或者登记它们的电脑时钟快了。"
        "登记时间从不后退，以后的登记也会记成那个时间，用时间写的 --known-at 查不到它们，"
        "请用 #编号。请先核对各台电脑的时钟。"
    )
