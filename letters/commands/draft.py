"""`letters draft`: a draft to read, marked as one."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session
from letters.commands.orders import case_path, kind_argument, order, order_options
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.findings import Finding
    from letters.letter import Written
    from letters.order import Order

FORMATS = {"pdf": ".pdf", "html": ".html", "text": ".txt", "png": ".png"}


@click.command(short_help="Make a draft, marked as one.")
@kind_argument
@click.argument("cases", metavar="CASE", nargs=-1, required=True, type=case_path)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
    help="The file to write, or - for standard output. By default draft.pdf; text is shown.",
)
@order_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="What to make; png is all pages in one picture. By default what the file's name says, or pdf.",
)
@click.option(
    "--with-file-copy",
    "file_copy",
    is_flag=True,
    help="Also make the English copy for the file, of a letter in another language.",
)
@pass_session
def command(
    session: Session,
    /,
    kind: str,
    cases: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    **options: Any,
) -> int:
    """Make a draft of the letter of that KIND about CASE: marked on every page, and not signed.

    CASE is a file, - for standard input, or the number of a case in the register.
    """
    from letters.terminal import show_findings

    if len(cases) > 1:
        raise UsageError(
            f"A draft is of one case, and here are {len(cases)}.", "Make one draft after the other."
        )
    form = _form(form, output)
    if output is not None:
        _expect_ordinary(output)
    output = output or Path("-" if form == "text" else f"draft{FORMATS[form]}")
    _keep_what_is_there(output, form, cases[0], session.practice)
    if str(output) == "-" and form in ("pdf", "png") and sys.stdout.isatty():
        raise UsageError(
            f"A {form.upper()} cannot be shown in a terminal.", "Name a file with -o, or use --format text."
        )
    if options["file_copy"]:
        _expect_room_for_copy(output, form, cases[0], session.practice)
    made, findings = _make(order(session, kind, cases[0], draft=True, **options), form)
    show_findings(findings)
    if not made:
        return 1
    _deliver(made[0], output)
    for copy in made[1:]:
        _deliver(copy, _copy_of(output))
    return 0


def _expect_room_for_copy(output: Path, form: str, case: Path, practice: Path | None) -> None:
    """Raise UsageError where the copy has no place of its own."""
    if str(output) == "-":
        raise UsageError("A draft with a file copy is two files.", "Name the first of them with -o.")
    _expect_ordinary(_copy_of(output))
    _keep_what_is_there(_copy_of(output), form, case, practice)


def _expect_ordinary(output: Path) -> None:
    """Raise UsageError for a device or a pipe: publishing would put a file in its place."""
    if output.exists() and not output.is_file():
        raise UsageError(f"{visible(str(output))} is not an ordinary file.", "Use -o - to send the draft on.")


def _copy_of(output: Path) -> Path:
    """The name of the copy for the file: draft.pdf has draft.file-copy.pdf."""
    return output.with_name(f"{output.stem}.file-copy{output.suffix}")


def _form(wanted: str | None, output: Path | None) -> str:
    """The format asked for, else the one the file's name says; raises UsageError where they disagree."""
    if output is None or str(output) == "-":
        return wanted or "pdf"
    named = next((form for form, ending in FORMATS.items() if output.suffix.lower() == ending), None)
    if wanted and named and wanted != named:
        raise UsageError(
            f"--format asks for {wanted}, and the name {visible(str(output))} says {named}.",
            f"End the name with {FORMATS[wanted]}, or leave out --format.",
        )
    form = wanted or named
    if form is None:
        raise UsageError(
            f"The name {visible(str(output))} does not say which format to make.",
            f"End it with {', '.join(FORMATS.values())}; or name the format with --format.",
        )
    return form


def _keep_what_is_there(output: Path, form: str, case: Path, practice: Path | None) -> None:
    """Raise UsageError where the draft would replace the case, the practice file, or another sort of file."""
    from letters.workspace import practice_file

    if str(output) == "-" or not output.exists():
        return
    sources = {"case": case}
    with suppress(UsageError):  # that there is no practice file is said later
        sources["practice"] = practice_file(practice, None if str(case) == "-" else case)
    for what, source in sources.items():
        if _is_same(source, output):
            raise UsageError(
                f"{visible(str(output))} is the {what} file itself, which the draft would replace.",
                f"Choose another name for the draft, ending with {FORMATS[form]}.",
            )
    if output.suffix.lower() != FORMATS[form]:
        raise UsageError(
            f"There is already a file {visible(str(output))}, and its name does not say that it is {form}.",
            f"Choose a name that ends with {FORMATS[form]}, or move that file away.",
        )


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one that is not there, or cannot be looked at, is said later
        return False


def _make(wanted: Order, form: str) -> tuple[list[bytes], list[Finding]]:
    """Make the draft in one format, and its copy for the file if there is one; only pages need to be set."""
    from letters import letter, proof

    if form in ("pdf", "png"):
        made, findings = letter.make(wanted)
        pdfs = [pdf for pdf in (made.pdf, made.copy) if pdf] if made else []
        return (pdfs if form == "pdf" else [proof.strip(pdf) for pdf in pdfs]), findings
    written, findings = letter.write(wanted)
    both = [one for one in (written, written.copy) if one] if written else []
    return [_shown(one, form) for one in both], findings


def _shown(written: Written, form: str) -> bytes:
    """A letter without pages, as text or as a page for a browser."""
    from letters import markup
    from letters.typeset import styled

    if form == "text":
        # The pages carry this label in their margins, which text does not have.
        label = written.frame.values["draft_label"]
        return f"[{label}]\n\n{markup.plain_text(written.html)}\n".encode()
    return styled(written.html, written.layout, written.frame.pictures).encode()


def _deliver(data: bytes, output: Path) -> None:
    from letters.files import publish

    if str(output) == "-":
        sys.stdout.buffer.write(data)
    else:
        publish(output, data)
        click.echo(f"Wrote the draft to {output}.", err=True)
