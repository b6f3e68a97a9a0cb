"""The event store: one append-only log, in an SQLite file or a PostgreSQL database."""
