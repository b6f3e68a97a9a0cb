"""How a total and what it is made of are printed: base and bonus only where there is a base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.rulebook.model import Rulebook

_BASE, _BONUS, _TOTAL = ("base", "基础项"), ("bonus", "加分项"), ("total", "总分")


def sum_columns(book: Rulebook) -> list[tuple[str, str]]:
    """Return the columns of the total and its parts; without a base the total is the bonus."""
    return [(name, "right") for _, name in _parts(book)]


def sum_cells(book: Rulebook, sums: Mapping[str, str]) -> list[str]:
    """Return what stands in these columns, of ``total``, ``base`` and ``bonus`` as shown."""
    return [sums[key] for key, _ in _parts(book)]


def sum_words(book: Rulebook, sums: Mapping[str, str]) -> str:
    """Return the total in words, such as ``总分 79 = 基础项 79 + 加分项 0``."""
    total, *parts = (f"{name} {sums[key]}" for key, name in _parts(book))
    return f"{total} = {' + '.join(parts)}" if parts else total


def sum_rows(book: Rulebook) -> list[tuple[str, str]]:
    """Return key and name of the parts and then of the total, as rows stand under one another."""
    total, *parts = _parts(book)
    return [*parts, total]


def _parts(book: Rulebook) -> list[tuple[str, str]]:
    return [_TOTAL, _BASE, _BONUS] if book.has_base else [_TOTAL]
