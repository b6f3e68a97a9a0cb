"""How many examples a property is tried on: few in every run, many in the slow part.

The examples are the same on every run, so that what passes once passes always. With
``KAOHE_EXPLORE`` set they are drawn anew each time, for who looks for something new.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    Property = Callable[[st.DataObject], None]

_SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize="KAOHE_EXPLORE" not in os.environ,
    phases=[Phase.generate, Phase.shrink],  # to explain what failed takes longer than to find it
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def checked(holds: Property, examples: int) -> None:
    """Try a property on so many examples; the smallest that fails is shown."""
    settings(_SETTINGS, max_examples=examples)(given(st.data())(holds))()


def tried_on(few: int, many: int) -> Callable[[Property], Callable[[int], None]]:
    """Make a test of a property: tried on ``few`` examples and, marked slow, on ``many``."""

    def decorate(holds: Property) -> Callable[[int], None]:
        @pytest.mark.parametrize(
            "examples",
            [
                pytest.param(few, id="few"),
                pytest.param(many, id="many", marks=pytest.mark.slow),
            ],
        )
        def test(examples: int) -> None:
            checked(holds, examples)

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return decorate
