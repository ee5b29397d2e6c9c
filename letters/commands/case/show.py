"""`letters case show`: all that is known of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from letters.clock import now
from letters.commands import Session, pass_session

if TYPE_CHECKING:
    from letters.caseload.overview import Known

LATEST = 10  # contacts; --json and history have them all
_INDENT = "  "


@click.command(short_help="Show all that is known of a case.")
@click.argument("number", metavar="NUMBER")
@click.option(
    "--with-confidential", is_flag=True, help="Also what never reaches a letter: diagnosis, notes, danger."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def command(session: Session, /, number: str, with_confidential: bool, as_json: bool) -> None:
    """Show the people of the case NUMBER and how to reach them, its state, and what was done.

    What is not safe to use stands first and is marked.
    """
    from letters.caseload.overview import overview

    office = session.office()
    present = now(office.practice.time_zone)
    with office.register(make=False).reading() as connection:
        known = overview(connection, number, present, office, with_confidential=with_confidential)
    if as_json:
        click.echo(json.dumps(known, indent=2, ensure_ascii=False))
    else:
        _show(known)


def _show(known: Known) -> None:
    from letters.terminal import say

    say(f"{known['case']}: {known['names']}")
    say(
        f"{known['relationship']}, with {known['clinician']}, opened {known['opened']}, "
        f"last session {known['last_session'] or 'never'}"
    )
    say(f"{known['in_words']}\n{known['next']}")
    _part("People", list(_people(known)))
    contacts = known["contacts"]
    latest = f", the latest {LATEST} of {len(contacts)}" if len(contacts) > LATEST else ""
    _part(f"Contacts{latest}", [one["in_words"] for one in contacts[:LATEST]])
    _part("Letters", [_letter(one) for one in known["letters"]])
    _part("To do", [f"{one['number']}: {one['what']} (since {one['opened_on']})" for one in known["tasks"]])
    _part("Approvals", [_approval(one) for one in known["approvals"]])
    _part("Endings", [_ending(one) for one in known["endings"]])
    if "confidential" in known:
        told = (f"{name}: {_yes_no(value)}" for name, value in known["confidential"].items())
        _part("CONFIDENTIAL", list(told))


def _part(title: str, lines: list[str]) -> None:
    """A heading with what stands under it; nothing where there is nothing."""
    from letters.terminal import entries, say

    if not lines:
        return
    say(f"\n{title}")
    entries([("", line) for line in lines], 0)


def _people(known: Known) -> Iterator[str]:
    for person in known["people"]:
        yield _person(person)
        for way in person["ways"]:
            yield _INDENT + _way(way)
        if not person["ways"]:
            yield f"{_INDENT}no way to reach them is known"


def _person(person: Known) -> str:
    told = [f"{person['name']} ({person['id']}), {person['role']}"]
    told += [f"born {person['born']}"] if person.get("born") else []
    told += [f"DIED {person['died']}"] if person.get("died") else []
    told += ["NO CONTACT"] if person["no_contact"] else []
    told += ["BARRED by an order"] if person["barred"] else []
    told += [f"asked on {person['opted_out']} not to be written to"] if person.get("opted_out") else []
    return ", ".join(told)


def _way(way: Known) -> str:
    if not way["safe"]:
        # The mark comes first, so that nobody's eye falls on the number before it.
        return f"DO NOT USE ({way['unsafe_because']}): {way['sort']} {way['text']}"
    told = [f"safe: {way['sort']} {way['text']}"]
    told += [way["limit"]] if way["limit"] else []
    told.append(f"confirmed {way['confirmed']}" if way["confirmed"] else "never confirmed")
    return "; ".join(told)


def _letter(one: Known) -> str:
    return f"{one['letter']}: {one['kind']} to {one['to']}, dated {one['dated']}; {one['in_words']}"


def _approval(one: Known) -> str:
    return f"{one['kind']} to {one['to']}, dated {one['dated']}; by {one['by']} on {one['at'][:10]}"


def _ending(one: Known) -> str:
    from letters.caseload.telling import short_moment

    again = f"; restarted on {one['restarted_on']}" if one["restarted_on"] else ""
    without = f"; no letter or call, because: {one['without']}" if one["without"] else ""
    return f"{one['on']}, entered {short_moment(one['at'])}: {one['label']} ({one['reason']}){without}{again}"


def _yes_no(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
