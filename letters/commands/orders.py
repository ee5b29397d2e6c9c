"""The arguments and options that say what letter is wanted, shared by the commands that make one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from click.shell_completion import CompletionItem

from letters.clock import today
from letters.commands import Session
from letters.errors import UsageError
from letters.excerpt import visible
from letters.model.reading import YEARS

if TYPE_CHECKING:
    from letters.letter import Order

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


def order(
    session: Session, kind: str, case: Path, *, draft: bool, dated: date | None, **options: Any
) -> Order:
    """Make the order for one letter from what the command line said."""
    from letters.letter import Order

    where: Path | Literal["-"] = "-" if str(case) == "-" else case
    if where != "-" and not where.exists():
        _expect_practice(session, where)
    options["asked_on"] = today()
    return Order(kind, where, dated or today(), draft, session.practice, **options)


def _expect_practice(session: Session, missing: Path) -> None:
    """Blame a case that is not there for a practice that is not found beside it."""
    from letters.workspace import practice_file

    try:
        practice_file(session.practice, missing)
    except UsageError as error:
        raise UsageError(
            f"There is no file {visible(str(missing))}.", "Check its name, and in which folder you stand."
        ) from error
