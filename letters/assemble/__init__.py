"""Assembling: what goes with a letter, behind it and around it."""
