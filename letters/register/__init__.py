"""What the practice knows and what it did: cases, contacts, letters, and an append-only history."""
