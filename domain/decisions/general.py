"""Checks that every event has to pass."""

from __future__ import annotations

from domain.days import day_of
from domain.decisions.checking import Desk, Found, Wrong, existing
from domain.events.appeals import AppealEvent
from domain.events.base import Event
from domain.events.catalogue import fields_of
from domain.events.codec import LONGEST_BODY
from domain.names import nearest
from domain.wording import heading_of


def not_in_future(event: Event, desk: Desk) -> Found:
    """Need a day that is not after today."""
    if day_of(event.on) > desk.today:
        yield Wrong(
            "on", f"日期 {day_of(event.on)} 晚于今天（{desk.today}）", "只能登记已经发生的事"
        )


def known_appeal(event: Event, desk: Desk) -> Found:
    """Need, where an appeal is named, one that was lodged."""
    if event.appeal is not None and not isinstance(event, AppealEvent):
        _, wrong = existing(desk, f"appeal/{event.appeal}", "appeal", "申诉")
        yield from wrong


def short_enough(data: bytes) -> Found:
    """Need content that fits into one entry of the audit log."""
    if len(data) > LONGEST_BODY:
        what = f"内容共 {len(data)} 字节，超过上限 {LONGEST_BODY}"
        yield Wrong("note", what, "请把长文字放入附件")


def like(name: str, known: list[str]) -> str:
    """Return advice that names the candidates nearest to ``name``."""
    close = nearest(name, known)
    return f"最接近的有：{'、'.join(close)}" if close else "请核对"


def field_told(event: type[Event], field: str) -> str:
    """Return a field by its heading and its name, for those who write either."""
    known = any(each.name == field for each in fields_of(event))
    return f"{heading_of(event, field)}（{field}）" if known else field
