"""The report's pages in a real browser: with and without scripts, sorted, filtered, printed."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.browser import Opened, opened
from tests.cli.registers import CYCLE, UNITS, adopted, brief, enrolled
from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

A4 = (595, 842)
NAMES = [*UNITS, "市审计局", "市档案局"]
TOTALS, NAMED, RANKED = 4, 2, 0
"""Columns of the table."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on six units with totals of 80, 80, 82, 84, 90 and 100.

    As texts they stand in another order than as numbers.
    """
    kaohe = Kaohe(tmp_path_factory.mktemp("report"))
    lines = [CYCLE, *(enrolled(name, UNITS.get(name, "department")) for name in NAMES)]
    for name, count in zip(NAMES, (0, 10, 5, 1, 0, 2), strict=True):
        for number in range(count):
            item = f"{name}{number}"
            lines += [brief(item, unit=name), adopted(item)]
    kaohe.imports(lines)
    kaohe("export", "report", "--to", kaohe.folder / "网页", "--as-of", "2022-12-31")
    return kaohe.folder / "网页"


@pytest.fixture
def index(browser: Browser, folder: Path) -> Iterator[Opened]:
    """The index, opened with scripts."""
    with opened(browser, folder / "index.html") as page:
        yield page


def column(index: Opened, place: int) -> list[str]:
    """Return a column of the table, as far as it is shown, from top to bottom."""
    rows = index.page.locator("table.units > tbody:visible > tr.summed").all()
    return [row.locator(":scope > *").nth(place).inner_text() for row in rows]


def sorted_by(index: Opened) -> list[tuple[str, str | None]]:
    """Return the headings that say that the table is sorted by them, and how."""
    heads = index.page.locator("th[aria-sort]").all()
    return [(head.inner_text(), head.get_attribute("aria-sort")) for head in heads]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_pages_are_quiet_and_load_nothing(browser: Browser, folder: Path, *, scripts: bool) -> None:
    """No page has a message on the console or asks for anything, with or without scripts."""
    files = [folder / "index.html", folder / "unit-0003.html"]
    for file in files:
        with opened(browser, file, scripts=scripts) as seen:
            assert (seen.complaints, seen.requests) == ([], [])
            assert seen.page.locator("h1").is_visible()
            assert seen.page.locator(".tools").is_visible() == scripts


def test_without_scripts_everything_opens(browser: Browser, folder: Path) -> None:
    """Without scripts the table is there by rank, and a total opens down to an event."""
    with opened(browser, folder / "index.html", scripts=False) as index:
        assert column(index, RANKED) == ["1", "2", "3", "4", "5", "5"]
        assert sorted_by(index) == [("名次", "ascending")]
        assert not index.page.locator("thead button").count()
        body = index.page.locator("table.units > tbody").nth(1)
        event = body.locator(".events > li").first
        assert not event.is_visible()
        adoption = (".group[id$=adoption]", ".indicator[id$=brief_adoption]")
        for part in ("details[id$=total]", *adoption, "li > details"):
            body.locator(part).first.locator("> summary").click()
        assert event.is_visible()
        assert event.inner_text().startswith("#")


def test_a_heading_sorts_by_numbers(index: Opened) -> None:
    """A click on the totals puts the highest first, another the lowest; the heading says which."""
    totals = index.page.locator("thead th").nth(TOTALS).locator("button")
    totals.click()
    assert column(index, TOTALS) == ["100", "90", "84", "82", "80", "80"]
    assert sorted_by(index) == [("总分", "descending")]
    totals.click()
    found = [Decimal(total) for total in column(index, TOTALS)]
    assert found == sorted(found)
    assert sorted_by(index) == [("总分", "ascending")]
    assert "按总分升序" in index.page.locator(".status").inner_text()


def test_keys_sort_too(index: Opened) -> None:
    """A heading is reached and pressed with the keyboard; names sort as Chinese does."""
    names = index.page.locator("thead th").nth(NAMED).locator("button")
    names.focus()
    index.page.keyboard.press("Enter")
    assert sorted_by(index) == [("单位", "ascending")]
    assert column(index, NAMED) == [
        "开发区",
        "市财政局",
        "市档案局",
        "市教育局",
        "市审计局",
        "应县",
    ]


def test_the_table_is_filtered(index: Opened) -> None:
    """Part of a name, a category, and both leave those units and say how many they are."""
    index.page.locator(".by-name").fill("政局")
    assert column(index, NAMED) == ["市财政局"]
    index.page.locator(".by-name").fill("")
    index.page.locator(".by-category").select_option("市直部门")
    assert set(column(index, NAMED)) == {"市财政局", "市教育局", "市审计局", "市档案局"}
    assert "6 个单位中的 4 个" in index.page.locator(".status").inner_text()
    index.page.locator(".by-name").fill("应县")
    assert column(index, NAMED) == []


def test_everything_opens_and_closes_at_once(index: Opened) -> None:
    """The two buttons open every part of the page, and close it."""
    index.page.locator(".open-all").click()
    assert not index.page.locator("details:not([open])").count()
    index.page.locator(".close-all").click()
    assert not index.page.locator("details[open]").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_an_address_opens_what_it_names(browser: Browser, folder: Path, *, scripts: bool) -> None:
    """A link to a line within closed parts shows that line, with or without scripts."""
    file = folder / "index.html"
    with opened(browser, file, scripts=scripts) as seen:
        place = "unit-0003-line-brief_adoption-2"
        seen.page.goto(f"{file.as_uri()}#{place}")
        seen.page.locator(f"#{place}").wait_for(state="visible", timeout=5000)
        assert seen.complaints == []


def test_links_lead_there_and_back(index: Opened) -> None:
    """A name leads to the page of the unit, whose own link leads back."""
    index.page.locator("th[scope=row] a").first.click()
    assert index.page.locator("h1").inner_text() == "开发区"
    index.page.locator("nav a").click()
    assert index.page.locator("h1").inner_text() == "考核年度 2022：各单位得分"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unit-0003.html", "总分 100"),
        pytest.param("index.html", "2022：各单位得分", marks=pytest.mark.slow),
    ],
)
def test_pages_are_printed_on_a4(browser: Browser, folder: Path, name: str, said: str) -> None:
    """Every sheet of a printed page is an A4, and what it is stands on the first as text."""
    with opened(browser, folder / name) as seen:
        sheets = PdfReader(BytesIO(seen.page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheets} == {A4}
    assert said in " ".join(sheets[0].extract_text().split())


def test_the_text_of_a_line_has_room_on_paper(browser: Browser, folder: Path) -> None:
    """On the width of an A4 it has two fifths of its row, not the strip of a narrow screen."""
    with opened(browser, folder / "unit-0003.html") as seen:
        seen.page.emulate_media(media="print")
        seen.page.set_viewport_size({"width": 673, "height": 1000})
        line = seen.page.locator(".line").first
        row, text = (box.bounding_box() for box in (line, line.locator(":scope > :nth-child(4)")))
    assert row
    assert text
    assert text["width"] > row["width"] * 2 / 5


def test_hostile_text_is_nothing_to_a_browser(browser: Browser, tmp_path: Path) -> None:
    """Names that look like scripts, handlers and links are read, and nothing of them runs."""
    bad = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    kaohe = Kaohe(tmp_path)
    lines = [
        CYCLE,
        enrolled(bad, "county"),
        brief("1", unit=bad, title=bad),
        adopted("1", note=bad),
    ]
    kaohe.imports(lines)
    kaohe("export", "report", "--to", tmp_path / "网页", "--as-of", "2022-12-31")
    for name in ("index.html", "unit-0002.html"):
        with opened(browser, tmp_path / "网页" / name) as seen:
            seen.page.locator(".open-all").click()
            assert (seen.complaints, seen.requests) == ([], [])
            assert seen.page.locator("img").count() == 0
            assert seen.page.locator("th[scope=row], h1").last.inner_text() == bad
