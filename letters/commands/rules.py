"""`letters rules`: the checks there are, with reason and authority."""

from __future__ import annotations

import json

import click

from letters.errors import UsageError
from letters.excerpt import visible
from letters.findings import Rule
from letters.rulebook import all_rules
from letters.spelling import did_you_mean
from letters.terminal import entries, table


@click.command(short_help="List the checks, or explain one.")
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(code: str | None, as_json: bool) -> None:
    """List the checks with the reason for each, or explain the one named CODE."""
    chosen = all_rules() if code is None else [_find(code, all_rules())]
    if as_json:
        _print_json(chosen)
    elif code is None:
        table(["check", "weighs", "reason"], [[rule.code, rule.severity, rule.why] for rule in chosen])
    else:
        _explain(chosen[0])


def _find(code: str, rules: list[Rule]) -> Rule:
    by_code = {rule.code: rule for rule in rules}
    if code in by_code:
        return by_code[code]
    raise UsageError(
        f"There is no check {visible(code)!r}.",
        did_you_mean(code, by_code, "`letters rules` lists the checks."),
    )


def _explain(rule: Rule) -> None:
    weighs = f"{rule.severity}, in a draft {rule.in_draft}" if rule.in_draft else str(rule.severity)
    said = [("check:", rule.code), ("weighs:", weighs), ("reason:", rule.why)]
    if rule.authority:
        said.append(("authority:", rule.authority))
    entries(said, len("authority:"))


def _print_json(rules: list[Rule]) -> None:
    listed = [
        {
            "code": rule.code,
            "severity": rule.severity,
            "in_draft": rule.in_draft or rule.severity,
            "why": rule.why,
            "authority": rule.authority,
        }
        for rule in rules
    ]
    click.echo(json.dumps(listed, indent=2))
