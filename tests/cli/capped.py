"""A register in which both caps bite, totals are level, and names are odd."""

from __future__ import annotations

from tests.cli.registers import OPENING, Line, adopted, brief, enrolled, issued


def ruling(parameter: str, value: object) -> Line:
    """Return a ruling."""
    return {
        "type": "RulingMade", "on": "2022-01-02", "parameter": parameter, "value": value,
        "reason": "会议定",
    }  # fmt: skip


def misaddressed(number: str) -> Line:
    """Return a mis-sent mail of 应县."""
    return {
        "type": "FindingMade", "on": "2022-03-01", "finding": number, "unit": "应县",
        "kind": "misaddressed",
    }  # fmt: skip


ODD = ('=HYPERLINK("http://x.cn","点我")', "*", "'引'号'", "&[Page]&P", "SORT(1)", "_x0041_")
"""Names that a formula, a criterion, a header or a file could take for something else."""
QUOTA: Line = {
    "type": "QuotaSet", "on": "2022-07-01", "kind": "special", "required": 20,
    "from": "2022-07-01", "to": "2022-09-30", "units": ["应县"],
}  # fmt: skip
CAPPED: list[Line] = [
    *OPENING,
    enrolled("怀仁市", "county"),
    enrolled("市统计局", "department"),
    *(enrolled(unit, "department") for unit in ODD),
    ruling("indicators.commissioned_adoption.points.city", "0.1"),
    ruling("indicators.brief_adoption.points.city", "0.3"),
    ruling("indicators.brief_adoption.cap", "0.7"),
    ruling("joint.share", "split"),
    ruling("grades", [["=A1", "80.5"], ["良好", "80.3"], ["一般", 40]]),
    *(issued(f"约{number}") for number in range(12)),
    misaddressed("错1"),
    misaddressed("错2"),
    QUOTA,
    *(brief(name, unit="开发区", kind="commissioned") for name in "甲乙丙"),
    *(adopted(name) for name in "甲乙丙"),
    brief("丁", unit="市财政局"),
    adopted("丁"),
    *(brief(name, unit="市教育局") for name in "戊己庚"),
    *(adopted(name) for name in "戊己庚"),
    brief("辛", unit="应县、怀仁市、市统计局", kind="commissioned"),
    adopted("辛", level="province"),
]
"""应县 loses 24 under a cap of 20 and 61 under a weight of 49. Three times 0.1 is level with 0.3,
three times 0.3 is cut to 0.7, three units share 5, and those with odd names have no line."""
