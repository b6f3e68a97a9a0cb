"""``kaohe diff``: caps, weights and prices that moved, by a ruling or another rulebook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.cli.differences import DAY, LATER, between, causes
from tests.cli.stories import BEGINNING, COUNTY, finding
from tests.running import Kaohe


def test_a_ruling_on_a_cap_is_named_beside_the_cap(story: Kaohe) -> None:
    """A lower cap absorbs more; the ruling that set it is the cause."""
    found = between(story, f"{DAY}@#9", f"{DAY}@#10")
    (cap,) = found["caps"]
    assert (cap["cap_before"], cap["cap_after"], cap["change"]) == ("5", "3", "2")
    assert causes(cap) == [10]
    assert (found["went"], found["came"], found["change"]["total"]) == ([], [], "2")
    page = story("diff", COUNTY, "--from", f"{DAY}@9", "--to", f"{DAY}@10").stdout
    assert "上限 5 → 3，吸收 0 → 2" in page
    assert "#10 口径裁定" in page


def test_a_retracted_ruling_is_a_cause_too(story: Kaohe) -> None:
    """Taking the ruling back brings the cap back, caused by the retraction."""
    story("retract", "#10", "--reason", "办公会未通过", "--on", "2022-06-10")
    (cap,) = between(story, f"{DAY}@#11", DAY)["caps"]
    assert (cap["cap_before"], cap["cap_after"], cap["change"]) == ("3", "5", "-2")
    assert causes(cap) == [12]


def test_a_ruling_corrected_twice_is_a_cause_each_time(story: Kaohe) -> None:
    """A parameter that it was about only in between goes back by the second correction."""
    for parameter, value in (("indicators.liaison.cap", 1), ("liaison.notice_days", 15)):
        changes = (f"parameter={parameter}", f"value={value}")
        story("correct", "#10", *changes, "--reason", "写错了参数", "--on", "2022-06-10")
    (cap,) = between(story, f"{DAY}@#12", f"{DAY}@#13")["caps"]
    assert (cap["indicator"], cap["cap_before"], cap["cap_after"]) == ("liaison", "1", "2")
    assert causes(cap) == [13]
    (back, set_) = between(story, f"{DAY}@#11", f"{DAY}@#12")["caps"]
    assert {cap["indicator"] for cap in (back, set_)} == {"accuracy", "liaison"}
    assert causes(back) == causes(set_) == [12]


def test_a_ruling_on_a_price_swaps_the_lines(story: Kaohe) -> None:
    """Lines at the old price went and lines at the new one came, both by the ruling."""
    parameter = "parameter=indicators.special_adoption.points.province"
    story("record", "RulingMade", "on=2022-06-02", parameter, "value=6", "reason=办公会定")
    found = between(story, f"{DAY}@#11", DAY)
    assert [(line["change"], causes(line)) for line in (*found["went"], *found["came"])] == [
        ("-5", [12]),
        ("6", [12]),
    ]


def test_the_weight_of_a_group_is_a_part_of_its_own(tmp_path: Path) -> None:
    """What a group's weight swallows of new lines is shown, so that the parts add up."""
    kaohe = Kaohe(tmp_path)
    copied = [finding(f"抄{n}", f"2022-06-{n:02}", "plagiarism") for n in range(1, 13)]
    kaohe.imports([*BEGINNING, *copied])
    refusals = [finding(f"拒{n}", "2022-06-30", "non_cooperation") for n in range(1, 8)]
    kaohe.imports(refusals, "续.jsonl")
    found = between(kaohe, f"{DAY}@#15", DAY)
    (weight,) = found["weights"]
    assert (weight["group"], weight["weight"], weight["change"]) == ("support", "15", "2")
    assert (weight["absorbed_before"], weight["absorbed_after"]) == ("0", "2")
    assert causes(weight) == [16, 17, 18, 19, 20, 21, 22]
    parts = [part["change"] for key in ("went", "came", "caps", "weights") for part in found[key]]
    assert sum(map(Decimal, parts)) == Decimal(found["change"]["total"]) == -5


def test_the_cap_of_a_bonus_takes_from_what_came(tmp_path: Path) -> None:
    """A second person seconded adds nothing over the cap of 10, and the cap's part says so."""
    kaohe = Kaohe(tmp_path)
    seconded = {"type": "SecondmentStarted", "on": "2022-02-01", "unit": COUNTY, "host": "city"}
    kaohe.imports(
        [*BEGINNING, *({**seconded, "secondment": n, "person": f"人员{n}"} for n in "12")]
    )
    found = between(kaohe, "2022-04-30", "2022-05-01")
    assert [line["change"] for line in found["came"]] == ["10", "10"]
    (cap,) = found["caps"]
    assert (cap["indicator"], cap["change"], cap["absorbed_after"]) == ("secondment", "-10", "10")
    assert causes(cap) == ["2022-05-01"]
    assert found["change"] == {"total": "10", "base": "0", "bonus": "10"}


def test_another_rulebook_is_a_part_of_the_difference(tmp_path: Path) -> None:
    """When the cycle's rulebook is corrected, other weights are parts, caused by the correction."""
    kaohe = Kaohe(tmp_path)
    text = Path("domain/rulebooks/shuozhou-2022.toml").read_text(encoding="utf-8")
    for old, new in (
        ('id = "shuozhou-2022"', 'id = "shuozhou-b"'),
        ('"组织领导"\nweight = 16', '"组织领导"\nweight = 17'),
        ('"信息保障"\nweight = 15', '"信息保障"\nweight = 14'),
        ('group = "organisation"\nweight = 6', 'group = "organisation"\nweight = 7'),
        (
            '"信息质量情况"\ngroup = "support"\nweight = 5',
            '"信息质量情况"\ngroup = "support"\nweight = 4',
        ),
        ('rule = "finding"\npoints = -5\ncap = 5', 'rule = "finding"\npoints = -5\ncap = 4'),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "shuozhou-b.toml").write_text(text, encoding="utf-8")
    register = kaohe.file([*BEGINNING, finding("F1", "2022-02-01")])
    other = ("--rulebooks", tmp_path)
    kaohe(*other, "import", register)
    kaohe(*other, "correct", "#1", "rulebook=shuozhou-b", "--reason", "细则调整")
    found = kaohe.json(*other, "diff", COUNTY, "--from", "2022-02-01@#4", "--to", "2022-02-01")
    assert (found["from"]["rulebook"], found["to"]["rulebook"]) == ("shuozhou-2022", "shuozhou-b")
    assert [(w["group"], w["change"], causes(w)) for w in found["weights"]] == [
        ("organisation", "1", [5]),
        ("support", "-1", [5]),
    ]
    assert [(c["cap_before"], c["cap_after"], causes(c)) for c in found["caps"]] == [
        ("5", "4", [5])
    ]
    assert found["change"]["total"] == "1"


def test_a_ruling_for_another_cycle_is_no_cause(tmp_path: Path) -> None:
    """Of two rulings on one cap, only the one for the cycle asked about moved it."""
    kaohe = Kaohe(tmp_path)
    ruling = {
        "type": "RulingMade",
        "on": "2023-02-01",
        "parameter": "indicators.accuracy.cap",
        "value": 3,
        "reason": "办公会定",
    }
    rulings = [{**ruling, "cycle": "2023"}, {**ruling, "cycle": "2022"}]
    kaohe.imports([*BEGINNING, LATER, finding("F1", "2022-02-01"), *rulings])
    (cap,) = between(kaohe, "2022-12-31@#5", "2022-12-31")["caps"]
    assert causes(cap) == [7]
