"""A checkpoint after what the office does about the scores: closing a year, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from domain.errors import KaoheError

if TYPE_CHECKING:
    from cli.office import Office


def sign(opened: Office, what: str) -> None:
    """Sign what was just recorded; it stays recorded when it cannot be signed here."""
    try:
        signed = opened.signer.sign()
    except (KaoheError, OSError) as error:
        told = f"{what}已登记，但没有签署检查点：{error}\n请随后运行 kaohe checkpoint。"
    else:
        told = f"已签署 {signed.checkpoint.size} 条事件的检查点。"
    click.echo(told, err=True)
