"""The circular on a whole made-up year, counted anew, and as another program lays it out."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pypdf import PdfReader

from tests.cli.circulars import BOTTOM, MM, chinese_fonts, opened_docx, pages, squeezed, written
from tests.cli.driving import events_of
from tests.cli.registers import adopted, brief
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.circulars import Chunk

pytestmark = pytest.mark.slow

FIRST, LAST = "2022-10-01", "2022-12-31"
LEVELS = ("city", "province", "state")
PAYING = ("commissioned_adoption", "special_adoption", "brief_adoption", "endorsement")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Kaohe:
    """A demonstration's register: 41 units, some 3000 events, corrections and retractions."""
    folder = tmp_path_factory.mktemp("year")
    Kaohe(folder)("demo", "--to", folder / "demo")
    return Kaohe(folder, str(folder / "demo" / "kaohe.db"))


class Counts(NamedTuple):
    """What happened between two days, by unit: sent, used by level, endorsed; and all together."""

    sent: Counter[str]
    used: Counter[tuple[str, str]]
    endorsed: Counter[str]

    def row(self, unit: str) -> list[str]:
        """Return a unit's cells, or with an empty name those of all."""
        used = [self.used[unit, level] for level in LEVELS]
        return [str(number) for number in (self.sent[unit], *used, self.endorsed[unit])]


def standing(kaohe: Kaohe) -> dict[str, list[dict[str, Any]]]:
    """Return what stands of the log by type, corrections applied, from what ``log`` tells."""
    told = events_of(kaohe)
    held = {event["position"]: {"on": event["on"], **event["fields"]} for event in told}
    kept = [event for event in told if event["retracted_by"] is None]
    for event in kept:
        if event["type"] == "EventCorrected":
            held[event["fields"]["target"]] |= event["fields"]["changes"]
    found: dict[str, list[dict[str, Any]]] = {}
    for event in kept:
        found.setdefault(event["type"], []).append(held[event["position"]])
    return found


def counted(events: dict[str, list[dict[str, Any]]], first: str, last: str) -> Counts:
    """Count by hand what lies between two days, under each author and, once, under no name."""
    authors = {event["item"]: set(event["units"]) for event in events["SubmissionReceived"]}
    for event in events["ItemsMerged"]:
        authors[event["item"]] = set().union(*(authors[part] for part in event["items"]))
    sent = {event["item"]: event["on"][:10] for event in events["SubmissionReceived"]}
    used = earliest(events["ItemAdopted"], {})
    begun = {item: min(day for (i, _), day in used.items() if i == item) for item, _ in used}
    praises = [e for e in events["ItemEndorsed"] if e.get("body", "government") == "government"]
    praised = earliest([event for event in praises if event["item"] in begun], begun)
    counts = Counts(Counter(), Counter(), Counter())
    for item, day in sent.items():
        if first <= day <= last:
            counts.sent.update([*authors[item], ""])
    for (item, level), day in used.items():
        if first <= day <= last:
            counts.used.update((unit, level) for unit in (*authors[item], ""))
    for (item, _), day in praised.items():
        if first <= day <= last:
            counts.endorsed.update([*authors[item], ""])
    return counts


def earliest(
    events: list[dict[str, Any]], not_before: dict[str, str]
) -> dict[tuple[str, str], str]:
    """Return the first day of each item and level, none before the day given for the item."""
    found: dict[tuple[str, str], str] = {}
    for event in events:
        item, level, day = event["item"], event["level"], event["on"][:10]
        day = max(day, not_before.get(item, day))
        found[item, level] = min(found.get((item, level), day), day)
    return found


def points(kaohe: Kaohe, day: str) -> dict[str, Decimal]:
    """Return what each unit's sheet gives for adoptions and endorsements on ``day``."""
    return {
        unit: sum(
            (
                Decimal(indicator["effective"])
                for group in sheet["groups"]
                for indicator in group["indicators"]
                if indicator["id"] in PAYING
            ),
            Decimal(0),
        )
        for unit, sheet in kaohe.sheets("--as-of", day).items()
    }


def places(scores: dict[str, Decimal], categories: dict[str, str]) -> dict[str, str]:
    """Return how many are better, and one, in the category and overall."""
    found = dict.fromkeys(scores, "—")
    for unit, mine in scores.items():
        better = [name for name, other in scores.items() if other > mine]
        within = [name for name in better if categories[name] == categories[unit]]
        if mine:
            found[unit] = f"{1 + len(within)}/{1 + len(better)}"
    return found


