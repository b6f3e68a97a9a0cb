"""The two times on the command line: how days and moments are written, and what stands for none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cli.office import today
from tests.cli.driving import ended, events_of, misused, refused, started, tampered, totals_of
from tests.cli.registers import CYCLE, OPENING, YEAR_END, adopted, brief, corrected, issued
from tests.running import Kaohe

HEAD = len(OPENING)


@pytest.fixture
def year(opened: Kaohe) -> Kaohe:
    """A register in three files: a commission missed on 10 May, an item, its adoption."""
    opened.imports([issued("约1")], "一.jsonl")
    opened.imports([brief("甲")], "二.jsonl")
    opened.imports([adopted("甲")], "三.jsonl")
    return opened


def recorded_at(kaohe: Kaohe, position: int) -> datetime:
    """Return when an event was recorded."""
    return datetime.fromisoformat(events_of(kaohe)[position - 1]["recorded_at"])


def position(kaohe: Kaohe, *asked: str) -> int:
    """Return the position that an answer is about."""
    found: int = kaohe.json("score", *asked)["known_at"]["position"]
    return found


def aged(kaohe: Kaohe, moments: dict[int, str]) -> None:
    """Let events have been recorded at other moments, as in a register that is years old."""
    tampered(
        kaohe.database,
        "DROP TRIGGER event_no_update",
        *(
            f"UPDATE event SET recorded_at = '{at}' WHERE position = {n}"
            for n, at in moments.items()
        ),
        f"UPDATE head SET recorded_at = '{moments[max(moments)]}'",
    )


@pytest.mark.parametrize("written", ["2022-05-11", "2022年5月11日", "2022年05月11日"])
def test_a_day_is_written_in_either_notation(year: Kaohe, written: str) -> None:
    """The commission missed on 10 May costs 2 points from the 11th, however the day is written."""
    assert totals_of(year, "--as-of", written)["应县"] == "78"
    assert year.json("rank", "--as-of", written)["as_of"] == "2022-05-11"


def test_a_day_counts_to_its_end(year: Kaohe) -> None:
    """Up to the due day there is no deduction, on its own day an adoption counts."""
    asked = ["2022-05-10", "2022-05-11", "2022-08-04", "2022-08-05", YEAR_END]
    assert [totals_of(year, "--as-of", day)["应县"] for day in asked] == [
        "80",
        "78",
        "78",
        "80",
        "80",
    ]


def test_what_is_open_stays_open_to_the_last_day_that_can_be_asked_for(year: Kaohe) -> None:
    """Open ends are kept as a day that is later than any answer; asking for it is wrong usage."""
    assert totals_of(year, "--as-of", "2999-12-31") == totals_of(year, "--as-of", "2030-01-01")
    for day in ("9999-12-31", "0001-01-01"):
        assert day in misused(year, "score", "--as-of", day)


def test_known_at_a_position_is_written_with_or_without_its_sign(year: Kaohe) -> None:
    """``#7`` and ``7`` both mean: nothing after event 7."""
    for written in ("#7", "7", " #7 "):
        assert position(year, "--known-at", written) == 7
        assert totals_of(year, "--as-of", YEAR_END, "--known-at", written)["应县"] == "78"
    assert totals_of(year, "--as-of", YEAR_END, "--known-at", "#8")["应县"] == "80"


def test_known_at_a_moment_means_what_was_recorded_by_then(year: Kaohe) -> None:
    """The moment of an event itself counts, a millionth of a second before it does not."""
    moment = recorded_at(year, 7)
    just_before = moment - timedelta(microseconds=1)
    assert position(year, "--known-at", moment.isoformat()) == 7
    assert position(year, "--known-at", just_before.isoformat()) == 6


def test_a_moment_without_a_zone_is_meant_in_shanghai(year: Kaohe) -> None:
    """The same instant with +08:00, with Z, and bare in Shanghai's time is one moment."""
    aged(year, {7: "2022-08-03T04:00:00.000000Z", 8: "2022-08-03T04:00:01.000000Z"})
    aged_before = dict.fromkeys(range(1, 7), "2022-08-01T00:00:00.000000Z")
    tampered(
        year.database,
        *(
            f"UPDATE event SET recorded_at = '{t}' WHERE position = {n}"
            for n, t in aged_before.items()
        ),
    )
    for written in ("2022-08-03T04:00:00Z", "2022-08-03T12:00:00+08:00", "2022-08-03T12:00:00"):
        assert position(year, "--known-at", written) == 7


def test_known_at_a_day_means_its_end_in_shanghai(year: Kaohe) -> None:
    """What was recorded at 23:59:59 in Shanghai was known that day, a second later it was not."""
    moments = dict.fromkeys(range(1, 7), "2022-09-30T01:00:00.000000Z")
    aged(
        year,
        {**moments, 7: "2022-09-30T15:59:59.999999Z", 8: "2022-09-30T16:00:00.000000Z"},
    )
    for written in ("2022-09-30", "2022年9月30日"):
        assert position(year, "--known-at", written) == 7
    assert position(year, "--known-at", "2022-10-01") == 8


def test_the_machine_s_zone_changes_no_answer(year: Kaohe) -> None:
    """The day of a moment, and today, are those of Shanghai on a machine anywhere."""
    aged(year, {8: "2022-09-30T16:00:00.000000Z"})
    asked = ["score", "--as-of", YEAR_END, "--json", "--known-at", "2022-10-01"]
    zones = ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Shanghai"]
    answers = [ended(started(year.database, *asked, TZ=zone)) for zone in zones]
    assert [answer.exit_code for answer in answers] == [0, 0, 0]
    assert len({answer.stdout for answer in answers}) == 1


