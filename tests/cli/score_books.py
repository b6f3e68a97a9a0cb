"""A workbook of score sheets read back by headings, in the shape of ``kaohe score --json``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.running import Kaohe

POISON = 777_777
"""A value that no score has."""
SUMMARY, LINES = "汇总", "条目"
_HEADED_BY = {SUMMARY: "名次", LINES: "单位编号"}
_STORED = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")
_FORMULA = re.compile(r'<c r="(\w+)"([^>]*)><f[^>]*>[^<]*</f><v>([^<]*)</v>')
_WAITING = ("pending", "notices")
_SUMS = {"基础项得分": "base", "加分项得分": "bonus", "总分（基础项得分 + 加分项得分）": "total"}
_OF_GROUP = {"weight": "权重", "deducted": "一级应扣", "absorbed": "权重吸收", "score": "得分"}
_OF_INDICATOR = {
    "weight": "赋分", "cap": "本项上限", "raw": "条目合计", "effective": "扣分/加分",
    "absorbed": "上限吸收",
}  # fmt: skip
_OF_LINE = {
    "points": "分值", "counted": "计入得分", "absorbed_by_cap": "上限吸收",
    "absorbed_by_weight": "权重吸收", "effective_from": "起算日", "effective_to": "截止日",
    "text": "事由", "source": "条款出处",
}  # fmt: skip

Row = dict[str, Any]
"""The cells of a row, by heading."""


def exported(kaohe: Kaohe, *asked: object, name: str = "评分表") -> Path:
    """Export the score sheets and return where they are."""
    path = kaohe.folder / f"{name}.xlsx"
    path.unlink(missing_ok=True)
    assert kaohe("export", "sheet", "--to", path, *asked).stdout == ""
    return path


def poisoned(path: Path, name: str = "下毒") -> Path:
    """Return a copy in which the value stored with every formula is wrong."""
    copy = path.with_name(f"{name}.xlsx")
    with ZipFile(path) as held, ZipFile(copy, "w", ZIP_DEFLATED) as written:
        for part in held.infolist():
            data = held.read(part)
            if part.filename.startswith("xl/worksheets/"):
                data = _STORED.sub(rb"\1<v>%d</v>" % POISON, data)
            written.writestr(part, data)
    return copy


def stored(path: Path) -> dict[tuple[str, str], float | str]:
    """Return the value stored with every formula, by sheet and cell, read from the bare XML."""
    found: dict[tuple[str, str], float | str] = {}
    with ZipFile(path) as held:
        for part in sorted(held.namelist()):
            if part.startswith("xl/worksheets/sheet"):
                for cell, kind, value in _FORMULA.findall(held.read(part).decode()):
                    number = 't="' not in kind.replace('t="n"', "") and value
                    found[part, cell] = float(value) if number else value
    return found


def assert_same_everywhere(source: Path, computed: Path) -> None:
    """Every formula of ``source`` comes, computed, to the very value that we stored with it."""
    ours, theirs = stored(source), stored(computed)
    assert ours
    assert {at: (value, theirs[at]) for at, value in ours.items() if theirs[at] != value} == {}


def told(book: Workbook) -> dict[str, Any]:
    """Return each unit's score as the workbook tells it: the summary, and the sheet if it has one.

    Numbers come as the decimal text that they show, and formulas as they are.
    """
    sheets = {_unit_of(sheet): sheet for sheet in book if _unit_of(sheet)}
    found = {}
    for row in rows(book[SUMMARY]):
        name = row["单位"].value
        summary = {
            "total": text(row["总分"]), "base": text(row["基础项"]), "bonus": text(row["加分项"]),
            "rank": text(row["名次"]), "rank_in_category": text(row["分类名次"]),
            "grade": text(row["等次"]) if "等次" in row else None,
        }  # fmt: skip
        found[name] = {"summary": summary}
        if name in sheets:
            found[name] |= _sheet(sheets[name])
    return found


def as_told(units: Sequence[dict[str, Any]], shown: Sequence[str] | None = None) -> dict[str, Any]:
    """Return units of ``kaohe score --json`` in the shape of ``told``; ``shown`` have a sheet."""
    found = {}
    for unit in units:
        summary = {name: unit[name] for name in ("total", "base", "bonus")}
        ranks = {name: str(unit[name]) for name in ("rank", "rank_in_category")}
        found[unit["unit"]] = {"summary": {**summary, **ranks, "grade": unit["grade"]}}
        if shown is None or unit["unit"] in shown:
            found[unit["unit"]] |= {
                **summary,
                "head": {"total": unit["total"], **ranks},
                "groups": {group["name"]: _group(group) for group in unit["groups"]},
                "indicators": {
                    held["name"]: {name: held[name] for name in _OF_INDICATOR}
                    for group in unit["groups"]
                    for held in group["indicators"]
                },
            }
    return found


def lines_told(book: Workbook) -> list[dict[str, Any]]:
    """Return the rows of the list, days as ISO days."""
    return [
        {
            "unit": row["单位"].value,
            "indicator": row["二级指标"].value,
            "status": row["状态"].value,
            "events": [int(at) for at in (row["依据事件"].value or "").replace("#", "").split()],
            **{name: text(row[heading]) for name, heading in _OF_LINE.items()},
        }
        for row in rows(book[LINES])
        if isinstance(row["单位编号"].value, int)
    ]


def lines_as_told(explained: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a document of ``kaohe explain --json`` in the shape of ``lines_told``."""
    found = []
    for indicator in (held for group in explained["groups"] for held in group["indicators"]):
        about = {"unit": explained["unit"], "indicator": indicator["name"]}
        mine = [[h for h in explained[k] if h["indicator"] == indicator["id"]] for k in _WAITING]
        rest = dict.fromkeys(_OF_LINE)
        nothing = {"counted": "0", "absorbed_by_cap": "0", "absorbed_by_weight": "0"}
        of_line = {*_OF_LINE, "events"}
        counting = [("计入", line) for line in indicator["lines"]]
        for status, held in counting + [("待计", nothing | line) for line in mine[0]]:
            told_of_it = {name: value for name, value in held.items() if name in of_line}
            found.append({**about, "status": status, **told_of_it})
        for held in mine[1]:
            own = {"effective_from": held["from"], "effective_to": held["to"], "text": held["text"]}
            found.append({**about, "status": "提示", "events": [], **rest, **own})
    return found


