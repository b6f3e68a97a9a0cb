"""How the parts of a difference are printed: what came and went, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.output import print_table
from domain.days import told_moment
from domain.lines import signed

_SIDES = (("went", "去掉"), ("came", "新增"))
_LIMITS = (("caps", "上限"), ("weights", "权重"))


def print_parts(document: dict[str, Any]) -> None:
    """Print each line that went or came, and what caps and weights made of it, with the causes."""
    columns = [("变化", "right"), ("", "left"), ("指标", "fold"), ("内容", "fold")]
    rows = [*_line_rows(document), *_limit_rows(document)]
    print_table("变化的组成", [*columns, ("原因", "fold")], rows)


def has_parts(document: dict[str, Any]) -> bool:
    """Tell whether anything is different."""
    return any(document[key] for key, _ in (*_SIDES, *_LIMITS))


def event_named(event: int | str) -> str:
    """Return how an event is called: by its position, or by its row where it has none."""
    return f"#{event}" if isinstance(event, int) else event


def _line_rows(document: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            signed(line["change"]),
            kind,
            line["name"],
            f"{line['points']} 分：{line['text']}\n{line['code']}，依据 "
            + " ".join(map(event_named, line["events"])),
            _causes(line["causes"]),
        )
        for key, kind in _SIDES
        for line in document[key]
    ]


def _limit_rows(document: dict[str, Any]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for key, kind in _LIMITS:
        for part in document[key]:
            text = f"吸收 {part['absorbed_before']} → {part['absorbed_after']}"
            if key == "caps" and part["cap_before"] != part["cap_after"]:
                limits = f"{part['cap_before'] or '无'} → {part['cap_after'] or '无'}"
                text = f"上限 {limits}，{text}"
            else:
                text += "，随条目增减"
            rows.append((signed(part["change"]), kind, part["name"], text, _causes(part["causes"])))
    return rows


def _causes(causes: Iterable[dict[str, Any]]) -> str:
    return "\n".join(map(_cause, causes))


def _cause(cause: dict[str, Any]) -> str:
    if cause["kind"] == "event":
        return f"{event_named(cause['position'] or cause['row'])} {cause['label']}"
    told = f"{cause['day']} {'起计入' if cause['begins'] else '起不再计'}"
    if cause["due"] is None:
        return told
    return f"{told}（{cause['due']['what']}期限为 {told_moment(cause['due']['by'])}）"
