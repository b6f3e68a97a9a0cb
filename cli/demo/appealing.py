"""The appeal in the demonstration: a unit contests a report that was not counted, and is right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cli.demo.headings import section
from domain.days import day_of
from domain.events.corrections import Amendment
from domain.events.items import SubmissionReceived

if TYPE_CHECKING:
    from cli.demo.shell import Shell
    from cli.office import Office
    from infra.demo.register import Row
    from projections.asking import Point

ANSWER = "申诉1答复.html"
_CORRECTION = "申诉1更正.jsonl"
_SECOND = "复核员"
_COUNTED = 1620


class Case(NamedTuple):
    """What is contested: a unit's report, the mark of its row, and how short it seemed."""

    unit: str
    item: str
    ref: str
    characters: int


def case_of(opened: Office, point: Point, rows: Sequence[Row]) -> Case:
    """Return the longest report that was too short to count, of a unit that lacks one if any does.

    Every made-up year has some: those whose annexes were not counted.
    """
    lacking = {
        sheet.unit.id
        for sheet in opened.sheets.at(point)
        for line in sheet.in_force
        if (line.indicator, line.code) == ("special", "quota_shortfall")
    }
    _, case = max(_short(point, rows, lacking), key=lambda pair: pair[0])
    return case


def _short(
    point: Point, rows: Sequence[Row], lacking: set[str]
) -> Iterator[tuple[tuple[bool, int, int], Case]]:
    amended = {row.event.target for row in rows if isinstance(row.event, Amendment)}
    least = point.readings.count("special.min_characters")
    counts_from = point.readings.day("quota.counts_from")
    for row in rows:
        sent = row.event
        if (
            isinstance(sent, SubmissionReceived)
            and sent.kind == "special"
            and (sent.characters or 0) < least
            and sent.content == "ordinary"
            and sent.labelled
            and counts_from <= day_of(sent.on) <= point.cycle.ends
            and row.position not in amended
        ):
            author = point.unit(sent.units[0])
            worth = (author.id in lacking, sent.characters or 0, -row.position)
            unit = author.name_on(point.as_of)
            yield worth, Case(unit, sent.item, sent.ref or "", sent.characters or 0)


def appeal(shell: Shell, folder: Path, case: Case, day: str) -> None:
    """Publish, lodge the appeal, propose a correction, decide by another person, and answer."""
    section(f"六、公布成绩；{case.unit}申诉，两个人办理，给出答复")
    correction = folder / _CORRECTION
    line = {
        "type": "EventCorrected",
        "on": "2023-02-06",
        "target": case.ref,
        "changes": {"characters": _COUNTED},
        "reason": "原登记漏计附表字数，以来稿为准",
    }
    correction.write_text(f"{json.dumps(line, ensure_ascii=False)}\n", encoding="utf-8")
    shell.run("publish", "--as-of", day, "--on", "2023-02-01")
    claim = f"专报 {case.item} 连同附表不少于 1500 字，登记为 {case.characters} 字，漏计附表"
    contested = ("--indicator", "special", "--event", case.ref, "--remedy", "recount")
    shell.run("appeal", "lodge", case.unit, "--claim", claim, *contested, "--on", "2023-02-03")
    proposed = ("--outcome", "upheld", "--reasons", "核对来稿，附表应计入字数")
    corrected = ("--corrections", str(correction), "--on", "2023-02-07")
    shell.run("appeal", "propose", "1", *proposed, *corrected)
    decided = ("--outcome", "upheld", "--reasons", "同意", "--on", "2023-02-08")
    shell.run("appeal", "decide", "1", *decided, actor=_SECOND)
    shell.run("appeal", "trail", "1", "--brief")
    shell.run("appeal", "trail", "1", "--out", str(folder / ANSWER))
