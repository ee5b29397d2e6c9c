"""The folder a practice works in: its practice file, and what lies beside it."""

from __future__ import annotations

from pathlib import Path

from letters.errors import UsageError

PRACTICE_FILES = ("practice.yaml", "practice.yml", "practice.json")
KINDS = "kinds"


def practice_file(given: Path | None, case: Path | None = None) -> Path:
    """Find the practice file: the one given, else upward from the case, else from here.

    Raises UsageError when there is none.
    """
    if given is not None:
        return given
    for start in (case.parent if case else None, Path.cwd()):
        found = above(start) if start is not None else None
        if found is not None:
            return found
    raise UsageError(
        "There is no practice.yaml beside the case, in this folder or in one above.",
        "Make one with `letters new`, or name one with --practice.",
    )


def own_kinds(given: Path | None) -> Path | None:
    """The practice's own folder of kinds, if a practice file is near; there may be nothing in it."""
    try:
        return practice_file(given).parent / KINDS
    except UsageError:
        return None


def above(start: Path) -> Path | None:
    """Find the practice file in a folder or the nearest one above it, if there is one."""
    for folder in (start.absolute(), *start.absolute().parents):
        for name in PRACTICE_FILES:
            if (folder / name).is_file():
                return _near(folder / name)
    return None


def _near(path: Path) -> Path:
    """A path as a person standing in the current folder would write it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
