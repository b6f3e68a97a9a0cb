"""Whether an event may be recorded: one small module of checks for each subject."""
