"""Witnesses: what they are asked to sign, and what they answered, by file.

A witness keeps what it saw of the log. It signs a new checkpoint only when the log did nothing but
grow since; so the office cannot show one log to one and another to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.audit.cosignature import check_cosignature
from domain.audit.keys import Kind, VerifierKey
from domain.audit.notation import Malformed
from domain.audit.note import Note, NotSigned, Signature
from domain.audit.tiles import TreeIncomplete
from domain.audit.tree_proofs import consistency_proof
from domain.audit.witness_request import WitnessRequest
from domain.errors import IntegrityBroken, NotKnown, Refused
from infra.audit.checkpoints import Checkpoints, Cosigned
from infra.audit.ed25519 import verify
from infra.store.rows import BROKEN_FIX
from infra.store.transactions import reading
from infra.store.tree import tree_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from domain.audit.checkpoint import SignedCheckpoint

_LONGEST_ANSWER = 100_000


def proof_between(engine: Engine, old: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that the log at ``size`` entries continues the log at ``old``.

    It is empty from size 0 and between equal sizes. Raises ``IntegrityBroken`` when the tree is
    not all there.
    """
    if old in {0, size}:
        return ()
    with reading(engine) as connection:
        try:
            return tuple(consistency_proof(tree_of(connection, size), old, size))
        except TreeIncomplete as error:
            raise IntegrityBroken(f"审计树不全：{error}", fix=BROKEN_FIX) from error


def request_to(engine: Engine, old: int, signed: SignedCheckpoint) -> WitnessRequest:
    """Return the request to a witness that last signed at ``old`` entries, 0 if never.

    Raises ``Refused`` when that is more than the checkpoint has.
    """
    size = signed.checkpoint.size
    if old > size:
        message = f"见证人上次签到 {old} 条，检查点只有 {size} 条"
        raise Refused(message, fix="请先用 kaohe checkpoint 签署新的检查点。")
    return WitnessRequest(old, proof_between(engine, old, size), signed)


def last_seen(checkpoints: Checkpoints, name: str) -> int:
    """Return the greatest size that the witness ``name`` signed, 0 for none."""
    return max((seen.size for seen in checkpoints.cosigned() if seen.witness == name), default=0)


def file_answer(checkpoints: Checkpoints, answer: bytes, key: VerifierKey | None) -> list[Cosigned]:
    """Keep the cosignatures in a witness's answer, and return them.

    ``key`` is the witness's, needed the first time. Raises ``NotKnown`` when a line is of a witness
    whose key is not known, ``Refused`` when it is not what that witness made for a checkpoint of
    this log, or ``key`` is not one for it; nothing is kept then.
    """
    lines = _lines(answer)
    known = checkpoints.witnesses()
    if key is not None:
        _check_key(checkpoints, known, key)
        known[key.name] = key
    seen = [_seen(checkpoints, known, line) for line in lines]
    for each in seen:
        checkpoints.cosign(known[each.witness], each)
    return seen


def _lines(answer: bytes) -> list[Signature]:
    try:
        text = answer[:_LONGEST_ANSWER].decode().replace("\r\n", "\n")
        found = [Signature.parse(line) for line in text.split("\n") if line.startswith("— ")]
    except (UnicodeDecodeError, Malformed) as error:
        raise Refused(f"这不是见证人的答复：{error}", fix="请用见证人发回的原文件。") from None
    if not found:
        raise Refused("文件里没有见证签名", fix="请用 witness.py sign 写出的文件。")
    return found


def _check_key(checkpoints: Checkpoints, known: dict[str, VerifierKey], key: VerifierKey) -> None:
    if key.kind is not Kind.WITNESS:
        raise Refused(f"{key.name} 不是见证人的公钥", fix="请用 witness.py show 显示的公钥。")
    if key.name == checkpoints.state().origin:
        raise Refused("见证人不能与日志同名", fix="请见证人换一个名称。")
    if known.get(key.name, key) != key:
        message = f"见证人 {key.name} 已登记了另一把公钥"
        raise Refused(message, fix="换了公钥的见证人请用新的名称。")


def _seen(checkpoints: Checkpoints, known: dict[str, VerifierKey], line: Signature) -> Cosigned:
    key = known.get(line.name)
    if key is None:
        message = f"还不认识见证人 {line.name}"
        raise NotKnown(message, fix="第一次请加上 --key，写见证人的公钥。")
    latest = checkpoints.state().position
    for size in reversed(checkpoints.sizes(upto=latest)):
        signed = checkpoints.at(size)
        if signed is not None:
            try:
                # Alone: a line that is kept already must not vouch for this one.
                alone = Note(signed.note.text, (line,))
                time = check_cosignature(alone, key, verify)
            except (NotSigned, Malformed):
                continue
            return Cosigned(size, key.name, time, str(line))
    message = f"见证人 {line.name} 的签名与这本登记簿的任何检查点都不符"
    raise Refused(message, fix="请核对是不是给另一本登记簿的答复，或者答复被改动过。")
