"""Which letter each step of a case is: the practice's own kind for it, else the one that letters brings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from letters import kinds
from letters.kinds import Kind

# The kind of letter for each step of a silent case.
BROUGHT: Mapping[str, str] = {
    "outreach": "outreach",
    "outreach-final": "outreach-final",
    "closing": "closing-lost-contact",
}


def letters_of(own_kinds: Path) -> Mapping[str, str]:
    """The kind of letter that a practice writes at each step of a silent case.

    A kind of its own with that `step` takes the place of the one that letters brings, unless it has several
    or has replaced that one: nobody can tell then which other is meant.
    """
    folders = kinds.folders(own_kinds)
    own = [kinds.find(name, own_kinds) for name, folder in folders.items() if folder.parent != kinds.BUILT_IN]
    return {step: _of(step, brought, own) for step, brought in BROUGHT.items()}


def _of(step: str, brought: str, own: list[Kind]) -> str:
    fitting = [kind.id for kind in own if _is_for(kind, step)]
    is_replaced = any(kind.id == brought for kind in own)
    return fitting[0] if len(fitting) == 1 and not is_replaced else brought


def _is_for(kind: Kind, step: str) -> bool:
    """Whether a kind is the letter of a step for silence: a closing may have other reasons."""
    spec = kind.spec
    if spec is None or spec.to != "client" or spec.step != step:
        return False
    return step != "closing" or "silence" in spec.gates