def rows(sheet: Worksheet) -> list[Row]:
    """Return the rows below the headings by heading, until there is an empty one."""
    named = iter(sheet.iter_rows())
    first = _HEADED_BY.get(sheet.title, "事项")
    headings = next([cell.value for cell in row] for row in named if row[0].value == first)
    found = []
    for row in named:
        if all(cell.value is None for cell in row):
            break
        found.append(dict(zip(map(str, headings), row, strict=True)))
    return found


def text(cell: Any) -> str | None:  # noqa: ANN401  any kind of cell
    """Return a number as its exact decimal text, a sign for none as nothing."""
    value = cell.value
    if cell.is_date:
        return str(value)[:10]
    if isinstance(value, int | float):
        return format(Decimal(repr(value)).normalize() + 0, "f")
    return None if value in {None, "—", "无"} else str(value)


def _unit_of(sheet: Worksheet) -> str | None:
    found = re.fullmatch(r"被考核单位：(.*)　　类别：.*　　考核依据：.*", str(sheet["A2"].value))
    return re.sub(r"（[^（]*$", "", found[1]) if found else None


def _sheet(sheet: Worksheet) -> dict[str, Any]:
    groups, indicators, sums = {}, {}, {}
    for row in rows(sheet):
        if isinstance(row["序号"].value, int):
            of_indicator = {name: text(row[heading]) for name, heading in _OF_INDICATOR.items()}
            indicators[row["二级指标"].value] = of_indicator
        if row["一级指标"].value:
            of_group = {name: text(row[heading]) for name, heading in _OF_GROUP.items()}
            groups[row["一级指标"].value] = of_group
        if row["事项"].value in _SUMS:
            sums[_SUMS[row["事项"].value]] = text(row["得分"])
    head = {"total": "C4", "rank": "F4", "rank_in_category": "H4"}
    return {
        **sums,
        "head": {name: text(sheet[place]) for name, place in head.items()},
        "groups": groups,
        "indicators": indicators,
    }


def _group(group: dict[str, Any]) -> dict[str, Any]:
    bonus = group["weight"] is None
    found = {name: group[name] for name in _OF_GROUP}
    return found | ({"deducted": None, "absorbed": None} if bonus else {})
