"""Checkpoints and cosignatures as the database keeps them, beside the files outside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.keys import VerifierKey
from domain.audit.notation import Malformed
from domain.audit.note import Signature
from domain.errors import IntegrityBroken
from infra.store.rows import BROKEN_FIX
from infra.store.schema import checkpoint, cosignature, head, witness
from infra.store.transactions import reading, writing
from infra.store.tree import STATE, State

if TYPE_CHECKING:
    from sqlalchemy import Engine

_FIX = "请运行 kaohe verify db，并保留数据库原件。"


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A witness saw the log at ``size`` entries, at ``time`` in seconds since 1970."""

    size: int
    witness: str
    time: int
    line: str


class Checkpoints:
    """What the log and its witnesses signed, in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def state(self) -> State:
        """Return which log this is and how far it reaches."""
        with reading(self._engine) as connection:
            return State.of(connection.execute(STATE).one_or_none())

    def identity(self) -> tuple[str, str | None]:
        """Return the name and the key of the log, also where the rest of its head is damaged.

        Raises ``IntegrityBroken`` when the head row is gone.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(head.c.origin, head.c.key)).one_or_none()
        if row is None or type(row.origin) is not str or type(row.key) not in {str, type(None)}:
            what = "数据库里记着日志名称的那一行（head）不见了，或者不是本程序写的样子"
            raise IntegrityBroken(what, fix=BROKEN_FIX)
        return row.origin, row.key

    def key(self) -> VerifierKey | None:
        """Return the public half of the log's key, if it has one.

        Raises ``IntegrityBroken`` where the database holds something else in its place.
        """
        _, held = self.identity()
        try:
            return VerifierKey.parse(held) if held is not None else None
        except Malformed as error:
            message = f"数据库记着的日志公钥已损坏：{error}"
            raise IntegrityBroken(message, fix=_FIX) from None

    def use_key(self, key: VerifierKey) -> None:
        """Let ``key`` be the key of this log. Raises ``IntegrityBroken`` when it has another."""
        with writing(self._engine) as connection:
            held = connection.execute(select(head.c.key)).scalar_one()
            if held not in (None, str(key)):
                message = "数据库记着的日志公钥与密钥文件夹里的不同"
                raise IntegrityBroken(message, fix="请核对 --keys 和 --db 是否属于同一本登记簿。")
            connection.execute(update(head).values(key=str(key)))

    def sizes(self, *, upto: int, known_at: int | None = None) -> list[int]:
        """Return the sizes at which there are checkpoints, in order, up to ``upto``.

        With ``known_at`` only those that were signed when the log was no longer than that.
        """
        query = select(checkpoint.c.size).where(checkpoint.c.size <= upto)
        if known_at is not None:
            query = query.where(checkpoint.c.signed_at <= known_at)
        with reading(self._engine) as connection:
            return list(connection.scalars(query.order_by(checkpoint.c.size)))

    def at(self, size: int) -> SignedCheckpoint | None:
        """Return the checkpoint of this size with its cosignatures, if there is one.

        Raises ``IntegrityBroken`` when the database holds something else in its place.
        """
        query = select(checkpoint.c.note).where(checkpoint.c.size == size)
        lines = select(cosignature.c.line).where(cosignature.c.size == size)
        with reading(self._engine) as connection:
            note = connection.execute(query).scalar_one_or_none()
            signed = list(connection.scalars(lines.order_by(cosignature.c.witness)))
        if note is None:
            return None
        try:
            found = _read(note, size)
            for line in signed:
                found = found.with_signature(Signature.parse(line))
        except Malformed as error:
            message = f"数据库里大小为 {size} 的检查点已损坏：{error}"
            raise IntegrityBroken(message, fix=_FIX) from None
        return found

    def keep(self, signed: SignedCheckpoint, *, signed_at: int) -> None:
        """Keep a checkpoint that was signed when the log reached to ``signed_at``."""
        size = signed.checkpoint.size
        with writing(self._engine) as connection:
            query = select(checkpoint.c.size).where(checkpoint.c.size == size)
            if connection.execute(query).scalar_one_or_none() is None:
                values = {"size": size, "signed_at": signed_at, "note": signed.encode()}
                connection.execute(insert(checkpoint).values(values))

    def witnesses(self) -> dict[str, VerifierKey]:
        """Return the witnesses' keys by name.

        Raises ``IntegrityBroken`` where the database holds something else in place of one.
        """
        with reading(self._engine) as connection:
            rows = connection.execute(select(witness.c.name, witness.c.key)).all()
        try:
            return {name: VerifierKey.parse(key) for name, key in rows}
        except (Malformed, TypeError, AttributeError) as error:
            message = f"数据库里见证人的公钥已损坏：{error}"
            raise IntegrityBroken(message, fix=_FIX) from None

    def cosigned(self) -> list[Cosigned]:
        """Return what witnesses saw, by size and name."""
        query = select(
            cosignature.c.size, cosignature.c.witness, cosignature.c.time, cosignature.c.line
        ).order_by(cosignature.c.size, cosignature.c.witness)
        with reading(self._engine) as connection:
            return [Cosigned(*row) for row in connection.execute(query)]

    def cosign(self, key: VerifierKey, seen: Cosigned) -> bool:
        """Keep a cosignature and the witness's key; tell whether it is new."""
        with writing(self._engine) as connection:
            known = select(witness.c.name).where(witness.c.name == key.name)
            if connection.execute(known).scalar_one_or_none() is None:
                connection.execute(insert(witness).values(name=key.name, key=str(key)))
            held = select(cosignature.c.time).where(
                cosignature.c.size == seen.size, cosignature.c.witness == seen.witness
            )
            if connection.execute(held).scalar_one_or_none() is not None:
                return False
            values = {
                "size": seen.size, "witness": seen.witness, "time": seen.time, "line": seen.line,
            }  # fmt: skip
            connection.execute(insert(cosignature).values(values))
            return True


def _read(note: object, size: int) -> SignedCheckpoint:
    """Return the checkpoint in a row of that size. Raises ``Malformed``."""
    if type(note) is not bytes:  # SQLite keeps whatever is put into a column
        raise Malformed("不是本程序写的样子")
    found = SignedCheckpoint.parse(note)
    if found.checkpoint.size != size:
        raise Malformed(f"里面写的是 {found.checkpoint.size} 条")
    return found
