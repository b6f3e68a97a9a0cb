"""Whose words are read and shown: those of the rulebooks that a register goes by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from cli.books import books_of, installed
from domain.events.setting import CycleOpened
from domain.wording import joined

if TYPE_CHECKING:
    from cli.office import Office
    from domain.events.base import Event
    from domain.wording import Vocabularies


def words_of(opened: Office) -> dict[str, dict[str, str]]:
    """Return the words in which the register is told, those of its latest cycle first."""
    return joined(book.vocabulary for book in books_of(opened))


def words_for(opened: Office) -> Callable[[Collection[str]], list[Vocabularies]]:
    """Return what gives the words of a file, told which rulebooks the file itself names."""
    return lambda named: [book.vocabulary for book in books_of(opened, named)]


def words_behind(opened: Office, events: Iterable[Event]) -> list[Vocabularies]:
    """Return the words in which ``events`` are written: a new register will read them by the same.

    They are those of the rulebooks that the events themselves name.
    """
    cycles = [event for event in events if isinstance(event, CycleOpened)]
    latest = sorted(cycles, key=lambda cycle: cycle.starts, reverse=True)
    return [book.vocabulary for book in installed(opened, [each.rulebook for each in latest])]
