"""``kaohe export log``: the log for those who only want to read it."""

from __future__ import annotations

import pytest

from tests.cli.driving import events_of, refused
from tests.cli.exported import FORMS, exported, to_the_second
from tests.cli.registers import YEAR_END, adopted, brief, corrected, of_length, retracted, studied
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe

each_form = pytest.mark.parametrize("form", FORMS)


@each_form
def test_each_row_says_what_the_log_says(kaohe: Kaohe, form: str) -> None:
    """Every format, read back by another program, holds every event as ``kaohe log`` tells it."""
    kaohe.imports(EVERY_TYPE)
    kaohe.imports([studied(on="2022-03-09T23:59:01Z")])
    kaohe("record", "DeploymentStudied", "on=2022-03-08", "unit=应县", "topics=brief")
    rows = exported(kaohe, form=form)
    events = events_of(kaohe)
    assert len(rows) == len(events) == len(EVERY_TYPE) + 2
    told = ("position", "summary", "label", "actor", "ref", "corrected_by", "retracted_by")
    for row, event in zip(rows, events, strict=True):
        assert {name: row[name] for name in told} == {name: event[name] for name in told}
        assert row["on"] == event["on"][:10]
        source = event["source"] and {name: event["source"].get(name) for name in row["source"]}
        assert row["source"] == source
        assert row["recorded_at"][:19] == event["recorded_at"][:19]
    assert (rows[-2]["on"], rows[-2]["on_at"]) == ("2022-03-10", "2022-03-09T23:59:01Z")
    assert rows[-1]["on_at"] is None
    assert rows[-1]["source"] is None


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_all_formats_say_the_same(kaohe: Kaohe, form: str) -> None:
    """Units, times and effects too; those for people leave out fractions of a second."""
    kaohe.imports(EVERY_TYPE)
    plain = exported(kaohe, "--as-of", YEAR_END)
    rows = exported(kaohe, "--as-of", YEAR_END, form=form)
    assert rows == (plain if form == "parquet" else [to_the_second(row) for row in plain])


def test_an_event_is_about_the_units_of_its_thing(opened: Kaohe) -> None:
    """Uses and merges name an item, amendments an event; each row has the units all the same."""
    opened.imports(
        [
            brief("甲", unit="应县"),
            brief("乙", unit="市教育局"),
            {"type": "ItemsMerged", "on": "2022-08-02", "item": "合", "items": ["甲", "乙"],
             "kind": "brief", "title": "合编"},
            adopted("合"),
            corrected(6, units=["开发区"]),
            retracted(10),
            studied(unit="市财政局"),
            corrected(12, unit="应县"),
        ]
    )  # fmt: skip
    assert [row["units"] for row in exported(opened)][5:] == [
        ["应县"],
        ["市教育局"],
        ["应县", "市教育局"],
        ["应县", "市教育局"],
        ["应县", "开发区"],
        ["应县", "开发区"],
        ["市财政局"],
        ["市财政局", "应县"],
    ]
    assert [row["units"] for row in exported(opened, "--known-at", "#10")][8] == [
        "开发区",
        "市教育局",
    ]


def test_units_are_called_as_on_the_day(busy: Kaohe) -> None:
    """A unit that changed its name bears the new one from its day on, as in its sheet."""
    renamed = {"type": "UnitChanged", "on": "2022-10-01", "unit": "市教育局", "name": "市教体局"}
    busy.imports([renamed])
    rows = exported(busy, "--as-of", YEAR_END)
    assert rows[6]["units"] == list(rows[6]["score_effect"]) == ["应县", "市教体局"]
    assert exported(busy, "--as-of", "2022-09-30")[6]["units"] == ["应县", "市教育局"]
    assert len(exported(busy, "--unit", "市教体局")) == len(exported(busy, "--unit", "市教育局"))


def test_the_log_of_a_unit_alone(busy: Kaohe) -> None:
    """The same events as ``kaohe log --unit``, found by name or alias."""
    for unit in ("应县人民政府", "市教育局", "市财政局"):
        events = events_of(busy, "--unit", unit)
        rows = exported(busy, "--unit", unit)
        assert [row["position"] for row in rows] == [event["position"] for event in events]
    assert "应县" in refused(busy, "export", "log", "--to", busy.folder / "x.csv", "--unit", "应")
    assert not (busy.folder / "x.csv").exists()


def test_reading_the_log_out_is_not_recorded(busy: Kaohe) -> None:
    """Only the audit export is an event; this one leaves the log as long as it was."""
    before = events_of(busy)
    for form in FORMS:
        exported(busy, form=form)
    assert events_of(busy) == before


def test_a_log_of_many_pages_is_told_in_order(kaohe: Kaohe) -> None:
    """Each event once, in order, across the pages in which the log and its units are read."""
    kaohe.imports(of_length(2_600))
    rows = exported(kaohe, form="parquet")
    assert [row["position"] for row in rows] == list(range(1, 2_601))
    assert all(row["units"] for row in rows[1:])
