"""Tests of keys, checkpoints and witnesses, on real files and databases."""
