"""The two single-file programs, against bundles that the other implementation made."""
