"""`letters kinds`: what kinds of letter there are, and what one needs and says."""

from __future__ import annotations

import json
from typing import Any

import click

from letters.commands import Session, pass_session
from letters.commands.orders import Kind as KindType


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
    from letters.terminal import show_findings, table

    found = [
        kinds.find(kind, own)
        for own in [workspace.own_kinds(session.practice)]
        for kind in kinds.folders(own)
    ]
    if as_json:
        click.echo(json.dumps([_as_dict(kind) for kind in found], indent=2))
    else:
        rows = [[kind.id, ", ".join(kind.languages), kind.spec.use] for kind in found if kind.spec]
        table(["kind", "in", "when"], rows)
    broken = [finding for kind in found for finding in kind.findings]
    if broken:
        show_findings(broken)
    return int(bool(broken))


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
        click.echo(_explained(kind))
    return 0


def _as_dict(kind: Any) -> dict[str, Any]:
    spec = kind.spec.model_dump(mode="json") if kind.spec else {}
    return {"id": kind.id, "built_in": kind.is_built_in, "languages": kind.languages, **spec}


def _explained(kind: Any) -> str:
    """Say what a kind is for, what it says and what it needs, as text for a terminal."""
    from letters.fields import FIELDS

    spec = kind.spec
    lines = [
        f"{kind.id}: {spec.title}",
        spec.use,
        "",
        f"Goes to: the {spec.to}. Signed by: the {spec.signed_by}.",
    ]
    lines += [f"Languages: {', '.join(kind.languages)}.", "", "It says, in this order:"]
    for section in spec.sections:
        notes = [
            note
            for note, holds in (
                ("only if there is something to say", section.optional),
                (f"personal words {section.words}, at words.{section.id}", section.words != "none"),
            )
            if holds
        ]
        lines.append(f"  {section.id:<16}{section.says}{' (' + '; '.join(notes) + ')' if notes else ''}")
    for title, wanted in (("It needs:", False), ("It uses, where it is there:", True)):
        lines += ["", title]
        for declared in spec.fields:
            field = FIELDS.get(declared.removesuffix("?"))
            if field is not None and declared.endswith("?") == wanted:
                lines.append(f"  {field.written_at.replace('practice:', 'practice file: '):<34}{field.holds}")
    return "\n".join(lines)
