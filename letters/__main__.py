"""Lets `python -m letters` do what `letters` does."""

from letters.cli import main

main()
