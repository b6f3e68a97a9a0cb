"""Commands in the documentation exist, with every option that they are shown with."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from cli.main import COMMANDS, app
from tests.docs.commands_page import check_help, commands
from tests.docs.markdown import Page, pages

PAGES = [page for page in pages() if page.name != "docs/reference/commands.md"]
_NAME = re.compile(r"[a-z][a-z-]*")
_CALL = re.compile(r"^ *(?:\$ )?(?:\S*[/\\])?kaohe(?:\.exe)?(?: +(.*))?$")


def calls(page: Page) -> Iterator[str]:
    """Return what stands after ``kaohe`` wherever a page calls it."""
    text = "\n".join(block.text for block in page.blocks).replace("\\\n", " ")
    for line in [*text.splitlines(), *page.inline_code]:
        found = _CALL.match(line)
        if found:
            yield found[1] or ""


def unknown(call: str) -> list[str]:
    """Return the commands and options in ``call`` that do not exist."""
    command: click.Command = app
    wrong = []
    words = shlex.split(call.partition(" | ")[0].partition(" > ")[0], comments=True)
    values = 0
    for word in words:
        if word.startswith("-"):
            name, _, given = word.partition("=")
            option = next((p for p in command.params if name in p.opts), None)
            if option is None and name not in {"-h", "--help"}:
                wrong.append(word)
            flag = isinstance(option, click.Option) and option.is_flag
            values = 0 if option is None or given or flag else 1
        elif values:
            values = 0
        elif isinstance(command, click.Group) and _NAME.fullmatch(word):
            member = command.get_command(click.Context(command), word)
            if member is None:
                return [*wrong, word]
            command = member
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_calls_name_what_exists(page: Page) -> None:
    """Every ``kaohe …`` in a page names commands and options that there are."""
    assert {call: wrong for call in calls(page) if (wrong := unknown(call))} == {}


def test_a_wrong_call_is_noticed() -> None:
    """A command or option that does not exist is noticed, a value of an option is none."""
    assert unknown("--db year.db score 应县 --as-of 2022-10-01") == []
    assert unknown("score --when 2022-10-01") == ["--when"]
    assert unknown("rulebook hide") == ["hide"]
    assert unknown("--actor score rank") == []


def test_every_command_of_the_overview_is_there() -> None:
    """What ``kaohe --help`` lists can be loaded, and says what it and its options do."""
    found = {names[0]: command for names, command in commands() if len(names) == 1}
    assert list(found) == list(COMMANDS)
    for names, command in commands():
        check_help(" ".join(names), command)


def test_a_command_without_help_is_noticed() -> None:
    """A command or an option that says nothing of itself is refused by name."""
    silent = click.Command("silent", help="说明。", params=[click.Option(["--loud"])])
    with pytest.raises(ValueError, match="silent: no help for --loud"):
        check_help("silent", silent)
    with pytest.raises(ValueError, match="no help for the command itself"):
        check_help("bare", click.Command("bare"))
