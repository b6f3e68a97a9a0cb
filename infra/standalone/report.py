"""The report of a verification: the same for the same bag and trust, on every machine."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from infra.standalone.advice import STRANGERS, advice, since_pin
from infra.standalone.checkpoint_trust import Signing
from infra.standalone.claim_ties import Tie
from infra.standalone.findings import EVENTS_FILE, Finding
from infra.standalone.notation import base64_of
from infra.standalone.pin import EXTENDS, NOT_SHOWN
from infra.standalone.verification import TAMPERED, UNUSABLE, Verification
from infra.standalone.wording import Said, Unusable, shown

VERDICTS = {0: "verified", 1: "tampered", 2: "unusable", 3: "only-consistent"}
POLICY_NOT_MET = "policy-not-met"
EXTRA_FILES = "extra-files"
CONVERTED = "line-ends-converted"


def report_of(done: Verification) -> dict[str, Any]:
    """Return the whole report as a JSON value."""
    findings = done.findings.in_order()
    first = findings[0].code if findings else None
    verdict = _verdict(done)
    return {
        "exit": done.exit_code,
        "verdict": verdict,
        "backed": done.backed,
        **_checkpoint(done),
        "entries": done.walk.count,
        "unit": None if done.export is None else _text(done.export["unit"]),
        "made_by": None if done.export is None else _text(done.export["by"]),
        "made_for": None if done.export is None else _text(done.export["for"]),
        "made_at": None if done.export is None else _text(done.export["made_at"]),
        "first_recorded_at": _text(done.walk.first_moment.decode("ascii") or None),
        "last_recorded_at": _text(done.walk.last_moment.decode("ascii") or None),
        "earlier_checkpoints": done.earlier,
        "keys": [_signing(signing) for signing in done.signings],
        "unknown_signers": _unknown(done),
        "witnessed_earlier": [{**_signing(each), "size": size} for each, size in done.seen_until],
        "quorum_met": done.quorum,
        "pin": done.pin,
        "pin_size": done.pin_size,
        "claims_recomputed": False,
        "claims": [_tie(tie) for tie in done.claims.told],
        "claims_not_listed": done.claims.count - len(done.claims.told),
        "publications_not_claimed": _not_claimed(done),
        "findings": [_finding(finding) for finding in findings],
        "counts": dict(sorted(done.findings.counts.items())),
        "not_listed": len(done.findings) - len(findings),
        "advice": _both(_advice(done, verdict, first)),
    }


def report_unusable(error: Unusable) -> dict[str, Any]:
    """Return the report when there was nothing to judge."""
    finding = Finding("OPEN", "", None, None, error.said)
    return _without_checks(UNUSABLE, VERDICTS[UNUSABLE], finding)


def report_converted() -> dict[str, Any]:
    """Return the report on a bag whose line ends were converted: that, and not what follows."""
    said = Said(
        "行末有回车符：换行被改成了 CRLF（邮件、版本管理或解压程序会这样做），其余没有再查",
        "CR LF: line ends were converted, as mail, version control or unpacking may do; "
        "nothing else was checked",
    )
    return _without_checks(TAMPERED, CONVERTED, Finding("FORM", EVENTS_FILE, 1, None, said))


def _without_checks(code: int, verdict: str, finding: Finding) -> dict[str, Any]:
    return {
        "exit": code,
        "verdict": verdict,
        "findings": [_finding(finding)],
        "counts": {finding.code: 1},
        "not_listed": 0,
        "advice": _both(advice(finding.code, code)),
    }


def _verdict(done: Verification) -> str:
    """Return what the answer is called; what is wrong may be less than tampering."""
    counts = done.findings.counts
    harmless = {"QUORUM": counts.get("QUORUM"), "EXTRA": done.strangers}
    if counts and all(harmless.get(code) == count for code, count in counts.items()):
        return POLICY_NOT_MET if "QUORUM" in counts else EXTRA_FILES
    return VERDICTS[done.exit_code]


def _advice(done: Verification, verdict: str, first: str | None) -> Said | None:
    if verdict == EXTRA_FILES:
        return STRANGERS
    if first is None and done.pin == EXTENDS and done.pin_size:
        return None if done.backed else since_pin(done.pin_size)
    return advice(first, done.exit_code, pinned_only=done.pin == NOT_SHOWN)


def as_json(report: dict[str, Any]) -> str:
    """Return a report as a JSON document."""
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)


def _checkpoint(done: Verification) -> dict[str, Any]:
    held = done.checkpoint
    if held is None:
        return {"log": None, "size": None, "root": None, "root_base64": None}
    return {
        "log": shown(held.origin),
        "size": held.size,
        "root": held.root.hex(),
        "root_base64": base64_of(held.root),
    }


def _signing(signing: Signing) -> dict[str, Any]:
    return {
        "key": signing.key.written(),
        "kind": "log" if signing.key.is_log else "witness",
        "state": signing.state,
        "time": moment_text(signing.time) if signing.time else None,
    }


def _tie(tie: Tie) -> dict[str, Any]:
    """Return what one claim is of, and how far the entries vouch for it."""
    return {
        "publication": _text(tie.publication),
        "cycle": shown(tie.cycle),
        "as_of": shown(tie.as_of),
        "known_at": tie.known_at,
        "units": tie.units,
        "event": tie.event,
        "state": tie.state,
    }


def _not_claimed(done: Verification) -> list[dict[str, Any]]:
    found = done.claims.not_claimed()
    return [{"publication": number, "event": event} for number, event in found]


def _unknown(done: Verification) -> list[str]:
    """Return the names and ids of signatures by keys that nobody gave."""
    if done.checkpoint is None:
        return []
    known = {(signing.key.name, signing.key.key_id) for signing in done.signings}
    lines = [line for line in done.checkpoint.lines if (line.name, line.key_id) not in known]
    return [f"{shown(line.name)}+{line.key_id.hex()}" for line in lines]


def moment_text(seconds: int) -> str:
    """Return seconds since 1970 as a time in UTC, or as a number where no calendar reaches."""
    try:
        moment = datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, OSError, ValueError):
        return str(seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "file": finding.file,
        "position": finding.position,
        "until": finding.until,
        "zh": finding.said.zh,
        "en": finding.said.en,
    }


def _both(said: Said | None) -> dict[str, str] | None:
    return None if said is None else {"zh": said.zh, "en": said.en}


def _text(value: str | None) -> str | None:
    return None if value is None else shown(value)
