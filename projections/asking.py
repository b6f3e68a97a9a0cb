"""A question to the scores: which cycle, as of which day, as known at which moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from domain.days import end_of, read_day, read_moment
from domain.errors import NotKnown
from domain.events.codec import revive
from domain.events.setting import SETTING
from domain.log import Log, LogHead
from domain.names import fold as folded
from domain.names import nearest
from domain.rulebook.model import Rulebook
from domain.rulebook.readings import Readings
from domain.setting import NOTHING, Cycle, Setting, Unit, fold
from domain.standing import Standing
from projections.facts import Reading, rows_of
from projections.readings import readings_of, rulebook_of

_POSITION = re.compile(r"#?[0-9]+")
_SETTINGS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A point in both times, with the cycle, the units and the readings that hold there.

    ``as_of`` is a day, counted to its end in Asia/Shanghai; ``position`` and ``recorded_at`` say
    what was known.
    """

    cycle: Cycle
    as_of: date
    position: int
    recorded_at: str | None
    setting: Setting
    rulebook: Rulebook
    readings: Readings

    def unit(self, name: str) -> Unit:
        """Return the unit of that name or alias; raises ``NotKnown`` when there is none."""
        return unit_named(self.setting, name)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asked for: any part may be left out."""

    as_of: date | None = None
    known_at: str | None = None
    cycle: str | None = None


class Points:
    """Finds the point that a question means."""

    def __init__(
        self, log: Log, reading: Reading, rulebooks: dict[str, Rulebook], *, today: date
    ) -> None:
        self._log = log
        self._reading = reading
        self.rulebooks = rulebooks
        self._today = today
        self._setting_of = lru_cache(_SETTINGS_KEPT)(self._folded)

    def find(self, asked: Asked) -> Point:
        """Return the point that ``asked`` means.

        Without a day it is today, or the day a closed cycle names; without a moment of
        knowledge, everything; without a cycle, the one that began last by then.

        Raises ``NotKnown`` when no cycle is known there.
        """
        head = self._log.head()
        position = self._position(asked.known_at, head)
        setting = self.setting_at(position)
        cycle = self._cycle(setting, asked, position)
        as_of = asked.as_of or cycle.closed_as_of or self._today
        rulebook = rulebook_of(cycle, self.rulebooks)
        return Point(
            cycle=cycle,
            as_of=as_of,
            position=position,
            recorded_at=self._recorded_at(position, head),
            setting=setting,
            rulebook=rulebook,
            readings=readings_of(rulebook, setting, cycle),
        )

    def position_of(self, known_at: str | None, *, option: str = "--known-at") -> int:
        """Return the position that ``#12``, a day or a date-time means, given with ``option``.

        A time means the last position recorded at or before it; a day, its end in Asia/Shanghai.
        Raises ``NotKnown`` for what is none of the three, or a position not given yet.
        """
        return self._position(known_at, self._log.head(), option)

    def _position(self, known_at: str | None, head: LogHead, option: str = "--known-at") -> int:
        if known_at is None:
            return head.position
        text = known_at.strip()
        if _POSITION.fullmatch(text):
            return self._existing(int(text.removeprefix("#")), head.position)
        try:
            moment = read_moment(text)
        except ValueError as error:
            message = f"{option}：{error}"
            raise NotKnown(message, fix="可写 #编号、日期或日期时间。") from None
        instant = moment if isinstance(moment, datetime) else end_of(read_day(moment))
        return self._log.last_position_at(instant)

    def _existing(self, position: int, head: int) -> int:
        if position > head:
            message = f"日志只到 #{head}，没有 #{position}"
            raise NotKnown(message, fix="请用 kaohe log 查看已登记的事件。")
        return position

    def _recorded_at(self, position: int, head: LogHead) -> str | None:
        if position == head.position:
            return head.recorded_at
        rows = self._log.rows_at([position]) if position else []
        return rows[0].recorded_at if rows else None

    def setting_at(self, position: int) -> Setting:
        """Return cycles, units, quotas and rulings as they were known at ``position``."""
        with self._reading() as connection:
            held = {at for _, at in rows_of(connection, SETTING) if at <= position}
        return self._setting_of(tuple(sorted(held)))

    def _folded(self, positions: tuple[int, ...]) -> Setting:
        """Return the setting that the events at ``positions`` make; they never change."""
        standing = Standing()
        for row in self._log.rows_at(positions):
            standing.record(row.position, revive(row.type, row.data))
        return fold(NOTHING, standing.facts())

    def _cycle(self, setting: Setting, asked: Asked, position: int) -> Cycle:
        if asked.cycle is not None:
            found = setting.cycles.get(asked.cycle)
            if found is None:
                known = "、".join(setting.cycles) or "（无）"
                message = f"到 #{position} 为止没有登记过考核年度“{asked.cycle}”"
                raise NotKnown(message, fix=f"已登记的有：{known}")
            return found
        day = asked.as_of or self._today
        found = setting.cycle_at(day)
        if found is None:
            message = f"到 #{position} 为止没有 {day} 或更早开始的考核年度"
            fix = "请先登记考核年度的开始（CycleOpened），或用 --cycle、--as-of 指明。"
            raise NotKnown(message, fix=fix)
        return found


def unit_named(setting: Setting, name: str) -> Unit:
    """Return the unit of that name or alias.

    Raises ``NotKnown``, naming the nearest candidates, when there is none.
    """
    wanted = folded(name)
    for unit in setting.units.values():
        if wanted in {folded(spelling) for spelling in unit.spellings}:
            return unit
    known = [spelling for unit in setting.units.values() for spelling in unit.spellings]
    close = "、".join(nearest(name, known))
    message = f"没有登记过单位“{name}”"
    raise NotKnown(message, fix=f"最接近的有：{close}" if close else "请先登记单位。")
