"""Fields about what another provider is asked to do, and the permission for it."""

from __future__ import annotations

from letters.facts import Facts
from letters.fields.registry import field
from letters.locale import dates


@field("request.asked", "what the provider is asked to do", "request.asked")
def _asked(facts: Facts) -> str:
    return facts.say(facts.case.request.asked) if facts.case.request else ""


@field("request.why_now", "why the request is made now", "request.why_now")
def _why_now(facts: Facts) -> str:
    return facts.say(facts.case.request.why_now) if facts.case.request else ""


@field("request.urgency", "routine, soon or urgent", "request.urgency")
def _urgency(facts: Facts) -> str:
    return facts.case.request.urgency if facts.case.request else ""


@field("request.risk", "the risk the provider has to know", "request.risk")
def _risk(facts: Facts) -> str:
    return facts.say(facts.case.request.risk) if facts.case.request else ""


@field("request.communication", "what the client needs to communicate", "request.communication")
def _communication(facts: Facts) -> str:
    return facts.say(facts.case.request.communication) if facts.case.request else ""


@field(
    "authorization", "the client's permission for this provider: reference, scope, dates", "authorizations"
)
def _authorization(facts: Facts) -> dict[str, str]:
    """Of those that hold on the letter's date, the latest signed that covers what is told."""
    holding = [one for _, one in facts.authorizations if one.fault(facts.dated) is None]
    covering = [one for one in holding if facts.spec.discloses in one.covers]
    if not holding:
        return {}
    latest = max(covering or holding, key=lambda one: one.signed)
    return {
        "reference": latest.reference,
        "scope": facts.say(latest.scope),
        "signed": dates.long_date(latest.signed, facts.locale),
        "expires": dates.long_date(latest.expires, facts.locale) if latest.expires else "",
    }


@field("provider.name", "the provider the case names: the person, else the organization", "provider")
def _provider_name(facts: Facts) -> str:
    provider = facts.case.provider
    return (provider.name or provider.organization) if provider else ""


@field("provider.organization", "the organization of that provider", "provider.organization")
def _provider_organization(facts: Facts) -> str:
    return facts.case.provider.organization if facts.case.provider else ""
