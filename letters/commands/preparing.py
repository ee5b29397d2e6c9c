"""What `letters review --draft-all` tells of the drafts it prepares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from letters.caseload.preparing import Prepared
    from letters.caseload.review import Wanted
    from letters.office import Office
    from letters.register.store import Register


def prepare_all(
    office: Office, register: Register, wanted: Wanted, out: Path, by: str | None, *, as_json: bool
) -> int:
    """Prepare what is due, and tell of each letter as it is done; return the exit code."""
    from letters.caseload.preparing import Bench, prepare
    from letters.clock import now

    today = now(office.practice.time_zone).date()
    bench = Bench(office, register, office.actor(by), today, out)
    done: list[Prepared] = []
    for one in prepare(bench, wanted):
        done.append(one)
        if not as_json:
            _tell(one)
    if as_json:
        click.echo(json.dumps([_prepared_dict(one) for one in done], indent=2))
    else:
        click.echo(_counted(done), err=True)
    return int(any(one.is_stopped for one in done))


def _tell(one: Prepared) -> None:
    """Print the name of a draft, and on stderr whose it is, or what stopped it."""
    from letters.terminal import show_findings

    show_findings(one.findings)
    whose = f"{one.case}, {one.kind}" + (f" to {one.addressee}" if one.addressee else "")
    task = f" It is task {one.task}." if one.task else ""
    if one.file is None:
        click.echo(f"{whose}: no draft.{task}", err=True)
    else:
        was = "It was prepared before." if one.before else "Read it, then issue the letter."
        click.echo(one.file)
        click.echo(f"{whose}: {was}{task}", err=True)


def _counted(done: list[Prepared]) -> str:
    if not done:
        return "No letter is due. `letters review --all` shows the open cases."
    made = sum(not one.is_stopped and not one.before for one in done)
    before = sum(not one.is_stopped and one.before for one in done)
    stopped = sum(one.is_stopped for one in done)
    told = [f"{made} prepared"] if made or not before else []
    told += [f"{before} prepared before"] if before else []
    told += [f"{stopped} stopped"] if stopped else []
    return f"Letters due: {', '.join(told)}. None was issued: see `letters task list`."


def _prepared_dict(one: Prepared) -> dict[str, Any]:
    from letters.terminal import finding_dict

    return {
        "case": one.case,
        "kind": one.kind,
        "addressee": one.addressee,
        "file": str(one.file) if one.file else None,
        "task": one.task,
        "prepared_before": one.before,
        "findings": [finding_dict(finding) for finding in one.findings],
    }
