"""Enclosures: fixed documents of the practice that go out behind a letter."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from letters.assemble.examining import LARGEST, examine
from letters.facts import Facts
from letters.files import read_ordinary, state_of
from letters.findings import Finding, Place, Severity, rule
from letters.model.kind import WORDED
from letters.model.practice import EnclosedFile
from letters.model.texts import is_said_in, said

ALL = "all"

MISSING = rule(
    "enclosure-missing",
    Severity.ERROR,
    "A letter that says what is enclosed, and goes out without it, is not the letter that was approved.",
)
UNFIT = rule(
    "enclosure-unfit",
    Severity.ERROR,
    "What is enclosed goes to everybody who gets the letter; it has to open and print wherever that is done, "
    "and must do nothing but be read.",
)
DOUBTFUL = rule(
    "enclosure-print",
    Severity.WARNING,
    "A sheet of another size is shrunk or cut by the printer, and a font that is not in the file is replaced "
    "by another one.",
)
LANGUAGE = rule(
    "enclosure-language",
    Severity.WARNING,
    "A notice its reader cannot read does not tell them their rights.",
    "45 CFR 164.520; 45 CFR 92.201",
)


@dataclass(frozen=True)
class Enclosure:
    """A document as it goes behind a letter; `titles` are what the letter calls it, by language."""

    id: str
    titles: Mapping[str, str]
    file: Path
    data: bytes = field(repr=False)
    pages: int
    sha256: str

    @property
    def file_name(self) -> str:
        """A name that is its own for each content: a practice may have one in every language."""
        return enclosed_name(self.id, self.sha256)


def enclosed_name(name: str, digest: str) -> str:
    """What the file of a document is called that lies beside letters."""
    return f"{name}-{digest[:12]}.pdf"


def enclosures_for(facts: Facts, folder: Path) -> tuple[list[Enclosure], list[Finding]]:
    """The documents behind a letter, in order, and what is wrong with any; `folder` has the practice file.

    Those that the kind names come first, then those that the practice puts behind every letter of the kind.
    Nothing goes behind what stays with the practice.
    """
    wanted = [(name, facts.practice.enclosures[name]) for name in _names(facts)]
    looked_at = [(name, _read(facts, folder, name, enclosed)) for name, enclosed in wanted]
    found = [one for _, one in looked_at if isinstance(one, Enclosure)]
    findings = [*_unknown(facts), *(one for _, one in looked_at if isinstance(one, Finding))]
    for one in found:
        findings += _examined(facts, one)
        findings += _in_other_language(facts, one)
    return found, findings


def digest(enclosures: Iterable[Enclosure]) -> str:
    """One digest of what is enclosed, in its order; empty where nothing is."""
    told = "".join(f"{one.id} {one.sha256}\n" for one in enclosures)
    return sha256(told.encode()).hexdigest() if told else ""


def _names(facts: Facts) -> list[str]:
    """The ids of the practice's documents that go with a letter, each once."""
    if facts.spec.to == "file":
        return []
    known = facts.practice.enclosures
    named = [name for name in facts.spec.enclosures if name in known]
    always = [name for name, one in known.items() if _goes_with(one, facts)]
    return list(dict.fromkeys([*named, *always]))


def _goes_with(enclosed: EnclosedFile, facts: Facts) -> bool:
    """Whether the practice puts a document behind such letters; all are those to clients."""
    return facts.kind in enclosed.kinds or (ALL in enclosed.kinds and facts.spec.to == "client")


def _unknown(facts: Facts) -> Iterator[Finding]:
    """What the kind encloses, and neither the program nor the practice knows."""
    if facts.spec.to == "file":
        return
    for number, name in enumerate(facts.spec.enclosures):
        if name not in facts.practice.enclosures and name not in WORDED:
            yield MISSING.finding(
                f"The kind encloses {name}, and the practice has no document of that id.",
                f"Name its file in the practice file, under `enclosures`; or use {', '.join(WORDED)}.",
                facts.kind_file.place(f"enclosures[{number}]"),
            )


def _read(facts: Facts, folder: Path, name: str, enclosed: EnclosedFile) -> Enclosure | Finding:
    place = facts.in_practice(f"enclosures.{name}.file")
    # Not Path.resolve(), which some versions of Python let fail over a link that leads back to itself.
    file = Path(os.path.realpath(folder / said(enclosed.file, facts.language)))
    if not file.is_relative_to(os.path.realpath(folder)):
        message = "This document lies outside the folder of the practice file."
        return MISSING.finding(message, "Copy it into that folder.", place)
    try:
        data, content = _content(file, state_of(file))
    except OSError as error:
        return _unreadable(error, place)
    pages = examine(data, facts.practice.letter.paper).pages
    return Enclosure(name, enclosed.title, file, data, pages, content)


@lru_cache(maxsize=32)
def _content(file: Path, state: tuple[int, ...] | None) -> tuple[bytes, str]:  # noqa: ARG001 - remembered by
    """A file and its digest; as long as it stays as it is, it is read once. Raises OSError."""
    data = read_ordinary(file, LARGEST)
    return data, sha256(data).hexdigest()


def _unreadable(error: OSError, place: Place) -> Finding:
    why = (error.strerror or "the system refused").removeprefix("it is ")
    remedy = f"It is a PDF beside the practice file, of no more than {LARGEST // 1024 // 1024} MB."
    return MISSING.finding(f"This document cannot be read: {why}.", remedy, place)


def _examined(facts: Facts, one: Enclosure) -> Iterator[Finding]:
    place = facts.in_practice(f"enclosures.{one.id}.file")
    looked_at = examine(one.data, facts.practice.letter.paper)
    for trouble in looked_at.faults:
        message = f"{one.file.name} cannot be enclosed. {trouble.message}"
        yield UNFIT.finding(message, trouble.remedy, place)
    for trouble in looked_at.doubts:
        yield DOUBTFUL.finding(f"{one.file.name}: {trouble.message}", trouble.remedy, place)


def _in_other_language(facts: Facts, one: Enclosure) -> Iterator[Finding]:
    """Whether the document and its title are in the letter's language; its English copy is for the file."""
    usual = facts.practice.language
    enclosed = facts.practice.enclosures[one.id]
    for part, texts in (("file", enclosed.file), ("title", enclosed.title)):
        if not facts.is_copy and not is_said_in(texts, facts.language, usual):
            base = facts.language.split("-")[0]
            remedy = f"Give one for each language: {{{usual}: …, {base}: …}}; the same, if it is in both."
            message = f"The letter is in {facts.language}, and the {part} of this enclosure is not."
            yield LANGUAGE.finding(message, remedy, facts.in_practice(f"enclosures.{one.id}.{part}"))
