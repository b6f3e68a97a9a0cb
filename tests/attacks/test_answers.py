"""Events altered behind the program's back, and what is answered from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.scene import edited
from tests.cli.driving import fit_for_a_clerk
from tests.cli.offices import YEAR, Office
from tests.cli.registers import brief
from tests.cli.trails import decided
from tests.forging import forged


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
