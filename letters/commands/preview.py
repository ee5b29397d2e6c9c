"""`letters preview`: a page in the browser to read, mend and approve drafts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.commands import Session, pass_session
from letters.commands.clinicians import expect_clinician
from letters.commands.orders import Kind, by_option, order
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.office import Office
    from letters.order import Order
    from letters.preview.serving import Options
    from letters.preview.views import Ref

_ALL = "all"
_PORTS = click.IntRange(1, 65535)


@click.command(short_help="Read, mend and approve drafts in the browser.")
@click.argument("kind", type=Kind(), required=False)
@click.argument("cases", metavar="[CASE]...", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", metavar="WHOM", help="The id of the addressee, where the case has several.")
@by_option
@click.option(
    "--clinician",
    metavar="PERSON",
    help=f"List only the cases of that person, or `{_ALL}`. By default your own, if you have any.",
)
@click.option(
    "--port",
    type=_PORTS,
    metavar="N",
    help="The port of the page, on a machine of your own. By default a free one.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address of the page.")
@pass_session
def command(
    session: Session,
    /,
    kind: str | None,
    cases: tuple[Path, ...],
    to: str | None,
    by: str | None,
    clinician: str | None,
    port: int | None,
    no_browser: bool,
) -> int:
    """Open a page in the browser on this machine, to read letters as they will be printed, put in the
    personal words, and approve them.

    Without arguments it lists the drafts that wait and the cases that are due; with a KIND and one CASE or
    more, those letters. CASE is a file, or the number of a case in the register. The page is for you alone,
    and is there until you press Ctrl-C.
    """
    _expect_sense(kind, cases, to, clinician)
    from letters.preview.engine import Engine

    # It loads what it needs while we look at what was asked for.
    with closing(Engine()) as engine:
        options = _options(session, kind, cases, to, by, clinician, port or 0, opens=not no_browser)
        from letters.preview import pages
        from letters.preview.serving import serve

        return serve(options, engine, pages, lambda words: click.echo(words, err=True))


def _expect_sense(kind: str | None, cases: tuple[Path, ...], to: str | None, clinician: str | None) -> None:
    if kind is not None and not cases:
        raise UsageError(
            "It is not said whose letter is wanted.", f"Write: letters preview {visible(kind)} CASE"
        )
    if kind is None and to is not None:
        raise UsageError(
            "--to says whom a letter is to, and none is named.", "Write: letters preview KIND CASE --to WHOM"
        )
    if kind is not None and clinician is not None:
        raise UsageError("--clinician is for the list, and a letter is named.", "Leave out one of them.")
    if any(str(case) == "-" for case in cases):
        raise UsageError(
            "The page reads a case again and again.", "Name a file, or a number in the register."
        )


def _options(
    session: Session,
    kind: str | None,
    cases: tuple[Path, ...],
    to: str | None,
    by: str | None,
    clinician: str | None,
    port: int,
    *,
    opens: bool,
) -> Options:
    from letters.preview.opening import has_screen
    from letters.preview.serving import Options
    from letters.preview.views import Seat

    orders = [order(session, kind, case, draft=True, dated=None, to=to) for case in cases] if kind else []
    office = _one_office(session, orders)
    if kind:
        _expect_kind(office, kind)
    if by is not None:
        office.actor(by)
    given = tuple(map(_ref, orders))
    whose = None if given or clinician == _ALL else clinician or _mine(office, by)
    if clinician not in (None, _ALL):
        expect_clinician(office, office.register(make=False), clinician)
    seat = Seat(office.file, session.register, by, whose, given)
    return Options(seat, office.practice.language, port, opens and has_screen())


def _one_office(session: Session, orders: list[Order]) -> Office:
    """The practice that all cases belong to. Raises UsageError for cases of several."""
    from letters.workspace import practice_file

    files = {practice_file(session.practice, one.case_file).absolute() for one in orders}
    if len(files) > 1:
        raise UsageError(
            f"These cases belong to {len(files)} practices.", "Look at the letters of one practice at a time."
        )
    return session.office(near=orders[0].case_file if orders else None)


def _expect_kind(office: Office, kind: str) -> None:
    from letters import kinds

    kinds.find(kind, office.own_kinds)


def _ref(wanted: Order) -> Ref:
    """Which letter is meant. Raises UsageError where there is no such file."""
    from letters.preview.views import Ref

    file = wanted.case_file
    if file is not None and not file.is_file():
        raise UsageError(
            f"There is no file {visible(str(file))}.", "Check its name, and in which folder you stand."
        )
    return Ref(wanted.kind, file or str(wanted.case), wanted.to)


def _mine(office: Office, by: str | None) -> str | None:
    """Who sits here, where that is somebody with cases; else everybody's are listed."""
    from letters.register import queries
    from letters.register.opening import is_there

    me = office.actor(by).by
    if me not in office.practice.people or not is_there(office.where):
        return None
    with office.register(make=False).reading() as connection:
        has_any = queries.cases(connection, queries.Filter(me), 1)
    return me if has_any else None
