"""Each check: what is refused, with which words, and what is accepted."""
