"""Tests of what touches the machine: the event store, files, settings."""
