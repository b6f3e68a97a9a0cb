"""``kaohe init``: a new register, and the key of its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.office import office
from domain.errors import Refused

if TYPE_CHECKING:
    from infra.audit.key_folder import KeyFolder


@click.command()
@click.option("--origin", metavar="名称", help="日志的名称，终身不变；默认随机取一个。")
@click.option("--passphrase", is_flag=True, help="给密钥加上口令（KAOHE_PASSPHRASE 或当面输入）。")
def init(origin: str | None, passphrase: bool) -> None:
    """建立登记簿和日志的密钥。已经有了的不会改动。"""
    from cli.passphrase import new_passphrase
    from infra.audit.key_folder import check_usable
    from infra.store.schema import check_origin, create_schema

    with office() as opened:
        existed = opened.has_register()
        if origin is not None and not existed:
            check_origin(origin)
            _check_unused(opened.keys_of(origin))
        # Asked for first: who gives up at the prompt has no register whose key is without one.
        keyless = not existed or opened.checkpoints.state().key is None
        secret = new_passphrase() if passphrase and keyless else None
        if keyless:
            check_usable(opened.key_root)
        create_schema(opened.engine, origin=origin)
        state = opened.checkpoints.state()
        if existed:
            told = f"{opened.place} 里已有登记簿，共 {state.position} 条事件，没有改动。"
        else:
            told = f"登记簿已建立：{opened.place}"
        click.echo(told, err=True)
        if state.key is None:
            opened.signer.begin(secret)  # shows the key


def _check_unused(folder: KeyFolder) -> None:
    """Check that no other register signs under this name. Raises ``Refused``."""
    if folder.sizes():
        message = f"{folder.path} 里已有日志 {folder.origin} 签过的检查点，那是另一本登记簿的"
        fix = "请换一个名称；要接着用原来的登记簿，请用备份恢复数据库，或用 --db 指明它。"
        raise Refused(message, fix=fix)
