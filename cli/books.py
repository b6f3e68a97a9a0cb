"""Which of the installed rulebooks an office goes by."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from domain.errors import NotKnown

if TYPE_CHECKING:
    from cli.office import Office
    from domain.rulebook.model import Rulebook


def books_of(opened: Office, also: Collection[str] = ()) -> list[Rulebook]:
    """Return the rulebooks that the register goes by, that of its latest cycle first.

    Another city's may be installed beside them, whose words are not this office's. Before those
    of the register stand the ones named in ``also``, such as by the file that opens its first
    cycle. While none is named there is nothing to tell by, and all that are installed are returned.
    """
    return installed(opened, [*also, *_of_cycles(opened)])


def installed(opened: Office, names: Iterable[str]) -> list[Rulebook]:
    """Return those of these rulebooks that are installed, or all when none of them is."""
    books = opened.rulebooks
    return [books[name] for name in dict.fromkeys(names) if name in books] or list(books.values())


def book_called(opened: Office, name: str) -> Rulebook:
    """Return the rulebook of that id. Raises ``NotKnown`` when it is not installed."""
    found = opened.rulebooks.get(name)
    if found is None:
        message = f"没有安装考核细则“{name}”"
        raise NotKnown(message, fix=f"已安装的有：{'、'.join(sorted(opened.rulebooks))}")
    return found


def own_book(opened: Office) -> Rulebook:
    """Return the one rulebook that a question is about which names none.

    That is the one of the register's latest cycle, or the only one installed. Raises ``NotKnown``
    where it could be several.
    """
    books = books_of(opened)
    if len(books) > 1 and not _of_cycles(opened):
        message = "安装了几份考核细则，登记簿还没有说明用哪一份"
        raise NotKnown(message, fix=f"请写明名称：{'、'.join(sorted(opened.rulebooks))}")
    return books[0]


def _of_cycles(opened: Office) -> list[str]:
    """Return the rulebooks of the register's cycles, that of the latest first."""
    if not opened.has_register() or not (head := opened.log.head().position):
        return []
    opened.caught_up()
    cycles = opened.points.setting_at(head).cycles.values()
    return [each.rulebook for each in sorted(cycles, key=lambda c: c.starts, reverse=True)]
