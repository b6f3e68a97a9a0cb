"""The folder of evidence."""
