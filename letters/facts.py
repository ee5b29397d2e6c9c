"""What one letter is made from, gathered in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from letters.findings import Place
from letters.locale.languages import locale_for
from letters.model.case import Authorization, Case, Client, Reachable
from letters.model.jurisdiction import Jurisdiction
from letters.model.kind import KindSpec
from letters.model.practice import Person, PostalAddress, Practice
from letters.sources import Document


@dataclass(frozen=True)
class Addressee:
    """The one person or organization a letter goes to.

    `path` is where they stand in the case file; `person` is absent for a provider, `client` is
    whom a representative acts for, or the addressee themselves.
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

    @property
    def locale(self) -> str:
        """The reader's customs for dates, numbers and lists."""
        return locale_for(self.language, self.practice.address.country)

    @property
    def clinician(self) -> Person | None:
        """The clinician of the case, where the practice file has them."""
        return self.practice.people.get(self.case.clinician)

    @property
    def signer_id(self) -> str | None:
        """The id of who signs."""
        return self.case.clinician if self.spec.signed_by == "clinician" else self.practice.signatory

    @property
    def client(self) -> Client:
        """The client the letter is about."""
        return self.addressee.client or self.case.clients[0]

    @property
    def client_path(self) -> str:
        """Where that client stands in the case file."""
        number = next(number for number, one in enumerate(self.case.clients) if one is self.client)
        return f"clients[{number}]"

    @property
    def authorizations(self) -> list[tuple[int, Authorization]]:
        """The authorizations that name the addressee, with their numbers in the case."""
        names = {name.casefold() for name in self.addressee.names}
        return [
            (number, one) for number, one in enumerate(self.case.authorizations) if one.to.casefold() in names
        ]

    def in_case(self, path: str) -> Place:
        """Where a value stands in the case file."""
        return self.case_file.place(path)

    def in_practice(self, path: str) -> Place:
        """Where a value stands in the practice file."""
        return self.practice_file.place(path)
