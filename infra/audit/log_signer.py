"""Signing the log: never what does not continue, or begin, what was signed before.

The signer compares with its own memory, which lies outside the database. So a backup that was
put back, or a log that was written anew, is not signed by accident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.audit.checkpoint import Checkpoint, SignedCheckpoint, check_extends
from domain.audit.note import NotSigned
from domain.audit.tiles import TreeIncomplete
from domain.audit.tree_checks import ProofRefused
from domain.audit.tree_proofs import consistency_proof, root_at
from domain.errors import IntegrityBroken, NotKnown, Refused
from infra.audit.ed25519 import verify
from infra.files.alone import alone_in
from infra.store.rows import BROKEN_FIX
from infra.store.transactions import reading
from infra.store.tree import State, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine

    from domain.audit.keys import VerifierKey
    from domain.audit.tiles import TiledTree
    from infra.audit.checkpoints import Checkpoints
    from infra.audit.key_folder import AskPassphrase, KeyFolder

_WAIT_SECONDS = 30


class LogSigner:
    """Makes the checkpoints of one log; ``begun`` is told of the key when the log gets it."""

    def __init__(
        self,
        engine: Engine,
        checkpoints: Checkpoints,
        folder: KeyFolder,
        ask: AskPassphrase,
        begun: Callable[[VerifierKey], None],
    ) -> None:
        self._engine = engine
        self._checkpoints = checkpoints
        self._folder = folder
        self._ask = ask
        self._begun = begun

    def begin(self, passphrase: str | None = None) -> VerifierKey:
        """Return the key of this log; a log without one gets it now.

        Raises ``NotKnown`` when the log has a key and this machine does not hold it,
        ``IntegrityBroken`` when it has another than this machine holds or one of them is damaged,
        and ``Refused`` when the folder of keys cannot be written in or another program is signing.
        """
        with self._alone():
            return self._begin(passphrase)

    def _begin(self, passphrase: str | None = None) -> VerifierKey:
        held = self._checkpoints.state().key
        if self._folder.private.exists():
            key = self._folder.key()
        elif held is None:
            key = self._folder.create(passphrase)
        else:
            message = f"这本登记簿的密钥不在 {self._folder.path}"
            fix = "请在保存密钥的那台机器上操作，或用 --keys 指明密钥文件夹。"
            raise NotKnown(message, fix=fix)
        if held != str(key):
            self._checkpoints.use_key(key)
        if held is None and not self._folder.sizes():  # else a backup was put back; not a new key
            self._begun(key)
        return key

    def sign(self, size: int | None = None) -> SignedCheckpoint:
        """Return the checkpoint of the log at ``size`` entries, of the whole log by default.

        One that was signed before is returned again. Raises ``IntegrityBroken`` when the log does
        not continue what was signed, ``Refused`` for a size that the log does not have, a key that
        cannot be used or while another program is signing, and ``NotKnown`` where the key is not.
        """
        with self._alone():
            return self._sign(size)

    def _alone(self) -> AbstractContextManager[None]:
        """Keep other programs from signing for this log meanwhile."""
        lock, busy = self._folder.path / "signing.lock", "另一个程序正在签署检查点"
        return alone_in(lock, seconds=_WAIT_SECONDS, busy=busy, parents=True)

    def _sign(self, size: int | None) -> SignedCheckpoint:
        key = self._begin()
        state = self._checkpoints.state()
        wanted = state.position if size is None else size
        if not 0 < wanted <= state.position:
            fix = f"请写 1 至 {state.position}。" if state.position else "请先登记事件。"
            raise Refused(f"日志有 {state.position} 条事件，不能签署 {wanted} 条的检查点", fix=fix)
        now = self._checked(state, wanted)
        self._give_back(state)
        signed = self._checkpoints.at(wanted)
        if wanted in self._folder.sizes():
            signed = signed or self._folder.checkpoint(wanted)
        if signed is None:
            signed = SignedCheckpoint.make(now, key, self._folder.unlock(self._ask))
        try:
            signed.check(key, verify)
        except NotSigned as error:
            raise IntegrityBroken(f"{wanted} 条的检查点：{error}", fix=BROKEN_FIX) from None
        if signed.checkpoint != now:
            raise _fork(f"{wanted} 条的检查点与日志现在的内容不符")
        self._folder.remember(signed)
        self._checkpoints.keep(signed, signed_at=state.position)
        return self._checkpoints.at(wanted) or signed

    def _give_back(self, state: State) -> None:
        """Put into the database what was signed and is missing there, as after a crash.

        When it was signed is not known any more; from now on it counts as signed.
        """
        held = self._checkpoints.sizes(upto=state.position)
        for size in self._folder.sizes():
            if size not in held:
                self._checkpoints.keep(self._folder.checkpoint(size), signed_at=state.position)

    def _checked(self, state: State, size: int) -> Checkpoint:
        """Return what is to be signed, when the log continues all that was signed."""
        with reading(self._engine) as connection:
            tree = tree_of(connection, state.position)
            try:
                if root_at(tree, state.position) != state.edge.root:
                    raise IntegrityBroken("审计树的树根与记录的散列值不符", fix=BROKEN_FIX)
                now = Checkpoint(state.origin, size, root_at(tree, size))
                self._check_memory(tree, now)
            except TreeIncomplete as error:
                raise IntegrityBroken(f"审计树不全：{error}", fix=BROKEN_FIX) from error
        return now

    def _check_memory(self, tree: TiledTree, now: Checkpoint) -> None:
        for last in self._folder.sizes()[-1:]:
            before = self._folder.checkpoint(last).checkpoint
            if before.size > tree.size:
                message = (
                    f"签过 {last} 条的检查点，日志现在却只有 {tree.size} 条：数据库被恢复成了旧的"
                )
                raise IntegrityBroken(message, fix=BROKEN_FIX)
            first, then = sorted((before, now), key=lambda each: each.size)
            proof = (
                () if first.size == then.size else consistency_proof(tree, first.size, then.size)
            )
            try:
                check_extends(first, then, proof)
            except ProofRefused:
                raise _fork(f"日志不是签过的 {last} 条检查点的延续：已签署的记录被改动") from None


def _fork(what: str) -> IntegrityBroken:
    return IntegrityBroken(f"{what}；不予签署", fix=BROKEN_FIX)
