"""The fonts of official documents, and what stands in for those that a machine does not have.

GB/T 9704-2012 names 仿宋, 楷体, 黑体, 宋体 and 小标宋. They are sold; none comes with the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from typst import Fonts

from domain.errors import Refused

_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "SimSun",
    "STSong",
    "Songti SC",
)
_SANS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)


class Face(NamedTuple):
    """A font of the standard: its name, the families that it is, and those that stand in for it."""

    name: str
    own: Sequence[str]
    instead: Sequence[str]

    @property
    def families(self) -> list[str]:
        """All of them, in the order in which they are tried."""
        return [*self.own, *self.instead]


FACES = {
    "fang": Face(
        "仿宋_GB2312",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong"),
        _SERIF,
    ),
    "kai": Face("楷体_GB2312", ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti"), _SERIF),
    "hei": Face("黑体", ("SimHei", "黑体", "STHeiti"), _SANS),
    "song": Face("宋体", ("SimSun", "宋体", "NSimSun"), _SERIF),
    "biao": Face(
        "方正小标宋简体",
        ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05"),
        ("STZhongsong", *_SERIF),
    ),
}
"""The fonts by what a page calls them: 仿宋 for the text, 小标宋 for titles, and so on."""


class Typefaces:
    """The fonts of this machine, and of one more folder, as typesetting takes them.

    ``families`` says for each face what is there of it; ``missing`` the faces that are not there
    themselves, each with the family that stands in for it.
    """

    def __init__(self, folder: Path | None) -> None:
        if folder is not None and not folder.is_dir():
            message = f"没有字体文件夹 {folder}"
            raise Refused(message, fix="请核对 --fonts 或环境变量 KAOHE_FONTS。")
        self.all = Fonts(font_paths=[str(folder)] if folder else [])
        known = {family.casefold() for family in self.all.families()}
        self.families: dict[str, list[str]] = {}
        self.missing: dict[str, str] = {}
        for use, face in FACES.items():
            found = [family for family in face.families if family.casefold() in known]
            # Of unknown families any font of the machine is taken that has the sign.
            self.families[use] = found or list(face.own[:1])
            if not set(found) & set(face.own):
                self.missing[face.name] = found[0] if found else "机器上别的字体"
