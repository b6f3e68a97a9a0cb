"""The report as text, in Chinese, in English, or one after the other."""

from __future__ import annotations

from typing import Any

from infra.standalone.claims_text import claims_told

_MOST_LINES = 30
_HEADLINES = {
    0: (
        "已验证：日志的记录一切相符，并有外部给出的信任为凭",
        "VERIFIED: the log's entries all agree, and outside trust backs them",
    ),
    1: ("有问题：发现改动或矛盾", "TAMPERED: alteration or contradiction found"),
    2: ("没有检查：打不开", "NOT CHECKED: cannot be opened"),
    3: (
        "只是自相一致：没有外部给出的信任来证明它不是另造的一份",
        "ONLY CONSISTENT: nothing from outside shows that it is not made up as a whole",
    ),
}
_PIN = {
    "equal": ("与留存的检查点相同", "equal to the pin"),
    "extends": ("是留存的检查点的延续", "extends the pin"),
    "other-log": ("是另一个日志的", "of another log"),
    "not-shown": ("无法证明是留存的检查点的延续", "cannot be shown to extend the pin"),
}
_STATES = {
    "valid": ("有效", "valid"),
    "invalid": ("无效", "NOT VALID"),
    "absent": ("没有签名", "has not signed"),
}


def as_text(report: dict[str, Any], lang: str) -> str:
    """Return a report as lines to read; ``lang`` is zh, en or both."""
    chosen = {"zh": (0,), "en": (1,), "both": (0, 1)}[lang]
    return "\n\n".join("\n".join(_lines(report, place)) for place in chosen)


def _lines(report: dict[str, Any], lang: int) -> list[str]:
    lines = [_HEADLINES[report["exit"]][lang]]
    if "log" in report:
        lines += _about(report, lang)
    lines += _findings(report, lang)
    if report["advice"]:
        lines.append(("怎么办：", "What to do: ")[lang] + report["advice"][("zh", "en")[lang]])
    return lines


def _about(report: dict[str, Any], lang: int) -> list[str]:
    def row(zh: str, en: str, value: object) -> str:
        return f"  {(zh, en)[lang]}{'：' if lang == 0 else ': '}{value}"

    lines = [
        row("日志", "log", report["log"] or "?"),
        row("条数", "size", report["size"] if report["size"] is not None else "?"),
        row("树根", "root", report["root"] or "?"),
        row("包中记录", "entries in the bundle", report["entries"]),
        row(
            "记录时间", "recorded", f"{report['first_recorded_at']} – {report['last_recorded_at']}"
        ),
        row("更早的检查点", "earlier checkpoints", report["earlier_checkpoints"]),
    ]
    if report["unit"] is not None:
        only = ("不能说明没有遗漏", "cannot show that nothing is missing")
        lines.append(row("单位", "unit", f"{report['unit']} ({only[lang]})"))
    lines += [row(*_who(key), _state(key, lang)) for key in report["keys"]]
    for key in report["witnessed_earlier"]:
        until = (f"曾见证到第 {key['size']} 条", f"saw it grow to {key['size']}")[lang]
        when = f"（{key['time']}）" if lang == 0 else f", {key['time']}"
        lines.append(row(*_who(key), until + when))
    lines += [row("未知的签名", "unknown signer", name) for name in report["unknown_signers"]]
    if report["quorum_met"] is not None:
        met = (("满足", "met") if report["quorum_met"] else ("不满足", "NOT met"))[lang]
        lines.append(row("策略", "policy", met))
    if report["pin"]:
        pin = _PIN.get(report["pin"], (report["pin"], report["pin"]))
        lines.append(row("留存的检查点", "pin", pin[lang]))
    return lines + claims_told(report, lang)


def _who(key: dict[str, Any]) -> tuple[str, str]:
    short = "+".join(key["key"].split("+", 2)[:2])
    return f"{'日志' if key['kind'] == 'log' else '见证人'} {short}", f"{key['kind']} {short}"


def _state(key: dict[str, Any], lang: int) -> str:
    state = _STATES[key["state"]][lang]
    if not key["time"]:
        return state
    return f"{state}（{key['time']}）" if lang == 0 else f"{state}, {key['time']}"


def _findings(report: dict[str, Any], lang: int) -> list[str]:
    total = sum(report["counts"].values())
    if not total:
        return []
    lines = [(f"发现 {total} 处，第一处：", f"{total} findings, the first:")[lang]]
    kept = report["findings"][:_MOST_LINES]
    for finding in kept:
        where = finding["file"]
        if finding["position"] is not None:
            until = "" if finding["until"] is None else f"–{finding['until']}"
            where += f" #{finding['position']}{until}"
        text = finding[("zh", "en")[lang]]
        lines.append(f"  {finding['code']:<9} {where}{'：' if lang == 0 else ': '}{text}")
    if total > len(kept):
        left = total - len(kept)
        lines.append((f"  另有 {left} 处未列出", f"  {left} more are not listed")[lang])
    return lines
