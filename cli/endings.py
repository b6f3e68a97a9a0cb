"""How the name of a file says what is written into it: by its ending."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.errors import Refused


def ending_of(file: Path, *endings: str, also: str = "") -> str:
    """Return with which of ``endings`` the name of ``file`` ends, in small letters.

    Raises ``Refused`` when it ends otherwise: no program would open it. ``also`` says what else
    there is to do than to change the name.
    """
    ending = file.suffix.lower()
    if ending not in endings:
        raise wrong_ending(file, *endings, also=also)
    return ending


def form_for(file: Path, form: str | None, endings: Mapping[str, str]) -> str:
    """Return the form to write ``file`` in: the one asked for, else the one that its name ends as.

    Raises ``Refused`` when its name says no form, or another: no program would open it.
    """
    named = endings.get(file.suffix.lower())
    if named and form and named != form:
        message = f"{file.name} 的扩展名是 {file.suffix}，--format 却是 {form}"
        raise Refused(message, fix="请改用相符的扩展名，或去掉 --format。")
    return form or endings[ending_of(file, *endings, also="，或用 --format 指明格式")]


def wrong_ending(file: Path, *endings: str, also: str = "") -> Refused:
    """Return the refusal of a name that ends with none of ``endings``."""
    *others, last = endings
    wanted = f"{'、'.join(others)} 或 {last}" if others else last
    message = f"{file.name} 的扩展名不是 {wanted}"
    return Refused(message, fix=f"请把文件名的扩展名改成 {wanted}{also}。")
