"""Tests of kaohe; they need nothing that is not in this repository and its lock."""
