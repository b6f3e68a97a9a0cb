"""The answer as a page and as Markdown: opened, printed, and full of hostile text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from domain.audit.tree import leaf_hash
from infra.pages.trail.checks import LEAVES
from tests.browser import opened
from tests.cli.offices import DAY, YEAR, Office
from tests.cli.registers import Line, adopted, brief, retracted
from tests.cli.trails import decided, trail_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.running import Kaohe

HOSTILE = "<script>alert(1)</script> | *重* _点_ `码` {{ 7*7 }} [点](http://example.com) www.x.cn"
LINES = "# 一\n\n- 二 <img src=x onerror=alert(1)>\n| 三 | 四 |\n***\n1. 五 ~~六~~ a@b.cn &amp; \\"
STORY: list[Line] = [
    *YEAR[:5],
    {"type": "UnitChanged", "on": "2022-01-02", "unit": "应县", "aliases": [HOSTILE]},
    {**YEAR[5], "topic": HOSTILE},
    brief("甲", title=HOSTILE, ref="报甲", note=LINES),
    adopted("甲", ref="采甲", publication=HOSTILE),
]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that answered an appeal, with markup wherever a register takes text."""
    office = Office(tmp_path_factory.mktemp("hostile")).opened(STORY)
    office.publish()
    office.first("appeal", "lodge", "应县", "--claim", LINES, "--event", "约一")
    lines = [{**retracted("约一"), "reason": HOSTILE}, adopted("甲", level="province", note=LINES)]
    office.propose("1", "upheld", lines)
    asked = ("--outcome", "upheld", "--reasons", LINES)
    office.second("appeal", "decide", "1", *asked)
    return office


def written(kaohe: Kaohe, appeal: str, name: str) -> Path:
    """Return the answer, written to a file of that name."""
    file = kaohe.folder / name
    kaohe("appeal", "trail", appeal, "--out", file)
    return file


def test_the_page_opens_and_prints(answered: Office, browser: Browser, tmp_path: Path) -> None:
    """No word on the console, no request, no markup from the register; on A4, name and total."""
    file = written(answered.first, "1", "答复.html")
    trail = trail_of(answered.first, "1")
    with opened(browser, file) as seen:
        text = " ".join(seen.page.inner_text("body").split())
        assert seen.page.locator("script, img, body [onerror]").count() == 0
        assert seen.page.locator("a:not([href^='#e'])").count() == 0
        links = seen.page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert all(seen.page.locator(link).count() == 1 for link in set(links))
        seen.page.pdf(path=str(tmp_path / "a.pdf"), prefer_css_page_size=True)
        assert (seen.complaints, seen.requests) == ([], [])
    for said in (HOSTILE, " ".join(LINES.split()), "决定后", trail["events"][0]["leaf"]):
        assert said in text
    pages = PdfReader(tmp_path / "a.pdf").pages
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {(595, 842)}
    printed = "".join(pages[0].extract_text().split())
    assert "关于应县申诉1的答复" in printed
    assert f"{trail['before']['total']}基础项" in printed
    assert f"{trail['after']['total']}+7基础项" in printed


def test_the_page_on_a_narrow_screen_keeps_within_it(answered: Office, browser: Browser) -> None:
    """On a telephone only tables that say so are wider than the screen."""
    file = written(answered.first, "1", "窄.html")
    with opened(browser, file) as seen:
        seen.page.set_viewport_size({"width": 400, "height": 800})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_line_that_stays_is_written_in_ink(tmp_path: Path, browser: Browser) -> None:
    """A deduction that was contested and stays has a red edge; its words are not red."""
    office = Office(tmp_path).opened()
    office.publish()
    file = written(office.first, decided(office, "rejected", event="约一"), "驳回.html")
    color = "each => getComputedStyle(each).color"
    with opened(browser, file) as seen:
        (line,) = seen.page.locator("article").all()
        assert line.evaluate(color) == seen.page.locator("main").evaluate(color)


