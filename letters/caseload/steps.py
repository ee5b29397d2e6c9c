"""Which letter each step of a case is: the practice's own kind for it, else the one that letters brings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from letters import kinds
from letters.kinds import Kind
from letters.model.history import Step

Letters = Mapping[str, Kind]  # by the step

_BROUGHT: Mapping[Step, str] = {
    "outreach": "outreach",
    "outreach-final": "outreach-final",
    "closing": "closing-lost-contact",
}


def letters_of(own_kinds: Path) -> Letters:
    """The kind of letter that is due at each step of a silent case.

    A kind of the practice's own with the `step:` takes the place of the one that letters brings, unless the
    practice has several: nobody can tell then which of these is meant.
    """
    own = [kinds.find(name, own_kinds) for name, folder in kinds.folders(own_kinds).items() if _is_own(folder)]
    return {step: _of(step, brought, own, own_kinds) for step, brought in _BROUGHT.items()}


def _is_own(folder: Path) -> bool:
    return folder.parent != kinds.BUILT_IN


def _of(step: Step, brought: str, own: list[Kind], own_kinds: Path) -> Kind:
    fitting = [kind for kind in own if kind.id != brought and _is_for(kind, step)]
    is_replaced = any(kind.id == brought for kind in own)
    return fitting[0] if len(fitting) == 1 and not is_replaced else kinds.find(brought, own_kinds)


def _is_for(kind: Kind, step: Step) -> bool:
    """Whether a kind is the letter of a step for silence: a closing may have other reasons."""
    spec = kind.spec
    if spec is None or spec.to != "client" or spec.step != step:
        return False
    return step != "closing" or "silence" in spec.gates
