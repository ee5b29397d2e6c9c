"""The list of a review as pages for a meeting: a row for each case, with room to write."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from letters.caseload.review import Pending, Review
from letters.compose.sandbox import sandbox
from letters.lifecycle import State
from letters.model.practice import Practice
from letters.paper import PAPERS
from letters.typeset import Layout, Typeset, typeset

PAGE = Path(__file__).parents[1] / "templates" / "meeting.html.j2"
MOST = 500  # cases; nobody goes through more in a meeting, and setting them takes long
_SECONDS = 120.0

_STATES = {
    State.ACTIVE: "active",
    State.REVIEW_DUE: "review due",
    State.OUTREACH: "outreach",
    State.OUTREACH_FINAL: "last outreach",
    State.CLOSING: "closing",
}
_STEPS = {
    "outreach": "Outreach",
    "outreach-final": "Last outreach",
    "closing": "Closing letter",
    "end": "End the case",
}


def meeting(practice: Practice, found: Review) -> Typeset:
    """Set the list on the practice's paper, across; grouped by clinician, the longest silent first."""
    style = practice.letter
    layout = Layout(style.paper, "none", style.typeface, "en", draft=False)
    return typeset(_html(practice, found), layout, {}, created=found.on, seconds=_SECONDS)


def _html(practice: Practice, found: Review) -> str:
    paper = PAPERS[practice.letter.paper]
    html: str = _page().render(
        practice=practice.name,
        title=f"Review of open cases, {found.on}",
        count=_count(practice, found),
        width=f"{paper.height:.2f}",
        height=f"{paper.width:.2f}",
        groups=_groups(practice, found.cases),
    )
    return html


@cache
def _page() -> Any:
    return sandbox().from_string(PAGE.read_text(encoding="utf-8"))


def _count(practice: Practice, found: Review) -> str:
    """What the list is taken from, and how long the practice waits."""
    tally, pace = found.tally, practice.review
    cases = "1 case is open" if tally.open == 1 else f"{tally.open:,} cases are open"
    waiting = f" and {tally.waiting:,} waiting" if tally.waiting else ""
    listed = tally.due + tally.waiting
    more = f" The longest silent {len(found.cases):,} are listed." if len(found.cases) < listed else ""
    waits = f"A review is due after {pace.silence} days of silence; an answer is waited for {pace.wait} days."
    return f"{cases}, {tally.due:,} with a step that is due{waiting}.{more} {waits}"


def _groups(practice: Practice, cases: list[Pending]) -> list[dict[str, Any]]:
    """The cases of each clinician, those first whose case has been silent longest."""
    groups: dict[str, list[Pending]] = {}
    for one in cases:
        groups.setdefault(one.case.clinician or "", []).append(one)
    return [
        {
            "clinician": _name(practice, clinician),
            "many": f"{len(theirs):,} {'case' if len(theirs) == 1 else 'cases'}",
            "cases": [_row(one) for one in theirs],
        }
        for clinician, theirs in groups.items()
    ]


def _name(practice: Practice, clinician: str) -> str:
    person = practice.people.get(clinician)
    return person.name if person else clinician or "Nobody"


def _row(one: Pending) -> dict[str, Any]:
    row, step = one.case, one.step
    when = ""
    if step:
        when = f"since {step.on}" if one.is_due else f"not before {step.on}"
    return {
        "number": row.number,
        "names": (row.names or "").split(" & "),
        "seen": row.last_session or "",
        "days": one.days,
        "tried": row.attempts or 0,
        "state": _STATES[one.state],
        "step": _STEPS[step.step] if step else "",
        "when": when,
        "note": one.note,
    }
