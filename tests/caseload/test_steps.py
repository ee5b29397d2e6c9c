"""Steps: which letter each of them is, with the kinds of a practice's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from letters.caseload.steps import BROUGHT, letters_of
from letters.kinds import BUILT_IN, find


def own(folder: Path, *kinds: tuple[str, str]) -> Path:
    """A practice's own kinds, each a copy of one that letters brings."""
    for name, like in kinds:
        shutil.copytree(BUILT_IN / like, folder / name)
    return folder


def test_each_step_has_a_letter_that_is_for_it(tmp_path: Path) -> None:
    assert letters_of(tmp_path / "none") == BROUGHT
    for step, kind in BROUGHT.items():
        spec = find(kind).spec
        assert spec
        assert (spec.step, spec.to, spec.gates) == (step, "client", ["silence"])


@pytest.mark.parametrize(
    ("kinds", "step", "expected"),
    [
        ([("how-are-you", "outreach")], "outreach", "how-are-you"),
        ([("last-word", "closing-lost-contact")], "closing", "last-word"),
        # Of another reason for closing, and of other steps.
        ([("goodbye", "closing-completed")], "closing", "closing-lost-contact"),
        ([("how-are-you", "outreach")], "outreach-final", "outreach-final"),
        # Nobody can tell which is meant.
        ([("ask", "outreach"), ("how-are-you", "outreach")], "outreach", "outreach"),
        ([("outreach", "outreach"), ("how-are-you", "outreach")], "outreach", "outreach"),
    ],
)
def test_a_practice_s_own_kind_takes_its_place(
    tmp_path: Path, kinds: list[tuple[str, str]], step: str, expected: str
) -> None:
    assert letters_of(own(tmp_path, *kinds))[step] == expected


def test_an_own_kind_with_mistakes_is_none(tmp_path: Path) -> None:
    folder = own(tmp_path, ("how-are-you", "outreach"))
    (folder / "how-are-you" / "kind.yaml").write_text("step: outreach\n")
    assert letters_of(folder) == BROUGHT
