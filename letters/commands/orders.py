"""The arguments and options that say what letter is wanted, shared by the commands that make one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import click
from click.shell_completion import CompletionItem

from letters.clock import today
from letters.commands import Session


class Kind(click.ParamType[str]):
    """A kind of letter, completed from those there are."""

    name = "kind"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from letters.kinds import folders

        return [CompletionItem(kind) for kind in folders() if kind.startswith(incomplete)]


kind_argument = click.argument("kind", type=Kind())
case_path = click.Path(path_type=Path, allow_dash=True)

_OPTIONS = (
    click.option("--to", metavar="WHOM", help="The id of the addressee, where the case has several."),
    click.option("--language", metavar="TAG", help="The language, such as en. By default the addressee's."),
    click.option("--large-print", is_flag=True, help="Set in 18 points."),
    click.option(
        "--dated",
        type=click.DateTime(["%Y-%m-%d"]),
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
    session: Session, kind: str, case: Path, *, draft: bool, dated: datetime | None, **options: Any
) -> Any:
    """Make the order for one letter from what the command line said."""
    from letters.letter import Order

    where: Path | Literal["-"] = "-" if str(case) == "-" else case
    day: date = dated.date() if dated else today()
    return Order(kind, where, day, draft, session.practice, **options)
