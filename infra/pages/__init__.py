"""Pages that people read, print and pass on: self-contained, from templates."""
