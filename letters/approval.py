"""Approval: bound to every thing a letter is made from, so that a change of any of them is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters import jurisdictions
from letters.assemble import enclosing
from letters.entering import told
from letters.files import state_of
from letters.kinds import BUILT_IN, find
from letters.letter import Letter, chosen_envelope
from letters.model.practice import Practice
from letters.register.chain import canonical
from letters.version import VERSION

if TYPE_CHECKING:
    from letters.facts import Facts
    from letters.model.jurisdiction import Jurisdiction
    from letters.model.kind import KindSpec
    from letters.sources import Document

ALL = "all"
_ENGINE = ("weasyprint", "rendercv-fonts", "jinja2", "babel")
# What the register itself adds to a case changes nothing that was approved: where a letter tells of it, its
# pages differ.
_ADDED = ("letters",)


def is_needed(facts: Facts) -> bool:
    """Whether the kind or the practice asks for an approval."""
    return is_asked(facts.practice, facts.kind, facts.spec)


def is_asked(practice: Practice, kind: str, spec: KindSpec) -> bool:
    """Whether letters of a kind need an approval at a practice."""
    asked = practice.approval.kinds
    return spec.approval or ALL in asked or kind in asked


def approvers(practice: Practice, clinician: str) -> list[str]:
    """Who may approve a letter about a case of that clinician."""
    usual = [clinician, *([practice.signatory] if practice.signatory else [])]
    return [one for one in dict.fromkeys(practice.approval.by or usual) if one in practice.people]


def parts(letter: Letter, salt: str) -> dict[str, str]:
    """The digest of each thing a letter is made from, by a name that can be told.

    With a salt, as nobody shall find out by trying what a small field says.
    """
    return {name: sha256(f"{salt}\n{content}".encode()).hexdigest() for name, content in _contents(letter)}


def content(letter: Letter) -> str:
    """The digest of the finished letter, in hexadecimal digits."""
    return sha256(letter.pdf).hexdigest()


def input_digest(letter: Letter) -> str:
    """One digest of all that goes into a letter."""
    return _one_digest(dict(_contents(letter)))


def digest_of_facts(facts: Facts, around: Mapping[str, str], *, large_print: bool) -> str:
    """The digest that a letter from these facts will have; `around` is what surrounds its case.

    It goes into the practice's own envelope.
    """
    return _one_digest({**around, **dict(_own(facts, large_print=large_print))})


def _one_digest(contents: Mapping[str, str]) -> str:
    return sha256(canonical(contents).encode()).hexdigest()


def kind_digest(kind: str, own_kinds: Path | None) -> str:
    """The digest of a kind's folder."""
    return _folder_digest(find(kind, own_kinds).folder)


def changed(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The names of the things that are others now."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _contents(letter: Letter) -> Iterator[tuple[str, str]]:
    facts = letter.written.facts
    around = surroundings(facts.practice_file, facts.kind_file, facts.jurisdiction)
    yield from around.items()
    yield from _own(facts, large_print=letter.written.layout.large_print)
    # Only another one is told, so that the digests of all other letters stay as they were.
    if envelope := chosen_envelope(letter.written):
        yield "the envelope", envelope


def surroundings(practice: Document, kind: Document, jurisdiction: Jurisdiction) -> dict[str, str]:
    """What goes into a letter besides its case and how it is ordered; the same for all letters of a kind."""
    own = Path(practice.source.name).parent
    return {
        **dict(_fields("practice", practice.data)),
        "the kind": _folder_digest(Path(kind.source.name).parent),
        "the texts all kinds share": _shared_digest(),
        "the practice's own kinds": _folder_digest(own / "kinds"),
        "the jurisdiction": jurisdiction.model_dump_json(),
        "the practice's own jurisdictions": _folder_digest(own / jurisdictions.OWN),
        **dict(_pictures(practice.data, own)),
        "letters itself": VERSION,
        **_engine(),
    }


@cache
def _engine() -> dict[str, str]:
    return {name: version(name) for name in _ENGINE}


def _pictures(practice: Any, beside: Path) -> Iterator[tuple[str, str]]:
    """The logo and the signatures that the practice file names."""
    if logo := practice.get("letter", {}).get("logo"):
        yield "the logo", _file_digest(beside / logo)
    for name, person in practice.get("people", {}).items():
        if isinstance(person, dict) and person.get("signature"):
            yield f"the signature of {name}", _file_digest(beside / person["signature"])


def _file_digest(file: Path) -> str:
    state = state_of(file)
    return _digest_as(file.parent, ((file, state),)) if state else ""


def _own(facts: Facts, *, large_print: bool) -> Iterator[tuple[str, str]]:
    # As the register has it: a file may write the same moment in another way, and in another order.
    about = told(facts.case, facts.case_file.data, None)
    contacts = sorted(about.contacts, key=canonical)
    yield from _fields("case", {**about.data, "contacts": contacts})
    yield "the letter's date", facts.dated.isoformat()
    yield "the language", facts.language
    yield "the addressee", facts.addressee.id
    yield "large print", str(large_print)
    beside = Path(facts.practice_file.source.name).parent
    yield "what is enclosed", enclosing.digest(enclosing.enclosures_for(facts, beside)[0])


def _fields(of: str, data: Any) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if name not in _ADDED:
            yield f"{of}: {name}", canonical(value)


@cache
def _shared_digest() -> str:
    """Of the letterhead, the parts, the phrases and the style."""
    package = BUILT_IN.parent
    files = [path for path in BUILT_IN.iterdir() if path.is_file()]
    folders = [BUILT_IN / "parts", BUILT_IN / "phrases", package / "typeset"]
    return _digest([*files, *(path for folder in folders for path in folder.rglob("*"))], package)


def _folder_digest(folder: Path) -> str:
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    return _digest_as(folder, tuple((file, state) for file in files if (state := state_of(file))))


@lru_cache(maxsize=16)
def _digest_as(folder: Path, files: tuple[tuple[Path, tuple[int, ...]], ...]) -> str:
    """The digest of a folder's files while these stay as they are."""
    return _digest([file for file, _ in files], folder) if files else ""


def _digest(files: list[Path], folder: Path) -> str:
    digest = sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()
