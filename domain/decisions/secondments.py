"""Checks of secondments."""

from __future__ import annotations

from domain.decisions.checking import Desk, Found, Wrong, existing, new_number, not_before
from domain.events.secondments import SecondmentEnded, SecondmentStarted


def secondment_started(event: SecondmentStarted, desk: Desk) -> Found:
    """Need a new secondment number."""
    yield from new_number(desk, event, "secondment", "跟班学习编号")


def secondment_ended(event: SecondmentEnded, desk: Desk) -> Found:
    """Need a secondment that started by then and has not ended."""
    topic = f"secondment/{event.secondment}"
    started, wrong = existing(desk, topic, "secondment", "跟班学习")
    yield from wrong
    if started:
        yield from not_before(desk, event, started, "跟班学习开始")
    for fact in desk.facts(topic):
        if isinstance(fact.event, SecondmentEnded) and fact.event.secondment == event.secondment:
            what = f"跟班学习“{event.secondment}”已由{desk.at(fact.position)} 结束"
            yield Wrong("secondment", what, "如日期有误，请更正那一条")
