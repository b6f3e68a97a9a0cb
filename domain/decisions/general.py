"""Checks that every event has to pass."""

from __future__ import annotations

import re

from domain.days import day_of
from domain.decisions.checking import Desk, Found, Wrong, existing
from domain.events.appeals import AppealEvent
from domain.events.base import Event
from domain.events.catalogue import fields_of
from domain.events.codec import LONGEST_BODY
from domain.names import nearest
from domain.wording import heading_of

_POSITION = re.compile(r"#\d+")


def general(event: Event, desk: Desk) -> Found:
    """Find out all that is looked at whatever the type of ``event``."""
    yield from not_in_future(event, desk)
    yield from _known_appeal(event, desk)
    yield from _plain_ref(event)
    if desk.position is not None:
        yield from _known_units(event, desk)


def not_in_future(event: Event, desk: Desk) -> Found:
    """Need a day that is not after today."""
    if day_of(event.on) > desk.today:
        yield Wrong(
            "on", f"日期 {day_of(event.on)} 晚于今天（{desk.today}）", "只能登记已经发生的事"
        )


def _known_appeal(event: Event, desk: Desk) -> Found:
    """Need, where an appeal is named, one that was lodged."""
    if event.appeal is not None and not isinstance(event, AppealEvent):
        _, wrong = existing(desk, f"appeal/{event.appeal}", "appeal", "申诉")
        yield from wrong


def _plain_ref(event: Event) -> Found:
    """Need a ref that is not written as a position is: a correction could not tell them apart."""
    if event.ref is not None and _POSITION.fullmatch(event.ref):
        yield Wrong("ref", f"“{event.ref}”会被当作事件编号", "请换一个 ref，不要写成 # 加数字")


def _known_units(event: Event, desk: Desk) -> Found:
    """Need units that are enrolled, when an event is checked again; a new one was read by them."""
    for field in fields_of(type(event)):
        if field.form.name != "unit":
            continue
        value = getattr(event, field.attribute)
        for unit in value if field.many else filter(None, [value]):
            if unit not in desk.setting.units:
                what = f"没有登记过单位“{unit}”"
                yield Wrong(field.name, what, "请先登记该单位，或更正、撤销用到它的事件")


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
