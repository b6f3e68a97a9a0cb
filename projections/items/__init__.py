"""Why one item scored or did not, on one unit's sheet, in the words of the rules."""
