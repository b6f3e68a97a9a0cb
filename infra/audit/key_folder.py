"""The log's key and the signer's memory: files outside the database, one folder for each log.

A backup of the database that is put back must not put back what the signer remembers; that is
why neither lies in the database.
"""

from __future__ import annotations

import os
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.keys import Kind, Sign, VerifierKey
from domain.audit.notation import Malformed
from domain.errors import IntegrityBroken, NotKnown, Refused
from infra.audit.durable import PRIVATE, write_durably
from infra.audit.ed25519 import KeyUnreadable, PassphraseNeeded, new_key, signer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    AskPassphrase = Callable[[], str | None]

_OTHERS: Final = 0o077


def check_usable(root: Path) -> None:
    """Check that keys can be kept below the folder ``root``, which is made if need be.

    Raises ``Refused``.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=root):
            pass
    except OSError as error:
        message = f"密钥文件夹 {root} 不能使用：{error.strerror}"
        fix = "请用 --keys 或 KAOHE_KEYS 指明一个能写入的文件夹，再运行一次。"
        raise Refused(message, fix=fix) from error


class KeyFolder:
    """The folder of the log ``origin`` below ``root``: its key, and every checkpoint it signed."""

    def __init__(self, root: Path, origin: str) -> None:
        self.origin = origin
        # A plus sign cannot be part of a name, so no two names share a folder.
        self.path = root / origin.replace("/", "+")
        self.private = self.path / "key.pem"
        self._public = self.path / "key.pub"
        self._checkpoints = self.path / "checkpoints"

    def create(self, passphrase: str | None) -> VerifierKey:
        """Make the key of this log, locked with ``passphrase`` unless that is none.

        Raises ``Refused`` when there is one already.
        """
        if self.private.exists():
            raise Refused(f"{self.private} 已有密钥", fix="已有的密钥不会被覆盖。")
        self.path.mkdir(parents=True, exist_ok=True)
        pem, public = new_key(passphrase)
        key = VerifierKey(self.origin, Kind.LOG, public)
        write_durably(self._public, f"{key}\n".encode())
        write_durably(self.private, pem, mode=PRIVATE)
        return key

    def key(self) -> VerifierKey:
        """Return the public half, as others are given it.

        Raises ``NotKnown`` without a key, ``IntegrityBroken`` when the file holds something else.
        """
        try:
            key = VerifierKey.parse(self._public.read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            message = f"{self.path} 里没有日志 {self.origin} 的密钥"
            fix = "请在保存密钥的那台机器上操作，或用 --keys 指明密钥文件夹。"
            raise NotKnown(message, fix=fix) from None
        except (Malformed, UnicodeDecodeError) as error:
            raise IntegrityBroken(f"{self._public}：{error}", fix="请用备份恢复。") from None
        if key.name != self.origin or key.kind is not Kind.LOG:
            message = f"{self._public} 里不是日志 {self.origin} 的公钥"
            raise IntegrityBroken(message, fix="请用备份恢复。")
        return key

    def unlock(self, ask: AskPassphrase) -> Sign:
        """Return what signs with the key; ``ask`` is called when it is locked.

        Raises ``NotKnown`` without a key, ``Refused`` when others can read it or the passphrase is
        wrong, and ``IntegrityBroken`` when the two halves do not belong together or one is damaged.
        """
        key = self.key()
        try:
            pem = self.private.read_bytes()
        except FileNotFoundError:
            raise NotKnown(f"没有私钥文件 {self.private}", fix="请用备份恢复。") from None
        if os.name == "posix" and self.private.stat().st_mode & _OTHERS:
            message = f"别的用户能读私钥文件 {self.private}"
            raise Refused(message, fix=f"请先运行 chmod 600 '{self.private}'。")
        try:
            try:
                sign, public = signer(pem, None)
            except PassphraseNeeded:
                passphrase = ask()
                if not passphrase:
                    message = f"{self.private} 有口令，却没有给出口令"
                    fix = "请设置环境变量 KAOHE_PASSPHRASE，或在终端里运行并输入口令。"
                    raise Refused(message, fix=fix) from None
                sign, public = signer(pem, passphrase)
        except KeyUnreadable as error:
            raise Refused(
                f"{self.private}：{error}", fix="请核对口令（KAOHE_PASSPHRASE）。"
            ) from None
        if public != key.public:
            raise IntegrityBroken(
                f"{self.private} 与 {self._public} 不是一对", fix="请用备份恢复。"
            )
        return sign

    def sizes(self) -> list[int]:
        """Return the sizes of the checkpoints that were signed, in order."""
        found = self._checkpoints.glob("*.txt") if self._checkpoints.is_dir() else ()
        return sorted(int(file.stem) for file in found if file.stem.isdecimal())

    def checkpoint(self, size: int) -> SignedCheckpoint:
        """Return the checkpoint that was signed at ``size``.

        Raises ``IntegrityBroken`` when the file is not what was written.
        """
        file = self._checkpoints / f"{size}.txt"
        try:
            signed = SignedCheckpoint.parse(file.read_bytes())
        except (Malformed, OSError) as error:
            raise IntegrityBroken(f"{file}：{error}", fix="请用备份恢复这个文件。") from None
        if signed.checkpoint.size != size or signed.checkpoint.origin != self.origin:
            raise IntegrityBroken(f"{file} 里是别的检查点", fix="请用备份恢复这个文件。")
        return signed

    def remember(self, signed: SignedCheckpoint) -> None:
        """Keep a checkpoint for ever. It is on the disk when this returns."""
        self._checkpoints.mkdir(parents=True, exist_ok=True)
        write_durably(self._checkpoints / f"{signed.checkpoint.size}.txt", signed.encode())
