"""The report on a register: every check with what it found, as the document of ``kaohe doctor``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from projections.doctor.check import Check, Examined, Found
from projections.doctor.clock import CLOCK
from projections.doctor.duties import NEVER_NOTIFIED, NO_QUOTA, NOBODY_ASKED
from projections.doctor.far import FAR
from projections.doctor.titles import SAME_UNIT, SEVERAL_UNITS
from projections.doctor.uses import HIGHER_ONLY, NO_PUBLICATION, NOT_ADOPTED
from projections.known import Known
from projections.origins import origins
from projections.sheet_json import heading

if TYPE_CHECKING:
    from datetime import datetime

    from domain.log import Log

CHECKS: Mapping[str, Check] = {
    "title_twice_by_one": SAME_UNIT,
    "title_twice_by_several": SEVERAL_UNITS,
    "adopted_higher_only": HIGHER_ONLY,
    "endorsed_not_adopted": NOT_ADOPTED,
    "no_publication": NO_PUBLICATION,
    "no_quota": NO_QUOTA,
    "nobody_asked": NOBODY_ASKED,
    "change_never_notified": NEVER_NOTIFIED,
    "far_from_recording": FAR,
    "wrong_clock": CLOCK,
}


def report(known: Known, log: Log, *, far: int, now: datetime) -> dict[str, Any]:
    """Return what every check found, with the events each finding rests on.

    ``far`` is a number of days, ``now`` the moment by the clock.
    """
    recorded = {row.position: row.recorded_at for row in log.rows(upto=known.point.position)}
    examined = Examined(known, recorded, far, now)
    found = {name: list(check.find(examined)) for name, check in CHECKS.items()}
    named = {at for held in found.values() for each in held for at in each.events}
    told = origins(known.point, log, named)
    return {
        **heading(known.point),
        "far_days": far,
        "count": sum(map(len, found.values())),
        "checks": [
            {
                "id": name,
                "title": check.title,
                "meaning": check.meaning,
                "advice": check.advice,
                "count": len(found[name]),
                "findings": [_finding(known, each, told) for each in found[name]],
            }
            for name, check in CHECKS.items()
        ],
    }


def _finding(known: Known, found: Found, told: Mapping[int, Any]) -> dict[str, Any]:
    return {
        "text": found.text,
        "units": list(known.names(found.units)),
        "events": list(found.events),
        "rests_on": [told[at] for at in found.events],
    }
