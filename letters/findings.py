"""Findings: what a check has to say, and the rules they come from.

Input errors, content rules and layout faults are all findings and look alike everywhere. A rule
is declared once, as a constant in the module that finds it; declaring it also lists it for
`letters rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from letters.errors import LettersError


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # never acceptable
    WARNING = "warning"  # no letter is issued until it is mended or accepted with a reason
    NOTE = "note"  # only told


@dataclass(frozen=True)
class Place:
    """Where a finding is: a file, and within it a line and column, counted from 1.

    `excerpt` is the line as written; `length` is how many characters of it are meant. `field` is
    the path of the value, as in `clients[0].name`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    length: int = 1
    excerpt: str = ""
    field: str = ""

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what, where, how to mend it, and on whose authority."""

    code: str
    severity: Severity
    message: str
    remedy: str = ""
    place: Place | None = None
    authority: str = ""


@dataclass(frozen=True)
class Rule:
    """What is checked, and why.

    `in_draft` is the severity for a draft where that differs. `authority` names the law, code of
    ethics or standard behind the rule; empty where it is this program's own sense. `withholds` is true
    where somebody must not be written to, or not yet, rather than something be mended.
    """

    code: str
    severity: Severity
    why: str
    authority: str = ""
    in_draft: Severity | None = field(default=None, kw_only=True)
    withholds: bool = field(default=False, kw_only=True)

    def finding(
        self, message: str, remedy: str = "", place: Place | None = None, *, draft: bool = False
    ) -> Finding:
        """Say that this rule is broken."""
        severity = self.in_draft or self.severity if draft else self.severity
        return Finding(self.code, severity, message, remedy, place, self.authority)


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    why: str,
    authority: str = "",
    *,
    in_draft: Severity | None = None,
    withholds: bool = False,
) -> Rule:
    """Declare a rule. Raises ValueError when its code is taken."""
    if code in RULES:
        raise ValueError(f"there are two rules {code}")
    declared = RULES[code] = Rule(code, severity, why, authority, in_draft=in_draft, withholds=withholds)
    return declared


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Pick the findings that stop everything."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def as_finding(error: LettersError) -> Finding:
    """What an error says, as a finding that stands nowhere."""
    return Finding("", Severity.ERROR, error.message, error.remedy)


class FoundError(LettersError):
    """Mistakes in a file that leave nothing to go on with; `findings` says each with its place."""

    exit_code = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("")
        self.findings = list(findings)
