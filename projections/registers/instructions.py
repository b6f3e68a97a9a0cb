"""主要领导批示: which documents the head of each unit acted upon, and which not."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import after, day_of, meets
from domain.events.leadership import DocumentIssued, LeaderInstructed
from domain.listing import Column, Row
from domain.rules.instruction import due_of, first_instruction
from domain.setting import Unit
from domain.standing import Fact
from projections.known import Known
from projections.registers.roll import Roll

STATES = {"in_time": "按时批示", "late": "逾期批示", "open": "未到期", "missing": "逾期未批示"}


def _columns(known: Known) -> list[Column]:
    return [
        Column("document", "文件编号", 22),
        Column("title", "文件标题", 40),
        Column("kind", "文件类别", 14, known.words("documents")),
        Column("unit", "单位", 20),
        Column("due", "批示截止", 18),
        Column("state", "状态", 12, STATES),
        Column("on", "批示（印发）日期", 18),
        Column("leader", "批示领导", 12),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, document in known.of_cycle(DocumentIssued):
        for unit in known.units:
            if unit.begins_on(day_of(document.on)):
                yield _row(known, fact, document, unit)


def _row(known: Known, issued: Fact, document: DocumentIssued, unit: Unit) -> Row:
    case = known.case(unit, f"document/{document.document}", document.document)
    due, first = due_of(case, document), first_instruction(case)
    about, event = first or issued, first.event if first else None
    if first:
        state = "in_time" if meets(first.event.on, due) else "late"
    else:
        state = "missing" if after(due) <= known.point.as_of else "open"
    return Row(
        values={
            "document": document.document,
            "title": document.title,
            "kind": document.kind,
            "unit": unit.name_on(known.point.as_of),
            "due": due,
            "state": state,
            "on": about.event.on,
            "leader": event.leader if isinstance(event, LeaderInstructed) else None,
        },
        events=tuple(sorted({*issued.events, *about.events})),
        about=about.position,
        units=frozenset([unit.id]),
        is_open=state == "open",
    )


INSTRUCTIONS = Roll(
    "主要领导批示",
    "年度内印发的每份文件、每个单位各一行：主要领导是否批示、是否按时；没有批示的，日期是印发日期。",
    _columns,
    _rows,
    opens=True,
)
