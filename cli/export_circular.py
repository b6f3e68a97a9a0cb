"""``kaohe export circular``: what was adopted, as the circular that an office prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.endings import ending_of
from cli.office import Office, office
from cli.options import Day, asked, to_file
from cli.output import heading
from domain.errors import Refused
from domain.names import tidy
from infra.files.new_file import check_free, write_new
from projections.asking import Asked

if TYPE_CHECKING:
    from projections.asking import Point

_DOCX, _PDF = ".docx", ".pdf"


@click.command("circular")
@click.option(
    "--from", "first", required=True, type=Day(), metavar="日期", help="本期从哪一天起，含当天。"
)
@asked
@to_file("文件", "写到哪个文件：.docx 或 .pdf。")
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件.docx",
    help="用自己的 Word 模板；现成的模板可用 kaohe export circular-template 写出。只用于 .docx。",
)
@click.option(
    "--fonts",
    envvar="KAOHE_FONTS",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="另有字体文件的文件夹（KAOHE_FONTS）；只用于 .pdf。",
)
@click.option("--title", metavar="标题", help="标题；默认“关于……政务信息采用情况的通报”。")
@click.option("--head", default="", metavar="文字", help="红头，即发文机关标志；默认没有。")
@click.option("--number", default="", metavar="文号", help="发文字号；默认没有。")
@click.option("--signed", default="", metavar="机关", help="发文机关署名；默认没有。")
@click.option("--issued", type=Day(), metavar="日期", help="成文日期；默认没有。")
def export_circular(
    first: date,
    asked: Asked,
    file: Path,
    template: Path | None,
    fonts: Path | None,
    title: str | None,
    head: str,
    number: str,
    signed: str,
    issued: date | None,
) -> None:
    """写出政务信息采用情况通报：本期（--from 至 --as-of）和全年累计的报送、采用、批示和名次。

    版式按 GB/T 9704-2012。

    程序不带字体：.docx 只写字体名称；.pdf 用机器上的字体，缺的用别的代替，并说明用了哪种。
    """
    from domain.days import show_day

    form = _form(file, template)
    check_free(file)
    with office() as opened:
        point = opened.point(asked)
        document = _document(opened, point, first)
    given = {"head": head, "number": number, "signed": signed}
    document |= {name: _line(name, text) for name, text in given.items()}
    document["issued"] = show_day(issued) if issued else ""
    if title:
        document["title"] = [_line("title", title)]
    data = _docx(document, template) if form == _DOCX else _pdf(document, fonts)
    write_new(file, data)
    click.echo(heading(point), err=True)
    click.echo(f"已写出 {file}", err=True)


@click.command("circular-template")
@to_file("文件.docx", "写到哪个文件。")
def export_circular_template(file: Path) -> None:
    """写出通报的 Word 模板，修改后可用 kaohe export circular --template 使用。"""
    from infra.documents.packaged_template import packaged_template

    ending_of(file, _DOCX)
    write_new(file, packaged_template())
    click.echo(f"已写出 {file}", err=True)


def _form(file: Path, template: Path | None) -> str:
    form = ending_of(file, _DOCX, _PDF)
    if template and form == _PDF:
        raise Refused("Word 模板不能用于 PDF", fix=f"请去掉 --template，或把通报写成 {_DOCX}。")
    return form


def _line(option: str, text: str) -> str:
    """Return what was given with an option, as it is printed in one line."""
    try:
        return " ".join(tidy(text).split())
    except ValueError as error:
        message = f"--{option} {error}"
        raise Refused(message, fix="请去掉它。") from None


def _document(opened: Office, point: Point, first: date) -> dict[str, Any]:
    from projections.circular import checked, circular
    from projections.circular_counts import works

    span = checked(point, first)
    register = opened.register(point.position)
    eve = replace(point, as_of=first - timedelta(days=1))
    return circular(
        point,
        span,
        works(point, register, opened.reading),
        before=opened.sheets.league(eve)[0],
        now=opened.sheets.league(point)[0],
    )


def _docx(document: dict[str, Any], template: Path | None) -> bytes:
    from infra.documents.circular_docx import circular_docx
    from infra.documents.packaged_template import packaged_template

    if template is None:
        return circular_docx(document, packaged_template(), name="（自带）")
    try:
        held = template.read_bytes()
    except OSError as error:
        message = f"不能读取模板 {template}：{error.strerror}"
        raise Refused(message, fix="请核对 --template。") from error
    return circular_docx(document, held, name=template.name)


def _pdf(document: dict[str, Any], fonts: Path | None) -> bytes:
    from infra.documents.circular_pdf import circular_pdf
    from infra.documents.fonts import Typefaces

    typefaces = Typefaces(fonts)
    data = circular_pdf(document, typefaces)
    for name, instead in typefaces.missing.items():
        click.echo(f"没有字体 {name}，用 {instead} 代替", err=True)
    return data
