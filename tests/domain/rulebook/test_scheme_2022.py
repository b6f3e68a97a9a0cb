"""The 2022 rulebook file against the tables of the scoring note, written out here by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.rulebook.model import Rulebook
from domain.rulebook.rule_kinds import RULE_KINDS

# id, group, weight, rule, points, cap: table 1.1 of the scoring note, row by row.
INDICATORS = [
    ("instruction", "organisation", 6, "instruction",
     {"notice": -2, "scheme": -2, "circular": -1}, None),
    ("deployment", "organisation", 3, "deployment", {"": -1}, None),
    ("duties", "organisation", 5, "duties", {"missing": -1, "late": -2}, None),
    ("liaison", "organisation", 2, "liaison", {"": -2}, 2),
    ("format", "reporting", 1, "finding", {"": -1}, 1),
    ("commissioned", "reporting", 16, "commissioned", {"": -2}, 20),
    ("special", "reporting", 16, "shortfall", {"": -2}, None),
    ("brief", "reporting", 16, "shortfall", {"": -1}, 20),
    ("quality", "support", 5, "finding", {"": -1}, 10),
    ("feedback", "support", 5, "finding", {"": -1}, 10),
    ("accuracy", "support", 5, "finding", {"": -5}, 5),
    ("commissioned_adoption", "adoption", None, "adoption",
     {"city": 2, "province": 5, "state": 5}, None),
    ("special_adoption", "adoption", None, "adoption",
     {"city": 5, "province": 5, "state": 0}, None),
    ("brief_adoption", "adoption", None, "adoption",
     {"city": 2, "province": 5, "state": 0}, None),
    ("surplus", "other", None, "surplus", {"special": 2, "brief": 1}, None),
    ("endorsement", "other", None, "endorsement", {"city": 3, "province": 5, "state": 10}, None),
    ("secondment", "other", None, "secondment", {"": 10}, 10),
]  # fmt: skip

OPTIONS = {
    "deployment": {"topics": ("commissioned", "special", "brief")},
    "format": {"kinds": ("misaddressed",)},
    "special": {"kind": ("special",)},
    "brief": {"kind": ("brief",)},
    "quality": {"kinds": ("plagiarism", "outline_only")},
    "feedback": {"kinds": ("non_cooperation",)},
    "accuracy": {"kinds": ("named_criticism",)},
    "commissioned_adoption": {"kind": ("commissioned",)},
    "special_adoption": {"kind": ("special",)},
    "brief_adoption": {"kind": ("brief",)},
}

# Table 1.2 of the scoring note: every doubtful point and its default.
READINGS = {
    "indicators.liaison.cap": Decimal(2),
    "indicators.accuracy.cap": Decimal(5),
    "indicators.secondment.cap": Decimal(10),
    "indicators.format.points": Decimal(-1),
    "indicators.format.cap": Decimal(1),
    "indicators.special.cap": None,
    "indicators.instruction.cap": None,
    "indicators.deployment.cap": None,
    "indicators.duties.cap": None,
    "indicators.quality.cap": Decimal(10),
    "indicators.special_adoption.points.state": Decimal(0),
    "indicators.brief_adoption.points.state": Decimal(0),
    "adoption.repeat": "once",
    "endorsement.per": "item",
    "joint.share": "full",
    "secondment.credit": "on_completion",
    "secondment.months": 3,
    "liaison.notice_days": 10,
    "special.min_characters": 1500,
    "quota.counts_from": date(2022, 7, 1),
    "submissions.unmarked": "no_quota",
    "evidence.cure": "from_day",
    "grades": (),
}

CHOICES = {
    "adoption.repeat": ("once", "each"),
    "endorsement.per": ("item", "leader"),
    "joint.share": ("full", "split"),
    "secondment.credit": ("on_completion", "on_start"),
    "submissions.unmarked": ("no_quota", "counted"),
    "evidence.cure": ("from_day", "never"),
}

# The codes of the event catalogue.
VOCABULARY = {
    "categories": ["county", "zone", "department"],
    "kinds": ["commissioned", "special", "brief"],
    "contents": ["ordinary", "party_affairs", "meeting_news", "leader_activity", "news_report"],
    "levels": ["city", "province", "state"],
    "leaders": ["city", "province", "state"],
    "findings": [
        "plagiarism", "outline_only", "non_cooperation", "named_criticism", "misaddressed",
    ],
    "documents": ["notice", "scheme", "circular"],
    "topics": ["commissioned", "special", "brief"],
    "roles": ["leader", "agency", "staff"],
    "hosts": ["city", "province"],
    "bodies": ["government", "party", "other"],
}  # fmt: skip


def test_names_the_document(scheme: Rulebook) -> None:
    """The rulebook says which document it states, and what every unit starts from."""
    assert scheme.id == "shuozhou-2022"
    assert scheme.base == 80
    assert scheme.document == "朔政办函〔2022〕96号"  # noqa: RUF001  the document's own brackets
    assert "2022" in scheme.title


def test_groups_with_their_weights(scheme: Rulebook) -> None:
    """Three groups weigh 16, 49 and 15; two only add."""
    said: list[tuple[object, ...]] = [(each.id, each.name, each.weight) for each in scheme.groups]
    assert said == [
        ("organisation", "组织领导", 16),
        ("reporting", "信息报送", 49),
        ("support", "信息保障", 15),
        ("adoption", "信息采用", None),
        ("other", "其他加分", None),
    ]


def test_indicators_are_those_of_the_note_in_its_order(scheme: Rulebook) -> None:
    """The tree holds the seventeen rows of table 1.1 in their order, and the index the same."""
    in_tree = [indicator.id for group in scheme.groups for indicator in group.indicators]
    assert in_tree == [row[0] for row in INDICATORS] == list(scheme.indicators)


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row[0])
def test_indicator_says_what_the_note_says(
    scheme: Rulebook,
    row: tuple[object, ...],
) -> None:
    """Group, weight, rule, prices, cap and options are those of the note's table."""
    indicator = scheme.indicators[str(row[0])]
    said = (indicator.id, indicator.group, indicator.weight, indicator.rule)
    assert (*said, dict(indicator.points), indicator.cap) == row
    assert dict(indicator.options) == OPTIONS.get(indicator.id, {})


