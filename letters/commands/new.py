"""`letters new`: a workspace to start from."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from string import Template

import click

from letters.clock import today
from letters.errors import UsageError
from letters.excerpt import visible
from letters.files import publish_new
from letters.schemas import FILES, FOLDER, schema_text
from letters.workspace import above

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
    if practice := above(Path(os.path.realpath(folder))):
        raise UsageError(
            f"{visible(str(folder))} lies in the workspace of {visible(str(practice))}.",
            "Work in that one, or choose a folder outside it; nothing was written.",
        )
    with _whole_or_nothing([folder / name for name in files]):
        for name, text in files.items():
            publish_new(folder / name, text.encode())
    for name in files:
        click.echo(folder / name)
    click.echo(
        f"Next: cd {shlex.quote(str(folder))}, put your practice into practice.yaml, and try\n"
        "  letters draft closing-lost-contact cases/C-1001.yaml -o draft.pdf",
        err=True,
    )


@contextmanager
def _whole_or_nothing(files: list[Path]) -> Iterator[None]:
    """Take back what was made if not all of it could be."""
    around = {place for file in files for place in file.parents if not place.exists()}
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for file in files:
                file.unlink(missing_ok=True)
            for folder in sorted(around, key=lambda place: len(place.parts), reverse=True):
                folder.rmdir()
        raise


def _files() -> dict[str, str]:
    """The files of a workspace by their names; the dates in them fit today."""
    dates = {name: (today() + timedelta(days)).isoformat() for name, days in _DAYS.items()}
    files = {
        path.relative_to(STARTER).as_posix(): Template(path.read_text("utf-8")).substitute(dates)
        for path in sorted(STARTER.rglob("*.yaml"))
    }
    return files | {f"{FOLDER}/{file}.json": schema_text(file) for file in FILES}


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
