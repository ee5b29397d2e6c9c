"""`letters log export`: a copy of a letter for e-mail or a portal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.assemble.protecting import Password
    from letters.caseload.copying import Original

FOLDER = Path("copies")
_LONGEST_LINE = 1000  # characters; more is no password, and might never end


@click.command(short_help="Copy a letter for e-mail or a portal, with a password if you like.")
@click.argument("names", metavar="LETTER…", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="DIR|FILE",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    help="The folder for the copies; or a name ending in .pdf, for one.",
)
@click.option("--password", "asks", is_flag=True, help="Encrypt it (AES-256); the password is asked for.")
@click.option("--password-stdin", "reads", is_flag=True, help="The same; the password is read from a line.")
@pass_session
def command(session: Session, /, names: tuple[str, ...], output: Path, *, asks: bool, reads: bool) -> int:
    """Copy each LETTER, after a look that its file is what was issued; that file stays as it is.

    What must not be sent is not copied. The password is never written down: tell it to the client
    over the phone or in person, and not by the way the copy goes.
    """
    from letters.caseload.copying import expect_one_reader, originals, publish_copies
    from letters.caseload.delivery import Desk
    from letters.terminal import show_findings

    office = session.office()
    moment = now(office.practice.time_zone)
    desk = Desk(office.practice, moment, office.actor().by)
    found, findings = originals(office, office.register(make=False), names, desk)
    if findings:
        show_findings(findings)
        click.echo("Nothing was copied.", err=True)
        return 1
    files = _files(found, output)
    if asks or reads:
        expect_one_reader(found)
        copies = _protected(found, files, _password(found, reads=reads))
    else:
        copies = {file: one.pdf for file, one in zip(files, found, strict=True)}
    publish_copies(copies)
    _report(found, files, is_protected=asks or reads)
    return 0


def _files(found: list[Original], output: Path) -> list[Path]:
    """Where each copy goes. Raises UsageError for a file's name where there are several."""
    is_file = output.suffix.lower() == ".pdf" and not output.is_dir()
    if str(output) == "-":
        raise UsageError("A copy is not written to the standard output.", "Name a folder with -o.")
    if is_file and len(found) > 1:
        name = visible(str(output))
        raise UsageError(f"{name} is one file, and here are {len(found)} letters.", "Name a folder with -o.")
    return [output if is_file else output / f"{one.letter.letter}.pdf" for one in found]


def _password(found: list[Original], *, reads: bool) -> Password:
    from letters.assemble.protecting import password

    known = [text for one in found for text in one.known]
    return password(_read_line() if reads else _ask(), known)


def _ask() -> str:
    """Ask twice, without showing what is typed. Raises UsageError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError(
            "There is no terminal to ask for the password.",
            "Write --password-stdin to have it read from the standard input.",
        )
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return typed


def _read_line() -> str:
    """The first line of the standard input, without its end. Raises UsageError where there is none."""
    try:
        line = sys.stdin.buffer.readline(_LONGEST_LINE).decode()
    except UnicodeDecodeError:
        raise UsageError("The password is not UTF-8 text.", "Save it again as UTF-8.") from None
    if not line:
        raise UsageError("There is no password in the standard input.", "Give it on one line.")
    return line.removesuffix("\n").removesuffix("\r")


def _protected(found: list[Original], files: list[Path], password: Password) -> dict[Path, bytes]:
    from letters.assemble.protecting import protect

    return {file: protect(one.pdf, password) for file, one in zip(files, found, strict=True)}


def _report(found: list[Original], files: list[Path], *, is_protected: bool) -> None:
    """Print the names of the copies, and on stderr what is to be done with them."""
    for one, file in zip(found, files, strict=True):
        row = one.letter
        click.echo(file)
        click.echo(
            f"{row.letter} (case {row.case_number}, to {row.addressee}): copied. When it left, enter that: "
            f"letters log sent {row.letter} --how {'email' if is_protected else 'portal'}",
            err=True,
        )
    if is_protected:
        click.echo(
            "Tell the password another way than the copy goes; nobody can find it out again.", err=True
        )
    else:
        click.echo("It opens without a password: --password makes a copy for e-mail.", err=True)
