"""The frame of a letter: letterhead, address, date, greeting, signature, enclosures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from letters.assemble.enclosing import Enclosure, enclosures_for
from letters.compose import Composed
from letters.facts import Facts
from letters.files import state_of
from letters.findings import Finding, Place
from letters.locale import dates, phones
from letters.locale.addresses import address_lines
from letters.locale.languages import direction
from letters.locale.plurals import plural
from letters.model.practice import PostalAddress
from letters.model.reading import UnfitError, read_language
from letters.model.wording import Wording
from letters.pictures import read_picture
from letters.sources import read

WORDINGS = Path(__file__).parent / "templates"
KINDS = "kinds"  # a practice's own words for another language lie beside its own kinds


@dataclass(frozen=True)
class Frame:
    """The frame's values for the template, the pictures it shows, and the address as printed.

    `enclosures` are the documents that go out behind the letter, in their order.
    """

    values: dict[str, Any]
    pictures: dict[str, bytes]
    address: list[str]
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def lines(self) -> list[str]:
        """All that the frame says, line by line; a picture says what it shows."""
        values = self.values
        sender, signed, logo = values["sender"], values["signature"] or {}, values["logo"] or {}
        parts = ("alt",) if signed.get("asset") else ()
        signature = (signed.get(part) for part in ("name", "credentials", "role", "organization", *parts))
        enclosed = (values["enclosures_label"], *values["enclosures"]) if values["enclosures"] else ()
        said = [
            *(sender["name"], *sender["address_lines"], *sender["contact_lines"], logo.get("alt")),
            *(values["for_file"], *self.address, values["reference_label"], values["reference"]),
            *(values["greeting"], values["closing"], *signature, *enclosed),
            *(values["draft_label"], *values["page_words"]),
        ]
        return [line for line in said if line and line.strip()]


class WordingError(ValueError):
    """Words for a frame that cannot be used, with what is wrong with them."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("the wording has errors")
        self.findings = findings


def wording(language: str, own: Path | None = None) -> Wording:
    """The frame's own words in a language, or in its base language; `own` is a practice's folder of kinds.

    Raises KeyError where there are none, WordingError where they have errors.
    """
    if not _is_tag(language):
        raise KeyError(language)
    for tag in (language, language.split("-")[0]):
        found = (_own(own / f"{tag}.yaml") if own else None) or _built_in(tag)
        if found is not None:
            return found
    raise KeyError(language)


@lru_cache(maxsize=64)
def _is_tag(language: str) -> bool:
    """Whether a language is written as one: a path must not lead to another file."""
    try:
        read_language(language)
    except UnfitError:
        return False
    return True


def has_wording(language: str, own: Path | None = None) -> bool:
    """Whether there are words in a language, and without errors."""
    try:
        wording(language, own)
    except (KeyError, WordingError):
        return False
    return True


def wording_faults(language: str, own: Path | None = None) -> list[Finding]:
    """What is wrong with the words in a language; that there are none is not."""
    try:
        wording(language, own)
    except WordingError as error:
        return error.findings
    except KeyError:
        return []
    return []


def _wording(file: Path) -> Wording:
    reading = read(file, Wording)
    if reading.value is None:
        raise WordingError(reading.findings)
    return reading.value


@lru_cache(maxsize=64)
def _built_in(tag: str) -> Wording | None:
    """Read words that come with the program, which do not change while it runs; None where there are none."""
    file = WORDINGS / f"{tag}.yaml"
    return _wording(file) if file.is_file() else None


def _own(file: Path) -> Wording | None:
    """Read a practice's own words, once while they stay as they are; None where there are none."""
    if state := state_of(file):
        return _own_as(file, state)
    return _wording(file) if file.is_file() else None


@lru_cache(maxsize=8)
def _own_as(file: Path, state: tuple[int, ...]) -> Wording:  # noqa: ARG001 - only remembered by
    return _wording(file)


def frame(
    facts: Facts, composed: Composed, beside: Path, enclosures: Sequence[Enclosure] | None = None
) -> tuple[Frame, list[Finding]]:
    """Gather the frame around what was composed; pictures are looked for in the folder `beside`.

    So are enclosures, unless they are given: the English copy for the file tells of those that went out.
    What is wrong with them has been found before, by the check of the facts.
    """
    words = wording(facts.language, beside / KINDS)
    pictures, findings = _pictures(facts, beside)
    address = addressed(facts)
    page = words.page.replace("{pages}", "{page}").split("{page}")
    behind = tuple(enclosures_for(facts, beside)[0] if enclosures is None else enclosures)
    values = {
        "language": facts.language,
        "direction": direction(facts.language),
        "title": composed.subject,
        "subject": composed.subject,
        "sender": _sender(facts),
        "logo": {"asset": "logo", "alt": words.logo.format(name=facts.practice.name)}
        if "logo" in pictures
        else None,
        "addressee_lines": address,
        "for_file": words.for_file if facts.spec.to == "file" else "",
        "date": dates.long_date(facts.dated, facts.locale),
        "reference_label": words.reference,
        "reference": facts.case.case,
        "greeting": _greeting(facts, words),
        "body": composed.body,
        "after_signature": composed.after_signature,
        "closing": words.closing if facts.spec.to != "file" else "",
        "signature": _signature(facts, words, has_picture="signature" in pictures),
        "enclosures_label": words.enclosures,
        "enclosures": _enclosed(facts, words, behind),
        "draft_label": _mark(facts, words),
        "page_words": page,
    }
    return Frame(values, pictures, address, behind), findings


