"""``kaohe check`` and ``kaohe rebuild``: the lines against the log."""

from __future__ import annotations

import click

from cli.office import office
from cli.options import as_json
from cli.output import print_json, progress
from domain.errors import IntegrityBroken


@click.command()
def rebuild() -> None:
    """从事件日志重新计算全部得分。事件本身不会改动。"""
    with office() as opened, progress("重新计算") as watch:
        opened.existing()
        position = opened.projection.rebuild(watch, refs=True)
    click.echo(f"已按 {position} 条事件重新计算。", err=True)


@click.command()
@as_json
def check(as_json: bool) -> None:
    """核对：把现有的得分条目与从头重放事件算出的逐条比较。不一致时退出码为 3。"""
    from projections.checking import compare
    from projections.tables import REBUILD_FIX

    with office() as opened, progress("核对") as watch:
        opened.caught_up()
        found = compare(opened.projection, watch)
        position = opened.log.head().position
    if as_json:
        print_json({"position": position, "lines": found.lines, "differences": found.differences})
    elif not found.differences:
        click.echo(f"一致：{position} 条事件，{found.lines} 条得分记录。")
    if found.differences:
        shown = "\n".join(found.differences[:20])
        message = f"得分条目与重放事件的结果有 {len(found.differences)} 处不一致：\n{shown}"
        raise IntegrityBroken(message, fix=REBUILD_FIX)
