"""Events altered behind the program's back, and what is answered from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.scene import edited, found
from tests.cli.driving import fit_for_a_clerk, queried, tampered
from tests.cli.offices import YEAR, Office
from tests.cli.registers import OPENING, brief
from tests.cli.trails import decided
from tests.forging import forged
from tests.running import Kaohe


@pytest.mark.parametrize(
    ("leaves", "sign"),
    [(False, "事件 #266 与审计树不符"), (True, "审计树的右边缘与记录不符")],
    ids=["event", "with its leaf"],
)
def test_an_altered_event_is_no_answer_to_an_appeal(
    tmp_path: Path, *, leaves: bool, sign: str
) -> None:
    """Neither printed nor written: the event that is not in the tree is named instead."""
    office = Office(tmp_path).opened([*YEAR[:5], *(brief(f"文{n}") for n in range(260)), *YEAR[5:]])
    office.publish()
    appeal = decided(office, "rejected", event="约一")
    assert office.first.json("appeal", "trail", appeal)["appeal"]["contested"] == [266]
    forged(office.first.database, edited(266), leaves=leaves)
    for typed in ([], ["--to", tmp_path / "答复.html"]):
        answer = office.first("appeal", "trail", appeal, *typed, exit_code=3)
        assert answer.stdout == ""
        assert sign in fit_for_a_clerk(answer.stderr)
    assert not (tmp_path / "答复.html").exists()


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        (["UPDATE head SET position = 99999999"], "写的是 #99999999，最后一条事件却是 #5"),
        (["UPDATE head SET position = 99999999", "UPDATE progress SET position = 99999999"],
         "写的是 #99999999，最后一条事件却是 #5"),
        (["UPDATE head SET position = 4"], "写的是 #4，最后一条事件却是 #5"),
        (["UPDATE head SET recorded_at = '2099'"], "不是本程序写的样子"),
        (["UPDATE head SET recorded_at = '2026-13-01T00:00:00.000000Z'"], "不是本程序写的样子"),
    ],
    ids=["beyond", "beyond and level", "back", "no moment", "no month"],
)  # fmt: skip
def test_a_false_head_is_not_believed(tmp_path: Path, change: list[str], sign: str) -> None:
    """Who looks for mistakes looks first whether the log ends where the head says, and when."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    tampered(kaohe.database, *change)
    for command in ("check", "doctor"):
        assert sign in fit_for_a_clerk(kaohe(command, exit_code=3).stderr)
    assert {"HEAD", "GAP", "COUNT"} & {code for code, *_ in found(kaohe)}


def test_scores_are_not_brought_up_to_a_false_head(tmp_path: Path) -> None:
    """Lines never claim to have come further than the log: the number that is missing is named."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    tampered(kaohe.database, "UPDATE head SET position = 99999999")
    assert "日志缺少事件 #6" in fit_for_a_clerk(kaohe("score", exit_code=3).stderr)
    assert queried(kaohe.database, "SELECT position FROM progress") == [(5,), (5,)]


def test_a_head_of_no_moment_is_broken_integrity(tmp_path: Path) -> None:
    """Wherever the head is read it is told as what it is."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    tampered(kaohe.database, "UPDATE head SET recorded_at = '2099'")
    for typed in (
        ["score"],
        ["log"],
        ["checkpoint"],
        ["export", "log", "--to", tmp_path / "a.csv"],
    ):
        assert "head" in fit_for_a_clerk(kaohe(*typed, exit_code=3).stderr)
