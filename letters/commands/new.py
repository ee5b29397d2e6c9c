"""`letters new`: a workspace to start from."""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from string import Template

import click

from letters.clock import today
from letters.commands.schema import FILES, schema_text
from letters.errors import UsageError
from letters.files import publish_new

STARTER = Path(__file__).parent.parent / "starter"


@click.command(short_help="Make a workspace to start from.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Make a workspace in DIR: a practice file, a case with all its parts, and schemas for your editor."""
    files = _files()
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise UsageError(
            f"There is {folder / taken[0]} already.", "Choose another folder; nothing was written."
        )
    for name, text in files.items():
        publish_new(folder / name, text.encode())
        click.echo(folder / name)
    click.echo(
        f"Next: cd {shlex.quote(str(folder))}, put your practice into practice.yaml, and try\n"
        "  letters draft closing-lost-contact cases/C-1001.yaml -o draft.pdf",
        err=True,
    )


def _files() -> dict[str, str]:
    """The files of a workspace by their names; the dates in them fit today."""
    dates = {name: (today() + timedelta(days)).isoformat() for name, days in _DAYS.items()}
    files = {
        path.relative_to(STARTER).as_posix(): Template(path.read_text("utf-8")).substitute(dates)
        for path in sorted(STARTER.rglob("*.yaml"))
    }
    return files | {f"schema/{file}.json": schema_text(file) for file in FILES}


# From today, in days.
_DAYS = {
    "opened": -260,
    "last_session": -100,
    "confirmed": -20,
    "called": -33,
    "wrote": -19,
    "ends": 14,
    "signed": -10,
}
