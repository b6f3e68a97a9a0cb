"""What ties the claimed scores to the entries: the digest that each publication recorded.

Scores are not computed here, that needs the rules. But a publication recorded the digest of the
sheets, and what is claimed to be that publication must have it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from infra.standalone.bag_names import CLAIMS_FILE, UNIT
from infra.standalone.findings import Findings
from infra.standalone.publications import Publications, Published
from infra.standalone.wording import Said, shown

SAME = "same-digest"
NOT_PUBLISHED = "not-published"
ONE_UNIT = "one-unit-only"
RECORDED_ANEW = "recorded-anew"
CONTRADICTED = "contradicted"
_MOST_TOLD = 1_000


class Tie(NamedTuple):
    """One claim: what it is of, and how far the entries vouch for it."""

    publication: str | None
    cycle: str
    as_of: str
    known_at: int
    units: int
    event: int | None
    state: str


class ClaimTies:
    """Holds claims against the publications that are recorded."""

    def __init__(self, recorded: Publications, kind: str, findings: Findings) -> None:
        self.told: list[Tie] = []
        self.count = 0
        self._recorded = recorded
        self._kind = kind
        self._findings = findings
        self._claimed: set[int] = set()

    def take(self, values: dict[str, Any], units: int, digest: str, *, altered: bool) -> None:
        """Judge one claim: its fields, how many units, the digest computed from it."""
        self.count += 1
        event, state = None, NOT_PUBLISHED
        if self._kind == UNIT and units != 1:
            self._wrong(
                values["publication"],
                f"单个单位的包应只声明一个单位，这里声明了 {units} 个",
                f"a bag for one unit claims one unit, not {units}",
            )
            state = CONTRADICTED
        elif altered:
            state = CONTRADICTED
        elif values["publication"] is None:
            event, state = self._unnumbered(values, digest)
        else:
            event, state = self._published(values, digest)
        if len(self.told) < _MOST_TOLD:
            known, cycle, as_of = values["known_at"]["position"], values["cycle"], values["as_of"]
            tie = Tie(values["publication"], cycle, as_of, known, units, event, state)
            self.told.append(tie)

    def not_claimed(self) -> list[tuple[str, int]]:
        """Return number and position of each publication that stands and is not claimed."""
        standing = self._recorded.standing()
        return [(name, made.event) for name, made in standing if made.event not in self._claimed]

    def _unnumbered(self, values: dict[str, Any], digest: str) -> tuple[int | None, str]:
        """Judge a claim without a number: of a point that was published it is that all the same."""
        back = self._recorded.taken_back
        for made in self._recorded.by_point.get(_point(values), ()):
            if made.event not in back:
                self._claimed.add(made.event)
                return made.event, self._against(made, values, digest)
        return None, NOT_PUBLISHED

    def _published(self, values: dict[str, Any], digest: str) -> tuple[int | None, str]:
        number = values["publication"]
        recorded = self._recorded.by_number.get(number, [])
        if not recorded:
            return None, self._wrong(
                number, "没有任何事件登记过这次公布", "no entry records this publication"
            )
        back = self._recorded.taken_back
        standing = [made for made in recorded if made.event not in back]
        if not standing:
            last = recorded[-1].event
            return last, self._wrong(
                number,
                f"这次公布（#{last}）已由 #{back[last]} 撤销",
                f"entry {back[last]} took this publication (entry {last}) back",
            )
        made = standing[-1]
        self._claimed.add(made.event)
        return made.event, self._against(made, values, digest)

    def _against(self, made: Published, values: dict[str, Any], digest: str) -> str:
        number = values["publication"]
        if _point(values) != made.point:
            return self._wrong(
                number,
                f"声明的年度、日期或截至的事件不是 #{made.event} 登记的",
                f"cycle, day or last event known are not those that entry {made.event} records",
            )
        if self._kind == UNIT:
            return ONE_UNIT
        if made.anew:
            return RECORDED_ANEW
        if digest == made.sheets:
            return SAME
        return self._wrong(
            number,
            f"声明的分数不是公布的分数：摘要与 #{made.event} 登记的不同",
            f"these are not the scores that were published: entry {made.event} records "
            "another digest",
        )

    def _wrong(self, number: str | None, zh: str, en: str) -> str:
        if number is not None:
            zh, en = f"第 {shown(number)} 号公布：{zh}", f"publication {shown(number)}: {en}"
        self._findings.add("CLAIM", CLAIMS_FILE, Said(zh, en))
        return CONTRADICTED


def _point(values: dict[str, Any]) -> tuple[object, ...]:
    return values["as_of"], values["cycle"], values["known_at"]["position"]
