"""The sentences of a circular, in the office's words and those of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

from domain.days import show_day, show_recorded
from domain.rulebook.model import Rulebook
from projections.asking import Point
from projections.circular_counts import ADOPTED, ENDORSED, Column, Count, Span
from projections.circular_figures import PAYING

_MARKS = {ADOPTED: "●★◆▲■", ENDORSED: "○☆◇△□"}
"""Marks of the levels, lowest first, full for adoptions and hollow for endorsements.

All of them are in GB 2312, so that every font for official documents has them.
"""
_COUNTED = (
    "报送按收到的日期、采用按采用的日期计入；批示从批示之日起计，采用在后的从采用之日起计，"
    "没有被采用的不计。更正的按更正后的内容计，撤销的不计。"
)
_SHARED = (
    "几个单位共同报送或者合编的信息，每个单位各计一条，合计中只计一条；"
    "合编的信息按合编前的各条计报送，按合编后的一条计采用。"
)
_DIGITS = "零一二三四五六七八九"


def title(span: Span) -> list[str]:
    """Return the lines of the usual title."""
    return [f"关于{_days(span)}", "政务信息采用情况的通报"]


def addressees(labels: Sequence[str]) -> str:
    """Return to whom it is sent: every category of units."""
    return f"各{'、'.join(labels)}："


def opening(span: Span, whole: Span) -> str:
    """Return the first sentence: which days are told of."""
    return (
        f"现将{_days(span)}（以下称“本期”）政务信息报送和采用情况，"
        f"以及{show_day(whole.first)}以来（以下称“累计”）的情况通报如下。"
    )


def summary(when: str, units: int, sending: int, found: Count, used: Sequence[str]) -> str:
    """Return what all units together did."""
    outside = f"（其中按考核细则不列入统计的{found.outside}条）" if found.outside else ""
    return (
        f"{when}，{units}个单位中有{sending}个报送了政务信息，共{found.submitted}条{outside}；"
        f"{'，'.join(used)}。"
    )


def column(rulebook: Rulebook, column: Column) -> str:
    """Return what one kind of use is called: by whom, and what it is."""
    if column.what == ADOPTED:
        return f"{rulebook.vocabulary['levels'][column.level]}采用"
    return f"{rulebook.vocabulary['leaders'][column.level]}批示"


def heads(rulebook: Rulebook, columns: Sequence[Column]) -> list[str]:
    """Return the heads of a table's columns: each level of adoption, then all endorsements."""
    adopted = [column(rulebook, each) for each in columns if each.what == ADOPTED]
    return adopted if len(adopted) == len(columns) else [*adopted, "批示"]


def numbered(number: int, label: str) -> str:
    """Return a heading of the second level: ``（一）`` and the label."""
    return f"（{_in_chinese(number)}）{label}"


def legend(rulebook: Rulebook, columns: Sequence[Column]) -> str:
    """Return what each mark beside a title means."""
    said = (f"{_mark(rulebook, columns, each)}{column(rulebook, each)}" for each in columns)
    return f"标记：{'，'.join(said)}。"


def marks(rulebook: Rulebook, columns: Sequence[Column], used: Sequence[Column]) -> str:
    """Return the marks of one title, in the order of the columns."""
    return "".join(_mark(rulebook, columns, each) for each in sorted(used, key=columns.index))


def others(names: Sequence[str]) -> str:
    """Return with whom a unit wrote an item."""
    return f"（与{'、'.join(names)}共同报送）" if names else ""


def named(what: str, names: Sequence[str]) -> str:
    """Return which units something is said of, and how many they are."""
    return f"{what}（{len(names)}个）：{'、'.join(names)}。" if names else f"{what}：无。"


def notes(point: Point) -> list[str]:
    """Return how it was counted, and on what knowledge it rests."""
    book = point.rulebook
    paying = [e.name for e in book.indicators.values() if e.rule in PAYING]
    recorded = f"（{show_recorded(point.recorded_at)}登记）" if point.recorded_at else ""
    scored = (
        f"得分是“{'”“'.join(paying)}”各项按《{book.title}》（{book.document}）计得的分数；"
        "名次按得分排，斜线前是本类名次，斜线后是全部单位中的名次，没有得分的不排名次。"
    )
    known = f"以上根据登记簿第{point.position}号事件{recorded}为止已登记的情况统计。"
    return [_COUNTED, _SHARED, scored, known]


def _mark(rulebook: Rulebook, columns: Sequence[Column], one: Column) -> str:
    """Return the mark of a use; where the marks do not reach, its name."""
    place = [each for each in columns if each.what == one.what].index(one)
    known = _MARKS[one.what]
    return known[place] if place < len(known) else f"【{column(rulebook, one)}】"


def _days(span: Span) -> str:
    first, last = span
    if first == last:
        return show_day(first)
    until = show_day(last)
    if first.year == last.year:
        until = until.partition("年")[2]
    return f"{show_day(first)}至{until}"


def _in_chinese(number: int) -> str:
    """Return a number below 100 as headings write it."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    head = "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
