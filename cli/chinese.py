"""click's own words in Chinese, such as “用法” for “Usage”.

click asks gettext for them, in the language of ``LANGUAGE``; the clerk's machine may say anything.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click

OPTIONS, MEMBERS = "[选项]", "命令 [参数]..."
"""What a usage line says where options, or a command and its arguments, may stand."""


def speak_chinese() -> None:
    """Let click speak Chinese from here on, whatever the language of the machine."""
    os.environ["LANGUAGE"] = "zh"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))


def in_chinese(command: click.Command) -> click.Command:
    """Return ``command`` with Chinese words for what its usage line leaves open."""
    command.options_metavar = OPTIONS
    if isinstance(command, click.Group):
        command.subcommand_metavar = MEMBERS
        for each in command.commands.values():
            in_chinese(each)
    return command
