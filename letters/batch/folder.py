"""The folder of a batch: what is in it, which batch it holds, and that one run at a time works in it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from letters.errors import UsageError
from letters.files import left_behind, locked, publish
from letters.issuing import ENCLOSURES
from letters.version import VERSION

STATE = "batch.json"
LETTERS = "letters"
_LOCK = ".lock"


@dataclass(frozen=True)
class Batch:
    """A batch: what makes all its letters alike, however often it is run."""

    batch: str
    kind: str
    dated: str
    language: str | None
    large_print: bool
    version: str

    @property
    def day(self) -> date:
        """The date of the letters."""
        return date.fromisoformat(self.dated)


def begun(out: Path) -> Batch | None:
    """The batch a folder holds, if it holds one.

    Raises UsageError where something else is in the folder, or what tells of the batch is damaged.
    """
    try:
        told = json.loads((out / STATE).read_text("utf-8"))
        batch = Batch(**told)
        if not isinstance(batch.batch, str) or not batch.day:
            raise ValueError
    except FileNotFoundError:
        _expect_empty(out)
        return None
    except NotADirectoryError as error:
        raise UsageError(f"{out} is a file and not a folder.", "Name another folder with --out.") from error
    except (ValueError, TypeError, OSError, RecursionError) as error:
        raise UsageError(
            f"{out / STATE} does not tell which batch this is: it was damaged, or another program wrote it.",
            "Name another folder with --out. What was issued is in the register, and is not issued twice.",
        ) from error
    return batch


# How each thing that may not change within a batch is said.
_SAID: dict[str, Callable[[Any], str]] = {
    "kind": lambda kind: f"of the kind {kind}",
    "dated": lambda day: f"dated {day}",
    "language": lambda tag: f"in the language {tag}" if tag else "in each reader's own language",
    "large_print": lambda is_large: "in large print" if is_large else "in ordinary print",
}


def _expect_empty(out: Path) -> None:
    # A run may have been killed before it could say which batch this is.
    if out.is_dir() and {*out.iterdir()} - {out / _LOCK, *left_behind(out)}:
        raise UsageError(
            f"The folder {out} holds something else than a batch.", "Name a new folder with --out."
        )


def begin(out: Path, kind: str, dated: date, *, language: str | None, large_print: bool) -> Batch:
    """Begin a batch in a folder. Raises MachineError where nothing can be written there."""
    name = f"B-{secrets.token_hex(4)}"
    batch = Batch(name, kind, dated.isoformat(), language, large_print, VERSION)
    with suppress(OSError):  # an empty folder that was there may have been open to others
        out.chmod(0o700)
    keep(out, batch)
    return batch


def keep(out: Path, batch: Batch) -> None:
    """Write down what a batch is. Raises MachineError where that cannot be done."""
    publish(out / STATE, json.dumps(asdict(batch), indent=1).encode())


def expect_same(batch: Batch, out: Path, **asked: Any) -> None:
    """Raise UsageError where another batch is asked for than the folder holds; None asks for nothing."""
    for name, value in asked.items():
        held = getattr(batch, name)
        if value is not None and value != held:
            said = _SAID[name]
            raise UsageError(
                f"The folder {out} holds a batch of letters {said(held)}, and not {said(value)}.",
                "Leave it as it is to go on with that batch, or name another folder with --out.",
            )


def clear(out: Path) -> None:
    """Remove what killed runs left half written; only for whoever is alone in the folder."""
    for folder in (out, out / LETTERS, out / LETTERS / ENCLOSURES):
        for temporary in left_behind(folder):
            with suppress(OSError):
                temporary.unlink()


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other runs out of a folder; one that was made for a run that came to nothing is gone after it.

    Raises UsageError where another run is at work in it.
    """
    is_new = not out.exists()
    with locked(out / _LOCK) as is_ours:
        if not is_ours:
            raise UsageError(
                f"Another run is at work in {out}.", "Wait until it is done, or stop it, and try again."
            )
        try:
            yield
        finally:
            if is_new and {*out.iterdir()} == {out / _LOCK}:
                with suppress(OSError):
                    (out / _LOCK).unlink()
                    out.rmdir()
