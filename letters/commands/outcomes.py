"""What came of a batch, as it is told at its end."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letters.batch.running import Bench, Result
    from letters.batch.wanted import Wanted
    from letters.findings import Finding

_SHOWN = 12  # findings that are shown whole


def report(result: Result, bench: Bench, wanted: Wanted, *, is_dry: bool) -> None:
    """Say what came of the batch: what can be mended, how often each check stopped a letter, and counts."""
    from letters.findings import Severity
    from letters.terminal import say, show_findings

    show_findings(result.plan.findings + result.left.findings, wanted.accepted)
    mendable = [one for one in result.outcomes if one.status in ("problem", "failed")]
    found = _different([finding for one in mendable for finding in one.findings])
    notes = [one for outcome in result.outcomes for one in outcome.findings if one.severity is Severity.NOTE]
    found += [one for one in _different(notes) if one not in found]
    show_findings(found[:_SHOWN], wanted.accepted)
    if len(found) > _SHOWN:
        where = "" if is_dry else " They stand in the lists."
        say(f"{len(found) - _SHOWN:,} more findings are not shown.{where}", stream=sys.stderr)
    _show_checks(result, wanted)
    for one in result.outcomes:
        if one.replaces:
            told = f"{one.letter} replaces {one.replaces}, which must not leave: destroy that one."
            say(told, stream=sys.stderr)
    say(counted(result, is_dry=is_dry), stream=sys.stderr)
    for sentence in _remarks(result, bench, wanted):
        say(sentence, stream=sys.stderr)
    if bench.out is not None and not is_dry:
        _show_files(result, bench.out)


def _remarks(result: Result, bench: Bench, wanted: Wanted) -> Iterator[str]:
    """What else has to be known before the letters leave."""
    outcomes, left_out = result.outcomes, result.plan.left_out
    if not outcomes:
        yield "Nobody is to be written to: no case is like that."
    if left_out:
        yield f"{_counted(left_out, 'case')} more did not come within --limit {wanted.limit}."
    if held := sum(one.is_held for one in outcomes):
        yield (
            f"{_counted(held, 'letter')} issued earlier must not leave any more: `letters task list` says "
            "which to destroy."
        )
    discreet = [
        one for one in outcomes if one.status == "issued" and one.sender != bench.office.practice.name
    ]
    if discreet:
        yield (
            f"{_counted(len(discreet), 'letter')} must go in an envelope without the practice's name: the "
            "column sender of the manifest says what it may show."
        )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _different(findings: list[Finding]) -> list[Finding]:
    return list({(one.code, one.message, one.place): one for one in findings}.values())


def _show_checks(result: Result, wanted: Wanted) -> None:
    """Print how many letters each check stopped."""
    from letters.recording import stops
    from letters.terminal import table

    stopped: Counter[tuple[str, str]] = Counter(
        (one.status, code)
        for one in result.outcomes
        if one.status in ("withheld", "problem", "failed")
        for code in dict.fromkeys(found.code for found in one.findings if stops(found, wanted.accepted))
    )
    stopped += Counter(
        ("accepted", code)
        for one in result.outcomes
        if one.status in ("issued", "planned")
        for code in dict.fromkeys(found.code for found in one.findings if found.code in wanted.accepted)
    )
    rows = [(code, status, f"{number:,}") for (status, code), number in stopped.most_common()]
    if rows:
        click.echo(err=True)
        table(("check", "", "letters"), sorted(rows, key=lambda row: row[1], reverse=True), stream=sys.stderr)
        click.echo(err=True)


def counted(result: Result, *, is_dry: bool) -> str:
    """Count what became of the letters, so that all of them add up."""
    counts, total = result.counts, len(result.outcomes)
    new = counts["issued"] - result.before
    said = [f"{new:,} issued"] if new or not result.before else []
    if is_dry:
        said = [f"{counts['planned']:,} to be made"]
    if result.before:
        said.append(f"{result.before:,} issued before")
    said += [
        f"{counts[status]:,} {words}"
        for status, words in (
            *(("withheld", "withheld"), ("problem", "with problems"), ("failed", "failed")),
            *((("planned", "still to be made"),) if not is_dry else ()),
        )
        if counts[status]
    ]
    return f"{total:,} letter{'s' * (total != 1)}: {', '.join(said)}."


def _show_files(result: Result, out: Path) -> None:
    from letters.terminal import say

    counts = result.counts
    say(f"The letters are in {out / 'letters'}, and what became of each in {out / 'manifest.csv'}.")
    for printed in result.left.printed:
        say(f"To print: {printed.file}, {printed.pages:,} pages.")
    for file in result.left.files:
        say(f"To print: {file}.")
    if counts["withheld"]:
        say(f"Who was not written to, and what to do instead: {out / 'withheld.csv'}.")
    if counts["issued"]:
        say(f"When they have left: letters log sent --batch {result.batch} --how post")
    if counts["problem"]:
        say(f"To be mended, and given to the same command again: {out / 'problems.csv'}.")


def as_dict(result: Result) -> dict[str, Any]:
    """The result as JSON: the counts, and what became of each letter."""
    from letters.terminal import finding_dict

    return {
        "batch": result.batch or None,
        "print": [str(one.file) for one in result.left.printed] + [str(file) for file in result.left.files],
        "counts": dict(result.counts),
        "issued_before": result.before,
        "findings": [finding_dict(one) for one in result.plan.findings + result.left.findings],
        "letters": [
            {
                **{"number": one.number, "source": one.source, "case": one.case, "status": one.status},
                **{"addressee": one.addressee, "letter": one.letter or None, "pages": one.pages},
                **{"replaces": one.replaces or None, "held": one.is_held, "sha256": one.sha256 or None},
                "findings": [finding_dict(finding) for finding in one.findings],
            }
            for one in result.outcomes
        ],
    }
