"""The lists of a whole made-up year, held against what the log alone says."""

from __future__ import annotations

import json
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from infra.demo.register import made_up_year
from infra.files.export import write_register
from infra.rulebooks import installed_rulebooks
from infra.store.rows import moment_text
from tests.cli.lists import Entry, meets, moment, of_type, standing
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

POINTS = [("2022-06-01", None), ("2022-09-30", "#2100"), ("2023-01-20", None)]
SLOW = [(day, known) for day, known in POINTS if known is None]
"""One point is enough for every day; the others are for the exhaustive run."""
MAILBOXES = {"commissioned": "szszwxx@126.com"}


class Told:
    """What the log says of a point, and every list as it is told there."""

    def __init__(self, kaohe: Kaohe, as_of: str, known_at: str | None) -> None:
        self.as_of, self.known_at = as_of, known_at
        asked = ["--as-of", as_of, *(["--known-at", known_at] if known_at else [])]
        self.events = standing(kaohe, as_of, known_at)
        self.units = {e["unit"]: e["unit"] for e in self.of("UnitEnrolled")}
        self.units |= {e["unit"]: e["name"] for e in self.of("UnitChanged") if e.get("name")}
        document = json.loads(kaohe("list", "all", *asked, "--format", "json").stdout)
        self.lists = {each["list"]: each["rows"] for each in document["lists"]}

    def of(self, *types: str) -> list[Entry]:
        """Return the events of some types in their order."""
        return of_type(self.events, *types)

    def list(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a list at this point."""
        found: list[dict[str, Any]] = self.lists[name]
        return found


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Kaohe:
    """The command line with the year of the demonstration, imported from its workbook."""
    folder: Path = tmp_path_factory.mktemp("year")
    workbook = folder / "登记簿2022.xlsx"
    rows = ((row.position, moment_text(row.recorded), row.event) for row in made_up_year(2022))
    words = [book.vocabulary for book in installed_rulebooks().values()]
    write_register(workbook, rows, vocabularies=words)
    kaohe = Kaohe(folder)
    kaohe("import", workbook)
    return kaohe


@pytest.fixture(
    scope="module",
    params=[pytest.param(p, marks=[pytest.mark.slow] * (p in SLOW)) for p in POINTS],
    ids=str,
)
def told(year: Kaohe, request: pytest.FixtureRequest) -> Told:
    """One point in both times."""
    return Told(year, *request.param)


def test_submissions_count_as_the_scheme_says(told: Told) -> None:
    """Ordinary, labelled, long enough, well addressed and from July on: those count, no others."""
    expected = {}
    for sent in told.of("SubmissionReceived"):
        if "2022-01-01" <= sent["on"][:10] <= "2022-12-31":
            well = sent.get("mailbox") in {None, MAILBOXES.get(sent["kind"], "szxxgkk@126.com")}
            counts = (
                sent.get("content", "ordinary") == "ordinary"
                and sent.get("labelled", True)
                and well
                and (sent["kind"] != "special" or sent["characters"] >= 1500)
                and sent["on"][:10] >= "2022-07-01"
            )
            word = {True: "counted", False: "not_counted"}[counts]
            wrong = [] if sent.get("labelled", True) else ["unlabelled"]
            wrong += [] if well else ["mis_sent"]
            expected[sent["item"]] = (
                sent["on"],
                sent["title"],
                {told.units[unit] for unit in sent["units"]},
                None if sent["kind"] == "commissioned" else word,
                "_".join(wrong) or "regular",
            )
    rows = told.list("submissions")
    keys = ("on", "title", "units", "counted", "channel")
    found = {row["item"]: tuple(row[key] for key in keys) for row in rows}
    assert len(rows) == len(found)
    assert {i: (*f[:2], set(f[2]), *f[3:]) for i, f in found.items()} == expected
    assert {"counted", "not_counted"} <= {f[3] for f in found.values()} or told.as_of < "2022-07-01"


def test_adoptions_are_those_of_the_log(told: Told) -> None:
    """By level and publication the list has what was recorded and still stands, in any order."""
    used = [e for e in told.of("ItemAdopted") if e["on"][:4] == "2022"]
    rows = told.list("adoptions")
    keys = ("item", "level", "publication", "on")
    assert Counter(tuple(e[key] for key in keys) for e in used) == Counter(
        tuple(row[key] for key in keys) for row in rows
    )
    first = Counter((e["item"], e["level"]) for e in used)
    counted = Counter(row["counts"] for row in rows)
    assert counted["first"] == len(first)
    assert counted["repeated"] == sum(first.values()) - len(first)


def commission_states(told: Told) -> dict[tuple[str, str], str]:
    """Return the state of each commission at each unit, reckoned from the log."""
    found = {}
    for issued in told.of("CommissionIssued"):
        number = issued["commission"]
        about = [e for e in told.events if e.get("commission") == number]
        for unit in issued.get("units") or told.units:
            mine = [e for e in about if not e.get("units") or unit in e["units"]]
            given = [
                e["on"] for e in mine if e["type"] == "SubmissionReceived" or e.get("unit") == unit
            ]
            extended = [e["due"] for e in mine if e["type"] == "CommissionExtended"]
            due = extended[-1] if extended else issued["due"]
            declined = {e["on"] for e in mine if e.get("unit") == unit}
            in_time = sorted((on for on in given if meets(on, due)), key=moment)
            if any(e["type"] == "CommissionWithdrawn" for e in mine):
                state = "withdrawn"
            elif in_time:
                state = "declined" if in_time[0] in declined else "answered"
            elif given:
                state = "late"
            else:
                timed = len(due) > len(told.as_of)
                past = due[:10] <= told.as_of if timed else due < told.as_of
                state = "overdue" if past else "open"
            found[number, told.units[unit]] = state
    return found


def test_the_matrix_of_commissions_is_that_of_the_log(told: Told) -> None:
    """Each commission has at each unit the state that dues, extensions and answers give."""
    expected = commission_states(told)
    rows = told.list("commissions")
    matrix = {
        (row["commission"], unit): state for row in rows for unit, state in row["units"].items()
    }
    assert matrix == expected
    for row in rows:
        own = Counter(row["units"].values())
        assert {state: row[state] for state in own} == own
        assert row["addressed"] == own.total()
    long = told.list("answers")
    assert {(row["commission"], row["unit"]): row["state"] for row in long} == expected


@pytest.mark.slow
def test_commissions_stand_in_every_state(year: Kaohe) -> None:
    """The points above meet every state, so that none of them is held against nothing."""
    seen = {
        state
        for point in [*POINTS, ("2022-05-24", None)]
        for state in commission_states(Told(year, *point)).values()
    }
    assert seen == {"answered", "declined", "late", "open", "overdue", "withdrawn"}


def test_leaders_are_the_last_named_by_then(told: Told) -> None:
    """Who is in charge, and since when, follows from rosters and changes one after the other."""
    expected: dict[str, tuple[str | None, str]] = {}
    for event in told.of("DutyRosterReported", "StaffChanged"):
        unit = told.units[event["unit"]]
        if event["type"] == "StaffChanged" and event["role"] == "leader":
            expected[unit] = (event.get("into"), event["on"])
        elif event.get("leader") and expected.get(unit, (None,))[0] != event["leader"]:
            expected[unit] = (event["leader"], event["on"])
    rows = [row for row in told.list("staff") if row["role"] == "leader"]
    assert len(rows) == 41
    found = {row["unit"]: (row["person"], row["on"]) for row in rows if row["how"] != "none"}
    assert found == expected


def test_notices_are_in_time_as_ruled(told: Told) -> None:
    """A change is told of within 10 days, or 15 once the ruling of #2974 is known, or is not."""
    days = 15 if told.known_at is None else 10
    first: dict[str, str] = {}
    for notice in told.of("StaffChangeNotified"):
        first.setdefault(notice["change"], notice["on"])
    rows = [row for row in told.list("staff") if row["how"] == "change"]
    assert rows
    for row in rows:
        due = str(date.fromisoformat(row["on"]) + timedelta(days=days))
        on = first.get(row["change"])
        late = "in_time" if on and on <= due else "late"
        assert row["notice"] == (late if on else "awaited" if told.as_of <= due else "never")
        assert row["notified_on"] == on


def test_secondments_tell_the_months_served(told: Told) -> None:
    """Whole calendar months up to the end or the day asked for; three make it complete."""
    ended = {event["secondment"]: event["on"] for event in told.of("SecondmentEnded")}
    expected = {}
    for started in told.of("SecondmentStarted"):
        last = ended.get(started["secondment"])
        months = months_between(started["on"], last or told.as_of)
        state = "running" if last is None else "complete" if months >= 3 else "early"
        expected[started["secondment"]] = (started["person"], last, months, state)
    rows = told.list("secondments")
    keys = ("person", "ended_on", "months", "state")
    assert {r["secondment"]: tuple(r[key] for key in keys) for r in rows} == expected


def months_between(first: str, last: str) -> int:
    """Return how many whole months lie between two days; a shorter month ends with its last day."""
    start, months = date.fromisoformat(first), 0
    while True:
        year, month = divmod(start.year * 12 + start.month + months, 12)
        day = min(start.day, monthrange(year, month + 1)[1])
        if str(date(year, month + 1, day)) > last:
            return months
        months += 1


def test_instructions_are_acted_upon_or_not(told: Told) -> None:
    """Each document has a row for each unit: in time, late, not due yet, or missing."""
    first: dict[tuple[str, str], str] = {}
    for event in told.of("LeaderInstructed"):
        first.setdefault((event["document"], event["unit"]), event["on"])
    expected = {}
    for document in told.of("DocumentIssued"):
        due = document.get("instruction_due", "2023-01-13")
        for unit, name in told.units.items():
            on = first.get((document["document"], unit))
            done = "in_time" if on and meets(on, due) else "late"
            missing = "missing" if due < told.as_of else "open"
            expected[document["document"], name] = done if on else missing
    rows = told.list("instructions")
    assert {(row["document"], row["unit"]): row["state"] for row in rows} == expected


def test_plain_lists_have_the_events_of_the_log(told: Told) -> None:
    """Meetings, rosters, findings, endorsements: the very events that stand, each with its row."""
    for name, kind, last in (
        ("meetings", "DeploymentStudied", told.as_of),
        ("duties", "DutyRosterReported", told.as_of),
        ("findings", "FindingMade", "2022-12-31"),
        ("endorsements", "ItemEndorsed", "2022-12-31"),
    ):
        expected = {e["position"]: e for e in told.of(kind) if e["on"][:10] <= last}
        rows = told.list(name)
        assert {row["event"] for row in rows} == expected.keys()
        for row in rows:
            event = expected[row["event"]]
            assert row["recorded_at"] == event["recorded_at"]
            assert row["actor"] == event["actor"]
            assert (row["source"]["sheet"], row["source"]["row"]) == (
                event["source"]["sheet"],
                event["source"]["row"],
            )
            assert {event["position"], *event["corrected_by"]} <= set(row["events"])
            assert [each["position"] for each in row["rests_on"]] == row["events"]
