"""A checkpoint after what the office does about the scores: closing a year, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from domain.errors import IntegrityBroken, KaoheError

if TYPE_CHECKING:
    from cli.office import Office


def sign(opened: Office, what: str) -> None:
    """Sign what was just recorded; it stays recorded when it cannot be signed here.

    Raises ``IntegrityBroken`` when the log does not continue what was signed.
    """
    try:
        signed = opened.signer.sign()
    except IntegrityBroken as error:
        raise IntegrityBroken(f"{what}已登记；{error.what}", fix=error.fix) from error
    except (KaoheError, OSError) as error:
        told = f"{what}已登记，但没有签署检查点：{error}\n请随后运行 kaohe checkpoint。"
    else:
        told = f"已签署 {signed.checkpoint.size} 条事件的检查点。"
    click.echo(told, err=True)