def test_without_a_day_it_is_today_in_shanghai(year: Kaohe) -> None:
    """The default day is today, also where the machine's own clock is still at yesterday."""
    earliest = today()
    asked = year.json("score")["as_of"]
    assert asked in {earliest.isoformat(), today().isoformat()}


def test_a_closed_cycle_is_asked_on_its_closing_day(year: Kaohe) -> None:
    """Once closed, the cycle's day is the default; an explicit day, and not knowing yet, go on."""
    year.imports(
        [{"type": "CycleClosed", "on": "2023-02-01", "cycle": "2022", "as_of": "2022-05-10"}]
    )
    assert year.json("score")["as_of"] == "2022-05-10"
    assert year.json("rank")["as_of"] == "2022-05-10"
    assert totals_of(year)["应县"] == "80"
    assert totals_of(year, "--as-of", "2022-05-11")["应县"] == "78"
    assert year.json("score", "--known-at", "#8")["as_of"] == today().isoformat()


def test_retracting_the_closure_makes_today_the_default_again(year: Kaohe) -> None:
    """A cycle closed by mistake is open again once that is retracted."""
    year.imports([{"type": "CycleClosed", "on": "2023-02-01", "cycle": "2022", "as_of": YEAR_END}])
    assert year.json("score")["as_of"] == YEAR_END
    year("retract", "#9", "--reason", "误登")
    assert year.json("score")["as_of"] == today().isoformat()


def test_without_a_cycle_it_is_the_last_one_begun_by_the_day(year: Kaohe) -> None:
    """The day chooses the cycle; a cycle that began by then can be asked for by name."""
    year.imports([next_cycle()])
    assert year.json("score", "--as-of", "2022-12-31")["cycle"] == "2022"
    assert year.json("score", "--as-of", "2023-01-01")["cycle"] == "2023"
    assert year.json("score", "--as-of", "2023-01-01", "--cycle", "2022")["cycle"] == "2022"
    assert totals_of(year, "--as-of", "2023-01-01")["应县"] == "80"
    assert totals_of(year, "--as-of", "2023-01-10", "--cycle", "2022")["应县"] == "80"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--known-at", "#99"], ["#8", "#99"]),
        (["--known-at", "99999999999999999999999"], ["#8"]),
        (["--known-at", "#-1"], ["#-1", "日期"]),
        (["--known-at", "²"], ["²", "日期"]),
        (["--known-at", "昨天"], ["昨天", "#编号"]),
        (["--known-at", ""], ["#编号"]),
        (["--known-at", "2022-10-01T25:00"], ["2022-10-01T25:00"]),
        (["--cycle", "2021"], ["2021", "2022"]),
        (["--as-of", "2021-12-31"], ["2021-12-31", "--cycle"]),
        (["--known-at", "#0"], ["没有"]),
        (["--known-at", "2021-12-31"], ["没有"]),
    ],
)
@pytest.mark.parametrize("command", ["score", "rank"])
def test_a_moment_or_cycle_that_is_not_there_is_refused(
    year: Kaohe, command: str, asked: list[str], said: list[str]
) -> None:
    """The refusal names what was asked for and what there is."""
    message = refused(year, command, *asked)
    assert [word for word in said if word not in message] == []


def test_a_moment_in_the_future_knows_everything(year: Kaohe) -> None:
    """Tomorrow everything that is recorded now is known, and the answer says by which event."""
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert position(year, "--known-at", tomorrow) == HEAD + 3


def test_a_moment_is_told_the_same_everywhere_with_the_seconds_it_has(opened: Kaohe) -> None:
    """Score line, log, list, explanation, difference and correction say seconds where some are."""
    due = "2022-05-10T17:00:30+08:00"
    opened.imports([issued("约1", on="2022-05-01T08:00:00+08:00", due=due)])
    opened.imports([corrected(6, due="2022-05-10T18:00:45+08:00", on="2022-05-01T09:30:15")])
    issue, correction = events_of(opened, "--after", HEAD)
    assert issue["summary"].endswith("截止 2022-05-10 17:00:30")
    changed = "截止时间改为2022-05-10 18:00:45，日期改为2022-05-01 09:30:15"
    assert changed in correction["summary"]
    log = opened("log").stdout
    assert "2022-05-01 08:00 " in log
    assert "17:00:30" in log
    assert changed in log
    asked = ("--as-of", YEAR_END)
    explained = opened("explain", "应县", "commissioned", *asked).stdout
    assert "截止 2022-05-10 17:00:30" in explained
    assert "截止 2022-05-10 18:00:45" in explained
    assert "发生于 2022-05-01 09:30:15" in explained
    assert changed in explained
    assert "2022-05-10 18:00:45" in opened("list", "commissions", *asked).stdout
    passed = opened("diff", "应县", "--from", "2022-05-09", "--to", "2022-05-11").stdout
    assert "期限为 2022-05-10 18:00:45" in passed


def test_an_answer_says_which_point_it_is_about(year: Kaohe) -> None:
    """The heading of every answer names cycle, day, position and moment."""
    said = year("score", "--as-of", "2022年5月11日", "--known-at", "#7").stdout.splitlines()[0]
    assert "考核年度 2022" in said
    assert "2022-05-11" in said
    assert "#7" in said
    document = year.json("score", "--as-of", "2022-05-11", "--known-at", "#7")
    del document["units"]
    assert document == {
        "cycle": "2022",
        "rulebook": "shuozhou-2022",
        "as_of": "2022-05-11",
        "known_at": {"position": 7, "recorded_at": events_of(year)[6]["recorded_at"]},
    }


def next_cycle() -> dict[str, Any]:
    """Return the opening of 2023."""
    days = {"on": "2023-01-01", "starts": "2023-01-01", "ends": "2023-12-31"}
    return {**CYCLE, **days, "cycle": "2023", "evidence_due": "2024-01-15"}
