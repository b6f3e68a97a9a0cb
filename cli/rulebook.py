"""``kaohe rulebook``: the scheme as data, and every doubtful reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.books import book_called, own_book
from cli.office import Office, office, today
from cli.options import as_json, known_at
from cli.output import print_json, print_table
from domain.lines import show
from domain.rulebook.shown import in_words, plain
from projections.asking import Asked, Point

if TYPE_CHECKING:
    from domain.rulebook.model import Group, Indicator, Parameter, Rulebook
    from domain.rulebook.readings import Readings

_NAME = click.argument("name", required=False, metavar="[名称或文件]")


@click.group()
def rulebook() -> None:
    """考核细则：指标、分值、上限，以及每一处有疑义的口径。"""


@rulebook.command("show")
@_NAME
@as_json
def show_rulebook(name: str | None, as_json: bool) -> None:
    """列出考核细则的全部指标、分值、上限和依据；写 .toml 文件名可检查一份新的细则。"""
    with office() as opened:
        book = _book(opened, name)
    if as_json:
        print_json(_book_json(book))
        return
    base = f"基础项 {show(book.base)} 分" if book.has_base else "没有基础项，只计加分"
    click.echo(f"{book.title}（{book.document}），{base}")
    columns = [("一级指标", "left"), ("二级指标", "left"), ("编号", "left")]
    columns += [("赋分", "right")] if book.has_base else []
    columns += [("分值", "left"), ("上限", "right"), ("计分办法", "fold")]
    rows = (_indicator_row(book, group, i) for group in book.groups for i in group.indicators)
    print_table("", columns, rows)


@rulebook.command("readings")
@_NAME
@click.option("--cycle", metavar="年度", help="哪个考核年度的现行取值；默认最近开始的一个。")
@known_at
@click.option("--all", "everything", is_flag=True, help="连没有疑义的分值和上限也列出。")
@as_json
def readings(
    name: str | None,
    cycle: str | None,
    known_at: str | None,
    everything: bool,
    as_json: bool,
) -> None:
    """列出每一处有疑义的口径：现行取值、为什么这样理解、还可以怎样理解。

    口径用 RulingMade 事件改变，从登记时起对整个年度有效。

    写明考核细则的名称时，或还没有考核年度时，只列默认取值。
    """
    if name is not None and (cycle is not None or known_at is not None):
        message = "写了考核细则的名称，就不能用 --cycle 或 --known-at：年度有它自己的考核细则"
        raise click.UsageError(message)
    with office() as opened:
        book, point = _in_force(opened, name, Asked(cycle=cycle, known_at=known_at))
    in_force = point.readings if point else None
    chosen = [p for p in book.parameters.values() if p.doubtful or everything]
    if as_json:
        held = [_parameter_json(parameter, in_force) for parameter in chosen]
        year = point.cycle.name if point else None
        document = {"rulebook": book.id, "cycle": year, "readings": held}
        print_json({**document, "decided": list(book.decided)})
        return
    columns = [("参数", "left"), *([("现行", "left")] if in_force else []), ("默认", "left")]
    columns += [("理由", "fold"), ("其他理解", "fold")]
    of_year = f"，{point.cycle.name} 年度" if point else ""
    print_table(
        f"{book.title}：口径{of_year}",
        columns,
        (
            (
                parameter.path,
                *([in_words(_held(parameter, in_force))] if in_force else []),
                in_words(parameter.default),
                parameter.why,
                parameter.alternatives,
            )
            for parameter in chosen
        ),
    )
    click.echo("不设参数、已经定下的：")
    for text in book.decided:
        click.echo(f"  {text}")


def _book(opened: Office, name: str | None) -> Rulebook:
    from infra.rulebooks import read_rulebook

    if name is not None and name.endswith(".toml"):
        return read_rulebook(Path(name))
    return own_book(opened) if name is None else book_called(opened, name)


def _in_force(opened: Office, name: str | None, asked: Asked) -> tuple[Rulebook, Point | None]:
    """Return the rulebook, and the point that its readings are in force at, if there is one."""
    if name is not None or (asked == Asked() and not _begun(opened)):
        return _book(opened, name), None
    point = opened.point(asked)
    return point.rulebook, point


def _begun(opened: Office) -> bool:
    """Tell whether a cycle has begun, as a score that names none would need."""
    if not opened.has_register():
        return False
    opened.caught_up()
    setting = opened.points.setting_at(opened.log.head().position)
    return setting.cycle_at(today()) is not None


def _held(parameter: Parameter, readings: Readings | None) -> object:
    return readings.value(parameter.path) if readings else parameter.default


def _indicator_row(book: Rulebook, group: Group, indicator: Indicator) -> tuple[object, ...]:
    weight = "" if indicator.weight is None else show(indicator.weight)
    return (
        group.name,
        indicator.name,
        indicator.id,
        *([weight] if book.has_base else []),
        _prices(book, indicator),
        "无" if indicator.cap is None else show(indicator.cap),
        indicator.clause,
    )


def _prices(book: Rulebook, indicator: Indicator) -> str:
    """Return each price on a line of its own, with what it is for and the code of that."""
    from projections.in_force import label

    if list(indicator.points) == [""]:
        return show(indicator.points[""])
    return "\n".join(
        f"{label(book, indicator, key)}（{key}） {show(points)}"
        for key, points in indicator.points.items()
    )


def _parameter_json(parameter: Parameter, in_force: Readings | None) -> dict[str, object]:
    return {
        "parameter": parameter.path,
        "kind": parameter.kind,
        "value": plain(_held(parameter, in_force)),
        "default": plain(parameter.default),
        "choices": list(parameter.choices),
        "doubtful": parameter.doubtful,
        "why": parameter.why,
        "alternatives": parameter.alternatives,
        "source": parameter.source,
    }


def _book_json(book: Rulebook) -> dict[str, object]:
    return {
        "id": book.id,
        "title": book.title,
        "document": book.document,
        "base": show(book.base),
        "fingerprint": book.fingerprint,
        "groups": [
            {
                "id": group.id,
                "name": group.name,
                "weight": None if group.weight is None else show(group.weight),
                "indicators": [
                    {
                        "id": indicator.id,
                        "name": indicator.name,
                        "weight": None if indicator.weight is None else show(indicator.weight),
                        "rule": indicator.rule,
                        "points": {key: show(p) for key, p in indicator.points.items()},
                        "cap": None if indicator.cap is None else show(indicator.cap),
                        "source": indicator.source,
                        "clause": indicator.clause,
                    }
                    for indicator in group.indicators
                ],
            }
            for group in book.groups
        ],
        "vocabulary": {name: dict(codes) for name, codes in book.vocabulary.items()},
    }
