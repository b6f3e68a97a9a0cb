"""The audit log as others check it: canonical entries, the Merkle tree, signed checkpoints."""
