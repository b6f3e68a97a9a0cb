"""A scheme as data: its tree, prices, caps and readings, read from a TOML file and checked."""
