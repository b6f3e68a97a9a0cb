"""Deciding about a request: sign only what continues the last checkpoint that was signed."""

from __future__ import annotations

from infra.standalone.ed25519_signing import ed25519_sign
from infra.standalone.merkle import only_grew
from infra.standalone.notes import Checkpoint, SignatureLine, checkpoint_of
from infra.standalone.proof_files import request_of
from infra.standalone.signatures import VALID, cosigned_message, judged
from infra.standalone.witness_key import WitnessKey
from infra.standalone.witness_state import Remembered, WitnessState
from infra.standalone.wording import Malformed, Said, shown


class RefusedToSign(Exception):
    """The request is not signed, and why; ``code`` is one word for it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.said = Said(zh, en)


def answer_to(
    data: bytes, state: WitnessState, own: WitnessKey, now: int
) -> tuple[str, Checkpoint, int]:
    """Return the signature line for a request, its checkpoint, and the time that was signed.

    ``now`` is in seconds since 1970; an earlier time than before is never signed. What was
    decided is on disk before this returns. Raises ``RefusedToSign``, and ``Unusable`` when it
    could not be stored.
    """
    try:
        request = request_of(data)
        checkpoint = checkpoint_of(request.checkpoint)
    except Malformed as error:
        raise RefusedToSign("FORM", *error.said) from None
    known = state.logs.get(checkpoint.origin)
    if known is None:
        raise RefusedToSign(
            "ORIGIN",
            f"没有登记过日志 {shown(checkpoint.origin)}；核对公钥指纹后用 witness.py log add 登记",
            f"the log {shown(checkpoint.origin)} is not known; compare its key's fingerprint, "
            "then witness.py log add",
        )
    if judged(checkpoint, known.key)[0] != VALID:
        raise RefusedToSign(
            "SIGNATURE",
            "检查点没有这个日志公钥的有效签名：不是它出具的，或内容被改动",
            "the checkpoint has no valid signature by the log's key: not its own, or altered",
        )
    _check_growth(request.number, request.hashes, checkpoint, known)
    time = max([now, 1, *(log.time for log in state.logs.values())])
    state.logs[checkpoint.origin] = Remembered(known.key, checkpoint.size, checkpoint.root, time)
    state.store()
    line = _cosigned(checkpoint.text, time, own)
    return line.written() + "\n", checkpoint, time


def _cosigned(text: str, time: int, own: WitnessKey) -> SignatureLine:
    """Return a witness's line on the text of a checkpoint, at ``time`` in seconds since 1970."""
    signature = ed25519_sign(own.seed, cosigned_message(text, time))
    return SignatureLine(own.key.name, own.key.key_id, time.to_bytes(8, "big") + signature)


def _check_growth(
    old: int, hashes: tuple[bytes, ...], checkpoint: Checkpoint, known: Remembered
) -> None:
    size = known.size
    if checkpoint.size == size and size > 0:
        # The same again, also with the old size of the first time: the answer may have been lost.
        if checkpoint.root != known.root:
            raise _forked(size)
        return
    if checkpoint.size < size:
        raise RefusedToSign(
            "ROLLBACK",
            f"已经见证到 {size} 条，这个检查点只有 {checkpoint.size} 条：日志被退回，或请求是旧的",
            f"signed up to size {size} already, this is {checkpoint.size}: rolled back, or old",
        )
    if old != size:
        raise RefusedToSign(
            "OLD",
            f"请求从 {old} 条开始，而上次见证到 {size} 条；请办公室从 {size} 条起重新出具请求",
            f"the request begins at {old}, but I signed last at {size}; ask the office for a "
            f"request from {size}",
        )
    if not only_grew(size, checkpoint.size, hashes, known.root, checkpoint.root):
        raise _forked(size)


def _forked(size: int) -> RefusedToSign:
    return RefusedToSign(
        "FORK",
        f"这个日志不是上次见证的 {size} 条的延续：历史被改写或分叉。请保存这份请求作为证据",
        f"not a continuation of the {size} entries signed last: rewritten or forked. Keep this "
        "request as evidence",
    )
