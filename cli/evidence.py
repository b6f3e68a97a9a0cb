"""``kaohe evidence``: the files that prove events, listed, taken out, put in and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.office import office
from cli.options import as_json, narrowed
from cli.output import print_json, print_table, progress
from domain.errors import IntegrityBroken, Refused

if TYPE_CHECKING:
    from projections.asking import Asked

_SHOWN = 16
_LISTED = 20


@click.group()
def evidence() -> None:
    """佐证文件：按 SHA-256 存放在数据库旁边的文件夹里，每个文件只存一份，存后不改。"""


@evidence.command("list")
@click.option("--unit", metavar="单位", help="只列出与某个单位有关的。")
@click.option("--missing", is_flag=True, help="只列出没有存放的。")
@narrowed
@as_json
def list_(*, unit: str | None, missing: bool, asked: Asked, as_json: bool) -> None:
    """列出日志里登记过的佐证文件：文件名、摘要、事件、单位、大小、是否存放。

    日期和年度按事件发生的那一天算；是否存放总是现在的情况。
    """
    from cli.proofs import listed

    with office() as opened:
        rows = [row for row in listed(opened, unit, asked) if not (missing and row["held"])]
    if as_json:
        print_json({"evidence": rows})
        return
    columns = [("文件名", "fold"), ("SHA-256（开头）", "left"), ("事件", "left"), ("单位", "fold")]
    columns += [("字节", "right"), ("存放", "left")]
    print_table(
        "",
        columns,
        (
            (
                row["name"],
                row["sha256"][:_SHOWN],
                f"#{row['position']} {row['label']}{_fate(row)}",
                "、".join(row["units"]),
                row["size"],
                "有" if row["held"] else "无",
            )
            for row in rows
        ),
    )


def _fate(row: dict[str, object]) -> str:
    return f"【已由 #{row['retracted_by']} 撤销】" if row["retracted_by"] else ""


@evidence.command()
@click.argument("which", metavar="摘要或#编号")
@click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    metavar="文件或文件夹",
    help="写到哪里；默认当前文件夹，用登记的文件名。",
)
def get(which: str, place: Path) -> None:
    """取出佐证文件的一份，边复制边核对摘要；已有的文件不会覆盖。

    可写 SHA-256 或它的开头几位，或者事件的 #编号（取出该事件的全部佐证文件）。
    """
    from cli.proofs import asked_for
    from infra.evidence.taking_out import places_for
    from infra.files.new_file import check_free, new_file

    with office() as opened:
        wanted = asked_for(opened, which)
        places = places_for(wanted, place)
        for target in places:
            check_free(target)
        for (_, digest), target in zip(wanted, places, strict=True):
            with new_file(target) as file:
                opened.evidence.copy(digest, file)
            click.echo(f"已写到 {target}", err=True)


@evidence.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, readable=False),
    metavar="文件...",
)
@click.option("--any", "any_file", is_flag=True, help="没有事件登记过的文件也存放。")
def add(files: tuple[Path, ...], any_file: bool) -> None:
    """补存日志里已按摘要登记的佐证文件，例如导入的登记文件所列的。

    只要有一个文件没有事件登记过，就都不存放；加 --any 则照样存放。
    """
    from cli.attaching import check_readable
    from infra.evidence.bytes import digest_of
    from projections.proofs import digests_named

    for file in files:
        check_readable(file)
    with office() as opened:
        opened.existing()
        store = opened.evidence
        if not any_file:
            named = digests_named(opened.log)
            _refuse_unnamed([file for file in files if digest_of(file) not in named])
        with store.alone():
            new = sum(store.put(file).new for file in files)
    click.echo(f"存放 {new} 个文件，以前已存放 {len(files) - new} 个。", err=True)


def _refuse_unnamed(files: list[Path]) -> None:
    if files:
        more = f"等 {len(files)} 个文件" if len(files) > _LISTED else ""
        listed = "、".join(str(file) for file in files[:_LISTED])
        raise Refused(
            f"没有事件登记过 {listed}{more} 的摘要，什么都没有存放",
            fix="请核对是不是登记时的原文件；登记新的事件请用 --evidence，仍要存放请加 --any。",
        )


@evidence.command()
@click.option("--complete", is_flag=True, help="登记过的每个文件都应存放，缺一个即退出码 1。")
@as_json
def check(complete: bool, as_json: bool) -> None:
    """重新计算每个存放文件的摘要，报告内容改动的、没有存放的、多出的文件。

    有文件的内容与摘要不符时退出码为 3。只登记摘要、没有存放的文件不算错，除非加 --complete。
    """
    from infra.evidence.examining import examine
    from projections.proofs import digests_named

    with office() as opened, progress("核对佐证文件") as watch:
        opened.existing()
        folder = opened.evidence.place
        named = digests_named(opened.log)
        found = examine(opened.evidence, named, watch)
    if as_json:
        print_json({**found._asdict(), "folder": str(folder)})
    else:
        click.echo(f"登记过 {len(named)} 个佐证文件，存放着 {found.held} 个。")
        _tell("没有存放", [f"{digest} {named[digest][0]}" for digest in found.missing])
        _tell("多出、没有事件登记过", found.surplus)
        _tell("不是佐证文件", found.strangers)
    if found.altered:
        raise IntegrityBroken(
            "\n".join([f"{len(found.altered)} 个文件的内容与摘要不符：", *found.altered]),
            fix="请保留这些文件备查，把它们移出文件夹，再从原件补存或用备份恢复。",
        )
    if complete and found.missing:
        message = f"有 {len(found.missing)} 个登记过的佐证文件没有存放"
        raise Refused(message, fix="请用 kaohe evidence add 从原件补存。")


def _tell(what: str, listed: list[str]) -> None:
    if listed:
        click.echo(f"{what} {len(listed)} 个：", err=True)
        for each in listed[:_LISTED]:
            click.echo(f"  {each}", err=True)
        if len(listed) > _LISTED:
            click.echo(f"  ……另有 {len(listed) - _LISTED} 个", err=True)
