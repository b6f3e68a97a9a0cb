"""How a trail is verified against a checkpoint by somebody who does not trust the office."""

from __future__ import annotations

import shlex
from typing import Any, Final, NamedTuple

Document = dict[str, Any]

BUNDLE: Final = "移交包"
LEAVES: Final = (
    "python3 -c \"import hashlib,json;[print(json.loads(line)['position'],"
    "hashlib.sha256(b'\\0'+line.rstrip(b'\\n')).hexdigest())"
    " for line in open('data/events.jsonl','rb')]\""
)
"""Prints the position and the leaf of every entry; to be run in the bundle's folder."""


class Check(NamedTuple):
    """One step of verifying: what to do and what it shows, and the command for it."""

    text: str
    command: str = ""


def checks(trail: Document) -> list[Check]:
    """Return how the trail is verified, step by step."""
    size, sealed = trail["known_at"]["position"], trail["verify"]
    return [
        Check(
            f"请市政府办公室导出截至 #{size} 的移交包。里面是本单位的和各单位共有的事件，每条附有"
            "包含证明；其他单位的得分和名次要用整本日志的移交包核对（去掉 --unit）。",
            export_command(trail),
        ),
        Check(
            "另用电话等途径核对密钥的指纹（逐行列在下面）。key.txt 里只有公钥那一行，"
            "由办公室用 kaohe key show --to key.txt 写出，或照下面抄录；放在移交包之外。"
            "再核验移交包；以前收到过检查点的，加上 --pin 一并核对。",
            f"python3 -I -S {BUNDLE}/verify/verify.py {BUNDLE} --key key.txt",
        ),
        Check(
            "移交包里的检查点是文件 data/checkpoint，前三行依次是日志名称、条数和树根（Base64），"
            f"应是 {sealed['log']}、{size} 和 {sealed['root']}。"
            "核验程序也显示这三项，树根看“树根（Base64）”一行。"
        ),
        Check(
            "移交包里 data/events.jsonl 的每一行是一条事件，它的叶子是 SHA-256(0x00 ‖ 该行)。"
            "在移交包的文件夹里运行下面的命令，按编号与本文所列的叶子逐条比对。",
            LEAVES,
        ),
    ]


def key(trail: Document) -> list[str]:
    """Return the key of the log and its fingerprint, row by row."""
    sealed = trail["verify"]
    if sealed["key"] is None:
        return [f"日志 {sealed['log']} 还没有密钥；签署检查点之后才能核验。"]
    rows = (
        f"{number}  {row['hexadecimal']}  {' '.join(row['words'])}"
        for number, row in enumerate(sealed["fingerprint"], 1)
    )
    return [sealed["key"], *rows]


def export_command(trail: Document) -> str:
    """Return the command by which the office makes the bundle that proves the trail."""
    unit, size = trail["appeal"]["enrolled_as"], trail["known_at"]["position"]
    return f"kaohe export audit --unit {shlex.quote(unit)} --until '#{size}' --to {BUNDLE}"
