"""``kaohe export audit``: the log handed out, so that others can check it without trusting us."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.endings import wrong_ending
from cli.office import Office, office, today
from cli.options import Day
from domain.errors import NotKnown, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.log import Row
    from infra.audit.bundle import Handover
    from projections.asking import Points


class Moment(click.ParamType[datetime]):
    """A date-time with a zone, or in Asia/Shanghai."""

    name = "时间"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:  # noqa: ANN401  as click has it
        """Read the moment, or say what would be right."""
        from domain.days import read_moment, start_of

        try:
            return start_of(read_moment(value)).astimezone(UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _recipient(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Tidy the name of whom it is for, as the event will: the bundle must say the same."""
    del ctx, param
    if value is None:
        return None
    from domain.events.fields import check_name

    try:
        return check_name(value)
    except ValueError as error:
        raise Refused(f"--for {error}", fix="请写接收的单位或人的名称。") from None


def _place(ctx: click.Context, param: click.Parameter, value: Path) -> Path:
    """Refuse names of archives that are not written, rather than make a folder of that name."""
    del ctx, param
    archive = value.suffix.lower() in {".zip", ".tgz", ".tar", ".gz", ".7z", ".rar"}
    if archive and not value.name.endswith(".tar.gz"):
        raise wrong_ending(value, ".tar.gz", also="，或写文件夹的名称")
    return value


@click.command()
@click.option(
    "--to",
    "place",
    required=True,
    type=click.Path(path_type=Path),
    callback=_place,
    metavar="文件夹或文件.tar.gz",
    help="移交包写到哪里。",
)
@click.option("--unit", metavar="单位", help="只要一个单位的记录和各单位共有的记录。")
@click.option("--until", metavar="#编号", help="截至哪条事件；默认全部。")
@click.option("--time", "made_at", type=Moment(), metavar="时间", help="写明的移交时间；默认现在。")
@click.option("--for", "recipient", metavar="单位或人", callback=_recipient, help="交给谁。")
@click.option(
    "--as-of",
    type=Day(),
    metavar="日期",
    help="另外声明截至哪一天的得分；默认只声明公布过的，没有公布过的年度按 score 默认的那一天。",
)
@click.option("--cycle", metavar="年度", help="只声明这个考核年度的得分。")
def audit(
    *,
    place: Path,
    unit: str | None,
    until: str | None,
    made_at: datetime | None,
    recipient: str | None,
    as_of: date | None,
    cycle: str | None,
) -> None:
    """导出审计移交包：全部事件、签名的检查点、证明、声明的得分和核验程序。

    声明的是公布过的得分；还没有公布过的年度，声明移交当天（已关闭的，关闭时截至的那一天）的得分。
    同样的 --until 和 --time 得到逐字节相同的移交包。导出之后，这次导出本身也登记为一条事件。
    """
    from infra.audit.bundle import Handover

    with office() as opened:
        opened.caught_up()
        upto = _upto(opened, until)
        at = made_at or datetime.now(UTC).replace(microsecond=0)
        setting = opened.points.setting_at(upto)
        named = None
        if unit is not None:
            from projections.asking import unit_named

            named = unit_named(setting, unit).id
        handover = Handover(opened.actor, at, recipient, named)
        claims = claimed(opened, upto, handover, as_of, cycle)
        digest = _written(opened, place, upto, handover, claims)
    click.echo(f"截至 #{upto} 的移交包已写到 {place}，本次导出已登记。", err=True)
    click.echo(_told(claims), err=True)
    click.echo(f"清单摘要（可在电话里核对）：{digest}", err=True)


def _upto(opened: Office, until: str | None) -> int:
    """Return the last position of the bundle. Raises ``NotKnown`` when there would be none."""
    upto = opened.points.position_of(until, option="--until")
    if upto:
        return upto
    if opened.log.head().position:
        message = f"--until {until}：到那时还没有事件，没有可以移交的"
        raise NotKnown(message, fix="请写 #1 或以后的编号、日期或日期时间。")
    raise NotKnown("日志里还没有事件，没有可以移交的", fix="请先登记。")


