"""The option that lets warnings pass, each with its reason."""

from __future__ import annotations

import click

from letters.commands.told import said
from letters.errors import UsageError
from letters.excerpt import visible
from letters.spelling import did_you_mean

_LONGEST_REASON = 400  # characters; a record has to stay small

accept_option = click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CODE=REASON",
    help="Let a warning pass, with the reason, which is recorded. May be given several times.",
)


def read_reasons(accepted: tuple[str, ...]) -> dict[str, str]:
    """Read CODE=REASON; raises UsageError for a code that cannot be accepted or has no reason."""
    from letters.findings import Severity
    from letters.rulebook import all_rules

    rules = {rule.code: rule for rule in all_rules()} if accepted else {}
    reasons: dict[str, str] = {}
    for text in accepted:
        code, _, reason = (part.strip() for part in text.partition("="))
        if code not in rules:
            raise UsageError(
                f"There is no check {visible(code)!r} to accept.",
                did_you_mean(code, rules, "`letters rules` lists the checks."),
            )
        if rules[code].severity is Severity.ERROR:
            raise UsageError(
                f"{code} cannot be accepted.", "Mend what it finds: an error always stops a letter."
            )
        if len(reason) < 3:
            raise UsageError(
                f"{code} is accepted without a reason.", f"Write --accept '{code}=why it is right here'."
            )
        expect_reason(f"accepting {code}", reason, "--accept")
        reasons[code] = reason
    return reasons


def expect_reason(what: str, reason: str, option: str) -> None:
    """Raise UsageError for a reason that says nothing, or too much, or is not of one line."""
    if len(reason.strip()) < 3:
        raise UsageError(f"There is no reason for {what}.", "Say in a few words why it is right here.")
    if len(reason) > _LONGEST_REASON:
        raise UsageError(
            f"The reason for {what} is longer than {_LONGEST_REASON} characters.",
            "Say it in one or two sentences.",
        )
    said(option, reason)
