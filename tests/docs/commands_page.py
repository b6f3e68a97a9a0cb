"""``docs/reference/commands.md``: what every command says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import click

from cli.chinese import speak_chinese
from cli.main import app
from tests.docs.page import GENERATED, fenced, page

_WIDTH = 100
"""Columns of the help, whatever terminal the page is made on."""


def commands_page() -> str:
    """Return the whole page."""
    speak_chinese()
    return page(
        "# Commands",
        GENERATED,
        "The help of every command, as the program prints it. Options of `kaohe` itself stand "
        "before the command: `kaohe --db year.db score`. [Messages and exit "
        "codes](../guide/errors.md) are explained in the guide.",
        *(part for names, command in commands() for part in _section(names, command)),
    )


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Return every command, groups before their members, with its names on the command line."""
    yield from _below((), app)


def _below(
    names: tuple[str, ...], command: click.Command
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield names, command
    if isinstance(command, click.Group):
        for name in command.list_commands(_context(names, command)):
            member = command.get_command(_context(names, command), name)
            if member is not None:
                yield from _below((*names, name), member)


def _section(names: tuple[str, ...], command: click.Command) -> Iterator[str]:
    context = _context(names, command)
    check_help(" ".join(names) or "kaohe", command)
    yield f"## {context.info_name}"
    yield fenced(command.get_help(context))


def check_help(name: str, command: click.Command) -> None:
    """Raise ``ValueError`` for a command, or an option of it, that does not say what it does."""
    silent = [param.opts[-1] for param in command.params if _is_silent(param)]
    if not command.help:
        silent.insert(0, "the command itself")
    if silent:
        message = f"{name}: no help for {', '.join(silent)}"
        raise ValueError(message)


def _is_silent(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not param.help


def _context(names: tuple[str, ...], command: click.Command) -> click.Context:
    settings = cast("dict[str, Any]", command.context_settings)
    return click.Context(
        command,
        info_name=" ".join(("kaohe", *names)),
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=settings.get("help_option_names") or ["-h", "--help"],
    )
