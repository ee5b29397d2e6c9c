"""Who a letter may go to: a client, somebody who acts for them, a provider, a business contact, the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from letters.facts import FILE, PROVIDER, Addressee, is_minor, may_act
from letters.findings import Finding, Place, Severity, rule
from letters.model.case import Case
from letters.model.kind import KindSpec
from letters.model.outside import Provider
from letters.model.people import Client, Reachable, Representative
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
    withholds=True,
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
    withholds=True,
)
NO_PROVIDER = rule(
    "no-provider",
    Severity.ERROR,
    "A letter to a provider needs the provider's name and address.",
)

NO_BUSINESS = rule(
    "no-business-contact",
    Severity.ERROR,
    "A letter about an employee who leaves goes to those who did business with them, at their place of work.",
)
NO_EXECUTOR = rule(
    "no-executor",
    Severity.ERROR,
    "What belongs to somebody who has died is a matter for whoever settles their estate.",
    "45 CFR 164.502(g)(4)",
    withholds=True,
)


@dataclass(frozen=True)
class Choice:
    """What decides who a letter goes to; `to` is the id that was asked for."""

    case: Case
    document: Document
    spec: KindSpec
    to: str | None
    dated: date
    majority: int


def choose(choice: Choice) -> tuple[Addressee | None, list[Finding]]:
    """Choose the addressee, by id where there are several."""
    match choice.spec.to:
        case "provider":
            return _provider(choice.case, choice.document, choice.to)
        case "business":
            return _among(choice, _business(choice), _no_business(choice.document))
        case "file" if not choice.spec.call:
            return _file(choice)
    for number, client in enumerate(choice.case.clients):
        if client.born is None and any(person.stands_for_minor for person in client.representatives):
            return None, [_of_unknown_age(client.id, choice.document.place(f"clients[{number}]"))]
    addressee, findings = _among(choice, _for_clients(choice), _nobody(choice))
    if addressee and choice.spec.to == "file":
        # A script is read out by the practice: it is about a person, and goes to nobody.
        addressee = replace(addressee, names=(), address=None, address_path="")
    return addressee, findings


def everybody(choice: Choice) -> list[str]:
    """The ids of all who get a letter of their own where nobody is named; none where it is to no person.

    A minor for whom nobody may act is among them, so that it is said why nobody is written to about them.
    """
    if choice.spec.to == "business":
        return [one.id for one in _business(choice)]
    if choice.spec.to != "client" and not choice.spec.call:
        return []
    clients, after_death = choice.case.clients, choice.spec.after_death
    found: list[str] = []
    for number, client in enumerate(clients):
        people = _for_client(clients, number, choice.dated, choice.majority, after_death)
        found += [one.id for one in people] or [client.id]
    return found


def _among(
    choice: Choice, possible: list[Addressee], nobody: Finding
) -> tuple[Addressee | None, list[Finding]]:
    if choice.to is not None:
        return _named(choice, [*possible, *_for_adults(choice)])
    if len(possible) > 1:
        return None, [_several(choice.document, possible)]
    return (possible[0], []) if possible else (None, [nobody])


def _for_clients(choice: Choice) -> list[Addressee]:
    after_death = choice.spec.after_death
    return for_clients(choice.case.clients, choice.dated, choice.majority, after_death=after_death)


def for_clients(
    clients: Sequence[Client], on: date, majority: int, *, after_death: bool = False
) -> list[Addressee]:
    """Whom a letter to clients may go to: themselves or, where they are minors, all who may act for them.

    With `after_death` what is for the dead goes to their executor; else a check says that nothing may.
    """
    people = (_for_client(clients, number, on, majority, after_death) for number in range(len(clients)))
    return [one for some in people for one in some]


def _for_client(
    clients: Sequence[Client], number: int, on: date, majority: int, after_death: bool
) -> list[Addressee]:
    client = clients[number]
    to_executor = client.died is not None and after_death
    if not to_executor and not is_minor(client, on, majority):
        return [_addressee(client, client, f"clients[{number}]")]
    return _acting(clients, number, on, majority, after_death)


def _for_adults(choice: Choice) -> list[Addressee]:
    """Those who may act for an adult, and get a letter where it is asked for."""
    if choice.spec.to == "business":
        return []
    clients = choice.case.clients
    living = [number for number, client in enumerate(clients) if client.died is None]
    return [
        one
        for number in living
        for one in _acting(clients, number, choice.dated, choice.majority, choice.spec.after_death)
    ]


def _acting(
    clients: Sequence[Client], number: int, on: date, majority: int, after_death: bool
) -> list[Addressee]:
    """Those who may act for a client: the executor only where the kind is for that.

    That a client has died is found by a check, whoever the letter would go to.
    """
    client = clients[number]
    known = client if after_death else client.model_copy(update={"died": None})
    return [
        _addressee(person, client, f"clients[{number}].representatives[{index}]")
        for index, person in enumerate(client.representatives)
        if may_act(person, known, on, majority)
    ]


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


def _named(choice: Choice, possible: list[Addressee]) -> tuple[Addressee | None, list[Finding]]:
    case, document, to = choice.case, choice.document, choice.to
    for one in possible:
        if one.id == to:
            return one, []
    for path, person in case.everyone():
        if person.id == to:
            return None, [_refusal(choice, path, person)]
    known = ", ".join(one.id for one in possible) or "nobody"
    return None, [
        ADDRESSEE.finding(
            f"The case has nobody with the id {to}.",
            f"This letter may go to: {known}.",
            document.place("clients"),
        )
    ]


def _refusal(choice: Choice, path: str, person: Reachable) -> Finding:
    document = choice.document
    if isinstance(person, Representative) and person.barred:
        return BARRED.finding(
            f"An order bars {person.id} from being told about the client.",
            "Write to somebody else who may act for the client.",
            document.place(f"{path}.barred"),
        )
    if isinstance(person, Client) and person.died and choice.spec.after_death:
        return _no_executor(document, path)
    return NO_REPRESENTATIVE.finding(
        f"{person.id} is not somebody this letter may go to.",
        "A letter about an adult goes to the client, or to somebody whose `authority` over their affairs the "
        "case names; one about a minor to a parent or guardian.",
        document.place(f"{path}.id"),
    )


def _several(document: Document, possible: list[Addressee]) -> Finding:
    choices = " or ".join(f"--to {one.id}" for one in possible)
    return ADDRESSEE.finding(
        "This letter may go to several people, each with a copy of their own.",
        f"Make one at a time, with {choices}.",
        document.place("clients"),
    )


def _nobody(choice: Choice) -> Finding:
    for number, client in enumerate(choice.case.clients):
        if client.died and choice.spec.after_death:
            return _no_executor(choice.document, f"clients[{number}]")
    return NO_REPRESENTATIVE.finding(
        "The client is a minor on the letter's date, and the case names nobody who may act for them.",
        "Add a parent or guardian with authority under `representatives`.",
        choice.document.place("clients[0]"),
    )


def _no_executor(document: Document, path: str) -> Finding:
    return NO_EXECUTOR.finding(
        "The client has died, and the case names no executor.",
        "Add them under `representatives`, with `relation: executor` and an address that is safe.",
        document.place(f"{path}.died"),
    )


def _business(choice: Choice) -> list[Addressee]:
    """The business contacts of the case, and its clients where they are organizations."""
    clients = _for_clients(choice) if choice.case.relationship == "organization" else []
    return [
        *clients,
        *(_at_work(one.id, one, f"business[{number}]") for number, one in enumerate(choice.case.business)),
    ]


def _at_work(id_: str, provider: Provider, path: str, client: Client | None = None) -> Addressee:
    names = (provider.name, provider.organization) if provider.name else (provider.organization,)
    called = provider.preferred_name or names[0]
    return Addressee(id_, names, called, path, provider.address, f"{path}.address", client=client)


def _no_business(document: Document) -> Finding:
    return NO_BUSINESS.finding(
        "The case names no business contact.",
        "Add those who have to know under `business`, each with an id, organization and address.",
        document.place(""),
    )


def _file(choice: Choice) -> tuple[Addressee | None, list[Finding]]:
    """What stays with the practice is about all clients of the case, or about the one that is named."""
    case = choice.case
    whole = Addressee(FILE, (), "", "clients[0]", client=case.clients[0] if len(case.clients) == 1 else None)
    if choice.to in (None, FILE):
        return whole, []
    for path, person in case.everyone():
        if person.id == choice.to:
            number = int(path.removeprefix("clients[").partition("]")[0])
            return replace(whole, path=path, person=person, client=case.clients[number]), []
    return _named(choice, [whole])


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
    return _at_work(PROVIDER, provider, "provider", about), []


def _about(case: Case) -> Client | None:
    about = case.request.about if case.request else None
    if about is None and len(case.clients) == 1:
        return case.clients[0]
    return next((client for client in case.clients if client.id == about), None)
