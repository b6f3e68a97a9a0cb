"""``kaohe key``: the public half of the log's key, for those who verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.office import office
from cli.options import as_json
from cli.output import print_json

if TYPE_CHECKING:
    from domain.audit.keys import VerifierKey


@click.group()
def key() -> None:
    """日志的公钥。"""


@key.command()
@as_json
def show(as_json: bool) -> None:
    """显示日志的公钥和指纹。指纹可以在电话里逐行核对，每行的数字和词说的是同一件事。"""
    from domain.audit.fingerprint import fingerprint

    with office() as opened:
        held = opened.log_key()
        folder = opened.key_folder
        here = folder.private.exists()
    if as_json:
        rows = fingerprint(held)
        print_json(
            {
                "log": held.name,
                "key": str(held),
                "fingerprint": [
                    {"hexadecimal": row.hexadecimal, "words": list(row.words)} for row in rows
                ],
                "folder": str(folder.path) if here else None,
            }
        )
        return
    click.echo(shown(held))
    where = f"私钥在 {folder.path}" if here else "私钥不在这台机器的密钥文件夹里"
    click.echo(where, err=True)


def shown(held: VerifierKey) -> str:
    """Return a key as it is read by people: the line to copy and the rows to read out."""
    from domain.audit.fingerprint import fingerprint

    rows = "\n".join(f"  {row}" for row in fingerprint(held))
    return f"日志名称：{held.name}\n公钥：{held}\n指纹（逐行核对）：\n{rows}"
