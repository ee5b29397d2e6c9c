"""`letters log verify`: proof that nothing was changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.commands import Session, pass_session
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.caseload.proving import Known, Proof
    from letters.findings import Finding
    from letters.register.store import Register

_SHOWN = 16  # digits of a digest; nobody makes another history that begins with the same ones
_BACKUPS = (".sqlite", ".jsonl")


@click.command(short_help="Prove that history and files are what was entered and issued.")
@click.argument("files", metavar="[FILE]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--expect", metavar="ENTRY", help="An entry that was written down earlier, such as 1234:0a1b2c3d4e5f6071."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_session
def command(session: Session, /, files: tuple[Path, ...], expect: str | None, *, as_json: bool) -> int:
    """Prove that the history of the register holds together and that every letter is what was issued.

    With FILE, say which letter each PDF is, or that it is none. A backup is proved with
    `letters --register BACKUP log verify`.
    """
    from letters.caseload.proving import prove
    from letters.register.verifying import head_from

    expected = head_from(expect) if expect else None
    office = session.office()
    register = office.register(make=False)
    if files:
        _expect_letters(files, expect)
        return _recognize(register, files, as_json=as_json)
    proof = prove(office, register, expected)
    _report(proof, as_json=as_json)
    return _code(proof.findings)


def _expect_letters(files: tuple[Path, ...], expect: str | None) -> None:
    if expect:
        raise UsageError("An entry is looked for in the whole history.", "Leave away the files.")
    if backups := [file for file in files if file.suffix in _BACKUPS]:
        name = visible(str(backups[0]))
        is_history = backups[0].suffix == ".jsonl"
        remedy = f"Read it into a new register: letters --register NEW.sqlite register import {name}"
        raise UsageError(
            f"{name} is a register and no letter.",
            remedy if is_history else f"Prove it with: letters --register {name} log verify",
        )


def _code(findings: list[Finding]) -> int:
    from letters.findings import errors

    return int(bool(errors(findings)))


def _report(proof: Proof, *, as_json: bool) -> None:
    from letters.terminal import finding_dict, show_findings

    head = f"{proof.head.seq}:{proof.head.digest[:_SHOWN]}"
    if as_json:
        told = {"entries": proof.head.seq, "letters": proof.letters, "last": head}
        findings = [finding_dict(one) for one in proof.findings]
        click.echo(json.dumps({**told, "findings": findings}, indent=2))
        return
    show_findings(proof.findings)
    counted = f"{_many(proof.head.seq, 'entry', 'entries')}, {_many(proof.letters, 'letter', 'letters')}"
    click.echo(f"{counted}{'.' if proof.findings else ', all as issued.'}")
    if proof.head.seq and not _code(proof.findings):
        click.echo(
            f"Last entry {head}. Write it down elsewhere: with --expect {head} a later run proves that "
            "nothing up to here was taken away."
        )


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _recognize(register: Register, files: tuple[Path, ...], *, as_json: bool) -> int:
    from letters.caseload.proving import recognize
    from letters.terminal import finding_dict, show_findings, table

    known, findings = recognize(register, files)
    if as_json:
        told = {
            "files": [_as_dict(one) for one in known],
            "findings": [finding_dict(one) for one in findings],
        }
        click.echo(json.dumps(told, indent=2))
        return _code(findings)
    show_findings(findings)
    if any(one.letter for one in known):
        rows = [_row(one) for one in known if one.letter]
        table(["file", "letter", "case", "kind", "to", "dated", "what became of it"], rows)
    return _code(findings)


def _row(one: Known) -> tuple[str, ...]:
    from letters.caseload.naming import became

    row = one.letter
    assert row is not None  # noqa: S101 - tells mypy
    name = f"{row.letter} (English copy)" if one.is_copy else row.letter
    return str(one.file), name, row.case_number, row.kind, row.addressee, row.dated, became(row)


def _as_dict(one: Known) -> dict[str, object]:
    from letters.commands.log.list import as_dict

    letter = {**as_dict(one.letter), "english_copy": one.is_copy} if one.letter else None
    return {"file": str(one.file), "letter": letter}
