"""What somebody may have meant by a word that is none of the known ones."""

from __future__ import annotations

from collections.abc import Iterable

_ALIKE = 0.6  # from 0, nothing in common, to 1; below this, guesses surprise more than they help
_LONGEST = 100  # comparing takes time that grows with the square of the length


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; empty where none is like it."""
    from difflib import get_close_matches

    word = word[:_LONGEST]
    # A short word is in many longer ones.
    of_its_length = [one for one in known if _ALIKE < len(one) / max(len(word), 1) < 1 / _ALIKE]
    return next(iter(get_close_matches(word, of_its_length, 1, _ALIKE)), "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Ask for the nearest known word, or say something else where there is none."""
    near = nearest(word, known)
    return f"Did you mean {near}?" if near else otherwise
