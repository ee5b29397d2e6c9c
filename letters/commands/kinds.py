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
    from letters.terminal import entries, say

    say(f"{kind.id}: {spec.title}")
    say(spec.use)
    if not kind.is_built_in:
        instead = ", instead of the built-in one" if _replaces(kind) else ""
        say(f"It is the practice's own{instead}, in {kind.folder}.")
    say(f"\n{_to(spec)} {_signed(spec)}")
    if spec.basis:
        say(f"Rests on: {spec.basis}.")
    say(f"Languages: {', '.join(kind.languages)}.")
    say("\nIt says, in this order:")
    entries(_sections(spec), 18, "  ")
    for title, is_optional in (("It needs:", False), ("It uses, where it is there:", True)):
        say(f"\n{title}")
        entries(_fields_of(spec, is_optional), 36, "  ")


def _to(spec: KindSpec) -> str:
    if spec.to == "file":
        return "Goes to: nobody, it stays with the practice."
    whom = {"client": "the client", "provider": "the provider", "business": "a business contact"}[spec.to]
    return f"Goes to: {whom}{', or the executor of one who died' if spec.after_death else ''}."


def _signed(spec: KindSpec) -> str:
    if spec.signed_by == "nobody":
        return "Not signed."
    return f"Signed by: the {spec.signed_by}."


def _sections(spec: KindSpec) -> Iterator[tuple[str, str]]:
    for section in spec.sections:
        notes = [
            note
            for note, holds in (
                ("only if there is something to say", section.optional),
                (f"personal words {section.words}, at words.{section.id}", section.words != "none"),
            )
            if holds
        ]
        yield section.id, f"{section.says}{' (' + '; '.join(notes) + ')' if notes else ''}"


def _fields_of(spec: KindSpec, is_optional: bool) -> Iterator[tuple[str, str]]:
    from letters.fields import FIELDS

    for declared in spec.fields:
        field = FIELDS.get(declared.removesuffix("?"))
        if field is not None and declared.endswith("?") == is_optional:
            yield field.written_at.replace("practice:", "practice file: "), field.holds
