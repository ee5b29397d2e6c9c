"""What one letter is made from, gathered in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from letters.findings import Place
from letters.locale.languages import locale_for
from letters.model.case import Case, ContactAttempt
from letters.model.jurisdiction import Jurisdiction
from letters.model.kind import KindSpec
from letters.model.outside import Authorization
from letters.model.people import Client, ClientAddress, Phone, Reachable, Representative
from letters.model.practice import Person, PostalAddress, Practice
from letters.model.texts import said
from letters.sources import Document

PROVIDER = "provider"  # the id of the one provider a case names
FILE = "file"  # the id of the practice's own file


def is_minor(client: Client, dated: date, majority: int) -> bool:
    """Whether a client is under age on a day; born on 29 February counts as 1 March."""
    if client.born is None:
        return False
    years = dated.year - client.born.year - ((dated.month, dated.day) < (client.born.month, client.born.day))
    return years < majority


def may_act(person: Representative, client: Client, dated: date, majority: int) -> bool:
    """Whether somebody may act for a client on a day.

    A parent or guardian for a minor, the executor for somebody who has died, and else whoever has
    an authority on file; never somebody whom an order bars.
    """
    if person.barred:
        return False
    if client.died is not None:
        return person.relation == "executor"
    if is_minor(client, dated, majority):
        return person.relation in ("parent", "guardian") or person.authority is not None
    return person.relation in ("attorney", "guardian") and person.authority is not None


@dataclass(frozen=True)
class Addressee:
    """The one person or organization a letter goes to, or the practice's own file.

    `path` is where they stand in the case file; `person` is absent for a provider, a business
    contact and the file; `client` is whom a representative acts for, or the addressee themselves.
    What stays with the practice has neither names nor address; where it is about a call, `person`
    is who is called.
    """

    id: str
    names: tuple[str, ...]
    called: str
    path: str
    address: PostalAddress | None = None
    address_path: str = ""
    person: Reachable | None = None
    client: Client | None = None


@dataclass(frozen=True)
class Facts:
    """Kind, case, practice, addressee, date and language: all that decides a letter."""

    kind: str
    spec: KindSpec
    practice: Practice
    case: Case
    addressee: Addressee
    dated: date
    language: str
    jurisdiction: Jurisdiction
    practice_file: Document
    case_file: Document
    kind_file: Document
    draft: bool
    is_copy: bool = False
    asked_on: date | None = None
    is_approved: bool = False

    @property
    def known_on(self) -> date:
        """The day up to which things are known: the letter's date, or a later one on which it is made."""
        return max(self.dated, self.asked_on or self.dated)

    @property
    def locale(self) -> str:
        """The reader's customs for dates, numbers and lists."""
        return locale_for(self.language, self.practice.address.country)

    @property
    def usual_language(self) -> str:
        """The language of what is written in the case without saying in which."""
        person = self.addressee.person
        return (person.language if person else None) or self.practice.language

    def local(self, moment: datetime) -> datetime:
        """A moment by the practice's clock; as it was written where no time zone is known."""
        zone = self.practice.time_zone
        return moment.astimezone(ZoneInfo(zone)) if zone else moment

    def say(self, texts: Mapping[str, str] | None) -> str:
        """A text in the letter's language, where there is one; empty where there is no text."""
        return said(texts, self.language)

    @property
    def clinician(self) -> Person | None:
        """The clinician of the case, where the practice file has them."""
        return self.practice.people.get(self.case.clinician)

    @property
    def may_say_resigned(self) -> bool:
        """Whether the clinician who leaves has permitted to say that they resigned."""
        announced = self.clinician.announced if self.clinician else None
        return bool(announced and announced.resigned and announced.permission <= self.dated)

    @property
    def contact(self) -> ContactAttempt | None:
        """The latest contact up to the letter's date, with its addressee where it has one."""
        person = self.addressee.person
        about = [
            one
            for one in self.case.contacts
            if one.at.date() <= self.dated and (person is None or one.to in (None, person.id))
        ]
        return max(about, key=lambda one: one.at, default=None)

    @property
    def safe_phone(self) -> Phone | None:
        """The first phone of the addressee that may be called."""
        person = self.addressee.person
        if person is None or person.no_contact:
            return None
        return next((phone for phone in person.phones if phone.safe), None)

    @property
    def signer_id(self) -> str | None:
        """The id of who signs; None where the practice names nobody, or the kind is not signed."""
        match self.spec.signed_by:
            case "clinician":
                return self.case.clinician
            case "practice":
                return self.practice.signatory
            case "author":
                return self.contact.by if self.contact else self.case.clinician
        return None

    @property
    def is_discreet(self) -> bool:
        """Whether this letter must not tell what the practice does."""
        address = self.addressee.address
        return self.spec.discreet and isinstance(address, ClientAddress) and address.discreet is not False

    @property
    def discreet_name(self) -> str:
        """The name that gives nothing away: never the practice's own."""
        return self.practice.discreet_name or (self.clinician.name if self.clinician else "")

    @property
    def client(self) -> Client:
        """The client the letter is about; the first where it is about all of them."""
        return self.addressee.client or self.case.clients[0]

    @property
    def clients(self) -> list[Client]:
        """Those the letter is about: what stays with the practice may be about all of them."""
        return [self.addressee.client] if self.addressee.client else list(self.case.clients)

    @property
    def client_path(self) -> str:
        """Where that client stands in the case file."""
        number = next(number for number, one in enumerate(self.case.clients) if one is self.client)
        return f"clients[{number}]"

    @property
    def authorizations(self) -> list[tuple[int, Authorization]]:
        """The authorizations that name the addressee, with their numbers in the case.

        Where the case has several clients, only those that somebody signed for the one it is about.
        """
        names = {name.casefold() for name in self.addressee.names}
        return [
            (number, one)
            for number, one in enumerate(self.case.authorizations)
            if one.to.casefold() in names and self._may_have_signed(one.by)
        ]

    def _may_have_signed(self, person: str | None) -> bool:
        """Whether a person signs for the client: the client, or somebody who may act for them."""
        if person is None:
            return len(self.case.clients) == 1
        return person in {
            self.client.id,
            *(one.id for one in self.client.representatives if self.may_act(one)),
        }

    def may_act(self, person: Representative) -> bool:
        """Whether somebody may act for the client on the day on which things are known."""
        return may_act(person, self.client, self.known_on, self.jurisdiction.majority)

    def in_case(self, path: str) -> Place:
        """Where a value stands in the case file."""
        return self.case_file.place(path)

    def in_practice(self, path: str) -> Place:
        """Where a value stands in the practice file."""
        return self.practice_file.place(path)