def _enclosed(facts: Facts, words: Wording, documents: Sequence[Enclosure]) -> list[str]:
    """What the letter says goes with it: documents with their pages, and what is put in by hand."""
    if facts.spec.to == "file":
        return []
    said = words.enclosed | {one.id: _document(facts, words, one) for one in documents}
    named = dict.fromkeys([*facts.spec.enclosures, *(one.id for one in documents)])
    return [said[name] for name in named if name in said]


def _document(facts: Facts, words: Wording, document: Enclosure) -> str:
    form = words.document.get(plural(document.pages, facts.locale)) or words.document["other"]
    return form.format(title=facts.say(document.titles), count=document.pages)


def _greeting(facts: Facts, words: Wording) -> str:
    return words.greeting.format(name=facts.addressee.called) if facts.spec.to != "file" else ""


def _mark(facts: Facts, words: Wording) -> str | None:
    """The word across every page of what is not the letter itself."""
    if facts.draft:
        return words.draft
    return words.copy_for_file if facts.is_copy else None


def _sender(facts: Facts) -> dict[str, Any]:
    """The letterhead; where the practice must not be seen, its other name, and its address and phone only."""
    practice, hidden = facts.practice, facts.is_discreet
    contact = _contact(facts)
    return {
        "name": facts.discreet_name if hidden else practice.name,
        "address_lines": _address(facts, (), practice.address),
        "contact_lines": contact[:1] if hidden else contact,
    }


def addressed(facts: Facts) -> list[str]:
    """The lines of the address as they are printed: to whom, and where."""
    return _address(facts, facts.addressee.names, facts.addressee.address)


def _address(facts: Facts, names: tuple[str, ...], address: PostalAddress | None) -> list[str]:
    if address is None:
        return list(names)
    return address_lines(
        names,
        address.lines,
        city=address.city or "",
        region=address.region or "",
        postcode=address.postcode or "",
        country=address.country,
        sender_country=facts.practice.address.country,
        locale=facts.locale,
    )


def _contact(facts: Facts) -> list[str]:
    practice = facts.practice
    number = phones.phone(practice.phone, practice.address.country)
    return [line for line in (number, practice.email, practice.website) if line]


def _signature(facts: Facts, words: Wording, *, has_picture: bool) -> dict[str, str | None] | None:
    if facts.signer_id is None:
        return None
    signer = facts.practice.people[facts.signer_id]
    discreet, practice = facts.is_discreet, facts.practice
    return {
        "asset": "signature" if has_picture else None,
        "alt": words.signature.format(name=signer.name),
        "name": signer.name,
        "credentials": None if discreet else signer.credentials,
        "role": None if discreet else facts.say(signer.role),
        "organization": practice.discreet_name if discreet else practice.name,
    }


def _pictures(facts: Facts, beside: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Read the logo and, except on a draft or a copy, the signature: neither must look signed."""
    wanted: dict[str, tuple[str | None, str]] = {}
    if not facts.is_discreet:
        wanted["logo"] = (facts.practice.letter.logo, "letter.logo")
    if signer := facts.signer_id:
        wanted["signature"] = (facts.practice.people[signer].signature, f"people.{signer}.signature")
    pictures: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, (file, path) in wanted.items():
        if file is not None:
            picture = _picture(beside, file, facts.in_practice(path))
            if isinstance(picture, Finding):
                findings.append(picture)
            elif not ((facts.draft or facts.is_copy) and name == "signature"):
                pictures[name] = picture
    return pictures, findings


def _picture(beside: Path, file: str, place: Place) -> bytes | Finding:
    """Read and look through a picture, once while it stays as it is; one that could not be read, again."""
    state = state_of(beside / file)
    found = _picture_as(beside, file, place, state) if state else None
    return found if isinstance(found, bytes) else read_picture(beside, file, place)


@lru_cache(maxsize=4)
def _picture_as(
    beside: Path,
    file: str,
    place: Place,
    state: tuple[int, ...],  # noqa: ARG001 - only remembered by
) -> bytes | Finding:
    return read_picture(beside, file, place)
