"""Each kind of rule: given facts, then lines."""
