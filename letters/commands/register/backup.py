"""`letters register backup`: a copy of the register."""

from __future__ import annotations

from pathlib import Path

import click

from letters.commands import Session, pass_session


@click.command(short_help="Make a copy of the register, while it is in use.")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@pass_session
def command(session: Session, /, file: Path | None) -> None:
    """Copy the register into FILE, or beside it under a name with the moment, and prove the copy.

    Others may go on working meanwhile. A register on a server is copied as its history, which
    `letters register import` reads.
    """
    from letters.caseload.proving import prove_copy
    from letters.register.backup import back_up, copy_to

    register = session.office().register(make=False)
    where = register.where
    if file is None:
        folder = where.file.parent if where.file else where.folder
        file = back_up(register.engine, where, folder / "register")
    else:
        copy_to(register.engine, where, file)
    head = prove_copy(register, file)
    click.echo(file)
    way = (
        f"letters --register {file} log verify"
        if where.file
        else f"letters --register NEW.sqlite register import {file}"
    )
    click.echo(
        f"It has {head.seq:,} entries, the last one {head.seq}:{head.digest[:16]}. Keep it on another disk; "
        f"to look into it: {way}\nThe letters themselves are not in it: copy their folders as well.",
        err=True,
    )
