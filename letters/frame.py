"""The frame of a letter: letterhead, address, date, greeting, signature, enclosures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from letters.compose import Composed
from letters.facts import Facts
from letters.findings import Finding
from letters.locale import dates, phones
from letters.locale.addresses import address_lines
from letters.locale.languages import direction
from letters.model.practice import PostalAddress
from letters.model.wording import Wording
from letters.pictures import read_picture
from letters.sources import read

WORDINGS = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Frame:
    """The frame's values for the template, the pictures it shows, and the address as printed."""

    values: dict[str, Any]
    pictures: dict[str, bytes]
    address: list[str]

    @property
    def lines(self) -> list[str]:
        """What the frame says, line by line."""
        values = self.values
        signature = (values["signature"][part] or "" for part in ("name", "credentials", "role"))
        sender = values["sender"]
        return [
            *(sender["name"], *sender["address_lines"], *sender["contact_lines"]),
            *(*self.address, values["reference"], values["greeting"], *signature),
        ]


@cache
def wording(language: str) -> Wording:
    """The frame's own words in a language, or in its base language. Raises KeyError where there are none."""
    for tag in (language, language.split("-")[0]):
        file = WORDINGS / f"{tag}.yaml"
        if file.is_file():
            value = read(file, Wording).value
            if value is None:
                raise ValueError(f"the wording {tag} has errors")
            return value
    raise KeyError(language)


def frame(facts: Facts, composed: Composed, beside: Path) -> tuple[Frame, list[Finding]]:
    """Gather the frame around what was composed; pictures are looked for in the folder `beside`."""
    words, practice = wording(facts.language), facts.practice
    pictures, findings = _pictures(facts, beside)
    address = _address(facts, facts.addressee.names, facts.addressee.address)
    page = words.page.replace("{pages}", "{page}").split("{page}")
    values = {
        "language": facts.language,
        "direction": direction(facts.language),
        "title": composed.subject,
        "subject": composed.subject,
        "sender": {
            "name": practice.name,
            "address_lines": _address(facts, (), practice.address),
            "contact_lines": _contact(facts),
        },
        "logo": {"asset": "logo", "alt": words.logo.format(name=practice.name)}
        if "logo" in pictures
        else None,
        "addressee_lines": address,
        "date": dates.long_date(facts.dated, facts.locale),
        "reference_label": words.reference,
        "reference": facts.case.case,
        "greeting": words.greeting.format(name=facts.addressee.called),
        "body": composed.body,
        "after_signature": composed.after_signature,
        "closing": words.closing,
        "signature": _signature(facts, words, has_picture="signature" in pictures),
        "enclosures_label": words.enclosures,
        "enclosures": [words.enclosed[enclosure] for enclosure in facts.spec.enclosures],
        "draft_label": words.draft if facts.draft else None,
        "page_words": page,
    }
    return Frame(values, pictures, address), findings


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


def _signature(facts: Facts, words: Wording, *, has_picture: bool) -> dict[str, str | None]:
    signer = facts.practice.people[facts.signer_id or ""]
    return {
        "asset": "signature" if has_picture else None,
        "alt": words.signature.format(name=signer.name),
        "name": signer.name,
        "credentials": signer.credentials,
        "role": signer.role,
        "organization": facts.practice.name,
    }


def _pictures(facts: Facts, beside: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Read the logo and, except on a draft, the signature: a draft must not look signed."""
    wanted = {"logo": (facts.practice.letter.logo, "letter.logo")}
    signer = facts.signer_id or ""
    wanted["signature"] = (facts.practice.people[signer].signature, f"people.{signer}.signature")
    pictures: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, (file, path) in wanted.items():
        if file is not None:
            picture = read_picture(beside, file, facts.in_practice(path))
            if isinstance(picture, Finding):
                findings.append(picture)
            elif not (facts.draft and name == "signature"):
                pictures[name] = picture
    return pictures, findings
