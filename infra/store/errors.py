"""What can go wrong in the store, in the terms of eventsourcing's persistence errors.

Callers see one family of errors whatever the database and its driver; SQLAlchemy's own never leave
this package.
"""

from __future__ import annotations

from typing import Final

from eventsourcing import persistence
from sqlalchemy import exc

_KINDS: Final[dict[str, type[persistence.PersistenceError]]] = {
    kind.__name__: kind
    for kind in (
        persistence.DatabaseError,
        persistence.DataError,
        persistence.IntegrityError,
        persistence.InterfaceError,
        persistence.InternalError,
        persistence.NotSupportedError,
        persistence.OperationalError,
        persistence.ProgrammingError,
    )
}

# pg8000 raises the same DatabaseError for everything the server says; the class of the SQLSTATE
# tells them apart (PostgreSQL, appendix A). A class not listed stays a DatabaseError.
_CLASSES: Final[dict[str, type[persistence.PersistenceError]]] = {
    "08": persistence.OperationalError,  # connection
    "0A": persistence.NotSupportedError,
    "22": persistence.DataError,
    "23": persistence.IntegrityError,
    "25": persistence.OperationalError,  # transaction state, such as read only
    "28": persistence.OperationalError,  # authorisation
    "3D": persistence.OperationalError,  # no such database
    "40": persistence.OperationalError,  # rolled back: deadlock, serialisation
    "42": persistence.ProgrammingError,
    "53": persistence.OperationalError,  # resources
    "55": persistence.OperationalError,  # lock not available
    "57": persistence.OperationalError,  # operator intervention
    "58": persistence.OperationalError,  # system
    "XX": persistence.InternalError,
}


class HeadMoved(persistence.IntegrityError):
    """Somebody else recorded events since this batch was decided; decide it again.

    ``expected`` is the position that the batch was decided after, ``actual`` where the log stands
    now. Nothing of the batch was stored.
    """

    def __init__(self, *, expected: int, actual: int) -> None:
        super().__init__(
            f"登记簿在此期间有了新的记录（判断时到第 {expected} 号，现在到第 {actual} 号），"
            "这一批没有存入；请重试。"
        )
        self.expected = expected
        self.actual = actual


def translated(error: Exception) -> persistence.PersistenceError:
    """Return the error of eventsourcing that means what SQLAlchemy or the driver raised."""
    if isinstance(error, exc.TimeoutError):  # no free connection in the pool
        return persistence.OperationalError(str(error))
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    answer = _answer(cause)
    if answer:
        kind = _CLASSES.get(answer.get("C", "")[:2], persistence.DatabaseError)
        return kind(answer.get("M", str(answer)))
    said = cause.args[0] if cause is not None and cause.args else str(error)
    return _KINDS.get(type(error).__name__, persistence.PersistenceError)(said)


def code_of(error: BaseException) -> str:
    """Return by which code the database said what went wrong, or nothing where it said none.

    That is the SQLSTATE of PostgreSQL, such as ``3D000``, or the name of SQLite's result, such as
    ``SQLITE_CORRUPT``. Unlike the message it is the same in every version and language. ``error``
    is one that was `translated`, which names the driver's own as its cause.
    """
    cause = error.__cause__
    if isinstance(cause, exc.DBAPIError):
        cause = cause.orig
    return _answer(cause).get("C", "") or str(getattr(cause, "sqlite_errorname", ""))


def _answer(error: BaseException | None) -> dict[str, str]:
    """Return the fields of PostgreSQL's ErrorResponse, such as C code and M message, if any.

    A server that lets nobody in hangs up at once. Where pg8000 finds that out while it says goodbye
    it raises that instead, and the answer is what it was dealing with then.
    """
    while error is not None:
        if error.args and isinstance(error.args[0], dict):
            return error.args[0]
        error = error.__cause__ or error.__context__
    return {}
