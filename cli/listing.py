"""``kaohe list``: the office's lists, as they stood on any day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.endings import ending_of, form_for
from cli.list_name import ALL, NAMES_TOLD, ListName
from cli.office import Office, office
from cli.options import Day, asked
from cli.output import heading, print_json
from infra.files.new_file import check_free, write_new
from projections.registers.table import ROLLS

if TYPE_CHECKING:
    from domain.listing import Listing
    from projections.asking import Asked, Point
    from projections.known import Known

_FORMATS = ("table", "csv", "json", "xlsx")
_SUFFIXES = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".txt": "table"}


@click.command(
    "list",
    help="列出一份清单在某一天的状态，每行写明依据的事件和来源。\n\n"
    f"\b\n{NAMES_TOLD}（不能用 csv）\n\n"
    "清单可写英文名，也可写中文名。"
    "只列那一天为止已经发生的事；更正和撤销按 --known-at 时已知的算。"
    "csv 用 Excel 或 WPS 可以直接打开；xlsx 须用 --to 指明文件。",
)
@click.argument("name", type=ListName(), metavar="清单")
@click.option(
    "--unit", "names", multiple=True, metavar="单位", help="只列这个单位的，可写多次；别名也可。"
)
@click.option(
    "--from",
    "since",
    type=Day(),
    metavar="日期",
    help="只列所述的事在这一天或以后发生的行（按每份清单的日期一栏）。",
)
@click.option("--open", "only_open", is_flag=True, help="只列到那一天还没有了结的。")
@asked
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    metavar="格式",
    help="table、csv、json 或 xlsx；默认看 --to 的扩展名，没有 --to 则为 table。",
)
@click.option("--json", "form", flag_value="json", help="同 --format json。")
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪个文件；默认输出到屏幕。",
)
def list_(
    *,
    name: str,
    names: tuple[str, ...],
    since: date | None,
    only_open: bool,
    asked: Asked,
    form: str | None,
    file: Path | None,
) -> None:
    """Print or write the lists; what they are called and mean is said in the help above."""
    form = form_for(file, form, _SUFFIXES) if file else form or "table"
    _check(name, form, file)
    with office() as opened:
        point = opened.point(asked)
        if since is not None and since > point.as_of:
            raise click.UsageError(f"--from {since} 晚于清单的日期 {point.as_of}，什么都不会列出。")
        listings = _listings(opened, point, name, names, since=since, only_open=only_open)
    _put(file, form, point, listings, whole=name == ALL)
    if file is not None:
        rows = "、".join(f"{listing.title} {len(listing.rows)} 行" for listing in listings)
        click.echo(f"{heading(point)}\n已写到 {file}：{rows}", err=True)


def _check(name: str, form: str, file: Path | None) -> None:
    """Refuse what cannot be written, before the work is done."""
    if form == "xlsx" and file is None:
        raise click.UsageError("xlsx 不能输出到屏幕，请用 --to 指明文件。")
    if form == "csv" and name == ALL:
        raise click.UsageError("csv 一个文件只能放一份清单；全部清单请用 xlsx 或 json。")
    if file is not None:
        if form == "xlsx":
            ending_of(file, ".xlsx")
        check_free(file)


def _listings(
    opened: Office,
    point: Point,
    name: str,
    names: Sequence[str],
    *,
    since: date | None,
    only_open: bool,
) -> list[Listing]:
    from projections.registers.table import listing

    known = known_for(opened, point, names)
    wanted = list(ROLLS) if name == ALL else [name]
    if name == ALL and only_open:
        wanted = [each for each in wanted if ROLLS[each].opens]
    return [listing(each, known, opened.log, since=since, only_open=only_open) for each in wanted]


def known_for(opened: Office, point: Point, names: Sequence[str] = ()) -> Known:
    """Return what stood at ``point``, for the units of these names; without any, for all."""
    from projections.known import Known

    wanted = {point.unit(name).id for name in names} if names else None
    return Known(point, opened.register(point.position), wanted)


def _put(
    file: Path | None, form: str, point: Point, listings: Sequence[Listing], *, whole: bool
) -> None:
    """Write the lists to ``file``, or print them."""
    if form == "xlsx" and file is not None:
        from infra.files.list_xlsx import write_lists

        write_lists(file, listings, heading(point))
    elif form == "csv":
        data = _csv(listings[0])
        if file is None:
            click.echo(data, nl=False)
        else:
            write_new(file, data)
    elif file is None:
        _print(form, point, listings, whole=whole)
    else:
        with redirect_stdout(StringIO()) as said:
            _print(form, point, listings, whole=whole)
        write_new(file, said.getvalue().encode())


def _csv(listing: Listing) -> bytes:
    from domain.listing import ORIGIN, shown_rows
    from infra.files.csv_rows import write_rows

    held = BytesIO()
    headings = [column.heading for column in (*listing.columns, *ORIGIN)]
    write_rows(held, headings, shown_rows(listing))
    return held.getvalue()


def _print(form: str, point: Point, listings: Sequence[Listing], *, whole: bool) -> None:
    if form == "json":
        from projections.registers.document import document

        print_json(document(point, listings, whole=whole))
        return
    from cli.list_table import print_listing

    click.echo(heading(point))
    for listing in listings:
        print_listing(listing)
