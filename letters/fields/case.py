"""Fields about the relationship: its dates, what was tried, what supports the client."""

from __future__ import annotations

from datetime import date

from letters.facts import Facts
from letters.fields.people import phone
from letters.fields.registry import field
from letters.locale import dates, lists


@field("reference", "the case number", "case")
def _reference(facts: Facts) -> str:
    return facts.case.case


@field("ending.on", "the day from which the relationship is ended", "ending.on")
def _ending_on(facts: Facts) -> str:
    ending = facts.case.ending
    return dates.long_date(ending.on, facts.locale) if ending and ending.on else ""


@field("last_session", "the date of the last session", "last_session")
def _last_session(facts: Facts) -> str:
    last = facts.case.last_session
    return dates.long_date(last, facts.locale) if last else ""


@field("attempts", "each time the practice tried to reach the client: channel and date", "contacts")
def _attempts(facts: Facts) -> list[dict[str, str]]:
    """What was tried since the last session, up to the letter; what was said in it stays in the file."""
    last = facts.case.last_session or date.min
    tried = [
        contact
        for contact in sorted(facts.case.contacts, key=lambda contact: contact.at)
        if contact.is_attempt
        and contact.to in (None, facts.addressee.id)
        and last < contact.at.date() <= facts.dated
    ]
    return [
        {"channel": contact.channel, "date": dates.long_date(contact.at.date(), facts.locale)}
        for contact in tried
    ]


@field("supports", "the people and things that support the client", "supports")
def _supports(facts: Facts) -> str:
    return lists.and_list(facts.case.supports, facts.locale) if facts.case.supports else ""


@field("referrals", "other places that may help: name, what they offer, phone, website", "referrals")
def _referrals(facts: Facts) -> list[dict[str, str]]:
    return [
        {
            "name": option.name,
            "offers": option.offers or "",
            "phone": phone(facts, option.phone) if option.phone else "",
            "website": option.website or "",
        }
        for option in facts.case.referrals
    ]
