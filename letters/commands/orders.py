"""The arguments and options that say what letter is wanted, shared by the commands that make one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from click.shell_completion import CompletionItem

from letters.clock import now, today
from letters.commands import Session
from letters.errors import UsageError
from letters.excerpt import visible
from letters.findings import FoundError
from letters.model.reading import YEARS
from letters.paper import ENVELOPES

if TYPE_CHECKING:
    from letters.order import KeptCase, Order

_CASE_ENDINGS = (".yaml", ".yml", ".json")


class Kind(click.ParamType[str]):
    """A kind of letter, completed from those there are."""

    name = "kind"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        if value.endswith(_CASE_ENDINGS):
            raise UsageError(
                f"{visible(value)} is a file and not a kind of letter.",
                "The kind comes first, then the case; `letters kinds` lists the kinds.",
            )
        return value

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from letters.kinds import folders

        return [CompletionItem(kind) for kind in folders() if kind.startswith(incomplete)]


class Day(click.ParamType[date]):
    """A day of the calendar."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(
                f"{visible(value)!r} is not a day of the calendar, written like 2026-12-06.", param, ctx
            )
        if day.year not in YEARS:
            self.fail(f"{value} is not in the years {YEARS[0]} to {YEARS[-1]}.", param, ctx)
        return day


kind_argument = click.argument("kind", type=Kind())
case_path = click.Path(path_type=Path, allow_dash=True)

_OPTIONS = (
    click.option("--to", metavar="WHOM", help="The id of the addressee, where the case has several."),
    click.option("--language", metavar="TAG", help="The language, such as en. By default the addressee's."),
    click.option("--large-print", is_flag=True, help="Set in 18 points."),
    click.option(
        "--envelope",
        type=click.Choice([*ENVELOPES]),
        help="The window envelope, where it is not the practice's own.",
    ),
    click.option(
        "--dated",
        type=Day(),
        metavar="DATE",
        help="The letter's date. By default today.",
    ),
    click.option("--encoding", metavar="NAME", help="The encoding of the files, if it is not UTF-8."),
)


def order_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a letter is wanted."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


by_option = click.option(
    "--by", metavar="PERSON", help="Who does this: the id of a person of the practice. By default you."
)


def order(
    session: Session, kind: str, case: Path, *, draft: bool, dated: date | None, **options: Any
) -> Order:
    """Make the order for one letter from what the command line said."""
    from letters.order import Order

    where = _case(session, case)
    day = options["asked_on"] = _day(session, where)
    return Order(kind, where, dated or day, draft, session.practice, **options)


def _day(session: Session, case: Path | Literal["-"] | KeptCase) -> date:
    """What day it is at the practice; faults of its file are told later, with those of the case."""
    try:
        practice = session.office(near=case if isinstance(case, Path) else None).practice
    except (FoundError, UsageError):
        return today()
    return now(practice.time_zone).date()


def _case(session: Session, case: Path) -> Path | Literal["-"] | KeptCase:
    """What CASE means: standard input, a file, or the number of a case in the register."""
    if str(case) == "-":
        return "-"
    if case.exists() or case.name != str(case) or case.suffix in _CASE_ENDINGS or not _has_register(session):
        if not case.exists():
            _expect_practice(session, case)
        return case
    return kept_case(session, str(case))


def _has_register(session: Session) -> bool:
    """Whether there is a register to look into. A practice file with faults has none, and is told later."""
    from letters.register.opening import is_there

    try:
        return is_there(session.office().where)
    except (FoundError, UsageError):
        return False


def kept_case(session: Session, number: str) -> KeptCase:
    """Take a case from the register. Raises UsageError for a number it does not have."""
    from letters.caseload.kept import kept_case as kept

    return kept(session.office(), number)


def _expect_practice(session: Session, missing: Path) -> None:
    """Blame a case that is not there for a practice that is not found beside it."""
    from letters.workspace import practice_file

    try:
        practice_file(session.practice, missing)
    except UsageError as error:
        raise UsageError(
            f"There is no file {visible(str(missing))}.", "Check its name, and in which folder you stand."
        ) from error
