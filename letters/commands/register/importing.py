"""`letters register import`: an exported history becomes a register."""

from __future__ import annotations

from pathlib import Path

import click

from letters.commands import Session, pass_session
from letters.commands.orders import by_option
from letters.errors import UsageError
from letters.excerpt import visible


@click.command(name="import", short_help="Read an exported history into an empty register.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@by_option
@pass_session
def command(session: Session, /, file: Path, by: str | None) -> None:
    """Read FILE, a history that was exported or backed up, into an empty register.

    Name a new register with `letters --register NEW`. FILE may be the folder of an export as well.
    """
    from letters.register.exporting import HISTORY, restore
    from letters.register.store import head_of

    history = file / HISTORY if file.is_dir() else file
    if history.suffix == ".sqlite":
        name = visible(str(history))
        raise UsageError(
            f"{name} is a register already.", f"Use it as it is: letters --register {name} log verify"
        )
    office = session.office()
    actor = office.actor(by)
    register = office.register()
    number = restore(register, history, actor)
    with register.reading() as connection:
        head = head_of(connection)
    last = f"{head.seq}:{head.digest[:16]}"
    click.echo(
        f"The register {register.where} has {number:,} entries now, the last one {last}. "
        "Next: letters log verify",
        err=True,
    )
