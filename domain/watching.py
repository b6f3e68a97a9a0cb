"""How long work lets somebody watch it."""

from __future__ import annotations

from collections.abc import Callable

Watch = Callable[[int, int], None]
"""Told how many steps of how many are done."""
