"""``export.json``: who made the bag, when, for whom, and what is in it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from infra.standalone.bag_names import EXPORT_FILE, PROOFS, UNIT, WHOLE
from infra.standalone.bag_source import Bag, small_file
from infra.standalone.canonical_json import document_of
from infra.standalone.findings import Findings
from infra.standalone.notes import Checkpoint
from infra.standalone.wording import Malformed, Said, shown

FORMAT = "kaohe-audit-1"
_LONGEST = 1 << 16
_KINDS: dict[str, tuple[type, ...]] = {
    "by": (str,),
    "entries": (int,),
    "for": (str, type(None)),
    "format": (str,),
    "log": (str,),
    "made_at": (str,),
    "root": (str,),
    "size": (int,),
    "unit": (str, type(None)),
}
_MADE_AT = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|\+00:00)"
)


def read_export(bag: Bag, findings: Findings) -> dict[str, Any] | None:
    """Return what ``export.json`` states, none if it cannot be read; its form is checked."""
    if EXPORT_FILE not in bag.sizes:
        findings.add("MISSING", EXPORT_FILE, Said("包里没有这个文件", "the bag lacks this file"))
        return None
    try:
        stated = document_of(small_file(bag, EXPORT_FILE, _LONGEST))
        _check_form(stated)
    except Malformed as error:
        findings.add("FORM", EXPORT_FILE, error.said)
        return None
    found: dict[str, Any] = stated
    return found


def _check_form(stated: Any) -> None:  # noqa: ANN401  any JSON value
    if not isinstance(stated, dict) or stated.keys() != _KINDS.keys():
        names = ", ".join(_KINDS)
        raise Malformed(f"应当正好有这些字段：{names}", f"must have exactly: {names}")
    for name, kinds in _KINDS.items():
        if type(stated[name]) not in kinds:
            raise Malformed(
                f"字段 {name} 的值不对", f"the field {name} has a value of another kind"
            )
    if not _MADE_AT.fullmatch(stated["made_at"]) or not _is_day(stated["made_at"][:10]):
        raise Malformed(
            "made_at 不是 UTC 时间（RFC 3339）", "made_at is not a time in UTC (RFC 3339)"
        )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def kind_of(bag: Bag, stated: dict[str, Any] | None) -> str:
    """Return whether the bag is whole or for one unit; its files decide if it does not say so."""
    if stated is not None:
        return WHOLE if stated["unit"] is None else UNIT
    return UNIT if any(name.startswith(PROOFS) for name in bag.sizes) else WHOLE


def check_export(
    stated: dict[str, Any], current: Checkpoint | None, count: int, findings: Findings
) -> None:
    """Compare what ``export.json`` states with the checkpoint and with the entries."""
    expected: dict[str, object] = {"format": FORMAT, "entries": count}
    if current is not None:
        expected.update(log=current.origin, root=current.root.hex(), size=current.size)
    for name, value in expected.items():
        if stated[name] != value:
            is_, says = shown(str(value)), shown(str(stated[name]))
            said = Said(
                f"{name} 应为 {is_}，写的是 {says}", f"{name} is {is_}, but stated as {says}"
            )
            findings.add("EXPORT", EXPORT_FILE, said)
