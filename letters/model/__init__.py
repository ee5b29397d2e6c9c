"""What travels between the rooms: practice, case, kind, and how text becomes them."""
