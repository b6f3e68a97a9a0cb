"""The commands as an office uses them."""
