"""What can go wrong with one letter that is nobody's fault at the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.batch.crew import Lost
from letters.batch.outcome import Outcome
from letters.errors import UsageError
from letters.findings import Finding, Place, Severity, rule

if TYPE_CHECKING:
    from letters.register.queries import LetterRow

ENDED_ITS_PROCESS = rule(
    "ended-its-process",
    Severity.ERROR,
    "One letter that ends the program must not keep all the others from leaving.",
)
STALLED = rule(
    "stalled",
    Severity.ERROR,
    "One letter that never comes to an end must not keep all the others from leaving.",
)
BROKE_OFF = rule(
    "broke-off",
    Severity.ERROR,
    "One letter over which the program fails must not keep all the others from leaving.",
)


VOIDED = rule(
    "voided-before",
    Severity.WARNING,
    "Somebody decided that this letter must not leave. Running a batch again is no decision that it may.",
    withholds=True,
)


def voided_before(row: LetterRow) -> Finding:
    """Say that a letter of the batch was voided."""
    message = f"{row.letter} to {row.addressee} was voided."
    remedy = "Take the row out; or say why another may leave with --accept voided-before=REASON."
    return VOIDED.finding(message, remedy, Place(f"case {row.case_number}"))


def lost(how: Lost, outcome: Outcome) -> Finding:
    """Say that a letter ended or stalled the process that was making it, or had the program fail."""
    place = Place(f"case {outcome.case}", field=outcome.source)
    remedy = "Look for what is unusual in this case, make its letter by itself, and please report it."
    if how.how == "stalled":
        return STALLED.finding("Making this letter came to no end, and was given up.", remedy, place)
    if how.how == "broke":
        message = f"Making this letter broke off with a fault in letters ({type(how.error).__name__})."
        remedy = "Please report it, with the log that was written in the folder `letters` of your logs."
        return BROKE_OFF.finding(message, remedy, place)
    return ENDED_ITS_PROCESS.finding("Making this letter ended the program that was at it.", remedy, place)


def telling_reason(outcome: Outcome) -> UsageError:
    """The refusal of a reason that says what no letter's record may hold."""
    return UsageError(
        f"A reason for accepting a warning repeats something confidential, or names somebody, of case "
        f"{outcome.case}.",
        "Give the reason without it: it is kept with every letter it is for.",
    )
