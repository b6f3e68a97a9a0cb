"""The trail of an appeal: everything that the answer to the unit rests on, as one document."""
