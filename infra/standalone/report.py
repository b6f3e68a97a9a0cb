"""The report of a verification: the same for the same bag and trust, on every machine."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from infra.standalone.advice import advice
from infra.standalone.checkpoint_trust import Signing
from infra.standalone.claim_ties import Tie
from infra.standalone.findings import Finding
from infra.standalone.pin import NOT_SHOWN
from infra.standalone.verification import UNUSABLE, Verification
from infra.standalone.wording import Said, Unusable, shown

VERDICTS = {0: "verified", 1: "tampered", 2: "unusable", 3: "only-consistent"}


def report_of(done: Verification) -> dict[str, Any]:
    """Return the whole report as a JSON value."""
    findings = done.findings.in_order()
    first = findings[0].code if findings else None
    return {
        "exit": done.exit_code,
        "verdict": VERDICTS[done.exit_code],
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
        "claims_recomputed": False,
        "claims": [_tie(tie) for tie in done.claims.told],
        "claims_not_listed": done.claims.count - len(done.claims.told),
        "publications_not_claimed": _not_claimed(done),
        "findings": [_finding(finding) for finding in findings],
        "counts": dict(sorted(done.findings.counts.items())),
        "not_listed": len(done.findings) - len(findings),
        "advice": _both(advice(first, done.exit_code, pinned_only=done.pin == NOT_SHOWN)),
    }


def report_unusable(error: Unusable) -> dict[str, Any]:
    """Return the report when there was nothing to judge."""
    finding = Finding("OPEN", "", None, None, error.said)
    return {
        "exit": UNUSABLE,
        "verdict": VERDICTS[UNUSABLE],
        "findings": [_finding(finding)],
        "counts": {"OPEN": 1},
        "not_listed": 0,
        "advice": _both(advice("OPEN", UNUSABLE)),
    }


def as_json(report: dict[str, Any]) -> str:
    """Return a report as a JSON document."""
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)


def _checkpoint(done: Verification) -> dict[str, Any]:
    held = done.checkpoint
    if held is None:
        return {"log": None, "size": None, "root": None}
    return {"log": shown(held.origin), "size": held.size, "root": held.root.hex()}


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
