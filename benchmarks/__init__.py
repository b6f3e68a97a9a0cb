"""Measurements of kaohe, each beside a reference taken in the same run."""
