"""What can happen in an assessment year and what it is worth, without clock, files or database."""
