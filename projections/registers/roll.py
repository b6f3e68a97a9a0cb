"""What a list of the office is: its columns and its rows, made from what stood on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from domain.listing import Column, Row
from projections.known import Known


class Roll(NamedTuple):
    """A list that the office keeps.

    ``meaning`` says in a sentence what is listed, ``columns`` and ``rows`` are made from what
    stood on a day. ``opens``: a row may still be open, so that the open ones can be asked for.
    Every list has a column ``on``: the day of the event that a row is about.
    """

    title: str
    meaning: str
    columns: Callable[[Known], Sequence[Column]]
    rows: Callable[[Known], Iterator[Row]]
    opens: bool = False
