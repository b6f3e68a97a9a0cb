"""Whether an event may be recorded: the checks of note 2, one small module for each subject."""
