"""`letters register export`: everything in the register, as files."""

from __future__ import annotations

from pathlib import Path

import click

from letters.commands import Session, pass_session


@click.command(short_help="Write everything in the register into files.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@pass_session
def command(session: Session, /, folder: Path) -> None:
    """Write the history, which is everything, and tables to look at into DIR.

    The files hold all personal data in plain text.
    """
    from letters.register.exporting import HISTORY, export

    for file in export(session.office().register(make=False), folder):
        click.echo(file)
    click.echo(
        f"{HISTORY} is all of it, in plain text: keep it as you keep the register. To read it in again: "
        f"letters --register NEW.sqlite register import {folder / HISTORY}",
        err=True,
    )
