"""The audit log through the whole program: exported, checked by our verifier and by others."""
