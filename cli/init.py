"""``kaohe init``: a new register, and the key of its log."""

from __future__ import annotations

import click

from cli.office import office


@click.command()
@click.option("--origin", metavar="名称", help="日志的名称，终身不变；默认随机取一个。")
@click.option("--passphrase", is_flag=True, help="给密钥加上口令（KAOHE_PASSPHRASE 或当面输入）。")
def init(origin: str | None, passphrase: bool) -> None:
    """建立登记簿和日志的密钥。已经有了的不会改动。"""
    from cli.key import shown
    from cli.passphrase import new_passphrase
    from infra.store.schema import create_schema

    with office() as opened:
        existed = opened.has_register()
        create_schema(opened.engine, origin=origin)
        state = opened.checkpoints.state()
        if existed:
            told = f"{opened.place} 里已有登记簿，共 {state.position} 条事件，没有改动。"
        else:
            told = f"登记簿已建立：{opened.place}"
        click.echo(told, err=True)
        if state.key is None:
            secret = new_passphrase() if passphrase else None
            click.echo(shown(opened.signer.begin(secret)), err=True)
            click.echo(f"私钥在 {opened.key_folder.path}，不在数据库里；请另行备份。", err=True)
