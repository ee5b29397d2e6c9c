"""Fields about the relationship: its dates, what was tried, what supports the client."""

from __future__ import annotations

from datetime import date

from letters import reasons
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


@field("ending.reason", "the label of the reason for the ending; only for the file", "ending.reason")
def _reason(facts: Facts) -> str:
    """Only what stays with the practice is given it."""
    ending = facts.case.ending
    if facts.spec.to != "file" or ending is None:
        return ""
    found = reasons.find(ending.reason)
    return f"{ending.reason} ({facts.say(found.label)})" if found else ending.reason


@field("opened", "the date the case was opened", "opened")
def _opened(facts: Facts) -> str:
    return dates.long_date(facts.case.opened, facts.locale)


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
    return lists.and_list([facts.say(one) for one in facts.case.supports], facts.locale)


@field("referrals", "other places that may help: name, what they offer, cost, phone, website", "referrals")
def _referrals(facts: Facts) -> list[dict[str, str]]:
    return [
        {
            "name": option.name,
            "offers": facts.say(option.offers),
            "cost": facts.say(option.cost),
            "phone": phone(facts, option.phone) if option.phone else "",
            "website": option.website or "",
        }
        for option in facts.case.referrals
    ]


@field("matters.done", "the work that is done, each piece of it", "matters.done")
def _done(facts: Facts) -> list[str]:
    return [facts.say(one) for one in facts.case.matters.done]


@field("matters.under_way", "the work that goes on, each piece of it", "matters.under_way")
def _under_way(facts: Facts) -> list[str]:
    return [facts.say(one) for one in facts.case.matters.under_way]


@field(
    "matters.outstanding", "what is still to be done: what, due date, by: you or us", "matters.outstanding"
)
def _outstanding(facts: Facts) -> list[dict[str, str]]:
    return [
        {
            "what": facts.say(item.what),
            "due": dates.long_date(item.due, facts.locale) if item.due else "",
            "by": item.by,
        }
        for item in facts.case.matters.outstanding
    ]