def test_markdown_stays_text(answered: Office) -> None:
    """No HTML, link, emphasis or heading but our own, and as many cells as each table has."""
    text = written(answered.first, "1", "答复.md").read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    inside = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in inside}
    assert kinds <= {"text", "softbreak", "strong_open", "strong_close", "html_inline"}
    assert {t.content for t in inside if t.type == "html_inline"} == {"<br>"}
    assert not any(token.type in {"html_block", "hr"} for token in tokens)
    read = " ".join("".join(t.content for t in inside if t.type == "text").split())
    assert HOSTILE.partition(" www")[0] in read
    assert " ".join(LINES.split()) in read
    headings = [t.content for t, after in zip(tokens[1:], tokens, strict=False) if _opens(after)]
    assert headings[0] == "关于应县申诉 1 的答复"
    assert len(headings) == len(re.findall(r"^#+ ", text, re.MULTILINE))
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()]
        assert len(set(rows)) == 1
    assert not re.search(r"(?<!\\)(?:www\.|http:|@)", text)


def _opens(token: Any) -> bool:  # noqa: ANN401  a token of the parser
    return bool(token.type == "heading_open")


def test_all_forms_say_the_same(answered: Office) -> None:
    """Every line, event, leaf and person of the document is in text, page and Markdown."""
    trail = trail_of(answered.first, "1")
    forms = [
        written(answered.first, "1", "同.html").read_text(encoding="utf-8"),
        written(answered.first, "1", "同.md").read_text(encoding="utf-8"),
        answered.first("appeal", "trail", "1").stdout,
    ]
    said = [event["leaf"] for event in trail["events"]]
    said += [event["actor"] for event in trail["events"]]
    said += [trail[side]["sheets"] for side in ("before", "after")]
    said += [trail["verify"]["root"], trail["verify"]["key"]]
    said += [row["hexadecimal"] for row in trail["verify"]["fingerprint"]]
    said += [f"第 {trail['publication']['publication']} 号"]
    for form in forms:
        plain = form.replace("&#39;", "'").replace("&#43;", "+")
        assert [each for each in said if each not in plain] == []


def test_the_bundle_proves_the_trail(tmp_path: Path) -> None:
    """Every event of it is in the unit's bundle with the leaf that the trail says; so is the root.

    The command that the trail prints gives those leaves, and ``verify.py`` verifies the bundle.
    """
    office = Office(tmp_path).opened()
    office.publish()
    number = decided(office, "upheld", [retracted("约一")], event="约一")
    trail = trail_of(office.first, number)
    size, place = trail["known_at"]["position"], tmp_path / "移交包"
    office.first("export", "audit", "--unit", "应县", "--until", f"#{size}", "--to", place)
    entries = (place / "data" / "events.jsonl").read_bytes().splitlines()
    leaves = {f"{_position(line)} {leaf_hash(line).hex()}" for line in entries}
    told = {f"{event['position']} {event['leaf']}" for event in trail["events"]}
    assert told <= leaves
    program = LEAVES.removeprefix('python3 -c "').removesuffix('"')
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=place, capture_output=True, text=True, check=True
    )
    assert set(ran.stdout.split("\n")) - {""} == leaves
    checkpoint = (place / "data" / "checkpoint").read_text(encoding="utf-8").splitlines()
    sealed = trail["verify"]
    assert checkpoint[:3] == [sealed["log"], str(sealed["size"]), sealed["root"]]
    office.first("key", "show", "--to", tmp_path / "key.txt")
    verify = ["-I", "-S", f"{place}/verify/verify.py", f"{place}", "--key", f"{tmp_path}/key.txt"]
    said = subprocess.run(
        [sys.executable, *verify], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    page = office.first("appeal", "trail", number).stdout
    assert "文件 data/checkpoint，前三行依次是日志名称、条数和树根（Base64）" in page
    for row in (f"日志：{sealed['log']}", f"条数：{size}", f"树根（Base64）：{sealed['root']}"):
        assert row in said


def _position(line: bytes) -> int:
    found = re.search(rb'"position":(\d+),"recorded_at"', line)
    assert found
    return int(found[1])


def test_the_commands_that_are_printed_are_quoted(tmp_path: Path) -> None:
    """A unit whose name means something to a shell is one word of the command."""
    name = "$(touch x)'县"
    lines = [{**line, "unit": name} if line.get("unit") == "应县" else line for line in YEAR]
    renamed = [{**line, "units": [name]} if "units" in line else line for line in lines]
    office = Office(tmp_path).opened(renamed)
    office.publish()
    text = office.first("appeal", "trail", office.appeal(name)).stdout
    assert "kaohe export audit --unit '$(touch x)'\"'\"'县' --until" in text
    assert trail_of(office.first, "1")["before"]["as_of"] == DAY
