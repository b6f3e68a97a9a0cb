"""``kaohe doctor``: what looks doubtful is found with its events, and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cli.office import today
from tests.cli.driving import refused
from tests.cli.registers import (
    OPENING,
    YEAR_END,
    Line,
    adopted,
    brief,
    corrected,
    issued,
    retracted,
    studied,
)
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

END = ("--as-of", YEAR_END)
NEVER_FAR = ("--far", "100000")
QUOTAS: list[Line] = [
    {"type": "QuotaSet", "on": "2022-06-30", "kind": kind, "required": 1, "from": "2022-07-01",
     "to": "2022-12-31"}
    for kind in ("special", "brief")
]  # fmt: skip
CHECKS = [
    "title_twice_by_one", "title_twice_by_several", "adopted_higher_only", "endorsed_not_adopted",
    "no_publication", "no_quota", "nobody_asked", "change_never_notified", "far_from_recording",
    "wrong_clock",
]  # fmt: skip


@pytest.fixture
def sound(opened: Kaohe) -> Kaohe:
    """A register of seven events in which nothing is doubtful."""
    opened.imports(QUOTAS, "任务.jsonl")
    return opened


def findings(kaohe: Kaohe, *asked: object) -> dict[str, list[dict[str, Any]]]:
    """Return what each check found that found something."""
    document = kaohe.json("doctor", *(asked or (*END, *NEVER_FAR)))
    assert [check["id"] for check in document["checks"]] == CHECKS
    assert document["count"] == sum(check["count"] for check in document["checks"])
    assert all(check["count"] == len(check["findings"]) for check in document["checks"])
    return {check["id"]: check["findings"] for check in document["checks"] if check["count"]}


def found(kaohe: Kaohe, check: str, *asked: object) -> list[tuple[list[int], list[str]]]:
    """Return the events and units of what one check found; no other may have found anything."""
    every = findings(kaohe, *asked)
    assert every.keys() <= {check}
    return [(each["events"], each["units"]) for each in every.get(check, [])]


def test_a_sound_register_is_told_to_be_sound(sound: Kaohe) -> None:
    """Nothing is found, every check is named, and so it ends well."""
    said = sound("doctor", *END, *NEVER_FAR).stdout
    assert "没有发现。" in said
    assert said.count("、") == len(CHECKS) - 1
    assert findings(sound) == {}


def test_titles_submitted_twice_by_one_unit(sound: Kaohe) -> None:
    """Width, case and white space fold; an item retracted since is not counted any more."""
    sound.imports(
        [
            brief("甲", title="GDP增长情况"),
            brief("乙", title="\uff47\uff44\uff50 增长情况", unit="应县、开发区"),
            brief("丙", title="GDP增长的情况"),
        ]
    )
    assert found(sound, "title_twice_by_one") == [([8, 9], ["应县"])]
    assert found(sound, "title_twice_by_one", "--known-at", "#8", *END, *NEVER_FAR) == []
    sound.imports([retracted(9)], "撤.jsonl")
    assert findings(sound) == {}


def test_titles_submitted_by_several_units(sound: Kaohe) -> None:
    """By units with no author in common; not where all of them answer one commission."""
    asked = {**issued("约1"), "units": None}
    answer = {"kind": "commissioned", "commission": "约1", "title": "答复", "on": "2022-05-09"}
    sound.imports(
        [
            asked, brief("一", **answer), brief("二", unit="开发区", **answer),
            brief("三", title="同名"), brief("四", title="同名 ", unit="开发区"),
            {"type": "CommissionDeclined", "on": "2022-05-09", "commission": "约1",
             "unit": "市财政局"},
        ]
    )  # fmt: skip
    assert found(sound, "title_twice_by_several") == [([11, 12], ["应县", "开发区"])]


def test_items_adopted_by_a_higher_level_only(sound: Kaohe) -> None:
    """The province alone is found, with the city not; a part adopted by the city will do."""
    merger = {
        "type": "ItemsMerged", "on": "2022-08-06", "item": "合", "items": ["丙", "丁"],
        "kind": "brief", "title": "合编",
    }  # fmt: skip
    paper = {"publication": "快报"}
    sound.imports(
        [
            *(brief(item) for item in ("甲", "乙", "丙", "丁")),
            adopted("甲", level="province", **paper),
            adopted("乙", **paper), adopted("乙", level="province", **paper),
            adopted("丙", **paper), merger,
            adopted("合", level="province", on="2022-08-07", **paper),
        ]
    )  # fmt: skip
    assert found(sound, "adopted_higher_only") == [([8, 12], ["应县"])]


def test_endorsements_and_adoptions_that_do_not_go_together(sound: Kaohe) -> None:
    """Endorsed and not adopted, until it is adopted; adopted without a publication."""
    endorsed = {"type": "ItemEndorsed", "on": "2022-08-06", "item": "甲", "level": "city"}
    sound.imports([brief("甲"), endorsed])
    assert found(sound, "endorsed_not_adopted") == [([8, 9], ["应县"])]
    sound.imports([adopted("甲")], "采.jsonl")
    assert found(sound, "no_publication") == [([8, 10], ["应县"])]
    sound.imports([corrected(10, publication="快报")], "改.jsonl")
    assert findings(sound) == {}


def test_units_without_a_quota(opened: Kaohe) -> None:
    """Stretches that have begun, each with its units; before counting begins there are none."""
    opened.imports([{**QUOTAS[0], "to": "2022-09-30"}, {**QUOTAS[1], "category": "county"}])
    before = ("--as-of", "2022-06-30", *NEVER_FAR)
    assert findings(opened, *before) == {}
    others = ["开发区", "市财政局", "市教育局"]
    brief_only = [([1, 3, 4, 5], others)]
    assert found(opened, "no_quota", "--as-of", "2022-09-30", *NEVER_FAR) == brief_only
    everybody = ([1, 2, 3, 4, 5], ["应县", *others])
    assert found(opened, "no_quota") == [everybody, *brief_only]
    assert "全部单位：2022-10-01 至 2022-12-31" in opened("doctor", *END).stdout
    opened.imports(
        [{"type": "UnitChanged", "on": "2022-06-30", "unit": "开发区", "into": "应县"}], "并.jsonl"
    )
    assert found(opened, "no_quota")[1] == ([1, 4, 5], ["市财政局", "市教育局"])


def test_commissions_that_nobody_has_to_answer(sound: Kaohe) -> None:
    """Sent to a unit that was merged, or withdrawn unit by unit; not one withdrawn as a whole.

    A commission recorded with an empty list of units is refused, so that none can stand.
    """
    withdrawn = {"type": "CommissionWithdrawn", "on": "2022-05-03", "reason": "不再需要"}
    sound.imports(
        [
            {"type": "UnitChanged", "on": "2022-04-01", "unit": "开发区", "into": "应县"},
            issued("约1", units=["开发区"]), issued("约2"), issued("约3"),
            {**withdrawn, "commission": "约2", "units": ["应县"]},
            {**withdrawn, "commission": "约3"},
        ]
    )  # fmt: skip
    assert found(sound, "nobody_asked") == [([9], ["开发区"]), ([10, 12], ["应县"])]
    file = sound.file([issued("约9", units=[])], "空.jsonl")
    assert "没有写任何单位" in refused(sound, "import", file)


def test_commissions_before_any_unit_is_enrolled(kaohe: Kaohe) -> None:
    """Sent to all, while there are none, it asks nobody; a unit enrolled later is asked."""
    kaohe.imports([OPENING[0], {**issued("约1"), "units": None}])
    assert found(kaohe, "nobody_asked") == [([2], [])]
    kaohe.imports([OPENING[1], *QUOTAS], "单位.jsonl")
    assert findings(kaohe) == {}


def test_changes_of_staff_never_notified(sound: Kaohe) -> None:
    """From the eleventh day on, and no more once the office was told, however late."""
    change = {"type": "StaffChanged", "on": "2022-05-01", "change": "变1", "unit": "应县",
              "role": "leader", "out": "王一", "into": "李二"}  # fmt: skip
    sound.imports([change])
    assert findings(sound, "--as-of", "2022-05-11", *NEVER_FAR) == {}
    late = ("--as-of", "2022-05-12", *NEVER_FAR)
    assert found(sound, "change_never_notified", *late) == [([8], ["应县"])]
    sound.imports(
        [{"type": "StaffChangeNotified", "on": "2022-06-01", "change": "变1"}], "告.jsonl"
    )
    assert found(sound, "change_never_notified", *late) == [([8], ["应县"])]
    assert findings(sound) == {}


def test_days_far_from_their_recording(tmp_path: Path) -> None:
    """Told once for each file; a day that was corrected is near again, one in no year is told."""
    year = today().year
    now = {
        **OPENING[0], "on": str(today()), "cycle": "今年", "starts": f"{year}-01-01",
        "ends": f"{year}-12-31", "evidence_due": f"{year + 1}-01-15",
    }  # fmt: skip
    kaohe = Kaohe(tmp_path)
    near, far = today() - timedelta(days=30), today() - timedelta(days=31)
    lines = [now, {**OPENING[1], "on": str(today())}]
    days = [studied(on=str(day)) for day in (near, far, date(1922, 5, 1), date(1923, 5, 1))]
    kaohe.imports([*lines, *days])
    asked = ("--cycle", "今年", "--far", "30")
    far_only = findings(kaohe, *asked)["far_from_recording"]
    assert [each["events"] for each in far_only] == [[4, 5, 6]]
    assert "登记.jsonl" in far_only[0]["text"]
    assert "#5（1922-05-01 发生" in far_only[0]["text"]
    kaohe.imports([corrected(5, on=str(near)), retracted(6)], "改.jsonl")
    assert [e["events"] for e in findings(kaohe, *asked)["far_from_recording"]] == [[4]]
    other = {**OPENING[0], "on": "1921-01-01", "cycle": "旧年", "starts": "1921-01-01",
             "ends": "1921-12-31", "evidence_due": "1922-01-15"}  # fmt: skip
    kaohe.imports([other, studied(on="1921-05-01")], "旧.jsonl")
    assert [e["events"] for e in findings(kaohe, *asked)["far_from_recording"]] == [[4]]


def test_a_finding_says_what_it_means_and_where_it_comes_from(sound: Kaohe) -> None:
    """Count, meaning, advice, and the row of the file; what is in order is named too."""
    sound.imports([brief("甲"), adopted("甲")], "采用.jsonl")
    said = sound("doctor", *END, *NEVER_FAR).stdout
    assert "采用没有写刊物：1 处" in said
    assert "含义：" in said
    assert "处理：" in said
    assert "#9 采用.jsonl 第 2 行" in said
    assert "共发现 1 处。" in said
    (finding,) = findings(sound)["no_publication"]
    where = [(e["position"], e["source"]["file"], e["source"]["row"]) for e in finding["rests_on"]]
    assert where == [(8, "采用.jsonl", 1), (9, "采用.jsonl", 2)]
