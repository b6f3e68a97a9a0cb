"""A second city's scheme is a second file that says only what it needs."""

from __future__ import annotations

from decimal import Decimal

from domain.rulebook.parse import parse_rulebook
from domain.rulebook.readings import Readings
from domain.rulebook.rule_kinds import VOCABULARIES

from .files import OTHER_CITY, changed, faults_of


def test_one_bonus_group_is_a_scheme() -> None:
    """A scheme of one adoption rule, with levels and kinds of its own, needs nothing else."""
    book = parse_rulebook(OTHER_CITY, name="other-2023.toml")
    assert book.base == 0
    assert [group.weight for group in book.groups] == [None]
    assert list(book.parameters) == [
        "adoption.repeat",
        "joint.share",
        "grades",
        "indicators.used.points.municipal",
        "indicators.used.cap",
    ]
    assert (book.mailboxes, book.decided) == ({}, ())


def test_lists_that_it_does_not_need_are_empty() -> None:
    """Every list of codes can be asked for, also those that the scheme has no use for."""
    book = parse_rulebook(OTHER_CITY, name="other-2023.toml")
    assert tuple(book.vocabulary) == (*VOCABULARIES, "indicators")
    assert book.vocabulary["levels"] == {"municipal": "市级"}
    assert book.vocabulary["findings"] == {}


def test_its_readings_are_its_own() -> None:
    """Prices, caps, choices and grades are those of its file."""
    readings = Readings(parse_rulebook(OTHER_CITY, name="other-2023.toml"), {})
    assert readings.points("used", "municipal") == 5
    assert readings.cap("used") == Decimal("30.5")
    assert readings.choice("adoption.repeat") == "each"
    assert readings.grades() == (("优", Decimal(20)), ("良", Decimal("9.5")))


COUNTED = """
[vocabulary.contents]
ordinary = "一般信息"

[groups.work]
name = "报送"
weight = 10

[indicators.missing]
name = "快讯报送"
group = "work"
weight = 10
rule = "shortfall"
points = -1
cap = "none"
options = { kind = "flash" }
source = "第二条"
clause = "快讯少报一条减1分。"

[readings."quota.counts_from"]
default = 2023-01-01
why = "该办法从年初起计。"
alternatives = "其他日期。"
source = "第二条"

[readings."submissions.unmarked"]
default = "counted"
why = "该办法没有标注要求。"
alternatives = "“no_quota”：不计。"
source = "第二条"
"""
LENGTH = """
[readings."flash.min_characters"]
default = 300
why = "该办法写明不少于300字。"
alternatives = "其他字数。"
source = "第二条"
"""


def test_least_length_belongs_to_the_kinds_of_the_scheme() -> None:
    """A kind that is counted may have a least length, or none; one not counted may not."""
    counting = changed(OTHER_CITY, ("base = 0", "base = 10")) + COUNTED
    without = parse_rulebook(counting, name="other-2023.toml")
    assert "flash.min_characters" not in without.parameters
    book = parse_rulebook(counting + LENGTH, name="other-2023.toml")
    assert Readings(book, {}).count("flash.min_characters") == 300
    (fault,) = faults_of(OTHER_CITY + LENGTH)
    assert "flash.min_characters" in fault.what
