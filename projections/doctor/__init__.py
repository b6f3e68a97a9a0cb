"""What looks doubtful in a register: one pure function for each check."""
