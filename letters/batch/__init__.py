"""Many letters at once: planned, checked, made in other processes, and each issued once."""
