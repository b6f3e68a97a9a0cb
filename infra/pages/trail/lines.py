"""The lines of a trail in words: what counts of them, why, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.errors import Where
from infra.pages.trail.words import SIDES, cited, positions, when

Document = dict[str, Any]


NOT_IN_FULL = (
    "上表所列事件，无异议也没有变化的，来自下列文件；其余的见“所依据的事件”。"
    "内容用 kaohe explain 单位 或网页报告（kaohe export report）查看。"
)
"""What is said above the rows of the events that are not told in full."""


def detailed(trail: Document) -> Iterator[tuple[Document, list[Document]]]:
    """Yield the indicators with lines that are contested or changed, each with these lines."""
    for group in trail["groups"]:
        for indicator in group["indicators"]:
            lines = [line for line in indicator["lines"] if line["detailed"]]
            named = trail["appeal"]["indicator"]
            if lines or (named and named["id"] == indicator["id"]):
                yield indicator, lines


def tags(line: Document, trail: Document) -> str:
    """Return why a line is explained, and what became of it."""
    contested = "有异议，" if line["contested"] else ""
    return f"{contested}{fate(line, trail)}"


def about(line: Document, trail: Document) -> list[str]:
    """Return all that is said of a line: from when, what counts of it, on what it rests."""
    said = [
        f"{span(line)}；{places(line, trail)}",
        f"依据 {positions(line['events'])}",
        *corrected(line),
        *(missing(line["missing"]) if line["missing"] else ()),
    ]
    if line["causes"]:
        said.append(f"由 {positions(line['causes'])} 引起变化")
    return said


def span(line: Document) -> str:
    """Return from when a line counts, and until when, if it ends."""
    until = f"，到 {line['effective_to']} 为止（不含当日）" if line["effective_to"] else ""
    return f"{line['effective_from']} 起算{until}"


def fate(line: Document, trail: Document) -> str:
    """Return what became of a line from the first side to the last."""
    last = SIDES[trail["after"]["kind"]]
    if line["before"] is None:
        return f"{last}新增"
    if line["after"] is None:
        return f"{last}不再有"
    if line["before"] != line["after"]:
        return "条目相同，计入的分不同"
    return "前后相同"


def places(line: Document, trail: Document) -> str:
    """Return what counted of a line on both sides, in one sentence."""
    said = []
    for name in ("before", "after"):
        swallowed = absorbed(line[name])
        more = f"（{swallowed}）" if swallowed else ""
        has = "没有" if line[name] is None else f"计 {counted(line[name])}{more}"
        said.append(f"{SIDES[trail[name]['kind']]}{has}".replace("计 待计", "待计"))
    return "；".join(said)


def counted(place: Document | None) -> str:
    """Return what counts of a line on one side."""
    if place is None:
        return "—"
    return "待计" if place["state"] == "pending" else place["counted"]


def absorbed(place: Document | None) -> str:
    """Return what cap and weight swallowed of a line, if they did."""
    if place is None:
        return ""
    parts = {"上限": place["absorbed_by_cap"], "权重": place["absorbed_by_weight"]}
    said = [f"{name}吸收 {points}" for name, points in parts.items() if points != "0"]
    return "，".join(said)


def missing(held: Document) -> list[str]:
    """Return what was looked for, by when it was due, and that the log holds none."""
    said = [f"应有：{held['looked_for']}"]
    due = "" if held["due"] is None else f"期限 {when(held['due'])}"
    if held["pending"]:
        due += "，尚未到期"
    upto = f"日志到 #{held['upto']} 为止"
    if held["required"] is not None:
        short = held["required"] - held["counted"]
        nothing = f"{upto}，计入 {held['counted']} 条，少 {short} 条"
    elif not held["found"]:
        nothing = f"{upto}，没有这样的登记"
    elif held["due"] is None:
        nothing = f"{upto}，没有在当时计分的登记"
    else:
        nothing = f"{upto}，没有符合要求的登记；查到的有"
    said.append("；".join(filter(None, (due, nothing))))
    for one in held["found"]:
        counts = "" if held["required"] is None or one["counts"] else "不计入："
        said.append(f"{cited(one['event'])} {counts}{one['text']}")
    return said


def corrected(line: Document) -> list[str]:
    """Return with which content the corrected events of a line count."""
    return [
        f"{cited(held['event'])} 经 {positions(held['by'])} 更正，按更正后计：{held['summary']}，"
        f"发生于 {when(held['on'])}"
        for held in line["corrected"]
    ]


def lineless(trail: Document) -> list[str]:
    """Return the contested events on which no line rests, and what the sheet cannot say."""
    said = []
    if trail["without_line"]:
        said.append(f"有异议的 {positions(trail['without_line'])}：没有条目以它为依据")
    said += [f"注意：{notice['text']}" for notice in trail["notices"]]
    return said


def sources(trail: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield the files behind lines that are not told in full: name, digest, and the source."""
    for held in trail["sources"]:
        yield held["file"] or "逐条登记，没有文件", held["sha256"] or "", held


def sheet(held: Document) -> str:
    """Return what stands before the rows of a sheet, if the file has sheets."""
    return f"{Where(sheet=held['sheet'])}：" if held["sheet"] else ""


def row(held: Document) -> str:
    """Return an event and the row it came from."""
    place = "" if held["row"] is None else f" 第 {held['row']} 行"
    return f"{cited(held['event'])}{place}"


def absorbed_by_weight(group: Document, trail: Document) -> str:
    """Return what the weight of a group swallowed, on both sides, if it did."""
    weight = f"超出权重 {group['weight']} 的"
    said = [
        f"{SIDES[trail[name]['kind']]}{weight} {group[name]['absorbed']} 分不扣"
        for name in ("before", "after")
        if group[name] and group[name]["absorbed"] != "0"
    ]
    return "；".join(said)
