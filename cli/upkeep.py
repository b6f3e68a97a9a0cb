"""``kaohe check`` and ``kaohe rebuild``: the lines against the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.office import office
from cli.options import as_json
from cli.output import print_json, progress
from domain.errors import IntegrityBroken

if TYPE_CHECKING:
    from cli.office import Office
    from projections.catching_up import Watch
    from projections.checking import Comparison

_KEEP = "请停止登记，保留数据库原件备查，并查明谁能写入数据库。"


@click.command()
def rebuild() -> None:
    """从事件日志重新计算全部得分。事件本身不会改动。

    得分的表和索引重新建立，上面不属于本程序的触发器等一并去掉，并逐一列出。
    """
    from cli.comparing import odd

    with office() as opened, progress("重新计算") as watch:
        opened.existing()
        before = odd(opened)
        position = opened.projection.rebuild(watch)
        after = odd(opened)
    for oddity in before:
        if oddity not in after:
            click.echo(f"已随得分的表重新建立而消除：{oddity}。", err=True)
    click.echo(f"已按 {position} 条事件重新计算。", err=True)
    if after:
        told = "\n".join(map(str, after))
        message = f"得分已重新计算，但数据库里还有与本程序建的不同之处，会改动今后的登记：\n{told}"
        raise IntegrityBroken(message, fix=_KEEP)


@click.command()
@as_json
def check(as_json: bool) -> None:
    """核对：把现有的得分条目与从头重放事件算出的逐条比较。不一致时退出码为 3。

    重放在另一个临时的数据库里进行；数据库的表、索引、触发器是不是本程序建的那些，也一并核对。
    """
    from projections.tables import REBUILD_FIX

    with office() as opened, progress("核对") as watch:
        found = _compared(opened, watch)
        position = opened.log.head().position
    if as_json:
        print_json({"position": position, "lines": found.lines, "differences": found.differences})
    elif not found.differences:
        click.echo(f"一致：{position} 条事件，{found.lines} 条得分记录。")
    if found.differences:
        shown = "\n".join(found.differences[:20])
        message = f"得分条目与重放事件的结果有 {len(found.differences)} 处不一致：\n{shown}"
        raise IntegrityBroken(message, fix=REBUILD_FIX)


def _compared(opened: Office, watch: Watch | None) -> Comparison:
    """Compare lines and replay; what else is wrong with the database is told first."""
    from cli.comparing import compared, odd, of_lines
    from infra.store.structure import wrong_indexes
    from projections.checking import Comparison

    opened.existing()
    opened.log.check_end()
    strange = odd(opened)
    wrong = [f"数据库结构：{oddity}" for oddity in strange]
    wrong += [f"数据库文件不一致：{said}" for said in wrong_indexes(opened.engine)]
    if any(of_lines(oddity) and oddity.kind == "table" for oddity in strange):
        return Comparison(0, wrong)
    found = compared(opened, watch)
    found.differences[:0] = wrong
    return found
