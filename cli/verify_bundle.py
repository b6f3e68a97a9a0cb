"""``kaohe verify bundle``: a bundle examined by this program's verifier, then computed again."""

from __future__ import annotations

import json
import shutil
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from cli.options import as_json
from cli.output import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.audit.finding import Finding

_WRONG, _ALONE = 1, 3
_SHOWN = 40
_NOT_IN_THE_WAY = {"CLAIM", "QUORUM"}
"""Findings that leave the entries and the rulebooks to be believed, so that they are replayed."""


@click.command()
@click.argument("place", type=click.Path(path_type=Path), metavar="移交包")
@click.option(
    "--key", "keys", multiple=True, metavar="公钥", help="日志或见证人的公钥，或存有它的文件。"
)
@click.option("--policy", metavar="文件", help="认哪些日志、哪些见证人（C2SP tlog-policy）。")
@click.option("--pin", metavar="文件", help="以前留存的检查点。")
@as_json
@click.pass_context
def bundle(
    ctx: click.Context,
    place: Path,
    keys: tuple[str, ...],
    policy: str | None,
    pin: str | None,
    as_json: bool,
) -> None:
    """核验移交包，并把其中的事件重放一遍，与声明的得分逐条比较。不需要数据库。

    退出码：0 与给出的公钥或检查点全部相符；1 有问题；2 打不开；3 只是自身前后一致。
    """
    from infra.standalone.report_text import as_text
    from infra.standalone.verify_main import verify_bundle

    report = verify_bundle(str(place), keys=keys, policy=policy, pin=pin)
    replay, replayed = None, None
    if report["exit"] in {0, _ALONE} or report["counts"].keys() <= _NOT_IN_THE_WAY:
        with progress("重放") as watch, _folder(place) as folder:
            from cli.bundle_replay import Replay
            from infra.rulebooks import rulebook_texts

            replay = Replay(folder, rulebook_texts(ctx.find_root().obj.rulebooks))
            replayed = replay.findings(watch)
    report = _judged(report, replayed)
    compared, remarks = (replay.compared, replay.remarks) if replay else ([], [])
    if as_json:
        found = None if replayed is None else [{"code": f.code, "zh": f.text} for f in replayed]
        document = {**report, "replay": found, "compared": compared, "remarks": remarks}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(report, "zh"))
        click.echo(_told(replayed, compared))
        for remark in remarks:
            click.echo(f"注意：{remark}")
    ctx.exit(report["exit"])


def _judged(report: dict[str, Any], replayed: list[Finding] | None) -> dict[str, Any]:
    """Return the report with what the replay found: exit code and headline are of both."""
    from infra.standalone.advice import advice
    from infra.standalone.report import VERDICTS

    if replayed is None:
        return report
    judged = {**report, "claims_recomputed": True}
    if replayed and report["verdict"] != VERDICTS[_WRONG]:
        said = advice("CLAIM", _WRONG)
        told = None if said is None else said._asdict()
        judged.update({"exit": _WRONG, "verdict": VERDICTS[_WRONG], "advice": told})
    return judged


def _told(replayed: list[Finding] | None, compared: list[str]) -> str:
    if replayed is None:
        return "没有重放：请先查清上面的问题。"
    if not replayed:
        if not compared:
            return "重放：还没有考核年度，没有声明得分。"
        # Which day and which moment is the office's choice; whoever checks must see it.
        return "\n".join(
            ["重放：声明的得分都能由这些事件算出：", *(f"  {each}" for each in compared)]
        )
    more = [f"……另有 {len(replayed) - _SHOWN} 处"] if len(replayed) > _SHOWN else []
    listed = [f"  {finding}" for finding in replayed[:_SHOWN]]
    return "\n".join([f"重放发现 {len(replayed)} 处不符：", *listed, *more])


@contextmanager
def _folder(place: Path) -> Iterator[Path]:
    """Lend the bundle as a folder; an archive is unpacked elsewhere, by what has verified it.

    Another program might take something else out of the same bytes.
    """
    from infra.standalone.tar_bag import TarBag

    if place.is_dir():
        yield place
        return
    with TemporaryDirectory(prefix="kaohe-") as elsewhere, closing(TarBag(str(place))) as bag:
        for name in bag.sizes:
            file = Path(elsewhere, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            with bag.open(name) as packed, file.open("xb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        yield Path(elsewhere)
