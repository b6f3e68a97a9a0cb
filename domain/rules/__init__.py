"""What facts are worth: one pure function for each kind of rule."""