def test_indicator_cites_its_row(scheme: Rulebook) -> None:
    """Every indicator names annex, group and row, and says its clause once, in its own words."""
    for group in scheme.groups:
        for indicator in group.indicators:
            part = "基础项" if indicator.deducts else "加分项"
            assert indicator.source.startswith(f"附件2 {part}·{group.name}")
            assert indicator.source.endswith(f"·{indicator.name}")
            assert indicator.clause.endswith("。")
    assert len({each.clause for each in scheme.indicators.values()}) == len(INDICATORS)


def test_vocabulary_is_that_of_the_catalogue(scheme: Rulebook) -> None:
    """Every list of the event catalogue has its codes, each with a Chinese label."""
    indicators = {"indicators": list(scheme.indicators)}
    held = {name: list(codes) for name, codes in scheme.vocabulary.items()}
    assert held == VOCABULARY | indicators
    for labels in scheme.vocabulary.values():
        assert all("\u4e00" <= label[0] <= "\u9fff" for label in labels.values())


def test_mailboxes_by_kind(scheme: Rulebook) -> None:
    """Commissioned items have a mailbox of their own; the other two kinds share one."""
    assert scheme.mailboxes == {
        "commissioned": "szszwxx@126.com",
        "special": "szxxgkk@126.com",
        "brief": "szxxgkk@126.com",
    }


def test_doubtful_readings_are_those_of_the_note(scheme: Rulebook) -> None:
    """The doubtful parameters are those of table 1.2, with its defaults, and no others."""
    doubtful = {path: each.default for path, each in scheme.parameters.items() if each.doubtful}
    assert doubtful == READINGS
    assert {path: scheme.parameters[path].choices for path in CHOICES} == CHOICES


@pytest.mark.parametrize("path", READINGS)
def test_doubtful_reading_is_explained(scheme: Rulebook, path: str) -> None:
    """A doubtful reading says why, what else is possible, and where the doubt arises."""
    parameter = scheme.parameters[path]
    assert parameter.why.endswith("。")
    assert parameter.alternatives
    assert parameter.source.startswith(("附件2 ", "方案 "))


def test_every_price_and_cap_is_a_parameter(scheme: Rulebook) -> None:
    """A ruling can change any price and any cap, also one that nobody doubts."""
    paths = set(READINGS)
    for indicator_id, _, _, _, points, _ in INDICATORS:
        paths.add(f"indicators.{indicator_id}.cap")
        for key in points:
            paths.add(f"indicators.{indicator_id}.points" + (f".{key}" if key else ""))
    assert set(scheme.parameters) == paths
    assert all(path == parameter.path for path, parameter in scheme.parameters.items())


def test_what_was_decided_is_listed(scheme: Rulebook) -> None:
    """The five points that no ruling changes are listed."""
    subjects = ["登记在册", "批示", "约稿", "周期", "年度"]
    assert len(scheme.decided) == len(subjects)
    for subject, said in zip(subjects, scheme.decided, strict=True):
        assert subject in said


def test_every_kind_of_rule_is_used(scheme: Rulebook) -> None:
    """No kind of rule exists that the one scheme there is has no need of."""
    assert {each.rule for each in scheme.indicators.values()} == set(RULE_KINDS)
