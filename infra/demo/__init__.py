"""A made-up year of the 41 units of 附件1: every name, number and event in it is invented."""

from __future__ import annotations

from typing import Final

SEED: Final = 2022
"""The seed of the year that everybody sees who does not ask for another."""
