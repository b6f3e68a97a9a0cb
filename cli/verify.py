"""``kaohe verify``: the database, or a bundle that was handed over, examined from the ground up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.office import Office, office
from cli.options import as_json
from cli.output import print_json, progress
from cli.verify_bundle import bundle
from domain.errors import IntegrityBroken, KaoheError, NotKnown, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.audit.checkpoint import SignedCheckpoint
    from domain.audit.keys import VerifierKey
    from infra.audit.finding import Finding

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN = 40


@click.group()
def verify() -> None:
    """从头核验：数据库，或者移交包。"""


verify.add_command(bundle)


@verify.command()
@click.option(
    "--key", "key_text", metavar="公钥", help="日志的公钥或存有它的文件；默认用密钥文件夹里的。"
)
@click.option("--pin", "pins", type=_FILE, multiple=True, metavar="文件", help="另外保管的检查点。")
@as_json
def db(key_text: str | None, pins: tuple[Path, ...], as_json: bool) -> None:
    """核验数据库：逐条记录、叶子、审计树、数据库内外的检查点，得分与重放、公布的摘要与得分是否一致。

    有问题时退出码为 3，并指出是哪些记录。
    """
    from infra.audit.database import examine
    from infra.audit.signed_history import collected, cosignatures, held_against
    from infra.store.engine import read_any_text

    with office() as opened, progress("核验") as watch:
        read_any_text(opened.engine)
        opened.existing()
        kept = [(str(file), _checkpoint(file)) for file in pins]
        try:
            key, wrong = _key(opened, key_text)
            signed, more = collected(opened.checkpoints, opened.key_folder, key, kept)
        except IntegrityBroken:  # nobody knows which log this is; `examine` says why
            key, wrong, signed, more = None, [], [], []
        examined = examine(opened.engine, [each.size for each in signed], watch)
        found = [*examined.findings, *held_against(signed, examined), *wrong, *more]
        found += cosignatures(opened.checkpoints)
        found += list(_structure(opened))
        lines, differing = _lines(opened, readable=examined.readable, clean=not found)
        found += differing or list(_publications(opened))
        notes = _notes(opened)
    outside = [each for each in signed if each.place != "数据库"]
    last = max((each.size for each in outside), default=0)
    if as_json:
        print_json(
            {
                "log": examined.origin,
                "position": examined.position,
                "key": str(key) if key else None,
                "checkpoints": sorted({each.size for each in signed}),
                "outside": last,
                "lines": lines,
                "findings": [each._asdict() for each in found],
                "notes": notes,
            }
        )
    for note in notes:
        click.echo(f"注意：{note}", err=True)
    if found:
        raise IntegrityBroken(
            _told(found), fix="请停止登记，保留数据库原件，并与外面保管的检查点核对。"
        )
    if not as_json:
        click.echo(
            f"日志 {examined.origin}：{examined.position} 条事件，{lines} 条得分记录，全部相符。"
        )
        if last:
            click.echo(f"数据库之外的检查点核对到 #{last}。")
        else:
            click.echo("数据库之外没有检查点：只能说明数据库自身前后一致。", err=True)


def _checkpoint(file: Path) -> SignedCheckpoint:
    from domain.audit.checkpoint import SignedCheckpoint
    from domain.audit.notation import Malformed

    try:
        return SignedCheckpoint.parse(file.read_bytes())
    except OSError as error:
        message = f"不能读取检查点文件 {file}：{error.strerror}"
        raise Refused(message, fix="请核对路径和读取权限。") from None
    except Malformed as error:
        raise Refused(f"{file} 不是检查点：{error}", fix="请用当时留存的原文件。") from None


def _key(opened: Office, key_text: str | None) -> tuple[VerifierKey | None, list[Finding]]:
    """Return the key that signatures are checked with: one from outside the database."""
    from domain.audit.keys import VerifierKey
    from domain.audit.notation import Malformed
    from infra.audit.finding import Finding

    origin, held = opened.checkpoints.identity()
    try:
        if key_text is not None:
            from cli.keys_given import key_given

            key = key_given(key_text)
        else:
            inside = VerifierKey.parse(held) if held else None
            if not opened.key_folder.private.exists():
                return inside, []
            try:
                key = opened.key_folder.key()
            except NotKnown:  # the rest is examined all the same
                text = f"{opened.key_folder.path} 里有私钥，却没有公钥文件 key.pub：请用备份恢复"
                return inside, [Finding("KEY", text)]
    except IntegrityBroken as error:
        return None, [Finding("KEY", error.what)]
    except Malformed as error:
        return None, [Finding("KEY", f"数据库记着的日志公钥不对：{error}")]
    said = None
    if key.name != origin:
        said = f"公钥是日志 {key.name} 的，数据库里却是日志 {origin}"
    elif held is None and opened.key_folder.sizes():
        said = "日志签过检查点，数据库却没有记着它的公钥"
    elif held not in (None, str(key)):
        said = f"数据库记着的日志公钥与外面的不同：{held}"
    return key, [Finding("KEY", said)] if said else []


def _structure(opened: Office) -> Iterator[Finding]:
    """Yield what in the database is not of this program's making, and indexes that are wrong."""
    from cli.comparing import odd
    from infra.audit.finding import Finding
    from infra.store.structure import wrong_indexes

    for oddity in odd(opened):
        yield Finding("SCHEMA", f"数据库结构：{oddity}")
    for said in wrong_indexes(opened.engine):
        yield Finding("INDEX", f"数据库文件不一致：{said}")


def _lines(opened: Office, *, readable: bool, clean: bool) -> tuple[int, list[Finding]]:
    """Return how many lines there are, and where they are not what a replay gives.

    Raises ``NotKnown`` when the log is ``clean`` and only a rulebook is not installed.
    """
    from eventsourcing.persistence import PersistenceError

    from cli.comparing import compared
    from infra.audit.finding import Finding

    if not readable:
        return 0, [Finding("LINES", "不能重放：有的记录不是本程序写的样子")]
    try:
        found = compared(opened)
    except KaoheError as error:
        if clean and isinstance(error, NotKnown):
            raise
        return 0, [Finding("LINES", f"不能重放：{error.what}")]
    except PersistenceError as error:  # a table is gone, or something else stands in its place
        return 0, [Finding("LINES", f"读不出得分记录：{error}")]
    return found.lines, [Finding("LINES", text) for text in found.differences]


def _publications(opened: Office) -> Iterator[Finding]:
    """Hold the digest that each publication recorded against the sheets as they are computed."""
    from infra.audit.finding import Finding
    from projections.published_digests import contradiction, ever_published, is_comparable

    for made in ever_published(opened.register()):
        if is_comparable(made):
            wrong = contradiction(made, opened.sheets, opened.points)
            if wrong:
                yield Finding("PUBLICATION", wrong, made.position, made.position)


def _notes(opened: Office) -> list[str]:
    """Return what whoever examines the log has to know, though nobody tampered with it."""
    from cli.clock import ahead_of_clock

    try:
        told = ahead_of_clock(opened)
    except IntegrityBroken:  # the head is found to be damaged
        return []
    return [told] if told else []


def _told(found: Iterable[Finding]) -> str:
    listed = [str(each) for each in found]
    more = [f"……另有 {len(listed) - _SHOWN} 处"] if len(listed) > _SHOWN else []
    return "\n".join([f"核验发现 {len(listed)} 处问题：", *listed[:_SHOWN], *more])
