"""The shared cases, answered through the command line."""
