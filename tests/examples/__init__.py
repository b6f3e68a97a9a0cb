"""The examples, driven through the command line against the tables that were published."""
