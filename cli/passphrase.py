"""The passphrase of the log's key: from the environment, or asked for at the terminal."""

from __future__ import annotations

import os
import sys

import click

VARIABLE = "KAOHE_PASSPHRASE"


def ask_passphrase() -> str | None:
    """Return the passphrase of a locked key, if there is a way to learn it."""
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        return None
    return str(click.prompt("密钥的口令", hide_input=True, err=True))


def new_passphrase() -> str:
    """Return the passphrase for a new key, asked for twice unless the environment has it."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    asked = click.prompt(
        "为密钥设一个口令", hide_input=True, confirmation_prompt="再输入一次", err=True
    )
    return str(asked)
