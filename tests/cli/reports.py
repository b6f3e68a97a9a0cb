"""A report's pages as numbers, to be held against what the other commands answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tests.pages import first_marked, ids, links, marked, read_page, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from tests.running import Answer

Sheet = dict[str, Any]

CATEGORIES = {
    "county": "县（市、区）",
    "zone": "开发区",
    "department": "市直部门",
    "sumu": "苏木",
    "subdistrict": "街道",
}


class Runs(Protocol):
    """What runs commands, and where its files are."""

    @property
    def folder(self) -> Path:
        """Where the report may be put."""

    def __call__(self, *arguments: object) -> Answer:
        """Run a command that succeeds."""

    def json(self, *arguments: object) -> Any:  # noqa: ANN401  any JSON document
        """Run a command with ``--json``."""


class Report:
    """A report in ``folder`` and the question that it answers."""

    def __init__(self, kaohe: Runs, name: str, *asked: object) -> None:
        self.kaohe = kaohe
        self.asked = asked
        self.folder: Path = kaohe.folder / name
        kaohe("export", "report", "--to", self.folder, *asked)
        self.index = read_page(self.folder / "index.html")
        self.files = {
            text_of(body.findall("tr")[0].findall("th")[0]): _page_of(body) for body in self.bodies
        }

    @property
    def bodies(self) -> list[ET.Element]:
        """The part of the table that is about each unit, from top to bottom."""
        return [body for table in marked(self.index, "units") for body in table.findall("tbody")]

    def unit(self, name: str) -> ET.Element:
        """The page of a unit."""
        return read_page(self.folder / self.files[name])

    def explained(self, name: str) -> Sheet:
        """The explanation that the command line gives."""
        found: Sheet = self.kaohe.json("explain", name, *self.asked)
        return found

    def agrees(self) -> None:
        """Assert that every number on every page is that of the other commands."""
        document = self.kaohe.json("score", *self.asked)
        sheets = {sheet["unit"]: sheet for sheet in document["units"]}
        assert [row[2] for row in map(shown_row, self.bodies)] == sorted(
            sheets, key=lambda name: sheets[name]["rank"]
        )
        for body in self.bodies:
            name = shown_row(body)[2]
            sheet, explained = sheets[name], self.explained(name)
            assert {key: explained[key] for key in ("total", "base", "bonus", "rank")} == {
                key: sheet[key] for key in ("total", "base", "bonus", "rank")
            }
            assert shown_row(body) == _expected_row(sheet)
            said = _said(sheet)
            assert text_of(next(body.iter("summary"))) == f"逐项：{said}"
            assert list(_tree(body)) == list(_expected_tree(explained))
            page = self.unit(name)
            assert first_marked(page, "total") == said
            assert list(_tree(page)) == list(_expected_tree(explained))
            assert _table(page, "sheet") == list(_expected_sheet(explained))
            assert self._changes(page) == list(self._expected_changes(sheet))
            assert _pending(page) == [_line(held) for held in explained["pending"]]
        self._bars_agree(sheets)

    def _bars_agree(self, sheets: dict[str, Sheet]) -> None:
        chart = next(self.index.iter("svg"))
        texts = [text_of(text) for text in chart.iter("text")]
        tips = [text_of(group) for group in chart.iter("g")]
        names = [text_of(link) for link in chart.iter("a")]
        for sheet in sheets.values():
            assert any(name.startswith(sheet["unit"]) for name in names)
            assert sheet["total"] in texts
            for group in sheet["groups"]:
                of = "加" if group["weight"] is None else f"满分 {group['weight']}，得"
                if group["score"] != "0":
                    said = f"{group['name']}：{of} {group['score']}"
                    assert any(tip.startswith(said) for tip in tips)

    def _changes(self, page: ET.Element) -> list[list[str]]:
        return [row[:-1] for row in _table(page, "changes")]

    def _expected_changes(self, sheet: Sheet) -> Iterator[list[str]]:
        curve = self.kaohe.json("history", sheet["unit"], *self.asked)
        yield [curve["from"], "", *_sums(curve["start"], of=sheet)]
        for step in curve["changes"]:
            gained = step["change"] != "0" and not step["change"].startswith("-")
            change = f"+{step['change']}" if gained else step["change"]
            yield [step["day"], change, *_sums(step, of=sheet)]

    def resolves(self) -> None:
        """Assert that every link of every page leads to a page of it, and a place on that."""
        pages = {file.name: read_page(file) for file in self.folder.iterdir()}
        known = {name: ids(page) for name, page in pages.items()}
        for name, page in pages.items():
            assert len(known[name]) == len(set(known[name]))
            for link in links(page):
                file, _, place = link.partition("#")
                assert (file or name) in pages
                assert not place or place in known[file or name]


def _said(sheet: Sheet) -> str:
    if _without_base(sheet):
        return f"总分 {sheet['total']}"
    return f"总分 {sheet['total']} = 基础项 {sheet['base']} + 加分项 {sheet['bonus']}"


def _without_base(sheet: Sheet) -> bool:
    """Tell whether the scheme has nothing but bonus groups: then the total is the bonus."""
    return all(group["weight"] is None for group in sheet["groups"])


def _sums(score: Sheet, *, of: Sheet) -> list[str]:
    """Return the total of ``score`` and what it is made of, where the scheme has both."""
    parts = [] if _without_base(of) else [score["base"], score["bonus"]]
    return [score["total"], *parts]


def _page_of(body: ET.Element) -> str:
    return links(body)[0]


def shown_row(body: ET.Element) -> list[str]:
    """Return what the table says of a unit, column by column."""
    return [text_of(cell) for cell in body.findall("tr")[0]]


def _expected_row(sheet: Sheet) -> list[str]:
    return [
        str(sheet["rank"]),
        str(sheet["rank_in_category"]),
        sheet["unit"],
        CATEGORIES[sheet["category"]],
        *_sums(sheet, of=sheet),
        *(group["score"] for group in sheet["groups"]),
        *([sheet["grade"]] if sheet["grade"] else []),
    ]


def _tree(element: ET.Element) -> Iterator[tuple[str, ...]]:
    """Yield what the opened details say: groups, their indicators, their lines with the events."""
    for group in marked(element, "group"):
        yield "group", first_marked(group, "points")
        for entry in marked(group, "indicator"):
            yield "indicator", first_marked(entry, "points")
            for lines in marked(entry, "lines"):
                yield from (_shown_line(item) for item in lines.findall("li"))


def _expected_tree(explained: Sheet) -> Iterator[tuple[str, ...]]:
    for group in explained["groups"]:
        yield "group", group["score"]
        for entry in group["indicators"]:
            yield "indicator", entry["counted"]
            yield from map(_line, entry["lines"])


def _shown_line(item: ET.Element) -> tuple[str, ...]:
    cells = next(marked(item, "line"))
    events = [text_of(event) for held in marked(item, "events") for event in held.findall("li")]
    positions = (event.partition(" ")[0] for event in events)
    counted = [text_of(mark) for mark in marked(cells, "counted")]
    points, _, days, text = map(text_of, cells)
    return (points, *counted, days.partition(" ")[0], text, *positions)


def _line(held: Sheet) -> tuple[str, ...]:
    counted = [held["counted"]] if "counted" in held else []
    positions = (f"#{event['position']}" for event in held["rests_on"])
    return (held["points"], *counted, held["effective_from"], held["text"], *positions)


def _pending(page: ET.Element) -> list[tuple[str, ...]]:
    items = [item for lines in marked(page, "lines") for item in lines.findall("li")]
    waiting = [item for item in items if (item[0].get("id") or "").startswith("pending-")]
    return [_shown_line(item) for item in waiting]


def _table(page: ET.Element, name: str) -> list[list[str]]:
    (table,) = marked(page, name)
    return [[text_of(cell) for cell in row] for body in table.findall("tbody") for row in body]


def _expected_sheet(explained: Sheet) -> Iterator[list[str]]:
    def unless_nought(points: str) -> str:
        return "" if points == "0" else points

    for group in explained["groups"]:
        weight = "加分" if group["weight"] is None else f"权重 {group['weight']}"
        score: str = group["score"]
        if group["absorbed"] != "0":
            score += f"应扣 {group['deducted']}，超出权重 {group['absorbed']} 不再扣"
        for place, entry in enumerate(group["indicators"]):
            yield [
                *([f"{group['name']}{weight}"] if place == 0 else []),
                entry["name"],
                entry["weight"] or "",
                entry["cap"] or "",
                unless_nought(str(len(entry["lines"]))),
                entry["raw"],
                unless_nought(entry["absorbed"]),
                unless_nought(entry["absorbed_by_weight"]),
                entry["counted"],
                *([score] if place == 0 else []),
            ]
