"""The audit log's formats and its tree, against published cases and against naive definitions."""
