"""What holds for every register: properties, each tried on random registers."""
