"""The report as text, in Chinese, in English, or one after the other."""

from __future__ import annotations

from typing import Any

from infra.standalone.claims_text import claims_told

_MOST_LINES = 30
_HEADLINES = {
    "verified": (
        "已验证：日志的记录一切相符，并有外部给出的信任为凭",
        "VERIFIED: the log's entries all agree, and outside trust backs them",
    ),
    "tampered": ("有问题：发现改动或矛盾", "TAMPERED: alteration or contradiction found"),
    "unusable": ("没有检查：打不开", "NOT CHECKED: cannot be opened"),
    "only-consistent": (
        "只是自相一致：没有外部给出的信任来证明它不是另造的一份",
        "ONLY CONSISTENT: nothing from outside shows that it is not made up as a whole",
    ),
    "policy-not-met": (
        "策略没有满足：签名的见证人不够；没有发现改动",
        "POLICY NOT MET: too few witnesses have signed; no alteration was found",
    ),
    "extra-files": (
        "包里有不属于它的文件，这些文件不在核验之列；其余没有发现改动",
        "FILES THAT DO NOT BELONG TO THE BUNDLE, and are not covered; no alteration in the rest",
    ),
    "line-ends-converted": (
        "没有检查：换行被改动，请使用未经改动的原文件",
        "NOT CHECKED: line ends were converted; use the original file",
    ),
}
_WITH_SCORES = (
    "已验证：日志的记录和重算的得分一切相符，并有外部给出的信任为凭",
    "VERIFIED: the log's entries and the scores all agree, and outside trust backs them",
)
_SINCE_PIN = (
    "到 #{} 为止与您留存的检查点相符；其后的只是自相一致",
    "AS YOU PINNED IT up to #{}; what was added since is ONLY CONSISTENT in itself",
)
_UNBACKED = ("也没有外部给出的信任为凭", "nothing from outside backs it, either")
_PIN = {
    "equal": ("与留存的检查点相同", "equal to the pin"),
    "extends": ("只增不改，是它的延续", "extends the pin"),
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
    lines = _headlines(report, lang)
    if "log" in report:
        lines += _about(report, lang)
    lines += _findings(report, lang)
    if report["advice"]:
        lines.append(("怎么办：", "What to do: ")[lang] + report["advice"][("zh", "en")[lang]])
    return lines


def _headlines(report: dict[str, Any], lang: int) -> list[str]:
    verdict = report["verdict"]
    pinned = ""
    if report.get("pin") == "extends" and report["pin_size"]:
        pinned = _SINCE_PIN[lang].format(report["pin_size"])
    if verdict == "only-consistent" and pinned:
        return [pinned]
    if verdict == "verified" and report["claims_recomputed"] and report["claims"]:
        return [_WITH_SCORES[lang]]
    lines = [_HEADLINES[verdict][lang]]
    if verdict == "policy-not-met" and "EXTRA" in report["counts"]:
        lines.append(_HEADLINES["extra-files"][lang])
    if verdict in ("policy-not-met", "extra-files") and not report["backed"]:
        lines.append(pinned or _UNBACKED[lang])
    return lines


def _about(report: dict[str, Any], lang: int) -> list[str]:
    def row(zh: str, en: str, value: object) -> str:
        return f"  {(zh, en)[lang]}{'：' if lang == 0 else ': '}{value}"

    lines = [
        row("日志", "log", report["log"] or "?"),
        row("条数", "size", report["size"] if report["size"] is not None else "?"),
        row("树根", "root", report["root"] or "?"),
        row("树根（Base64）", "root (Base64)", report["root_base64"] or "?"),
        row("包中记录", "entries in the bundle", report["entries"]),
        row("记录时间", "recorded", _times(report)),
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


def _times(report: dict[str, Any]) -> str:
    first, last = report["first_recorded_at"], report["last_recorded_at"]
    return f"{first} – {last}" if first and last else "?"


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
