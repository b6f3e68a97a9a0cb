"""``kaohe init``: a new register."""

from __future__ import annotations

import click

from cli.office import office


@click.command()
def init() -> None:
    """建立登记簿。已经有了的不会改动。"""
    with office() as opened:
        existed = opened.has_register()
        head = opened.recorder.head()
        place = opened.place
    if existed:
        click.echo(f"{place} 里已有登记簿，共 {head.position} 条事件，没有改动。", err=True)
    else:
        click.echo(f"登记簿已建立：{place}", err=True)
