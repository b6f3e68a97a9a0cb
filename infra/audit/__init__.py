"""What makes the log one that others can check: keys, checkpoints, witnesses, bundles."""
