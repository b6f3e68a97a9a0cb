"""``kaohe rulebook``: the scheme, its doubtful readings, and a broken rulebook."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from tests.cli.driving import contents, misused, refused
from tests.cli.registers import OPENING
from tests.running import Kaohe

INDICATORS = (
    "instruction", "deployment", "duties", "liaison", "format", "commissioned", "special", "brief",
    "quality", "feedback", "accuracy", "commissioned_adoption", "special_adoption",
    "brief_adoption", "surplus", "endorsement", "secondment",
)  # fmt: skip


def scheme() -> str:
    """Return the text of the rulebook that comes with the program."""
    own = resources.files("domain") / "rulebooks" / "shuozhou-2022.toml"
    return own.read_text("utf-8")


def test_the_scheme_is_shown_whole(kaohe: Kaohe) -> None:
    """Every indicator with its weight, prices, cap and clause, without any database."""
    document = kaohe.json("rulebook", "show")
    groups = document["groups"]
    assert [group["weight"] for group in groups] == ["16", "49", "15", None, None]
    indicators = [indicator for group in groups for indicator in group["indicators"]]
    assert tuple(indicator["id"] for indicator in indicators) == INDICATORS
    assert all(indicator["clause"] and indicator["source"] for indicator in indicators)
    said = kaohe("rulebook", "show").stdout
    assert all(f" {name} " in said for name in INDICATORS)
    assert "朔政办函" in said
    assert not list(kaohe.folder.iterdir())


def test_every_doubtful_reading_is_listed_with_its_reason(kaohe: Kaohe) -> None:
    """Parameter, value, default, why, and what else it could mean; and what was decided."""
    document = kaohe.json("rulebook", "readings")
    by_name = {reading["parameter"]: reading for reading in document["readings"]}
    assert all(reading["why"] and reading["alternatives"] for reading in by_name.values())
    defaults = {name: by_name[name]["value"] for name in ("adoption.repeat", "joint.share")}
    assert defaults == {"adoption.repeat": "once", "joint.share": "full"}
    assert len(document["decided"]) == 5
    said = kaohe("rulebook", "readings").stdout
    assert all(name in said for name in by_name)
    assert all(text[:15] in said for text in document["decided"])


def test_with_all_the_plain_prices_and_caps_are_listed_too(kaohe: Kaohe) -> None:
    """``--all`` adds what nobody doubts but a ruling could change."""
    doubtful = {r["parameter"] for r in kaohe.json("rulebook", "readings")["readings"]}
    everything = kaohe.json("rulebook", "readings", "--all")["readings"]
    assert doubtful < {reading["parameter"] for reading in everything}
    assert {r["parameter"] for r in everything if r["doubtful"]} == doubtful


def test_a_ruling_shows_in_the_readings_of_its_cycle(opened: Kaohe) -> None:
    """The value in force is that of the last ruling; the default stays beside it.

    The cycle is the one a score would be of where none is named. What is asked of a rulebook by its
    name, whatever its cycle, is the default, and is not called what is in force.
    """
    opened(
        "record", "RulingMade", "on=2022-03-01", "parameter=joint.share", "value=split",
        "reason=会议纪要", "cycle=2022",
    )  # fmt: skip
    asked: dict[tuple[str, ...], tuple[str | None, str]] = {
        (): ("2022", "split"),
        ("--cycle", "2022"): ("2022", "split"),
        ("--known-at", "#5"): ("2022", "full"),
        ("shuozhou-2022",): (None, "full"),
    }
    for typed, (cycle, value) in asked.items():
        document = opened.json("rulebook", "readings", *typed)
        (share,) = (r for r in document["readings"] if r["parameter"] == "joint.share")
        assert (document["cycle"], share["value"], share["default"]) == (cycle, value, "full")
        said = opened("rulebook", "readings", *typed).stdout
        assert ("现行" in said, "2022 年度" in said.replace("2022年度", "")) == (bool(cycle),) * 2


def test_readings_of_a_year_to_come_are_the_defaults(kaohe: Kaohe) -> None:
    """Where no cycle has begun nothing is in force, and the rulebook is shown all the same."""
    year = {"cycle": "2090", "starts": "2090-01-01", "ends": "2090-12-31"}
    kaohe.imports([{**OPENING[0], **year, "evidence_due": "2091-01-15"}])
    assert kaohe.json("rulebook", "readings")["cycle"] is None
    assert "现行" not in kaohe("rulebook", "readings").stdout


@pytest.mark.parametrize("more", [["--cycle", "2022"], ["--known-at", "#1"]])
def test_a_rulebook_by_its_name_has_no_cycle(opened: Kaohe, more: list[str]) -> None:
    """A cycle goes by its own rulebook, so naming another with it is wrong usage."""
    said = misused(opened, "rulebook", "readings", "shuozhou-2022", *more)
    assert all(word in said for word in ("名称", "--cycle", "--known-at"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight = 49", "weight = 48", "49"),
        ('rule = "instruction"', 'rule = "instructon"', "instructon"),
        ("[indicators.instruction]", "[indicators.instruction", "TOML"),
    ],
)
def test_a_broken_rulebook_is_refused_with_its_line(
    kaohe: Kaohe, old: str, new: str, said: str
) -> None:
    """A new scheme can be tried as a file; what is wrong with it is named with the line."""
    text = scheme()
    assert old in text
    path = kaohe.folder / "新.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    message = refused(kaohe, "rulebook", "show", path)
    assert said in message
    assert "新.toml" in message
    line = text[: text.index(old)].count("\n") + 1
    if said != "49":
        assert f"第 {line} 行" in message


def test_a_good_file_is_shown(kaohe: Kaohe) -> None:
    """A rulebook that is not installed yet can be looked at by its file name."""
    path = kaohe.folder / "新.toml"
    path.write_text(scheme().replace("朔州市2022年度", "朔州市2023年度"), encoding="utf-8")
    assert "朔州市2023年度" in kaohe("rulebook", "show", path).stdout


def test_a_second_rulebook_is_installed_from_a_folder(opened: Kaohe) -> None:
    """``--rulebooks`` adds the rulebooks of a folder; without it their cycle cannot be scored."""
    folder = opened.folder / "细则"
    folder.mkdir()
    text = scheme().replace('id = "shuozhou-2022"', 'id = "shuozhou-2023"', 1)
    (folder / "2023.toml").write_text(text, encoding="utf-8")
    opening = {**OPENING[0], "cycle": "2023", "rulebook": "shuozhou-2023"}
    days = {"on": "2023-01-01", "starts": "2023-01-01", "ends": "2023-12-31"}
    path = opened.file([{**opening, **days, "evidence_due": "2024-01-15"}], "2023.jsonl")
    assert "shuozhou-2022" in refused(opened, "import", path)
    opened("--rulebooks", folder, "import", path)
    with_folder = opened("--rulebooks", folder, "score", "--as-of", "2023-12-31", "--json")
    assert '"rulebook": "shuozhou-2023"' in with_folder.stdout
    for typed in (["score", "--as-of", "2023-12-31"], ["score", "--as-of", "2022-12-31"]):
        message = refused(opened, *typed)
        assert "shuozhou-2023" in message
        assert "--rulebooks" in message


def test_a_register_keeps_two_years_with_words_of_their_own(opened: Kaohe) -> None:
    """Each year is written by its own rulebook, and what is exported is read again elsewhere."""
    folder = opened.folder / "细则"
    folder.mkdir()
    text = scheme().replace('id = "shuozhou-2022"', 'id = "shuozhou-2023"', 1)
    text = text.replace('department = "市直部门"', 'department = "市直单位"', 1)
    (folder / "2023.toml").write_text(text, encoding="utf-8")
    option = ("--rulebooks", folder)
    days = {"on": "2023-01-01", "starts": "2023-01-01", "ends": "2023-12-31"}
    opening = {**OPENING[0], "cycle": "2023", "rulebook": "shuozhou-2023", **days}
    opened(*option, "import", opened.file([{**opening, "evidence_due": "2024-01-15"}]))
    opened(*option, "record", "UnitEnrolled", "on=2023-02-01", "unit=新局", "category=市直单位")
    opened(*option, "record", "UnitEnrolled", "on=2022-02-01", "unit=旧局", "category=市直部门")
    written = opened.folder / "登记簿.xlsx"
    opened(*option, "export", "register", "--to", written)
    again = Kaohe(opened.folder, str(opened.folder / "again.db"))
    again(*option, "import", written)
    logs = [json.loads(each(*option, "log", "--json").stdout)["events"] for each in (opened, again)]
    assert contents(logs[0]) == contents(logs[1])
    assert [event["fields"]["category"] for event in logs[1][-2:]] == ["department", "department"]


def test_the_kind_that_answers_commissions_may_be_called_otherwise(kaohe: Kaohe) -> None:
    """What no quota requires is asked for its commission, whatever the code of its kind."""
    text = scheme()
    for old, new in (
        ('id = "shuozhou-2022"', 'id = "other"'),
        ('commissioned = "约稿"\nspecial', 'reply = "约稿"\nspecial'),
        ('commissioned = "szszwxx', 'reply = "szszwxx'),
        ('options = { kind = "commissioned" }', 'options = { kind = "reply" }'),
    ):
        assert text.count(old) in {1, 2}
        text = text.replace(old, new, 1)
    (kaohe.folder / "other.toml").write_text(text, encoding="utf-8")
    item = {"type": "SubmissionReceived", "on": "2022-03-01", "unit": "应县", "title": "春耕"}
    lines = [
        {**OPENING[0], "rulebook": "other"},
        {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "应县", "category": "county"},
        {**item, "item": "1", "kind": "reply"},
        {**item, "item": "2", "kind": "brief"},
    ]
    option = ("--rulebooks", kaohe.folder)
    kaohe(*option, "import", kaohe.file(lines))
    for number, asked in (("1", True), ("2", False)):
        said = kaohe(*option, "explain", "应县", "--item", number, "--as-of", "2022-12-31").stdout
        assert ("没有写明答复哪件约稿" in said) is asked


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["rulebook", "show", "shuozhou-2021"], "shuozhou-2022"),
        (["rulebook", "show", "没有.toml"], "没有.toml"),
        (["rulebook", "readings", "--cycle", "2022"], "没有数据库"),
        (["--rulebooks", "没有这个文件夹", "rulebook", "show"], "没有这个文件夹"),
    ],
)
def test_what_is_not_there_is_refused(kaohe: Kaohe, typed: list[str], said: str) -> None:
    """An unknown rulebook, file, cycle or folder is named with what there is."""
    assert said in refused(kaohe, *typed)


def test_a_file_that_is_no_text_is_refused(kaohe: Kaohe) -> None:
    """A rulebook that is not UTF-8 is refused by its name."""
    path: Path = kaohe.folder / "旧.toml"
    path.write_bytes("标题 = 1".encode("gb18030"))
    assert "旧.toml" in refused(kaohe, "rulebook", "show", path)
