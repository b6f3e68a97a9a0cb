"""Tests of rulebooks: what the 2022 file says, and what a broken one is refused for."""
