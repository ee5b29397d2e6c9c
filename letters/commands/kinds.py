"""`letters kinds`: what kinds of letter there are, and what one needs and says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session
from letters.commands.orders import Kind as KindType

if TYPE_CHECKING:
    from letters.kinds import Kind
    from letters.model.kind import KindSpec

CLIENT, CLINICIAN = "clients[…]", "people[…]"
PERMISSION = "authorizations"
PRACTICE_FILE = "practice file: "
_ENTRIES = {
    CLIENT: "the entry of the client whom the letter is about",
    CLINICIAN: "the entry of the case's clinician",
}


@click.command(short_help="List the kinds of letter, or explain one.")
@click.argument("kind", required=False, type=KindType())
@click.option("--fields", is_flag=True, help="List the data a kind's template may ask for instead.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def command(session: Session, kind: str | None, fields: bool, as_json: bool) -> int:
    """List the kinds of letter, or say what one KIND needs and what it tells its reader."""
    if fields:
        return _fields(as_json)
    return _all(session, as_json) if kind is None else _one(session, kind, as_json)


def _fields(as_json: bool) -> int:
    from letters.fields import FIELDS
    from letters.terminal import table

    rows = [{"field": one.name, "written at": one.written_at, "holds": one.holds} for one in FIELDS.values()]
    rows.sort(key=lambda row: row["field"])
    if as_json:
        click.echo(json.dumps(rows, indent=2))
    else:
        table(list(rows[0]), [list(row.values()) for row in rows])
    return 0


def _all(session: Session, as_json: bool) -> int:
    from letters import kinds, workspace
    from letters.terminal import show_findings

    found = [
        kinds.find(kind, own)
        for own in [workspace.own_kinds(session.practice)]
        for kind in kinds.folders(own)
    ]
    if as_json:
        click.echo(json.dumps([_as_dict(kind) for kind in found], indent=2))
    else:
        _list(found)
    broken = [finding for kind in found for finding in kind.findings]
    show_findings(broken)
    return int(bool(broken))


def _list(found: list[Kind]) -> None:
    """Show the kinds, each group of them under its title, in columns that run through."""
    from letters.kinds import GROUPS
    from letters.terminal import say, table

    width = max((len(kind.id) for kind in found), default=0)
    groups = {group: [kind for kind in found if kind.spec and kind.spec.group == group] for group in GROUPS}
    inside = {group: kinds for group, kinds in groups.items() if kinds}
    for number, (group, kinds) in enumerate(inside.items()):
        if number:
            say("")
        rows = [[kind.id, kind.spec.use + _origin(kind) if kind.spec else ""] for kind in kinds]
        table([GROUPS[group].ljust(width), "when"], rows)


def _one(session: Session, name: str, as_json: bool) -> int:
    from letters import kinds, workspace
    from letters.terminal import show_findings

    kind = kinds.find(name, workspace.own_kinds(session.practice))
    if kind.spec is None:
        show_findings(kind.findings)
        return 1
    if as_json:
        click.echo(json.dumps(_as_dict(kind), indent=2))
    else:
        _explain(kind, kind.spec)
    return 0


def _origin(kind: Kind) -> str:
    if kind.is_built_in:
        return ""
    return " (your own, in place of the built-in)" if _replaces(kind) else " (your own)"


def _replaces(kind: Kind) -> bool:
    """Whether a practice's own kind stands in the place of a built-in one."""
    from letters.kinds import folders

    return not kind.is_built_in and kind.id in folders()


def _as_dict(kind: Kind) -> dict[str, Any]:
    spec = kind.spec.model_dump(mode="json") if kind.spec else {}
    whose = {"built_in": kind.is_built_in, "replaces_built_in": _replaces(kind)}
    return {"id": kind.id, **whose, "languages": kind.languages, **spec}


def _explain(kind: Kind, spec: KindSpec) -> None:
    """Say what a kind is for, what it says and what it needs."""
    from letters.kinds import traits
    from letters.terminal import entries, say

    say(f"{kind.id}: {spec.title}")
    say(spec.use)
    if not kind.is_built_in:
        instead = ", instead of the built-in one" if _replaces(kind) else ""
        say(f"It is the practice's own{instead}, in {kind.folder}.")
    say("")
    for trait in traits(spec):
        say(trait)
    say(f"Languages: {', '.join(kind.languages)}.")
    say("\nIt says, in this order:")
    entries(_sections(spec), 18, "  ")
    if any(section.words != "none" for section in spec.sections):
        say("\nPersonal words stand in the case at `words`, under the name of their section.")
    _explain_data(spec)


def _explain_data(spec: KindSpec) -> None:
    """Say what has to be written where."""
    from letters.terminal import entries, say

    needed = {**_for_addressee(spec), **_fields_of(spec, is_optional=False)}
    used = _fields_of(spec, is_optional=True)
    if PERMISSION in needed:
        used.pop(PERMISSION, None)
    for title, paths in (("It needs:", needed), ("It uses, where it is there:", used)):
        say(f"\n{title}")
        entries(((path, what + _written_there(path)) for path, what in paths.items()), 36, "  ")
    say("")
    for short, entry in _ENTRIES.items():
        if any(short in path for path in (*needed, *used)):
            say(f"{short} is {entry}.")


def _sections(spec: KindSpec) -> Iterator[tuple[str, str]]:
    from letters.kinds import remarks

    for section in spec.sections:
        notes = "; ".join(remarks(section))
        yield section.id, f"{section.says}{f' ({notes})' if notes else ''}"


def _for_addressee(spec: KindSpec) -> dict[str, str]:
    """What the case needs so that the letter can go to somebody, by the path where it is written."""
    if spec.call:
        return {f"{CLIENT}.phones": "a number on which it is safe to call"}
    match spec.to:
        case "client":
            return {f"{CLIENT}.addresses": "an address to which it is safe to write"}
        case "provider":
            permission = "the client's permission, with the provider's name and what it covers"
            return {"provider": "the provider the letter goes to", PERMISSION: permission}
        case "business":
            return {"business": "the contacts who have to know"}
    return {}


def _fields_of(spec: KindSpec, *, is_optional: bool) -> dict[str, str]:
    """What the fields hold that the template needs, or may do without, by the path where it is written."""
    from letters.fields import FIELDS

    found: dict[str, list[str]] = {}
    for declared in spec.fields:
        field = FIELDS.get(declared.removesuffix("?"))
        if field is not None and declared.endswith("?") == is_optional:
            found.setdefault(_shown(field.written_at), []).append(field.holds)
    return {path: "; ".join(holds) for path, holds in found.items()}


def _shown(written_at: str) -> str:
    """A path as people read it."""
    path = written_at.replace("CLIENT", CLIENT).replace("CLINICIAN", CLINICIAN)
    return path.replace("practice:", PRACTICE_FILE)


def _written_there(path: str) -> str:
    """The names of what is written at a path, where that is a group and not a person's whole entry."""
    from letters.model.case import Case
    from letters.model.practice import Practice
    from letters.model.shape import field_names

    if path in (CLIENT, "clients"):
        return ""
    steps = path.removeprefix(PRACTICE_FILE).replace("[…]", "").split(".")
    names = field_names(Practice if path.startswith(PRACTICE_FILE) else Case, tuple(steps))
    return f" {{{', '.join(names)}}}" if names else ""
