"""``kaohe demo``: a made-up year, from the register workbook to the ranking and its reasons."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from domain.errors import Refused
from infra.demo import SEED

if TYPE_CHECKING:
    from infra.demo.register import Row

_WORKBOOK, _DATABASE, _KEYS = "登记簿2022.xlsx", "kaohe.db", "密钥"


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="写到哪个文件夹；默认新建一个临时文件夹，用完不删。",
)
@click.option(
    "--seed",
    type=int,
    default=SEED,
    show_default=True,
    metavar="整数",
    help="随机种子；同一种子得到同一年。",
)
@click.pass_context
def demo(ctx: click.Context, folder: Path | None, seed: int) -> None:
    """演示：合成 41 个单位一整年的登记簿，导入、排名、说明得分，办理一件申诉，移交审计包。

    申诉由两个人办理，答复写成可打印的网页；审计移交包由核验程序核验，改动一个字节就被查出。

    数据库建在演示文件夹里，不动 --db 所指的数据库。单位名称取自附件1，其余内容都是编造的。
    """
    from cli.demo.shell import Shell
    from cli.demo.tour import go
    from infra.demo.register import made_up_year

    began = time.perf_counter()
    place = _place(folder)
    rows = made_up_year(seed)
    _write(place / _WORKBOOK, rows)
    click.echo(f"演示文件夹：{place}")
    click.echo(f"{_WORKBOOK}：2022 年 41 个单位的登记簿，共 {len(rows)} 行，按种子 {seed} 合成；")
    click.echo("单位名称取自附件1，其余都是编造的。")
    go(Shell(ctx.find_root(), place / _DATABASE, place / _KEYS), place / _WORKBOOK, rows)
    click.echo(f"用时 {time.perf_counter() - began:.1f} 秒", err=True)


def _place(folder: Path | None) -> Path:
    """Return the folder, made if need be. Raises ``Refused`` when it holds a demonstration."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="kaohe-demo-"))
    for name in (_DATABASE, _WORKBOOK):
        if (folder / name).exists():
            message = f"{folder} 里已经有 {name}，没有改动"
            raise Refused(message, fix="请用 --to 换一个文件夹，或先移走原来的文件。")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(file: Path, rows: list[Row]) -> None:
    from infra.files.export import write_register
    from infra.rulebooks import installed_rulebooks
    from infra.store.rows import moment_text

    words = [book.vocabulary for book in installed_rulebooks().values()]
    told = ((row.position, moment_text(row.recorded), row.event) for row in rows)
    write_register(file, told, vocabularies=words)
