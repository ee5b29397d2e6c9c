"""`letters rules`: the checks there are, with reason and authority."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from letters.errors import UsageError
from letters.excerpt import visible
from letters.findings import RULES, Rule
from letters.terminal import table

_DECLARATION = " = rule("


def all_rules() -> list[Rule]:
    """Collect the rules of the whole program, in the order of their codes."""
    import letters

    for module in _declaring(Path(letters.__path__[0])):
        import_module(module)
    return [RULES[code] for code in sorted(RULES)]


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


def _declaring(package: Path) -> Iterator[str]:
    """Name the modules that declare rules.

    Going by their text is quicker than loading all, and works where the typesetting engine does not.
    """
    for path in sorted(package.rglob("*.py")):
        inner = path.relative_to(package).with_suffix("")
        if inner.parts[0] != "commands" and _DECLARATION in path.read_text(encoding="utf-8"):
            yield ".".join([package.name, *inner.parts])


def _find(code: str, rules: list[Rule]) -> Rule:
    by_code = {rule.code: rule for rule in rules}
    if code in by_code:
        return by_code[code]
    near = get_close_matches(code, by_code, n=1, cutoff=0.5)
    raise UsageError(
        f"There is no check {visible(code)!r}." + (f" Did you mean {near[0]!r}?" if near else ""),
        "letters rules shows all of them.",
    )


def _explain(rule: Rule) -> None:
    weighs = f"{rule.severity}, in a draft {rule.in_draft}" if rule.in_draft else str(rule.severity)
    said = [("check", rule.code), ("weighs", weighs), ("reason", rule.why)]
    if rule.authority:
        said.append(("authority", rule.authority))
    for label, text in said:
        click.echo(f"{label + ':':<11}{text}")


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
