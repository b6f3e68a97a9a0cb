"""Options that many commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from domain.days import FIRST_DAY, LAST_DAY, read_day

_YEAR = re.compile(r"\s*([0-9]{4,9})[^0-9]")


class Day(click.ParamType[date]):
    """A day, ``2022-12-31`` or ``2022年12月31日``."""

    name = "日期"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:  # noqa: ANN401  as click has it
        """Read the day, or say what would be right."""
        try:
            return read_day(value)
        except ValueError as error:
            self.fail(_too_far(str(value)) or str(error), param, ctx)


class KnownAt(click.ParamType[str]):
    """A moment of knowledge: ``#120``, a day or a date-time. What it means the log says."""

    name = "时点"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401  as click has it
        """Return it as it is written if it can be read, or say what would be right."""
        from projections.asking import check_known_at

        try:
            return check_known_at(value)
        except ValueError as error:
            told = _too_far(str(value)) or f"{error}；也可写 #编号"
            self.fail(told, param, ctx)


def _too_far(written: str) -> str | None:
    """Return what is wrong with a day so far off that it cannot be counted with."""
    year = _YEAR.match(written)
    if year is None or FIRST_DAY.year <= int(year[1]) <= LAST_DAY.year:
        return None
    return f"“{written}”太远；能写的日期从 {FIRST_DAY} 到 {LAST_DAY}"


def to_file(metavar: str, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give an export the file that it writes, which has to be named, as its argument ``file``."""
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option("--to", "file", required=True, type=kind, metavar=metavar, help=what)


known_at = click.option(
    "--known-at",
    type=KnownAt(),
    metavar="时点",
    help="按何时已知的情况：#编号、日期或日期时间；默认全部。",
)


def _asking(as_of_help: str, cycle_help: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command ``--as-of``, ``--known-at`` and ``--cycle`` as one argument ``asked``."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--as-of", type=Day(), metavar="日期", help=as_of_help)
        @known_at
        @click.option("--cycle", metavar="年度", help=cycle_help)
        @wraps(command)
        def wrapped(
            *args: Any,  # noqa: ANN401  whatever the command takes
            as_of: date | None,
            known_at: str | None,
            cycle: str | None,
            **kwargs: Any,  # noqa: ANN401  whatever the command takes
        ) -> Any:  # noqa: ANN401  whatever the command returns
            from projections.asking import Asked

            return command(*args, asked=Asked(as_of, known_at, cycle), **kwargs)

        return wrapped

    return decorated


asked = _asking(
    "截至哪一天；默认今天，年度已关闭的为关闭时定的那一天。",
    "哪个考核年度；默认最近开始的一个。",
)
"""For what has a score: there is always a day and a year that it is about."""

_BY_DAY = "按到这一天为止发生的情况；默认不限。"
narrowed = _asking(_BY_DAY, "只列这个考核年度的；默认所有年度。")
"""For lists of what was done: without a day or a year they hold all there is."""

by_day = click.option("--as-of", type=Day(), metavar="日期", help=_BY_DAY)


def attaching(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--evidence`` and ``--digest-only`` as one argument ``attached``."""

    @click.option(
        "--evidence",
        "files",
        multiple=True,
        type=click.Path(path_type=Path, readable=False),
        metavar="文件",
        help="佐证文件，可写多次：存放一份，登记它的文件名和 SHA-256。",
    )
    @click.option("--digest-only", is_flag=True, help="佐证文件只登记文件名和 SHA-256，不存放。")
    @wraps(command)
    def wrapped(
        *args: Any,  # noqa: ANN401  whatever the command takes
        files: tuple[Path, ...],
        digest_only: bool,
        **kwargs: Any,  # noqa: ANN401  whatever the command takes
    ) -> Any:  # noqa: ANN401  whatever the command returns
        from cli.attaching import Attached

        if digest_only and not files:
            raise click.UsageError("--digest-only 要与 --evidence 一起用。")
        return command(*args, attached=Attached(files, digest_only), **kwargs)

    return wrapped


as_json = click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档。")
