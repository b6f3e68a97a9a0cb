"""Processes that work on one database at once, and processes that are killed."""
