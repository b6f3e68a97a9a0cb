"""``kaohe witness``: checkpoints seen and signed by others, by file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cli.office import office
from cli.options import as_json
from cli.output import print_json, print_table

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def witness() -> None:
    """请外单位见证日志：他们用 witness.py 核对检查点并签名，谁也改不了他们见过的记录。"""


@witness.command()
@click.argument("name", metavar="见证人")
@click.option("--to", "file", type=_FILE, metavar="文件", required=True, help="请求写到哪里。")
@click.option("--old", type=click.IntRange(0), metavar="条数", help="见证人上次签到多少条。")
def request(name: str, file: Path, old: int | None) -> None:
    """写出给见证人的请求：上次的条数、延续证明和新的检查点。"""
    from domain.audit.keys import check_name
    from domain.audit.notation import Malformed
    from infra.audit.witnesses import last_seen, request_to
    from infra.files.new_file import write_new

    try:
        check_name(name)
    except Malformed as error:
        raise click.BadParameter(str(error), param_hint="见证人") from None
    with office() as opened:
        opened.existing()
        size = last_seen(opened.checkpoints, name) if old is None else old
        made = request_to(opened.engine, size, opened.signer.sign())
    write_new(file, made.encode())
    told = f"从 {size} 条到 {made.signed.checkpoint.size} 条的请求已写到 {file}"
    click.echo(f"{told}；见证人运行 witness.py sign 后把答复发回。", err=True)


@witness.command()
@click.argument("file", type=_FILE, metavar="答复")
@click.option(
    "--key", "key_text", metavar="公钥", help="见证人的公钥（或存有公钥的文件），第一次要写。"
)
def add(file: Path, key_text: str | None) -> None:
    """收存见证人的答复。"""
    from cli.keys_given import key_given
    from infra.audit.witnesses import file_answer

    key = key_given(key_text) if key_text else None
    answer = file.read_bytes()
    with office() as opened:
        opened.existing()
        for seen in file_answer(opened.checkpoints, answer, key):
            told = f"{seen.witness} 于 {_local(seen.time)} 见证了 {seen.size} 条的检查点"
            click.echo(told, err=True)


@witness.command("list")
@as_json
def list_(as_json: bool) -> None:
    """列出见证人，和他们见证过的检查点。"""
    with office() as opened:
        opened.existing()
        keys = opened.checkpoints.witnesses()
        seen = opened.checkpoints.cosigned()
    if as_json:
        print_json(
            {
                "witnesses": [
                    {"name": name, "key": str(key)} for name, key in sorted(keys.items())
                ],
                "cosignatures": [
                    {"size": each.size, "witness": each.witness, "time": _utc(each.time)}
                    for each in seen
                ],
            }
        )
        return
    rows = [(each.witness, each.size, _local(each.time)) for each in seen]
    print_table("", (("见证人", "left"), ("条数", "right"), ("见证时间", "left")), rows)
    for name, key in sorted(keys.items()):
        click.echo(f"{name} 的公钥：{key}")


@witness.command()
@click.option("--to", "file", type=_FILE, metavar="文件", required=True, help="写到哪里。")
def program(file: Path) -> None:
    """写出见证人用的程序 witness.py：一个文件，只需要 Python 3.9 或更新版本，不联网。"""
    from infra.files.new_file import write_new
    from infra.standalone.assemble import assembled

    write_new(file, assembled("witness").encode())
    click.echo(f"已写到 {file}；请让见证人保存在我们碰不到的地方。", err=True)


def _utc(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _local(seconds: int) -> str:
    from domain.days import SHANGHAI

    return datetime.fromtimestamp(seconds, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
