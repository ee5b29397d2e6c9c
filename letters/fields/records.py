"""Fields about documents that go back to the client."""

from __future__ import annotations

from letters.facts import Facts
from letters.fields.registry import field
from letters.locale import dates


@field("inventory", "the documents returned: number, what, quantity, form, condition", "records.originals")
def _inventory(facts: Facts) -> list[dict[str, str]]:
    return [
        {
            "number": str(number),
            "what": facts.say(item.what),
            "quantity": str(item.quantity),
            "form": item.form,
            "condition": facts.say(item.condition),
        }
        for number, item in enumerate(facts.case.records.originals, 1)
    ]


@field("sending", "how the documents are sent: how, tracking number, date", "records.sent")
def _sending(facts: Facts) -> dict[str, str]:
    sent = facts.case.records.sent
    if sent is None:
        return {}
    on = dates.long_date(sent.on, facts.locale) if sent.on else ""
    return {"how": facts.say(sent.how), "tracking": (sent.tracking or "").replace(" ", "\u00a0"), "on": on}


@field("inventory_total", "how many pieces the documents add up to, as a number", "records.originals")
def _inventory_total(facts: Facts) -> str:
    pieces = sum(item.quantity for item in facts.case.records.originals)
    return f"{pieces}" if pieces else ""


@field("copies", "the records copied for a provider: what, and how many pages", "records.transfer.contents")
def _copies(facts: Facts) -> list[dict[str, str]]:
    transfer = facts.case.records.transfer
    return [
        {"what": facts.say(item.what), "pages": str(item.pages)}
        for item in (transfer.contents if transfer else [])
    ]


@field("copies_pages", "how many pages the copies add up to, as a number", "records.transfer.contents")
def _pages(facts: Facts) -> str:
    transfer = facts.case.records.transfer
    return str(sum(item.pages for item in transfer.contents)) if transfer else ""
