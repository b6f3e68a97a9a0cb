"""Taking times: all sides in turn, round after round, because the machine is shared and noisy."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final

PATIENCE: Final = 20.0
"""Seconds after which no further round is begun."""

Take = Callable[[], float]
"""Does something once and returns the seconds that it took."""


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds ``work`` takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def in_turn(*takes: Take, rounds: int, patience: float = PATIENCE) -> list[list[float]]:
    """Return the times of each of ``takes``, one for every round.

    The order is turned round from one round to the next, so that nobody always goes first. When
    ``patience`` seconds have passed, no further round is begun.
    """
    taken: list[list[float]] = [[] for _ in takes]
    sides, begun = list(zip(takes, taken, strict=True)), perf_counter()
    with _scenery_set_aside():
        for _ in range(rounds):
            for take, times in sides:
                times.append(take())
            sides.reverse()
            if perf_counter() - begun > patience:
                break
    return taken


@contextmanager
def _scenery_set_aside() -> Iterator[None]:
    """Keep the collector from walking through what was there before the measurement."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
