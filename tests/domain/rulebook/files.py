"""Rulebook files to read, whole and broken."""

from __future__ import annotations

from pathlib import Path

from domain.errors import Fault
from domain.rulebook.errors import RulebookRefused
from domain.rulebook.parse import parse_rulebook

FILE = "shuozhou-2022.toml"
TEXT = (Path(__file__).parents[3] / "domain" / "rulebooks" / FILE).read_text(encoding="utf-8")

OTHER_CITY = """\
id = "other-2023"
title = "某市2023年度信息采用加分办法"
document = "某政办 2023 年第 1 号"
base = 0
decided = []

[vocabulary.categories]
office = "处室"

[vocabulary.kinds]
flash = "快讯"

[vocabulary.levels]
municipal = "市级"

[groups.bonus]
name = "采用加分"

[indicators.used]
name = "快讯采用"
group = "bonus"
rule = "adoption"
points = { municipal = 5 }
cap = 30.5
options = { kind = "flash" }
source = "第三条"
clause = "快讯被市级采用一条加5分，最多加30.5分。"

[readings."adoption.repeat"]
default = "each"
why = "该办法写明每采用一次都加分。"
alternatives = "“once”：一条只加一次。"
source = "第三条"

[readings."joint.share"]
default = "full"
why = "该办法没有说联合报送。"
alternatives = "“split”：平分。"
source = "第三条"

[readings."grades"]
default = [["优", 20], ["良", 9.5]]
why = "该办法写明了分数线。"
alternatives = "另定分数线。"
source = "第五条"
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return ``text`` with each first string, which must stand there once, made the second."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def faults_of(text: str) -> tuple[Fault, ...]:
    """Return what ``text`` is refused for; nothing when it is accepted."""
    try:
        parse_rulebook(text, name=FILE)
    except RulebookRefused as refused:
        return refused.faults
    return ()
