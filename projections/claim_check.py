"""A claim held against the sheets that the events give: what is claimed and does not follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from domain.audit.jcs import canonical


def differences(claimed: dict[str, Any], computed: dict[str, Any]) -> Iterator[str]:
    """Yield, in words, each difference between two claims about the same point.

    Units first, then their totals, then line by line.
    """
    for name in ("cycle", "rulebook", "as_of", "known_at"):
        if claimed.get(name) != computed.get(name):
            yield f"{name}：声明为 {claimed.get(name)}，重算为 {computed.get(name)}"
    counted = Counter(sheet["unit"] for sheet in claimed["units"])
    for unit in sorted(name for name, times in counted.items() if times > 1):
        yield f"{unit}：声明了 {counted[unit]} 次得分"  # a reader may look at either
    said, found = _by_unit(claimed), _by_unit(computed)
    for unit in sorted(said.keys() | found.keys()):
        if unit not in found:
            yield f"{unit}：声明了得分，按事件却没有这个单位"
        elif unit not in said:
            yield f"{unit}：没有声明得分"
        elif said[unit] != found[unit]:
            yield from _of_unit(unit, said[unit], found[unit])


def _by_unit(claim: dict[str, Any]) -> dict[str, Any]:
    return {sheet["unit"]: sheet for sheet in claim["units"]}


def _of_unit(unit: str, said: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    told = False
    for name in sorted(said.keys() | found.keys()):
        if not isinstance(said.get(name), list) and said.get(name) != found.get(name):
            told = True
            yield f"{unit} {name}：声明为 {said.get(name)}，重算为 {found.get(name)}"
    mine, theirs = Counter(_lines(said)), Counter(_lines(found))
    for line in sorted(mine - theirs):
        told = True
        yield f"{unit} {line}：声明了，按事件却没有"
    for line in sorted(theirs - mine):
        told = True
        yield f"{unit} {line}：按事件有，却没有声明"
    if not told:
        yield f"{unit}：声明的得分表与重算的不同"


def _lines(sheet: dict[str, Any]) -> Iterator[str]:
    for group in sheet.get("groups", []):
        for indicator in group.get("indicators", []):
            for line in indicator.get("lines", []):
                yield f"{indicator.get('id')} {canonical(line).decode()}"
    for kind in ("pending", "notices"):
        for line in sheet.get(kind, []):
            yield f"{kind} {canonical(line).decode()}"
