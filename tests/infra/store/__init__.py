"""Tests of the event store, on real SQLite and PostgreSQL databases."""
