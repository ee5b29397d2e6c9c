"""Kinds of letters: folders with a description and a template for each language.

The built-in kinds lie in `letters/templates`; a practice's own `kinds` folder, beside its
practice file, adds to them and replaces those of the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from letters.errors import MachineError, UsageError
from letters.findings import Finding
from letters.model.kind import KindSpec
from letters.sources import Document, Reading, read

BUILT_IN = Path(__file__).parent / "templates"
DESCRIPTION = "kind.yaml"
TEMPLATE = ".html.j2"
GROUPS = {
    "ending": "Ending with a client",
    "money": "Payment",
    "leaving": "Someone leaves",
    "records": "Records",
    "referral": "Referral",
    "file": "Conversations and the file",
    "own": "Others",
}


@dataclass(frozen=True)
class Kind:
    """One kind of letter, as found in its folder."""

    id: str
    folder: Path
    reading: Reading[KindSpec]

    @property
    def spec(self) -> KindSpec | None:
        """The description, unless it has errors."""
        return self.reading.value

    @property
    def document(self) -> Document | None:
        """The description as written, for the places of findings."""
        return self.reading.document

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the description."""
        return self.reading.findings

    @property
    def is_built_in(self) -> bool:
        """Whether the kind came with the program."""
        return self.folder.parent == BUILT_IN

    @property
    def languages(self) -> list[str]:
        """The languages it is written in."""
        return sorted(path.name.removesuffix(TEMPLATE) for path in self.folder.glob(f"*{TEMPLATE}"))


def find(kind: str, own: Path | None = None) -> Kind:
    """Find a kind by its id; `own` is a practice's folder of kinds.

    Raises UsageError when there is none of that name.
    """
    folder = folders(own).get(kind)
    if folder is None:
        raise UsageError(f"There is no kind of letter called {kind!r}.", _nearest(kind, own))
    description = folder / DESCRIPTION
    built_in = folder.parent == BUILT_IN
    return Kind(kind, folder, _built_in(description) if built_in else read(description, KindSpec))


@cache
def _built_in(description: Path) -> Reading[KindSpec]:
    """Read a description that comes with the program, which does not change while it runs."""
    return read(description, KindSpec)


def folders(own: Path | None = None) -> dict[str, Path]:
    """Every kind's folder by the kind's id, in the order of the ids.

    A folder of the practice that cannot be read as a kind is among them, so that no built-in kind
    is taken in its place. Raises MachineError when the practice's kinds cannot be listed.
    """
    found = {path.parent.name: path.parent for path in BUILT_IN.glob(f"*/{DESCRIPTION}")}
    if own is not None:
        found |= {name: own / name for name in _names_in(own) if _is_meant_as_kind(own / name)}
    return dict(sorted(found.items()))


def _names_in(own: Path) -> list[str]:
    try:
        return [entry.name for entry in own.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        message = f"The folder {own}, with the practice's own kinds, cannot be read: {_reason(error)}."
        raise MachineError(message, "Give yourself the right to read it, or move it away.") from error


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "you have no right to"
    return error.strerror or "the system refused"


def _is_meant_as_kind(folder: Path) -> bool:
    """Whether a folder has a description or a template, or cannot be looked into."""
    try:
        names = [entry.name for entry in folder.iterdir()]
    except NotADirectoryError:
        return False
    except OSError:
        return True
    return any(name == DESCRIPTION or name.endswith(TEMPLATE) for name in names)


def _nearest(kind: str, own: Path | None) -> str:
    near = get_close_matches(kind, folders(own), 1, 0.5)
    return (
        f"Did you mean {near[0]}? `letters kinds` lists them all." if near else "`letters kinds` lists them."
    )
