"""Kinds of letters: folders with a description and a template for each language.

The built-in kinds lie in `letters/templates`; a practice's own `kinds` folder, beside its
practice file, adds to them and replaces those of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from letters.errors import MachineError, UsageError
from letters.files import state_of
from letters.findings import Finding
from letters.model.kind import Announced, Disclosed, Gate, KindSpec, SectionSpec
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
_TO = {
    "client": "Goes to the client, or to somebody who acts for them",
    "provider": "Goes to the provider that the case names",
    "business": "Goes to a business contact",
    "file": "Goes to nobody: it stays with the practice",
}
_SIGNED = {
    "clinician": "Signed by the clinician.",
    "practice": "Signed by the practice's signatory.",
    "author": "Signed by whoever made the contact.",
    "nobody": "Not signed.",
}
_WAITS: dict[Gate, str] = {
    "nonpayment": "Waits for terms that were agreed, more than one late payment, two requests with a notice "
    "among them, their days to have passed, and a talk about what follows; a plan that is kept or an open "
    "dispute stops it.",
    "follow-up": "Waits until the end has passed; a client's wish to be left in peace stops it.",
    "options": "Waits for three places to turn to, or more.",
    "silence": "Stopped by an answer since the last session, for it is about there being none.",
}
_ANNOUNCES: dict[Announced, str] = {
    "provider-ending": "an ending by the provider",
    "nonpayment": "an ending over a debt",
    "lost-contact": "an ending after lost contact",
    "practice-closing": "the closing of a practice",
    "clinician-leaving": "a clinician's last day",
}
_DISCLOSES: dict[Disclosed, str] = {
    "referral": "the referral",
    "records": "the records",
    "handover": "the handover",
}
_STEPS = {
    "outreach": "Issuing it begins the wait for an answer.",
    "outreach-final": "Issuing it begins the last wait for an answer.",
    "closing": "Issuing it begins the end of the relationship, which is entered once its day has come.",
}
_ENCLOSES: dict[str, str] = {
    "originals": "the documents it lists",
    "receipt": "a receipt to sign",
    "release": "a form to permit the sharing of records",
    "copies": "the copies it lists",
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
        return list(_languages_built_in(self.folder) if self.is_built_in else _languages_in(self.folder))


def find(kind: str, own: Path | None = None) -> Kind:
    """Find a kind by its id; `own` is a practice's folder of kinds.

    Raises UsageError when there is none of that name.
    """
    folder = folders(own).get(kind)
    if folder is None:
        raise UsageError(f"There is no kind of letter called {kind!r}.", _nearest(kind, own))
    description = folder / DESCRIPTION
    return Kind(kind, folder, _built_in(description) if folder.parent == BUILT_IN else _own(description))


@cache
def _built_in(description: Path) -> Reading[KindSpec]:
    """Read a description that comes with the program, which does not change while it runs."""
    return read(description, KindSpec)


def _own(description: Path) -> Reading[KindSpec]:
    """Read a practice's own description; while it stays as it is and has no errors, once for many letters."""
    state = state_of(description)
    found = _own_as(description, state) if state else None
    return found if found and found.value else read(description, KindSpec)


@lru_cache(maxsize=8)
def _own_as(description: Path, state: tuple[int, ...]) -> Reading[KindSpec]:  # noqa: ARG001 - only remembered by
    return read(description, KindSpec)


def _languages_in(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(TEMPLATE) for path in folder.glob(f"*{TEMPLATE}"))


@cache
def _languages_built_in(folder: Path) -> list[str]:
    return _languages_in(folder)


def folders(own: Path | None = None) -> dict[str, Path]:
    """Every kind's folder by the kind's id, in the order of the ids.

    A folder of the practice that cannot be read as a kind is among them, so that no built-in kind
    is taken in its place. Raises MachineError when the practice's kinds cannot be listed.
    """
    found = _folders_built_in()
    if own is not None:
        found = found | {name: own / name for name in _names_in(own) if _is_meant_as_kind(own / name)}
    return dict(sorted(found.items()))


@cache
def _folders_built_in() -> dict[str, Path]:
    return {path.parent.name: path.parent for path in BUILT_IN.glob(f"*/{DESCRIPTION}")}


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


def traits(spec: KindSpec) -> list[str]:
    """What a kind is: whom it goes to, who signs it, what it waits for and never says, in sentences."""
    return [*_ways(spec), *_limits(spec), *_conditions(spec), *_contents(spec)]


def remarks(section: SectionSpec) -> list[str]:
    """What is to be known about a section besides what it says."""
    found = ["only if there is something to say"] if section.optional else []
    if section.words != "none":
        found.append(f"personal words {section.words}")
    if section.overheard:
        found.append("may be overheard, so it does not tell what the practice does")
    return found


def _ways(spec: KindSpec) -> Iterator[str]:
    yield f"{_TO[spec.to]}{', or to the executor of one who died' if spec.after_death else ''}."
    if spec.call:
        yield "Read out on the phone, to somebody it is safe to call."
    yield _SIGNED[spec.signed_by]


def _limits(spec: KindSpec) -> Iterator[str]:
    """When it is stopped, and what it hides."""
    if spec.ends:
        yield "Ends a relationship the client did not end: imminent danger stops it."
    if not spec.ahead:
        yield "May also be sent after the day it names."
    if spec.clinical:
        yield "Only for practices that treat people."
    if spec.discreet:
        yield "Hides what the practice does where the address asks for discretion."


def _conditions(spec: KindSpec) -> Iterator[str]:
    """What has to come first, and what follows from it."""
    if spec.step:
        yield _STEPS[spec.step]
    if spec.approval:
        yield "Waits until somebody has approved it."
    yield from (_WAITS[gate] for gate in spec.gates)
    if spec.announced:
        yield f"Keeps the days of notice that the place asks for before {_ANNOUNCES[spec.announced]}."
    if spec.discloses:
        covered = _DISCLOSES[spec.discloses]
        yield f"Needs the client's authorization that names the provider and covers {covered}."


def _contents(spec: KindSpec) -> Iterator[str]:
    if spec.enclosures:
        yield f"Encloses: {', '.join(_ENCLOSES.get(one, one) for one in spec.enclosures)}."
    if spec.never:
        yield f"Never says: {', '.join(spec.never)}."
    if spec.basis:
        yield f"Rests on: {spec.basis}."
