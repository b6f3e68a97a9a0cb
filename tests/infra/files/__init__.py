"""Tests of register files."""
