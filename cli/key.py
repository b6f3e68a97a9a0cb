"""``kaohe key``: the public half of the log's key, for those who verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.office import office
from cli.options import as_json
from cli.output import print_json

if TYPE_CHECKING:
    from domain.audit.keys import VerifierKey
    from infra.audit.key_folder import KeyFolder


@click.group()
def key() -> None:
    """日志的公钥。"""


@key.command()
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="把公钥那一行写成文件，供核验的人用在 --key 之后。",
)
@as_json
def show(*, file: Path | None, as_json: bool) -> None:
    """显示日志的公钥和指纹。指纹可以在电话里逐行核对，每行的数字和词说的是同一件事。

    文件和移交包一起送也可以，指纹要另行核对：公钥对不对，看指纹，不看它从哪里来。
    """
    from domain.audit.fingerprint import fingerprint
    from infra.files.new_file import write_new

    with office() as opened:
        held = opened.log_key()
        folder = opened.key_folder
        here = folder.private.exists()
    if file is not None:
        write_new(file, f"{held}\n".encode())
        click.echo(f"公钥已写到 {file}", err=True)
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


def show_new(folder: KeyFolder, key: VerifierKey) -> None:
    """Show a new key and where it lies: whichever command made it, somebody must keep it."""
    click.echo(shown(key), err=True)
    click.echo(f"私钥在 {folder.path}，不在数据库里；请另行备份。", err=True)
