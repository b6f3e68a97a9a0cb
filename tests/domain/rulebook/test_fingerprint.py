"""The fingerprint changes with whatever can change a score, and with nothing else."""

from __future__ import annotations

import pytest

from domain.rulebook.model import Rulebook
from domain.rulebook.parse import parse_rulebook

from .files import FILE, OTHER_CITY, TEXT, changed

SCORING = {
    "a price": ("{ city = 3, province = 5", "{ city = 4, province = 5"),
    "a cap": ("points = 10\ncap = 10", 'points = 10\ncap = "none"'),
    "a choice": ('default = "once"', 'default = "each"'),
    "a count": ("default = 1500", "default = 1499"),
    "a day": ("default = 2022-07-01", "default = 2022-07-02"),
    "grades": ('default = "none"', 'default = [["优", 90]]'),
    "a mailbox": ("szszwxx@126.com", "szszw@126.com"),
    "an option": ('["plagiarism", "outline_only"]', '["plagiarism"]'),
    "a code": ('party_affairs = "党务信息"', 'party_news = "党务信息"'),
    "a rule": ('rule = "secondment"\npoints = 10', 'rule = "surplus"\npoints = { brief = 10 }'),
}

WORDING = {
    "a label": ('zone = "开发区"', 'zone = "经济开发区"'),
    "a clause": ("减2分，通报缺一期减1分", "减2分；通报缺一期减1分"),
    "a reason": ("原文没有说联合报送怎么分，", "原文未说联合报送怎么分，"),
    "a name": ('name = "跟班学习情况"', 'name = "跟班学习"'),
    "the title": ("考核方案", "考核办法"),
    "how a number is written": ("points = 10\ncap = 10", 'points = "10.00"\ncap = 10.0'),
    "the order of options": (
        '["plagiarism", "outline_only"]', '["outline_only", "plagiarism"]',
    ),
    "the order of groups": (
        '[groups.adoption]\nname = "信息采用"\n\n[groups.other]\nname = "其他加分"\n',
        '[groups.other]\nname = "其他加分"\n\n[groups.adoption]\nname = "信息采用"\n',
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SCORING)
def test_what_can_change_a_score_changes_it(scheme: Rulebook, what: str) -> None:
    """A rulebook that scores otherwise has another fingerprint."""
    text = changed(TEXT, SCORING[what])
    if what == "a rule":
        text = without_readings_of_secondments(text)
    assert parse_rulebook(text, name=FILE).fingerprint != scheme.fingerprint


@pytest.mark.parametrize("what", WORDING)
def test_wording_does_not_change_it(scheme: Rulebook, what: str) -> None:
    """Rewording, spelling and order leave the fingerprint as it is."""
    old, new = WORDING[what]
    text = TEXT.replace(old, new)
    assert text != TEXT
    assert parse_rulebook(text, name=FILE).fingerprint == scheme.fingerprint


def test_it_is_a_sha_256_and_differs_between_schemes(scheme: Rulebook) -> None:
    """It has the 64 digits of a SHA-256, and another scheme has another one."""
    other = parse_rulebook(OTHER_CITY, name="other-2023.toml")
    assert len(bytes.fromhex(scheme.fingerprint)) == 32
    assert other.fingerprint != scheme.fingerprint


def without_readings_of_secondments(text: str) -> str:
    """Return ``text`` without the readings that only the rule on secondments uses."""
    parts = text.split("\n[")
    return "\n[".join(part for part in parts if not part.startswith('readings."secondment.'))
