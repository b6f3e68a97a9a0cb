"""Points as they are rounded and shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.lines import rounded, show


@pytest.mark.parametrize(
    ("points", "text"),
    [("-2", "-2"), ("0.50", "0.5"), ("100", "100"), ("1E+2", "100"), ("-0", "0"), ("0.00", "0"),
     ("1.67", "1.67"), ("-0.05", "-0.05"), ("20.0", "20")],
)  # fmt: skip
def test_shown_without_trailing_zeros(points: str, text: str) -> None:
    """Never with an exponent, never a negative nothing."""
    assert show(Decimal(points)) == text


@pytest.mark.parametrize(
    ("points", "text"),
    [("1.665", "1.67"), ("0.625", "0.63"), ("0.005", "0.01"), ("1.6649", "1.66"), ("5", "5"),
     ("-0.005", "-0.01")],
)  # fmt: skip
def test_rounded_half_up(points: str, text: str) -> None:
    """To 0.01, halves away from zero."""
    assert show(rounded(Decimal(points))) == text
