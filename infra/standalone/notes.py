"""Checkpoints: what a log states of itself, as a signed note (C2SP signed-note, tlog-checkpoint).

Reading one shows only that it has the right form. What it says is worth something after a
signature of a key given from outside has been checked.
"""

from __future__ import annotations

from typing import NamedTuple

from infra.standalone.merkle import EMPTY_TREE
from infra.standalone.notation import base64_of, bytes_of, hash_of, number_of, text_of
from infra.standalone.verifier_keys import PublicKey, check_key_name
from infra.standalone.wording import Malformed, shown

LONGEST_NOTE = 256 * 1024
_MOST_SIGNATURES = 64
_DASH = "— "


class SignatureLine(NamedTuple):
    """A line below a note: who is said to have signed, the key's id, and the signature."""

    name: str
    key_id: bytes
    data: bytes

    def written(self) -> str:
        """Return the line without its line feed."""
        return f"{_DASH}{self.name} {base64_of(self.key_id + self.data)}"


class Checkpoint(NamedTuple):
    """Origin, size and root; the text that was signed; the lines below it; the file's bytes."""

    origin: str
    size: int
    root: bytes
    text: str
    lines: tuple[SignatureLine, ...]
    raw: bytes

    def lines_of(self, key: PublicKey) -> list[SignatureLine]:
        """Return the lines that say that they are by ``key``."""
        return [line for line in self.lines if (line.name, line.key_id) == (key.name, key.key_id)]


def checkpoint_of(data: bytes) -> Checkpoint:
    """Return the checkpoint in a file. Raises ``Malformed``."""
    text = text_of(data, LONGEST_NOTE)
    head, gap, tail = text.partition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise Malformed(
            "不是检查点：应为三行、一个空行、签名行，每行以换行结束",
            "not a checkpoint: three lines, an empty one, signature lines, each ended by LF",
        )
    stated = head.split("\n")
    if len(stated) != 3:
        raise Malformed(
            f"检查点应有三行（日志名称、条数、树根），这里有 {len(stated)} 行",
            f"a checkpoint has three lines (origin, size, root), not {len(stated)}",
        )
    origin, size, root = stated[0], number_of(stated[1]), hash_of(stated[2])
    check_key_name(origin)
    if size == 0 and root != EMPTY_TREE:
        raise Malformed("条数为 0，树根却不是空树的根", "size 0 with the root of another tree")
    below = tail[:-1].split("\n")
    if len(below) > _MOST_SIGNATURES:
        raise Malformed(
            f"签名行多于 {_MOST_SIGNATURES} 行", f"more than {_MOST_SIGNATURES} signature lines"
        )
    return Checkpoint(origin, size, root, head + "\n", tuple(map(signature_of, below)), data)


def signature_of(line: str) -> SignatureLine:
    """Return the signature on a line. Raises ``Malformed``."""
    name, gap, code = line[len(_DASH) :].partition(" ")
    if not line.startswith(_DASH) or not gap:
        raise Malformed(
            f"“{shown(line)}”不是签名行（“— 名称 Base64”）",
            f'"{shown(line)}" is not a signature line ("— name Base64")',
        )
    check_key_name(name)
    data = bytes_of(code)
    if len(data) < 5:
        raise Malformed(f"{shown(name)} 的签名太短", f"the signature of {shown(name)} is too short")
    return SignatureLine(name, data[:4], data[4:])
