"""The end of the demonstration: the log handed out, verified, and a changed copy found out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.demo.headings import section

if TYPE_CHECKING:
    from cli.demo.shell import Shell

_BUNDLE, _COPY = "移交包", "移交包-改过"


def hand_over(shell: Shell, folder: Path, day: str) -> None:
    """Export the audit bundle, verify it, then change one byte of a copy and verify that."""
    section("七、移交审计包，由别人核验")
    bundle, copy = folder / _BUNDLE, folder / _COPY
    with shell.office() as opened:
        key = opened.signer.begin()
    shell.run("export", "audit", "--to", str(bundle), "--for", "考核委员会", "--as-of", day)
    shell.run("verify", "bundle", str(bundle), "--key", str(key))
    shutil.copytree(bundle, copy)
    position = _change_one_byte(copy / "data" / "events.jsonl")
    click.echo()
    click.echo(f"  把副本里事件 #{position} 的一个字节改掉，再核验：")
    click.echo()
    shell.run("verify", "bundle", str(copy), "--key", str(key), expected=1)


def _change_one_byte(file: Path) -> int:
    """Change the year of an entry in the middle of the log, and return its position."""
    lines = file.read_bytes().split(b"\n")
    at = len(lines) // 2
    lines[at] = lines[at].replace(b'"on":"2022', b'"on":"2021', 1)
    file.write_bytes(b"\n".join(lines))
    return at + 1
