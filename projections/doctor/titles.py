"""Titles that were submitted more than once, by one unit or by several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from domain.events.items import SubmissionReceived
from domain.names import fold
from domain.standing import Fact
from projections.doctor.check import Check, Examined, Found
from projections.known import Known

Sent = tuple[Fact, SubmissionReceived]


def _alike(known: Known) -> Iterator[list[Sent]]:
    """Yield submissions whose titles are the same but for width, case and white space.

    One of them at least is of the year; an item sent again the year after is found too.
    """
    by_title: dict[str, list[Sent]] = defaultdict(list)
    for fact, sent in known.of(SubmissionReceived):
        by_title[fold(sent.title).casefold()].append((fact, sent))
    for group in by_title.values():
        if len(group) > 1 and any(known.in_cycle(sent.on) for _, sent in group):
            yield group


def twice_by_one(at: Examined) -> Iterator[Found]:
    """Find titles that one unit submitted more than once."""
    for group in _alike(at.known):
        by_items: dict[tuple[int, ...], list[str]] = {}
        for unit in dict.fromkeys(unit for _, sent in group for unit in sent.units):
            places = tuple(n for n, (_, sent) in enumerate(group) if unit in sent.units)
            if len(places) > 1:
                by_items.setdefault(places, []).append(unit)
        for places, units in by_items.items():
            yield _found(at.known, [group[place] for place in places], tuple(units))


def twice_by_several(at: Examined) -> Iterator[Found]:
    """Find titles that units with no author in common submitted, not to one commission."""
    for group in _alike(at.known):
        pairs = combinations(group, 2)
        apart = [pair for pair in pairs if _apart(pair[0][1], pair[1][1])]
        if apart:
            wanted = {fact.position for pair in apart for fact, _ in pair}
            found = [(fact, sent) for fact, sent in group if fact.position in wanted]
            units = dict.fromkeys(unit for _, sent in found for unit in sent.units)
            yield _found(at.known, found, tuple(units))


def _apart(one: SubmissionReceived, other: SubmissionReceived) -> bool:
    same = one.commission is not None and one.commission == other.commission
    return not same and not set(one.units) & set(other.units)


def _found(known: Known, group: list[Sent], units: tuple[str, ...]) -> Found:
    said = "；".join(
        f"{sent.item}（{'、'.join(known.names(sent.units))}，{sent.on:%Y-%m-%d}）"
        for _, sent in group
    )
    events = tuple(sorted({at for fact, _ in group for at in fact.events}))
    return Found(f"“{group[0][1].title}”：{said}", events, units)


SAME_UNIT = Check(
    "同一单位标题重复",
    "同一个单位用同一个标题报送了不止一次（全角半角、大小写、空格不同也算），可能是重复登记，也可能是一稿多报。",
    "对照来稿核实：重复登记的撤销一条；确是两稿的，不必处理。",
    twice_by_one,
)
SEVERAL_UNITS = Check(
    "不同单位标题重复",
    "没有共同报送单位的几条信息标题相同（答复同一件约稿的不算），可能是联合报送被分开登记，也可能是抄报。",
    "核实是谁的稿件：联合报送的，更正一条的报送单位并撤销其余；抄报的，登记问题认定。",
    twice_by_several,
)
