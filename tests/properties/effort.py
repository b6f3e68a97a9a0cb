"""How a property is tried: on how many random registers, and what is shown when one fails it.

A property is a function of a register's lines and of a source of random choices. The registers
are the same on every run, so that what passes once passes always; with ``KAOHE_EXPLORE`` set they
are drawn anew each time, for who looks for something new. A register that fails is made smaller
line by line, which is much quicker than to draw smaller ones.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from random import Random, SystemRandom
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings

from tests.oracle.chooser import Chooser
from tests.oracle.facts import target_position
from tests.oracle.registers import register
from tests.oracle.world import World

if TYPE_CHECKING:
    from tests.oracle.facts import RegisterLine

    Lines = list[RegisterLine]
    Property = Callable[[Lines, Random], None]
    Failing = Callable[[Lines], Exception | None]

MAX_EVENTS = 40

SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize="KAOHE_EXPLORE" not in os.environ,
    phases=[Phase.generate],
    verbosity=Verbosity.quiet,  # the register made smaller is what is shown
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def tried_on(
    few: int, many: int, *, theme: frozenset[str] = frozenset()
) -> Callable[[Property], Callable[[int], None]]:
    """Make a test of a property: tried on ``few`` registers and, marked slow, on ``many``.

    With a ``theme`` they are long ones, mostly about the event types that it names.
    """

    def decorate(holds: Property) -> Callable[[int], None]:
        @sizes(few, many)
        def test(examples: int) -> None:
            checked(holds, examples, theme)

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return decorate


def sizes(few: int, many: int) -> pytest.MarkDecorator:
    """Run a test with ``examples`` few and, marked slow, many."""
    slow = pytest.param(many, id="many", marks=pytest.mark.slow)
    return pytest.mark.parametrize("examples", [pytest.param(few, id="few"), slow])


def checked(holds: Property, examples: int, theme: frozenset[str] = frozenset()) -> None:
    """Try a property on so many registers. Raises ``AssertionError`` with a small one it fails."""
    for seed in seeds(examples):

        def failing(some: Lines, seed: int = seed) -> Exception | None:
            try:
                holds(some, Random(seed))
            except Exception as error:  # noqa: BLE001  whatever breaks a property is shown
                return error
            return None

        lines = made(seed, theme)
        if failing(lines):
            shown = smallest(lines, failing)
            text = "\n".join(json.dumps(line, ensure_ascii=False) for line in shown)
            raise AssertionError(f"does not hold for seed {seed}\n{text}") from failing(shown)


def seeds(examples: int) -> Iterator[int]:
    """Yield what registers are made of: the same on every run, whatever other tests there are."""
    exploring = SystemRandom() if "KAOHE_EXPLORE" in os.environ else None
    return (exploring.getrandbits(32) if exploring else seed for seed in range(examples))


def made(seed: int, theme: frozenset[str] = frozenset()) -> Lines:
    """Return the register of that seed."""
    return register(Chooser(Random(seed).randrange), MAX_EVENTS, price_rulings=True, theme=theme)


def smallest(lines: Lines, failing: Failing) -> Lines:
    """Return a register that still fails and fails no more when any one line is taken out."""
    small = by_ref(lines)
    if not failing(small):
        return lines
    at = len(small)
    while at:
        at -= 1
        fewer = small[:at] + small[at + 1 :]
        if valid(fewer) and failing(fewer):
            small, at = fewer, len(fewer)
    return small


def by_ref(lines: Lines) -> Lines:
    """Return the register with each target named by its ref, so that lines may be taken out."""
    return [
        {**line, "target": lines[target_position(lines, line["target"]) - 1]["ref"]}
        if "target" in line
        else line
        for line in lines
    ]


def valid(lines: Lines) -> bool:
    """Tell whether every line is valid at its place and a cycle is open in the end."""
    world = World()
    try:
        for line in lines:
            if not world.add(line):
                return False
    except (KeyError, StopIteration):  # a name or a ref that no line makes any more
        return False
    return any(fact.type == "CycleOpened" for fact in world.state.facts)
