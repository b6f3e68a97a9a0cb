"""How far the lines and the refs have come, and by which version they were made.

Both are brought up in one transaction; only when one of them is made anew is it behind the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, case, delete, insert, select, update

from projections.statements import Statement
from projections.tables import not_written, progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.grounding import Marks

REFS_VERSION = "1"
"""Raised when what the index of refs holds becomes something else; rules have no part in it."""

_LINES = "lines"
_REFS = "refs"

# Written once: putting them together takes longer than what they do for one event.
_REACHED = Statement(select(progress.c.name, progress.c.position, progress.c.version))
_BEGUN = Statement(
    insert(progress).values(
        name=bindparam("what"), position=bindparam("at"), version=bindparam("mark")
    )
)
_MOVED = Statement(
    update(progress).values(
        position=bindparam("at"),
        version=case((progress.c.name == _LINES, bindparam("mark")), else_=progress.c.version),
    )
)


class Reached(NamedTuple):
    """The positions that usable lines and usable refs have reached, if there are any."""

    lines: int | None
    refs: int | None


def reached(connection: Connection, marks: Marks) -> Reached:
    """Return how far lines that have one of ``marks``, and refs, have come.

    Raises ``IntegrityBroken`` where that is no whole number.
    """
    rows = {name: (at, mark) for name, at, mark in _REACHED.run(connection).fetchall()}
    lines, mark = rows.get(_LINES, (None, ""))
    refs, version = rows.get(_REFS, (None, ""))
    if any(type(at) is not int for at, _ in rows.values()):
        raise not_written("记着得分算到哪里的那一行（progress）")
    return Reached(lines if marks.hold(mark) else None, refs if version == REFS_VERSION else None)


def note(connection: Connection, before: Reached, head: int, mark: str) -> None:
    """Note that both have come to ``head``, the lines with ``mark``."""
    if before.lines and before.refs:
        _MOVED.run(connection, at=head, mark=mark)
        return
    connection.execute(delete(progress))
    _BEGUN.run(connection, what=_LINES, at=head, mark=mark)
    _BEGUN.run(connection, what=_REFS, at=head, mark=REFS_VERSION)
