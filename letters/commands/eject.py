"""`letters eject`: a copy of a built-in kind, to change it."""

from __future__ import annotations

from pathlib import Path

import click

from letters.commands import Session, pass_session
from letters.commands.orders import kind_argument
from letters.errors import UsageError
from letters.schemas import FOLDER, MODELINE

# As seen from the folder of a kind.
_MODELINE = MODELINE.format(f"../../{FOLDER}/kind.json")


@click.command(short_help="Copy a kind of letter to change it.")
@kind_argument
@click.option(
    "--as", "name", metavar="NAME", help="The name of the copy. By default the same, which replaces it."
)
@pass_session
def command(session: Session, kind: str, name: str | None) -> None:
    """Copy a built-in KIND into the practice's folder `kinds`, where it replaces the built-in one."""
    from letters import kinds, workspace
    from letters.files import publish_new

    office = workspace.practice_file(session.practice).parent
    own = office / workspace.KINDS
    if kind not in kinds.folders() and kind in kinds.folders(own):
        raise UsageError(
            f"{kind} is the practice's own already, in {own / kind}.",
            "Change it there, or copy that folder under another name.",
        )
    original = kinds.find(kind)
    name = kind if name is None else _checked(name)
    folder = own / name
    if folder.exists():
        raise UsageError(f"There is {folder} already.", "Change that one, or choose another name with --as.")
    has_schema = (office / FOLDER / "kind.json").is_file()
    for file in sorted(original.folder.iterdir()):
        first = _MODELINE if has_schema and file.name == kinds.DESCRIPTION else ""
        publish_new(folder / file.name, first.encode() + _whole(file))
    click.echo(folder)
    click.echo("Change what it says there, and see `letters check` for what it must still say.", err=True)


def _whole(file: Path) -> bytes:
    """The content of a kind's file; a template with the parts it shares with others written out."""
    from letters.compose.parts import SUFFIX, expanded

    if not file.name.endswith(SUFFIX):
        return file.read_bytes()
    return expanded(file.read_text(encoding="utf-8"), file.name.removesuffix(SUFFIX)).encode()


def _checked(name: str) -> str:
    from letters.model.reading import IDENTIFIER

    if not IDENTIFIER.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be the name of a kind.", "Use letters, digits and hyphens, as in our-closing."
        )
    return Path(name).name
