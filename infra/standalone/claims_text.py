"""What the report says, in words, of the scores that are claimed in the bag."""

from __future__ import annotations

from typing import Any

_MOST_CLAIMS = 30
_NOT_RECOMPUTED = (
    "没有在这里重算；用 kaohe verify bundle 按规则重算",
    "not computed again here; kaohe verify bundle does it, by the rules",
)
_RECOMPUTED = ("已按规则重算，见下", "computed again by the rules, see below")
_TIE_STATES = {
    "same-digest": ("与登记这次公布的事件中的摘要相同", "the digest that the publication recorded"),
    "not-published": (
        "没有公布过，事件中没有它的摘要可核对",
        "not published: no entry holds its digest",
    ),
    "one-unit-only": (
        "公布登记的是全部单位的摘要，这里只有一个单位，没有核对",
        "not compared: the publication recorded the digest of all units, here is one",
    ),
    "recorded-anew": (
        "公布是从登记文件导入的，摘要含原来的登记时间，没有核对",
        "not compared: the publication came from a register file, recorded at other moments",
    ),
    "contradicted": ("与事件或自己的摘要矛盾", "CONTRADICTED by the entries or its own digest"),
}


def claims_told(report: dict[str, Any], lang: int) -> list[str]:
    """Return the lines on the claims: never without saying whether they were computed again."""
    colon = ("：", ": ")[lang]
    told = (_RECOMPUTED if report["claims_recomputed"] else _NOT_RECOMPUTED)[lang]
    lines = [f"  {('声明的得分', 'claimed scores')[lang]}{colon}{told}"]
    kept = report["claims"][:_MOST_CLAIMS]
    for each in kept:
        state = _TIE_STATES[each["state"]][lang]
        lines.append(f"    {_claim_named(each, lang)}{colon}{state}")
    left = len(report["claims"]) - len(kept) + report["claims_not_listed"]
    if left:
        lines.append((f"    另有 {left} 项未列出", f"    {left} more are not listed")[lang])
    if not report["claims"]:
        lines.append(("    没有声明任何得分", "    no scores are claimed")[lang])
    missing = report["publications_not_claimed"]
    for each in missing[:_MOST_CLAIMS]:
        number, event = each["publication"], each["event"]
        lines.append(
            (
                f"    第 {number} 号公布（#{event}）没有声明",
                f"    publication {number} (entry {event}) is not claimed",
            )[lang]
        )
    if len(missing) > _MOST_CLAIMS:
        left = len(missing) - _MOST_CLAIMS
        lines.append((f"    另有 {left} 次公布没有声明", f"    nor are {left} more")[lang])
    return lines


def _claim_named(each: dict[str, Any], lang: int) -> str:
    number, event = each["publication"], each["event"]
    zh = f"{each['cycle']} 年度截至 {each['as_of']}、按 #{each['known_at']} 为止的得分"
    en = f"{each['cycle']} as of {each['as_of']}, known at #{each['known_at']}"
    if number is not None:
        at = ("", "") if event is None else (f"（#{event}）", f" (entry {event})")
        zh, en = f"第 {number} 号公布{at[0]}，{zh}", f"publication {number}{at[1]}, {en}"
    return (zh, en)[lang]
