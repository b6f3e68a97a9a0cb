"""What stands at the top of a bundle: how to check it, in two languages."""

from __future__ import annotations

from importlib import resources
from string import Template
from typing import Final

_NAMES: Final = ("README.md", "README.zh-CN.md")
_WHOLE: Final = {
    "README.md": "It holds the whole log up to the size that `data/checkpoint` states.",
    "README.zh-CN.md": "里面是截至 `data/checkpoint` 所述条数的全部日志。",
}
_PART: Final = {
    "README.md": "It holds the entries that concern one unit, “$unit”, and those that all units "
    "share, each with a proof that it is in the log. Only a bundle of the whole log shows that "
    "nothing is missing.",
    "README.zh-CN.md": "里面是与“$unit”有关的和各单位共有的记录，每条都附有它在日志中的证明。"
    "是否有遗漏，只有包含全部日志的移交包才能看出。",
}


def readmes(origin: str, *, unit: str | None) -> dict[str, str]:
    """Return the two README files of a bundle of the log ``origin``, by name."""
    texts = resources.files("infra.audit") / "texts"
    made = {}
    for name in _NAMES:
        what = Template((_PART if unit else _WHOLE)[name]).substitute(unit=unit or "")
        text = (texts / name).read_text("utf-8")
        made[name] = Template(text).substitute(origin=origin, what=what)
    return made
