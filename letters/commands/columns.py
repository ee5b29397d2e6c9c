"""`letters columns`: the table to fill in for a kind of letter."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.commands import Session, pass_session
from letters.commands.orders import kind_argument
from letters.errors import UsageError
from letters.findings import FoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letters.kinds import Kind
    from letters.model.kind import KindSpec
    from letters.model.practice import Practice
    from letters.tables.blanks import Blank, Lists

ENDINGS = (".xlsx", ".csv")
_NEEDED = {"required": "required", "together": "with its entry", "optional": ""}
# The countries a list begins with, after the practice's own.
_USUAL_COUNTRIES = ("US", "CA", "MX", "GB", "IE", "AU", "NZ")
_CURRENCIES = ("USD", "CAD", "MXN", "GBP", "EUR", "AUD", "NZD", "CHF")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@click.command(short_help="Make the table to fill in for a kind of letter.")
@kind_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write the table there: .xlsx with lists to choose from, or .csv; - for a csv on standard output.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the columns as JSON.")
@pass_session
def command(session: Session, kind: str, output: Path | None, as_json: bool) -> int:
    """List the columns a table for KIND needs and may have, or write the table to fill in.

    Each row of such a table is a letter. Columns nobody fills in may be deleted, those that are required may
    not; a second client, or a fourth referral, is added with its number, as in `referral 4 name`.
    """
    from letters import kinds, workspace
    from letters.terminal import show_findings

    found = kinds.find(kind, workspace.own_kinds(session.practice))
    if found.spec is None:
        show_findings(found.findings)
        return 1
    blanks = _blanks(found, found.spec, _practice(session))
    if output is not None:
        _write(output, blanks, f"{found.id}: {found.spec.title}")
    elif as_json:
        click.echo(json.dumps([_as_dict(blank) for blank in blanks], indent=2))
    else:
        _show(blanks)
    return 0


def _practice(session: Session) -> Practice | None:
    """The practice whose people can be chosen; a table can be made without one too."""
    try:
        return session.office().practice
    except (UsageError, FoundError):
        if session.practice:
            raise
        return None


def _blanks(kind: Kind, spec: KindSpec, practice: Practice | None) -> list[Blank]:
    from letters import reasons
    from letters.tables.blanks import blanks

    lists: dict[Lists, list[str]] = {
        "people": list(practice.people) if practice else [],
        "reasons": reasons.known(),
        "countries": _countries(practice),
        "languages": kind.languages,
        "currencies": list(_CURRENCIES),
    }
    return blanks(spec, _declared(spec), lists)


def _declared(spec: KindSpec) -> Iterator[tuple[str, bool]]:
    """Where in the case stands what the kind's template asks for, and whether it cannot do without."""
    from letters.fields import FIELDS

    for name in spec.fields:
        field = FIELDS.get(name.removesuffix("?"))
        if field is not None and ":" not in field.written_at:
            yield field.written_at, not name.endswith("?")


def _countries(practice: Practice | None) -> list[str]:
    """The codes of all countries, those first that are likely."""
    from letters.locale.languages import country_name

    own = [practice.address.country] if practice else []
    codes = (first + second for first in _LETTERS for second in _LETTERS)
    return list(
        dict.fromkeys([*own, *_USUAL_COUNTRIES, *(code for code in codes if country_name(code) != code)])
    )


def _write(output: Path, blanks: list[Blank], title: str) -> None:
    from letters.files import publish_new
    from letters.tables.forms import csv_form, xlsx_form

    if str(output) == "-":
        sys.stdout.buffer.write(csv_form(blanks))
        return
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            f"A table to fill in cannot be written as {output.name!r}.",
            "Give its name the ending .xlsx, or .csv.",
        )
    publish_new(output, csv_form(blanks) if ending == ".csv" else xlsx_form(blanks, title))
    click.echo(output)


def _show(blanks: list[Blank]) -> None:
    from letters.tables.forms import written_as
    from letters.terminal import table

    rows = [
        [blank.name, _NEEDED[blank.need], f"{blank.says}. {written_as(blank)}".strip()] for blank in blanks
    ]
    table(["column", "needed", "what belongs there"], rows)


def _as_dict(blank: Blank) -> dict[str, object]:
    return {"column": blank.name, "needed": blank.need, "holds": blank.says, "choices": list(blank.choices)}
