"""What an import permits that was not permitted before."""

from __future__ import annotations

from collections.abc import Iterator

from letters.caseload.reported import Reported
from letters.entering import Change, Entering
from letters.findings import Finding, Severity, rule

MADE_SAFE = rule(
    "made-safe",
    Severity.NOTE,
    "Where something was not safe and is now, somebody may have been put at risk by a slip of the pen.",
    "45 CFR 164.522(b), confidential communications",
)
_LEFT = ("none", "callback-only", "detailed")  # what may be left on voicemail, from nothing to all


def made_safe(reported: Reported, new: Entering) -> Iterator[Finding]:
    """Say where somebody can be reached, or more may be left or shown, than the register had it."""
    changes = new.changes
    for change in changes:
        way = change.path.removesuffix(".safe")
        if change.permits and not any(_is_new_way(other, way) for other in changes):
            yield MADE_SAFE.finding(
                f"Case {new.number}: {way} was {_before(change)} and is now.",
                "Make sure that the client said so, and write the day at `confirmed`.",
                reported.place(change.path),
            )
        elif _loosens(change) and not any(_is_new_way(other, _way_of(change)) for other in changes):
            yield MADE_SAFE.finding(
                f"Case {new.number}: {change.path} was {change.before or 'not said'}, and is "
                f"{change.after or 'not said'} now.",
                "Make sure that the client said so.",
                reported.place(change.path),
            )


def _way_of(change: Change) -> str:
    return change.path.rpartition(".")[0]


def _loosens(change: Change) -> bool:
    """Whether somebody who was out of reach is within it, or more may be left or shown than before."""
    match change.path.rpartition(".")[2]:
        case "no_contact" | "barred":
            return change.before == "yes" and change.after != "yes"
        case "died" | "opted_out":
            return change.what == "removed" and not change.is_secret
        case "discreet":
            return change.before == "yes" and change.after == "no"
        case "voicemail":
            before, after = (_LEFT.index(said or "none") for said in (change.before, change.after))
            return before < after
    return False


def _before(change: Change) -> str:
    return "not known to be safe" if change.before is None else "not safe"


def _is_new_way(change: Change, way: str) -> bool:
    """Whether it is the address or number itself that is new."""
    return change.what == "new" and change.path in (f"{way}.lines[0]", f"{way}.number", f"{way}.address")
