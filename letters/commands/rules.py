"""`letters rules`: the checks there are, with reason and authority, and what applies in a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from letters.commands import Session, pass_session
from letters.errors import UsageError
from letters.excerpt import visible
from letters.findings import Rule
from letters.rulebook import all_rules
from letters.spelling import did_you_mean
from letters.terminal import entries, say, show_findings, table

if TYPE_CHECKING:
    from letters.model.jurisdiction import Jurisdiction, Provision, Sourced

ADVICE = (
    "This is not legal advice. Before any of it is used, a licensed person has to approve the wording and "
    "the figures: the clinician, or a lawyer for the place."
)
_INDENT, _LABELS = "    ", len("    checked:")


class Place(click.ParamType[str]):
    """A jurisdiction, completed from those there are."""

    name = "place"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from letters.jurisdictions import known

        return [CompletionItem(one) for one in known(_own(None)) if one.startswith(incomplete)]


@click.command(short_help="List the checks, or explain one.", epilog=ADVICE)
@click.argument("code", required=False, metavar="[CODE]")
@click.option(
    "--jurisdiction",
    type=Place(),
    metavar="ID",
    help="Show what applies in a place instead, such as us-nj: figures and texts, with their sources.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def command(session: Session, code: str | None, jurisdiction: str | None, as_json: bool) -> int:
    """List the checks with the reason for each, or explain the one named CODE."""
    if jurisdiction is None:
        _checks(code, as_json)
        return 0
    if code is not None:
        message = "A check and a jurisdiction are looked up one at a time."
        raise UsageError(message, f"Write: letters rules --jurisdiction {visible(jurisdiction)}")
    return _place(jurisdiction, _own(session.practice), as_json)


def _checks(code: str | None, as_json: bool) -> None:
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


def _own(practice: Path | None) -> Path | None:
    """The practice's own folder of jurisdictions, if a practice file is near; it may not exist."""
    from letters.jurisdictions import OWN
    from letters.workspace import practice_file

    try:
        return practice_file(practice).parent / OWN
    except UsageError:
        return None


def _place(wanted: str, own: Path | None, as_json: bool) -> int:
    """Show what applies in a place, or what is wrong with the practice's own data of it."""
    from letters import jurisdictions

    known = jurisdictions.known(own)
    if wanted not in known:
        message = f"There is no data for the jurisdiction {visible(wanted)!r}."
        raise UsageError(message, f"Choose one of: {', '.join(known)}.")
    reading = jurisdictions.find(wanted, own)
    show_findings(reading.findings)
    if reading.value is None:
        return 1
    if as_json:
        about: dict[str, Any] = {"id": wanted, "advice": ADVICE}
        click.echo(json.dumps(about | reading.value.model_dump(mode="json"), indent=2, ensure_ascii=False))
    else:
        _tell(wanted, reading.value)
    return 0


def _tell(wanted: str, place: Jurisdiction) -> None:
    country = wanted.partition("-")[0]
    say(f"{wanted}: {place.name}" + (f", with what applies in {country}" if country != wanted else ""))
    say(f"\n{ADVICE}")
    say(f"\nA letter goes to the client themselves from the age of {place.majority}.")
    _tell_figures(place)
    _tell_routes(place)
    if place.texts:
        say("\nTexts that no template may change:")
    for text in place.texts:
        when = " (where 42 CFR Part 2 covers the records)" if text.when else ""
        say(f"\n  {text.id}, in letters that tell: {', '.join(text.discloses)}{when}")
        _tell_source(text, ("text:", text.text))


def _tell_figures(place: Jurisdiction) -> None:
    if place.notice:
        say("\nNotice before something ends:")
    for notice in place.notice:
        stops = ", stops the letter" if notice.is_stopping and not notice.binding else ""
        say(f"\n  {notice.days} days, {_weight(notice.binding)}{stops}: {', '.join(notice.announced)}")
        _tell_source(notice, ("for:", _whom(notice)), ("how:", notice.how or ""))
    if place.retention:
        say("\nHow long records are kept:")
    for kept in place.retention:
        minors = kept.years_after_majority
        say(f"\n  {kept.years} years, {_weight(kept.binding)}")
        coming_of_age = f"at least until {minors} years after coming of age" if minors else ""
        _tell_source(kept, ("for:", _whom(kept)), ("minors:", coming_of_age))


def _tell_routes(place: Jurisdiction) -> None:
    if access := place.access:
        say("\nAn answer to somebody who asks for their records:\n")
        longer = _both(access.extension)
        _tell_source(
            access, ("for:", _whom(access)), ("within:", _both(access.answer)), ("longer:", longer),
            ("fee:", _both(access.fee)),
        )  # fmt: skip
    if complaint := place.complaint:
        say("\nWhom to complain to about records:\n")
        reach = _both(complaint.reach)
        _tell_source(complaint, ("for:", _whom(complaint)), ("name:", _both(complaint.name)), ("how:", reach))
    if place.authorities:
        say("\nWho licenses a profession:")
    for authority in place.authorities:
        say(f"\n  {authority.name}")
        _tell_source(authority, ("for:", _whom(authority)))
    say("\nIn a crisis:")
    if place.emergency:
        say(f"\n  {place.emergency.number}, in immediate danger")
        _tell_source(place.emergency)
    for line in place.crisis:
        say(f"\n  {line.number}")
        _tell_source(line, ("name:", _both(line.name)), ("how:", _both(line.reach)))


def _tell_source(of: Sourced, *more: tuple[str, str]) -> None:
    said = [*more, ("source:", of.source), ("checked:", of.checked.isoformat())]
    entries(((label, text) for label, text in said if text), _LABELS, _INDENT)


def _weight(binding: bool) -> str:
    return "by law" if binding else "custom or guidance, no law"


def _whom(provision: Provision) -> str:
    return ", ".join(provision.professions) or "every profession"


def _both(texts: dict[str, str]) -> str:
    """A text in every language there is."""
    return "; ".join(f"{text} [{language}]" for language, text in texts.items())