def claimed(
    opened: Office, upto: int, handover: Handover, as_of: date | None, cycle: str | None
) -> list[dict[str, Any]]:
    """Return what is claimed: what was published of each cycle, as known then.

    Then, as known at the end: the scores of ``as_of``, if it is given; else those of the cycles
    of which nothing was published, as of the day that ``kaohe score`` takes by itself.
    """
    from domain.days import SHANGHAI
    from projections.asking import Asked, Points
    from projections.claims import claim

    day = handover.made_at.astimezone(SHANGHAI).date()
    points = Points(opened.log, opened.reading, opened.rulebooks, today=day)
    cycles = points.setting_at(upto).cycles
    if cycle is not None and cycle not in cycles:
        points.find(Asked(as_of, f"#{upto}", cycle))  # says which cycles there are
    found = list(_published(opened, points, upto, handover, cycle))
    shown = {said["cycle"] for said in found} if as_of is None else set()
    chosen = cycles.keys() if cycle is None else {cycle}
    for name in sorted(chosen - shown):
        point = points.find(Asked(as_of, f"#{upto}", name))
        found.append({**claim(opened.sheets, point, handover.unit), "publication": None})
    return found


def _published(
    opened: Office, points: Points, upto: int, handover: Handover, cycle: str | None
) -> Iterator[dict[str, Any]]:
    """Yield the claim of each publication; a unit that was not enrolled then is in none."""
    from projections.claims import claim
    from projections.publications import publications

    for made in publications(opened.register(upto)):
        point = made.point(points)
        known = handover.unit is None or handover.unit in point.setting.units
        if known and cycle in (None, point.cycle.name):
            said = claim(opened.sheets, point, handover.unit)
            yield {**said, "publication": str(made.event.publication)}


def _told(claims: list[dict[str, Any]]) -> str:
    """Return which publications and days are claimed: a choice that whoever reads it must know."""
    if not claims:
        return "还没有考核年度，没有声明得分。"
    lines = []
    for said in claims:
        number, at = said["publication"], said["known_at"]["position"]
        which = "没有公布过" if number is None else f"第 {number} 号公布"
        lines.append(f"  {which}：{said['cycle']} 年度截至 {said['as_of']}，按 #{at} 为止的记录")
    return "\n".join(["声明的得分：", *lines])


def _written(
    opened: Office, place: Path, upto: int, handover: Handover, claims: list[dict[str, Any]]
) -> str:
    from infra.audit.bag import new_bag
    from infra.audit.bundle import Bundle
    from infra.rulebooks import rulebook_texts

    rows = _rows(opened, upto, handover.unit)
    with new_bag(place) as bag:
        signed = opened.signer.sign(upto)
        bundle = Bundle(opened.engine, opened.checkpoints, signed, bag)
        bundle.add_entries(rows, part=handover.unit is not None)
        bundle.add_checkpoints()
        bundle.add_rulebooks(rulebook_texts(opened.settings.rulebooks))
        bundle.add_claims(claims)
        objects, missing = bundle.add_objects(opened.evidence)
        if objects or missing:
            click.echo(f"包里有 {objects} 个佐证文件。", err=True)
        if missing:
            told = f"另有 {missing} 个只登记了摘要、没有存放，不在包里"
            click.echo(f"{told}；可用 kaohe evidence list --missing 查看。", err=True)
        digest = bundle.close(handover)
        # The bundle is whole, and not at its place yet: nothing lies there that the log does not
        # know of, whenever this is interrupted.
        _record(opened, upto, digest, handover)
        return digest


def _rows(opened: Office, upto: int, unit: str | None) -> Iterable[Row]:
    if unit is None:
        return opened.log.rows(upto=upto)
    from domain.concerning import positions_concerning
    from domain.events.codec import decode

    events = ((row.position, decode(row.type, row.data)) for row in opened.log.rows(upto=upto))
    return opened.log.rows_at(positions_concerning(unit, events))


def _record(opened: Office, upto: int, digest: str, handover: Handover) -> None:
    from domain.decisions.batch import RegisterLine

    said = {"upto": upto, "digest": digest, "unit": handover.unit, "recipient": handover.recipient}
    fields = {name: value for name, value in said.items() if value is not None}
    # A ref of its own: the same log handed out twice is two events.
    own = {
        "type": "AuditExported",
        "on": today().isoformat(),
        "ref": f"移交-{secrets.token_hex(8)}",
    }
    opened.recording.record([RegisterLine({**own, **fields})], actor=opened.actor)
