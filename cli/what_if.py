"""``kaohe what-if``: the sheets as they would be if lines were recorded, which they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.changed_parts import has_parts, print_parts
from cli.event_cells import print_unrecorded
from cli.office import office
from cli.options import as_json, asked
from cli.output import heading, print_json, print_table, progress
from cli.sums import sum_cells, sum_columns
from domain.lines import signed

if TYPE_CHECKING:
    from cli.supposing import Supposition, Taken
    from domain.register import Register
    from domain.rulebook.model import Rulebook
    from projections.asking import Asked
    from projections.outcome import Sides
    from projections.unrecorded import Unrecorded

_NONE = "无"


@click.command("what-if")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[文件]...")
@click.option(
    "--ruling",
    "rulings",
    multiple=True,
    metavar="参数=取值",
    help="设想作出这样的口径裁定，可写多次；参数见 kaohe rulebook readings。",
)
@click.option(
    "--proposal",
    "numbers",
    multiple=True,
    type=click.IntRange(min=1),
    metavar="提案号",
    help="设想这个提案得到确认，可写多次；待确认的见 kaohe proposals。",
)
@click.option("--unit", "units", multiple=True, metavar="单位", help="只看这个单位，可写多次。")
@asked
@as_json
def what_if(
    files: tuple[Path, ...],
    rulings: tuple[str, ...],
    numbers: tuple[int, ...],
    units: tuple[str, ...],
    asked: Asked,
    as_json: bool,
) -> None:
    """试算：如果登记这些文件、确认这些提案或作出这些裁定，得分和名次会怎样。什么都不登记。

    文件为 .jsonl 或 .xlsx，检查与 kaohe import 相同。需要另一人确认的，按确认以后的情况计算，
    并予以说明。各文件依次设想，然后是各提案，口径裁定在最后。写 --known-at 时，设想在那时登记。
    """
    if not files and not rulings and not numbers:
        raise click.UsageError("请写登记文件，或用 --proposal 写提案号，或用 --ruling 写口径裁定。")
    values = dict(map(_ruling, rulings))
    if len(values) < len(rulings):
        raise click.UsageError("--ruling：同一个参数只能写一次。")
    from cli.supposing import supposing
    from projections.outcome import other_cycles, outcome, sides
    from projections.unrecorded import Unrecorded

    with (
        office() as opened,
        progress("试算") as watch,
        supposing(opened, asked.known_at, watch) as lent,
    ):
        waiting = opened.register(lent.known)
        taken = [
            *_files(lent, files),
            *_proposals(lent, numbers, waiting),
            *_rulings(lent, values, asked),
        ]
        held = sides(lent.points, asked, lent.known)
        unrecorded = Unrecorded(lent.names)
        document = {
            "supposed": _supposed(lent, held, unrecorded),
            "files": [each._asdict() for each in taken],
            "other_cycles": other_cycles(held, lent.points, lent.sheets, lent.known),
            **outcome(
                held,
                units,
                sheets=lent.sheets,
                log=lent.log,
                reading=lent.reading,
                unrecorded=unrecorded,
            ),
        }
    if as_json:
        print_json(document)
    else:
        _print(document, held, taken)


def _ruling(text: str) -> tuple[str, str]:
    parameter, equals, value = text.partition("=")
    if not equals or not parameter.strip() or not value.strip():
        message = f"--ruling：“{text}”不是“参数=取值”的形式，例如 indicators.accuracy.cap=none"
        raise click.UsageError(message)
    return parameter.strip(), value


def _files(lent: Supposition, files: Iterable[Path]) -> Iterator[Taken]:
    from infra.files.reading import scan_register

    for path in files:
        register, faults = scan_register(path, vocabularies=lent.words_for)
        yield lent.suppose(register.name, register.lines, faults)


def _proposals(lent: Supposition, numbers: Iterable[int], register: Register) -> Iterator[Taken]:
    from cli.proposals import lines_waiting

    for number in dict.fromkeys(numbers):
        yield lent.suppose(f"提案 {number}", lines_waiting(register, number))


def _rulings(lent: Supposition, values: dict[str, str], asked: Asked) -> Iterator[Taken]:
    """Suppose the rulings, made for the cycle asked about on the day on which they are supposed."""
    from domain.decisions.batch import RegisterLine
    from domain.errors import Where
    from domain.events.catalogue import fields_of
    from domain.events.setting import RulingMade
    from infra.files.cells import cell_reader
    from infra.files.codes import Codes
    from projections.outcome import sides

    if not values:
        return
    cycle = sides(lent.points, asked, lent.known).then.cycle.name
    spec = next(field for field in fields_of(RulingMade) if field.name == "value")
    read = cell_reader(RulingMade, spec, Codes())
    made = {"type": RulingMade.__name__, "on": lent.day.isoformat(), "reason": "试算"}
    lines = []
    for parameter, value in values.items():
        given = {"parameter": parameter, "value": read(value), "cycle": cycle}
        lines.append(RegisterLine({**made, **given}, Where(file=f"--ruling {parameter}={value}")))
    yield lent.suppose("口径裁定", lines)


def _supposed(lent: Supposition, held: Sides, unrecorded: Unrecorded) -> list[dict[str, Any]]:
    """Return every event that is supposed, in order, as ``kaohe explain`` tells events."""
    from projections.grounds import Grounds

    grounds = Grounds(lent.log, held.then.rulebook.vocabulary, lent.names)
    told = unrecorded.at(None)
    return [told(grounds.event(at)) for at in lent.names]


def _print(document: dict[str, Any], held: Sides, taken: Iterable[Taken]) -> None:
    click.echo("试算，什么都没有登记。")
    for each in taken:
        click.echo(_said(each))
    for cycle in document["other_cycles"]:
        click.echo(f"另外，考核年度 {cycle} 的得分也会变：请加 --cycle {cycle} 查看。")
    if held.now is None:
        click.echo(f"考核年度 {held.then.cycle.name}，截至 {held.then.as_of}，现在还没有这个年度")
    else:
        click.echo(heading(held.now))
    changes = document["units"]
    if not changes:
        click.echo("没有单位的得分、名次和得分条目会变。")
        return
    _print_sums(changes, held.then.rulebook)
    for change in changes:
        if has_parts(change):
            click.echo(f"{change['unit']}：")
            print_parts(change)
    doing = {cause["row"] for change in changes for cause in _causes(change)}
    if doing:
        print_unrecorded("引起变化的设想", [e for e in document["supposed"] if e["row"] in doing])


def _said(taken: Taken) -> str:
    skipped = f"，跳过以前登记过的 {len(taken.skipped)} 行" if taken.skipped else ""
    why = f"。需要另一人确认（{taken.why}），以下按确认以后计算" if taken.why else ""
    return f"{taken.name}：设想登记 {taken.events} 条事件{skipped}{why}。"


def _print_sums(changes: list[dict[str, Any]], book: Rulebook) -> None:
    became = [_became(change) for change in changes]
    graded = any(each["grade"] != _NONE for each in became)
    columns = [("单位", "left"), ("变化", "right"), *sum_columns(book)]
    columns += [("名次", "right"), ("分类名次", "right"), *([("等次", "left")] if graded else [])]
    places = ["rank", "rank_in_category", *(["grade"] if graded else [])]
    rows = (
        (
            change["unit"],
            signed(change["change"]["total"]) if change["change"] else "",
            *sum_cells(book, each),
            *(each[place] for place in places),
        )
        for change, each in zip(changes, became, strict=True)
    )
    print_table("", columns, rows)


def _became(change: dict[str, Any]) -> dict[str, str]:
    """Return each number now and then, in words; once where it stays."""
    found = {}
    for key in ("total", "base", "bonus", "rank", "rank_in_category", "grade"):
        sides = ((change[side] or {}).get(key) for side in ("now", "then"))
        was, would = (_NONE if each is None else str(each) for each in sides)
        found[key] = was if was == would else f"{was} → {would}"
    return found


def _causes(change: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in ("went", "came", "caps", "weights"):
        for each in change[part]:
            yield from (cause for cause in each["causes"] if cause["kind"] == "event")
