"""What is read from the log: explanations, differences and curves, on random registers."""