def test_the_figures_of_a_year_are_those_of_its_log(year: Kaohe) -> None:
    """Every cell of every table, counted again from what ``log`` and ``score`` say of the year."""
    told = opened_docx(written(year, "通报.docx", "--from", FIRST, "--as-of", LAST))
    events = standing(year)
    period, whole = counted(events, FIRST, LAST), counted(events, "2022-01-01", LAST)
    now, before = points(year, LAST), points(year, "2022-09-30")
    renamed = {e["unit"]: e["name"] for e in events["UnitChanged"] if "name" in e}
    old = {new: name for name, new in renamed.items()}
    sheets = year.sheets("--as-of", LAST)
    categories = {unit: sheet["category"] for unit, sheet in sheets.items()}
    gained = {unit: now[unit] - before[old.get(unit, unit)] for unit in now}
    first, second = places(gained, categories), places(now, categories)
    rows = {row[0]: row[1:] for table in told.tables[1:] for row in table}
    assert set(rows) == set(sheets)
    for unit, row in rows.items():
        name = old.get(unit, unit)
        assert row == [
            *period.row(name), str(gained[unit]), first[unit],
            *whole.row(name), str(now[unit]), second[unit],
        ], unit  # fmt: skip
    assert told.tables[0][-1] == ["合计", "41", *period.row(""), *whole.row("")]
    assert int(told.tables[0][-1][3]) > 50


def laid_out(path: Path) -> Path:
    """Let LibreOffice turn a document into a PDF, with a profile of its own beside it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile}", "--headless",
            "--convert-to", "pdf", "--outdir", path.parent / "laid-out", path,
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return path.parent / "laid-out" / f"{path.stem}.pdf"


def test_another_program_lays_the_word_document_out(year: Kaohe, tmp_path: Path) -> None:
    """LibreOffice opens it: pages of A4, all that it says, and a number on every page."""
    kaohe = Kaohe(tmp_path, year.database)
    path = written(kaohe, "通报.docx", "--from", FIRST, "--as-of", LAST, "--head", "某市文件")
    told, page_file = opened_docx(path), laid_out(path)
    for page in PdfReader(page_file).pages:
        assert float(page.mediabox.width) == pytest.approx(210 * MM, abs=1)
        assert float(page.mediabox.height) == pytest.approx(297 * MM, abs=1)
    text = squeezed(page_file)
    assert [words for words in told.paragraphs if "".join(words.split()) not in text] == []
    for number, page_chunks in enumerate(pages(page_file), 1):
        below = "".join(chunk.text for chunk in page_chunks if chunk.y < BOTTOM)
        assert "".join(below.split()) == f"—{number}—"


def test_another_program_keeps_22_lines_of_28_characters(opened: Kaohe) -> None:
    """A page of the Word document that is all text has the lines and characters of the standard."""
    title = "政务信息采用情况通报版心每面二十二行每行二十八个字" * 4
    lines = [line for n in range(20) for line in (brief(f"{n}", title=title), adopted(f"{n}"))]
    opened.imports(lines)
    page = pages(laid_out(written(opened, "长.docx")))[3]
    rows = by_line([chunk for chunk in page if chunk.y > BOTTOM])
    assert len(rows) == 22
    assert {round(a - b) for a, b in pairwise(rows)} == {29}
    if "Noto" not in fonts_of(opened.folder / "laid-out" / "长.pdf"):
        pytest.skip("no font whose signs are as wide as high stands in")
    assert max(len(text) for text in rows.values()) == 28


def by_line(chunks: list[Chunk]) -> dict[float, str]:
    """Return the text of each line by its height on the page, from above."""
    rows: dict[float, str] = {}
    for chunk in chunks:
        rows[chunk.y] = rows.get(chunk.y, "") + chunk.text.strip()
    return rows


def fonts_of(path: Path) -> str:
    """Return the names of the fonts of a PDF."""
    resources = [page["/Resources"]["/Font"] for page in PdfReader(path).pages]  # type: ignore[index]
    return " ".join(str(font.get_object()) for fonts in resources for font in fonts.values())


def test_the_year_as_pages_says_the_same(year: Kaohe) -> None:
    """The PDF of the whole year holds every row and sentence of its Word document."""
    chinese_fonts()
    asked = ("--from", "2022-01-01", "--as-of", LAST)
    told = opened_docx(written(year, "年.docx", *asked))
    text = squeezed(written(year, "年.pdf", *asked))
    assert [words for words in told.paragraphs if "".join(words.split()) not in text] == []
    assert [row for table in told.tables for row in table if "".join(row) not in text] == []


def test_a_row_is_never_torn_between_two_pages(year: Kaohe, tmp_path: Path) -> None:
    """A name of two lines at the foot of a page goes to the next page whole, with its numbers."""
    chinese_fonts()
    kaohe = Kaohe(tmp_path, year.database)
    asked = ["--from", "2022-07-01", "--as-of", "2022-09-30", "--head", "某办公室文件"]
    asked += ["--number", "某函2022年99号"]
    told = opened_docx(written(kaohe, "通报.docx", *asked))
    read = PdfReader(written(kaohe, "通报.pdf", *asked)).pages
    texts = ["".join(page.extract_text().split()) for page in read]
    lines = ["".join(row) for table in told.tables for row in table]
    assert [line for line in lines if not any(line in text for text in texts)] == []
