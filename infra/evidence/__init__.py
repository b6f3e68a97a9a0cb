"""Files that prove events, kept beside the log under the digest of their bytes."""
