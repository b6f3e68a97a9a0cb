"""Statements compiled once for each kind of database and handed to its driver as they are.

What SQLAlchemy does around a small statement takes several times as long as the statement itself,
and a recorded event is seen in the score after a dozen of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.elements import ClauseElement


class _Given:
    """Stands for a value, or for one of a list of values, while a statement is compiled."""

    def __init__(self, name: str, at: int | None = None) -> None:
        self.name = name
        self.at = at


class _Compiled(NamedTuple):
    text: str
    places: list[Any]

    def values(self, given: dict[str, Any]) -> list[Any]:
        """Return what goes to each place: a value given, one of a list given, or a constant."""
        return [
            place
            if not isinstance(place, _Given)
            else given[place.name]
            if place.at is None
            else given[place.name][place.at]
            for place in self.places
        ]


class Statement:
    """A statement of SQLAlchemy whose parameters are plain texts and whole numbers.

    A parameter that is given as a list stands in an ``IN`` and is declared ``expanding``.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, tuple[int, ...]], _Compiled] = {}

    def run(
        self,
        connection: Connection,
        **given: Any,  # noqa: ANN401  a text, a number, or a list of them
    ) -> DBAPICursor:
        """Run it in the transaction of ``connection`` and return the driver's cursor."""
        lengths = tuple(len(value) for value in given.values() if isinstance(value, list))
        key = connection.dialect.name, lengths
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = self._compile(connection.dialect, given)
        cursor = connection.connection.cursor()
        cursor.execute(compiled.text, compiled.values(given))
        return cursor

    def _compile(self, dialect: Dialect, given: dict[str, Any]) -> _Compiled:
        compiler = cast("SQLCompiler", self._statement.compile(dialect=dialect))
        state = compiler.construct_expanded_state(
            {
                name: [_Given(name, at) for at in range(len(value))]
                if isinstance(value, list)
                else _Given(name)
                for name, value in given.items()
            }
        )
        assert state.positiontup is not None  # noqa: S101  both drivers number their places
        return _Compiled(state.statement, [state.parameters[name] for name in state.positiontup])
