"""Who a letter may go to: the client, somebody who acts for a minor, or a provider."""

from __future__ import annotations

from datetime import date

from letters.facts import Addressee
from letters.findings import Finding, Place, Severity, rule
from letters.model.case import Case, Client, Reachable, Representative
from letters.model.kind import KindSpec
from letters.sources import Document

ADDRESSEE = rule(
    "addressee",
    Severity.ERROR,
    "A letter has exactly one addressee; each of several people gets a letter of their own.",
)
BARRED = rule(
    "barred",
    Severity.ERROR,
    "Somebody whom a court order bars gets no letter about the client.",
)
AGE_UNKNOWN = rule(
    "age-unknown",
    Severity.ERROR,
    "Whether a letter goes to a client or to a parent depends on the client's age on the letter's date.",
    "45 CFR 164.502(g)",
)
NO_REPRESENTATIVE = rule(
    "no-representative",
    Severity.ERROR,
    "A letter about a minor goes to somebody with authority to act for them.",
    "45 CFR 164.502(g)",
)
NO_PROVIDER = rule(
    "no-provider",
    Severity.ERROR,
    "A letter to a provider needs the provider's name and address.",
)

PROVIDER = "provider"  # the id of the one provider a case names


def choose(
    case: Case, document: Document, spec: KindSpec, to: str | None, dated: date, majority: int
) -> tuple[Addressee | None, list[Finding]]:
    """Choose the addressee, by id where there are several."""
    if spec.to == "provider":
        return _provider(case, document, to)
    for number, client in enumerate(case.clients):
        if client.born is None and any(person.stands_for_minor for person in client.representatives):
            return None, [_of_unknown_age(client.id, document.place(f"clients[{number}]"))]
    possible = [
        one for number in range(len(case.clients)) for one in _for_client(case, number, dated, majority)
    ]
    if to is not None:
        return _named(case, document, to, possible)
    if len(possible) > 1:
        return None, [_several(document, possible)]
    if not possible:
        return None, [_nobody(document)]
    return possible[0], []


def is_minor(client: Client, dated: date, majority: int) -> bool:
    """Whether a client is under age on the letter's date; born on 29 February counts as 1 March."""
    if client.born is None:
        return False
    years = dated.year - client.born.year - ((dated.month, dated.day) < (client.born.month, client.born.day))
    return years < majority


def _for_client(case: Case, number: int, dated: date, majority: int) -> list[Addressee]:
    client = case.clients[number]
    path = f"clients[{number}]"
    if not is_minor(client, dated, majority):
        return [_addressee(client, client, path)]
    return [
        _addressee(person, client, f"{path}.representatives[{index}]")
        for index, person in enumerate(client.representatives)
        if _may_act(person)
    ]


def _may_act(person: Representative) -> bool:
    return not person.barred and person.relation != "executor"


def _addressee(person: Reachable, client: Client, path: str) -> Addressee:
    """Address a person at their first safe address; never at any other."""
    names = (person.attention, person.name) if person.attention else (person.name,)
    for index, address in enumerate(person.addresses):
        if address.safe and not person.no_contact:
            where = f"{path}.addresses[{index}]"
            return Addressee(person.id, names, person.called, path, address, where, person, client)
    return Addressee(person.id, names, person.called, path, person=person, client=client)


def _of_unknown_age(client: str, place: Place) -> Finding:
    return AGE_UNKNOWN.finding(
        f"{client} has a parent or guardian in the case, and no date of birth.",
        "Write the date at `born`, or take the parents and guardians of an adult out of the case.",
        place,
    )


def _named(
    case: Case, document: Document, to: str, possible: list[Addressee]
) -> tuple[Addressee | None, list[Finding]]:
    for one in possible:
        if one.id == to:
            return one, []
    for path, person in case.everyone():
        if person.id == to:
            return None, [_refusal(document, path, person)]
    known = ", ".join(one.id for one in possible) or "nobody"
    return None, [
        ADDRESSEE.finding(
            f"The case has nobody with the id {to}.",
            f"This letter may go to: {known}.",
            document.place("clients"),
        )
    ]


def _refusal(document: Document, path: str, person: Reachable) -> Finding:
    if isinstance(person, Representative) and person.barred:
        return BARRED.finding(
            f"An order bars {person.id} from being told about the client.",
            "Write to somebody else who may act for the client.",
            document.place(f"{path}.barred"),
        )
    return NO_REPRESENTATIVE.finding(
        f"{person.id} is not somebody this letter may go to.",
        "A letter about an adult goes to the client, one about a minor to a parent or guardian.",
        document.place(f"{path}.id"),
    )


def _several(document: Document, possible: list[Addressee]) -> Finding:
    choices = " or ".join(f"--to {one.id}" for one in possible)
    return ADDRESSEE.finding(
        "This letter may go to several people, each with a copy of their own.",
        f"Make one at a time, with {choices}.",
        document.place("clients"),
    )


def _nobody(document: Document) -> Finding:
    return NO_REPRESENTATIVE.finding(
        "The client is a minor on the letter's date, and the case names nobody who may act for them.",
        "Add a parent or guardian with authority under `representatives`.",
        document.place("clients[0]"),
    )


def _provider(case: Case, document: Document, to: str | None) -> tuple[Addressee | None, list[Finding]]:
    provider = case.provider
    if provider is None:
        message = "The case does not say which provider the letter goes to."
        remedy = "Add `provider` with its organization and address."
        return None, [NO_PROVIDER.finding(message, remedy, document.place(""))]
    if to not in (None, PROVIDER):
        message = f"This kind of letter goes to the provider, and not to {to}."
        return None, [ADDRESSEE.finding(message, "Leave out --to.", document.place("provider"))]
    about = _about(case)
    if about is None:
        message = "The case does not say which of its clients the letter is about."
        remedy = f"Write their id at `request: about`: {', '.join(client.id for client in case.clients)}."
        return None, [NO_PROVIDER.finding(message, remedy, document.place("request.about"))]
    names = (provider.name, provider.organization) if provider.name else (provider.organization,)
    called = provider.preferred_name or names[0]
    return Addressee(
        PROVIDER, names, called, "provider", provider.address, "provider.address", client=about
    ), []


def _about(case: Case) -> Client | None:
    about = case.request.about if case.request else None
    if about is None and len(case.clients) == 1:
        return case.clients[0]
    return next((client for client in case.clients if client.id == about), None)
