"""The event store, files in and out, settings and logging: everything that touches the machine."""
