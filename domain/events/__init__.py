"""What can happen: one content class for each event type of the register."""
