"""A unit's curve as the office reads it: the chart, and what changed the score on each day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.output import heading
from cli.svg_chart import Mark, Texts, svg_chart
from cli.text_chart import Frame
from domain.lines import numbers, signed

if TYPE_CHECKING:
    from projections.curve import Curve


def frame(found: Curve) -> Frame:
    """Return what of time the chart shows, with the end of the cycle marked."""
    return Frame(found.first, found.point.as_of, found.point.cycle.ends)


def drawn(found: Curve, document: dict[str, Any]) -> str:
    """Return the chart of a curve and its ``document`` as an SVG drawing."""
    tips = [f"{document['from']}：{document['start']['total']} 分"] + [
        f"{step['day']}：{step['total']} 分（{signed(step['change'])}）\n" + "\n".join(causes(step))
        for step in document["changes"]
    ]
    marks = [Mark(day, total, tip) for (day, total), tip in zip(found.totals, tips, strict=True)]
    title = f"{document['unit']}：考核年度 {document['cycle']} 的得分"
    marked = f"年度结束 {document['cycle_ends']}"
    return svg_chart(marks, frame(found), Texts(title, heading(found.point), marked))


def causes(step: dict[str, Any]) -> Iterator[str]:
    """Yield what changed the score on a day: lines that went, lines that came, caps."""
    for line in step["went"]:
        yield f"{_line(line)}，不再计"
    yield from map(_line, step["came"])
    if step["caps"] != "0":
        yield f"上限和权重 {signed(step['caps'])}"


def _line(line: dict[str, Any]) -> str:
    return f"{line['name']} {signed(line['points'])}：{line['text']}（{numbers(line['events'])}）"
