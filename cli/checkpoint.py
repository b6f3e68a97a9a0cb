"""``kaohe checkpoint``: what the log states about itself, signed."""

from __future__ import annotations

from pathlib import Path

import click

from cli.office import office


@click.command()
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="另存一份，交给外单位保管。",
)
def checkpoint(file: Path | None) -> None:
    """签署检查点：日志名称、条数、树根和签名。日志没有新增时给出已签的那一份。

    外单位手里的检查点越多，改动旧记录就越瞒不住；每次公布、移交之后请分送一份。
    """
    from infra.files.new_file import write_new

    with office() as opened:
        opened.existing()
        signed = opened.signer.sign()
    if file is not None:
        write_new(file, signed.encode())
        click.echo(f"{signed.checkpoint.size} 条事件的检查点已写到 {file}", err=True)
    else:
        click.echo(signed.encode().decode(), nl=False)
