"""Every command and option says what it does, and the overview tells no lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from cli.main import COMMANDS, app
from tests.cli.driving import misused, started
from tests.running import Kaohe

ENGLISH = re.compile(
    r"Usage|OPTIONS|Options|COMMAND|ARGS|Show|default:|required|env var"
    r"|Error|Try|such|Missing|Invalid|mean|Got|not (one|a)"
)
"""Words that click would say on its own."""


def walked() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Return every command with its names on the command line, groups before their members."""
    waiting: list[tuple[tuple[str, ...], click.Command]] = [((), app)]
    while waiting:
        names, command = waiting.pop(0)
        yield names, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            members = ((name, command.get_command(context, name)) for name in names_in(command))
            waiting += [((*names, name), member) for name, member in members if member]


def names_in(group: click.Group) -> list[str]:
    """Return the names of a group's commands."""
    return group.list_commands(click.Context(group))


each_command = pytest.mark.parametrize(
    "names", [names for names, _ in walked()], ids=lambda names: " ".join(names) or "kaohe"
)


def command_at(names: tuple[str, ...]) -> click.Command:
    """Return the command of those names."""
    return dict(walked())[names]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_overview_can_be_loaded(name: str) -> None:
    """Each entry of the overview names a command that is there, under that name."""
    command = app.get_command(click.Context(app), name)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert COMMANDS[name].summary


@each_command
def test_every_command_and_option_has_help(names: tuple[str, ...]) -> None:
    """No command, and no option of one, is left without a word in Chinese."""
    command = command_at(names)
    assert command.help
    assert is_chinese(command.help)
    for param in command.params:
        if isinstance(param, click.Option) and "--version" not in param.opts:
            assert param.help, param.opts
            assert is_chinese(param.help), param.opts
            if not param.is_flag:
                assert is_chinese(str(param.metavar)), param.opts
        elif isinstance(param, click.Argument):
            assert is_chinese(str(param.metavar)), param.name


@each_command
def test_every_command_shows_its_help(names: tuple[str, ...], kaohe: Kaohe) -> None:
    """``--help`` and ``-h`` say the same on stdout, and exit as done."""
    answer = kaohe(*names, "--help")
    assert answer == kaohe(*names, "-h")
    assert " ".join(names) in answer.stdout.splitlines()[0]
    assert not ENGLISH.search(answer.stdout)
    assert not answer.stderr
    assert not list(kaohe.folder.iterdir())


def test_the_overview_lists_every_command_with_its_summary(kaohe: Kaohe) -> None:
    """What ``kaohe --help`` lists is what there is, in the order in which an office meets it."""
    said = kaohe("--help").stdout
    places = [said.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert all(entry.summary[:20] in said for entry in COMMANDS.values())


def test_the_scores_share_their_options() -> None:
    """Day, moment of knowledge and cycle stand on every command that shows scores."""
    for name in ("score", "rank", "explain", "history", "doctor"):
        options = {opt for param in command_at((name,)).params for opt in param.opts}
        assert {"--as-of", "--known-at", "--cycle", "--json"} <= options, name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scroe"], "scroe"),
        (["score", "--asof", "2022-12-31"], "--asof"),
        (["score", "--as-of", "2022-02-30"], "应写成 2022-12-31 或 2022年12月31日"),
        (["score", "--as-of", "昨天"], "“昨天”不是一个日期"),
        (["import"], "文件"),
        (["record"], "类型"),
        (["retract", "#1"], "--reason"),
        (["correct", "#1", "--reason", "x"], "字段=新值"),
        (["log", "--last", "0"], "--last"),
        (["export", "register"], "--to"),
        (["export", "登记簿"], "登记簿"),
        (["scor"], "'score'？"),
        (["list", "x"], "可用的有"),
        (["explain", "应县", "special", "多余"], "多余"),
        (["export", "regster"], "是不是 'register'"),
        (["diff", "应县", "--from", "2022-01-01@昨天", "--to", "2022-02-01"], "昨天"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_refusal(
    kaohe: Kaohe, arguments: list[str], said: str
) -> None:
    """What cannot be understood ends with 2, names the word, and points to the help, in Chinese."""
    told = misused(kaohe, *arguments)
    assert said in told
    assert "错误：" in told
    assert not ENGLISH.search(told)


def test_wrong_usage_touches_no_database(kaohe: Kaohe) -> None:
    """A mistyped command makes no file."""
    misused(kaohe, "inti")
    assert not list(kaohe.folder.iterdir())


def test_the_program_ends_with_the_codes_of_its_answers(kaohe: Kaohe) -> None:
    """As a process of its own it gives the shell the same codes: 0, 1 and 2."""
    asked = [("--help",), ("score",), ("scroe",)]
    processes = [started(kaohe.database, *arguments) for arguments in asked]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 1, 2]


def test_the_language_of_the_machine_changes_nothing(kaohe: Kaohe) -> None:
    """Whatever a machine is set to, the program speaks as its commands do."""
    asked = started(kaohe.database, "scroe", LANGUAGE="en_US", LANG="en_US.UTF-8")
    assert "错误：没有命令 'scroe'" in asked.communicate(timeout=60)[1]


def is_chinese(text: str) -> bool:
    """Tell whether there is Chinese in ``text``."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
