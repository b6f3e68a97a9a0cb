"""What the answer says first: how the appeal stands, and what the score was and is."""

from __future__ import annotations

from typing import Any

from domain.lines import signed
from infra.pages.trail.words import positions, sum_of, when

Document = dict[str, Any]


def title(trail: Document) -> str:
    """Return what the paper is: an answer, or how things stand so far."""
    appeal = trail["appeal"]
    if appeal["state"] in {"decided", "withdrawn"}:
        return f"关于{appeal['unit']}申诉 {appeal['appeal']} 的答复"
    return f"{appeal['unit']}申诉 {appeal['appeal']} 的办理情况（尚未决定）"


def state(trail: Document) -> str:
    """Return how the appeal stands, in a few words."""
    appeal = trail["appeal"]
    late = "（逾期受理）" if appeal["late"] else ""
    if appeal["state"] == "decided":
        return f"已决定：{appeal['outcome_label']}{late}"
    if appeal["state"] == "withdrawn":
        return f"单位已撤回{late}"
    offered = f"，拟{trail['proposals'][-1]['outcome_label']}" if trail["proposals"] else ""
    return f"尚未决定{offered}{late}"


def claim(trail: Document) -> list[str]:
    """Return when the appeal was lodged, with which claim, and against what."""
    appeal = trail["appeal"]
    late = f"；逾期受理，理由：{appeal['late_reason']}" if appeal["late"] else ""
    said = [
        f"提出：{when(appeal['on'])}（#{appeal['event']}），申诉截止日 {appeal['last_day']}{late}",
        f"主张：{appeal['claim']}",
    ]
    about = []
    if appeal["indicator"]:
        about.append(f"指标 {appeal['indicator']['name']}")
    if appeal["contested"]:
        about.append(f"事件 {positions(appeal['contested'])}")
    said.append(f"有异议的：{'，'.join(about) or '整张得分表'}")
    if appeal["remedy_label"]:
        said.append(f"请求：{appeal['remedy_label']}")
    if appeal["as_of"] != trail["before"]["as_of"]:
        said.append(
            f"单位写明截至 {appeal['as_of']} 的得分；本文按公布的 {trail['before']['as_of']} 比较"
        )
    return said


def agreement(publication: Document) -> str:
    """Return whether the sheets made now are those that were published."""
    if publication["agrees"]:
        return "按日志重新计算的全部得分表，摘要与公布时登记的一致"
    return "这次公布是从登记文件导入的，登记时间与原来的日志不同，摘要不能比对"


def later(made: Document) -> str:
    """Return how a later publication compares with the state after the decision."""
    said = (
        f"第 {made['publication']} 号公布（{when(made['on'])}，#{made['event']}，截至 "
        f"{made['as_of']}，按 #{made['position']} 计算）：{sum_of(made)}。{agreement(made)}"
    )
    if made["same_as_after"]:
        return f"{said}；本单位的得分表与决定后的逐项相同。"
    if made["follows"] and made["same_as_after"] is None:
        return f"{said}；成绩日期与所申诉的公布不同，不逐项比较。"
    if made["follows"]:
        by = f"，由 {positions(made['differs_by'])} 引起" if made["differs_by"] else ""
        return f"{said}；本单位的得分表与决定后的不同{by}。"
    return f"{said}；它在申诉办结之前作出，不含本申诉的结果。"


def meanwhile(trail: Document) -> str:
    """Return how much of the change is the decision's own, where that is not all of it."""
    change = trail["change"]
    if trail["eve"] is None or change["meanwhile"] == "0":
        return ""
    by = "试算的更正" if trail["after"]["kind"] == "proposed" else "本申诉的决定"
    return (
        f"其中公布以后、决定以前的其他登记引起 {signed(change['meanwhile'])}，"
        f"{by}引起 {signed(change['by_decision'])}"
    )


def step(held: Document) -> str:
    """Return one step of the change."""
    gone = "，不再计" if held["kind"] == "went" else ""
    return f"{held['text']}{gone}"


def sides_shown(trail: Document) -> list[str]:
    """Return the sides to be compared; the one between is shown where it makes a difference."""
    eve = trail["eve"] is not None and any(u["eve"] != u["before"] for u in trail["ranks"])
    return ["before", "eve", "after"] if eve else ["before", "after"]


def ranks_title(trail: Document) -> str:
    """Return the heading above the ranks: how many others moved."""
    moved = sum(
        unit["before"] is None
        or any(unit["before"][name] != unit["after"][name] for name in ("rank", "rank_in_category"))
        for unit in trail["ranks"]
    )
    return f"名次（全部 {trail['after']['units']} 个单位中，名次有变化的 {moved} 个）"
