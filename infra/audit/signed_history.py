"""What was signed, held against the log as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.cosignature import check_cosignature
from domain.audit.notation import Malformed
from domain.audit.note import NotSigned
from domain.errors import IntegrityBroken
from infra.audit.ed25519 import verify
from infra.audit.finding import Finding

if TYPE_CHECKING:
    from domain.audit.keys import VerifierKey
    from infra.audit.checkpoints import Checkpoints, Cosigned
    from infra.audit.database import Examined
    from infra.audit.key_folder import KeyFolder


_ANY: Final = 2**53
"""More than any log holds."""


class Signed(NamedTuple):
    """A checkpoint, and where it was kept."""

    place: str
    size: int
    root: bytes


def collected(
    checkpoints: Checkpoints,
    folder: KeyFolder,
    key: VerifierKey | None,
    pins: Iterable[tuple[str, SignedCheckpoint]] = (),
) -> tuple[list[Signed], list[Finding]]:
    """Return every checkpoint there is, in the database, outside it and given, and what is wrong.

    ``key`` is the log's; with none, signatures cannot be checked.
    """
    found: list[Signed] = []
    outside, inside = folder.sizes(), checkpoints.sizes(upto=_ANY)
    wrong = [
        Finding("CHECKPOINT", f"数据库里没有签过的 {size} 条的检查点", size, size)
        for size in outside
        if size not in inside
    ]
    reads: list[tuple[str, int, Callable[[int], SignedCheckpoint | None]]] = [
        *(("密钥文件夹", size, folder.checkpoint) for size in outside),
        *(("数据库", size, checkpoints.at) for size in inside),
    ]
    for place, size, read in reads:
        try:
            signed = read(size)
        except IntegrityBroken as error:
            wrong.append(Finding("FORM", error.what, size, size))
            continue
        if signed is not None:
            _take(place, signed, key, found, wrong)
    for name, signed in pins:
        _take(name, signed, key, found, wrong)
    return found, wrong


def _take(
    place: str,
    signed: SignedCheckpoint,
    key: VerifierKey | None,
    found: list[Signed],
    wrong: list[Finding],
) -> None:
    at = signed.checkpoint
    if key is not None:
        try:
            signed.check(key, verify)
        except (NotSigned, Malformed) as error:
            text = f"{place}里 {at.size} 条的检查点：{error}"
            wrong.append(Finding("SIGNATURE", text, at.size, at.size))
            return
    found.append(Signed(place, at.size, at.root))


def cosignatures(checkpoints: Checkpoints) -> list[Finding]:
    """Return which cosignatures in the database are not what their witness signed.

    The witnesses' keys lie in the same database: this finds damage, and who changes both is found
    by the witnesses alone.
    """
    wrong: list[Finding] = []
    try:
        keys = checkpoints.witnesses()
    except IntegrityBroken as error:
        return [Finding("KEY", error.what)]
    for seen in checkpoints.cosigned():
        try:
            signed = checkpoints.at(seen.size)
        except IntegrityBroken:
            continue  # the checkpoint itself is found to be damaged
        if said := _wrong_with(seen, signed, keys.get(seen.witness)):
            text = f"见证人 {seen.witness} 对 {seen.size} 条的检查点：{said}"
            wrong.append(Finding("SIGNATURE", text, seen.size, seen.size))
    return wrong


def _wrong_with(
    seen: Cosigned, signed: SignedCheckpoint | None, key: VerifierKey | None
) -> str | None:
    if signed is None or key is None:
        return "没有这个检查点，或不认识这个见证人"
    try:
        time = check_cosignature(signed.note, key, verify)
    except (NotSigned, Malformed) as error:
        return str(error)
    return None if time == seen.time else "见证时间与签名里的不同"


def held_against(signed: Iterable[Signed], examined: Examined) -> list[Finding]:
    """Return where the log does not give the roots that were signed.

    Named is the range from the last checkpoint that still fits to the first that does not.
    """
    wrong: list[Finding] = []
    if not examined.origin:
        return wrong  # nothing could be examined
    fits = 0
    for each in sorted(signed, key=lambda one: one.size):
        if each.size > examined.position:
            text = f"{each.place}里有 {each.size} 条的检查点，日志现在只有 {examined.position} 条"
            wrong.append(
                Finding(
                    "ROLLBACK",
                    f"{text}：末尾被截去，或恢复成了旧的",
                    examined.position + 1,
                    each.size,
                )
            )
        elif each.size in examined.roots:
            if examined.roots[each.size] == each.root:
                fits = max(fits, each.size)
            else:
                text = f"#{fits + 1} 至 #{each.size} 之间有记录连同叶子和审计树一起被改动"
                whose = f"（{each.place}里 {each.size} 条的检查点与记录不符"
                last = f"，最后相符的是 {fits} 条的）" if fits else "）"
                wrong.append(Finding("ROOT", text + whose + last, fits + 1, each.size))
                break
    return wrong
