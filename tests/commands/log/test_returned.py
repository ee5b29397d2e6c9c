"""`letters log returned`: what came back, and what to do then."""

from __future__ import annotations

import pytest

from letters.model.history import LetterSent
from letters.register import queries
from tests.caseload.kept import Kept
from tests.commands.conftest import Run
from tests.support.desk import TODAY


@pytest.fixture
def sent(kept: Kept, letter: str) -> str:
    kept.tell(LetterSent(letter=letter, on=TODAY, how="post"), "C-1103")
    return letter


def test_the_next_step_is_said(letters: Run, kept: Kept, sent: str) -> None:
    told = letters("log", "returned", sent, "--why", "moved, left no address")
    assert (told.code, told.out) == (0, "")
    assert told.said.startswith(f"{sent} (case C-1103): entered as back on 2026-11-22. There is a task now")
    assert "find out another safe way to reach samira" in told.said
    assert "letters case import" in told.said
    assert kept.ask(queries.tasks)[0].task == "returned"
    told = letters("log", "returned", sent)
    assert (told.code, told.said.endswith("before; nothing was written.")) == (0, True)
    assert len(kept.ask(queries.tasks)) == 1


def test_one_that_did_not_leave(letters: Run, letter: str) -> None:
    told = letters("log", "returned", letter)
    assert (told.code, "error[not-sent]" in told.said) == (1, True)
    assert f"letters log sent {letter}" in told.said


@pytest.mark.parametrize("why", ["", "\u200b\u200b", "mov\u202eed", "a\nb", "x" * 600])
def test_words_that_cannot_be_kept(letters: Run, sent: str, why: str) -> None:
    told = letters("log", "returned", sent, "--why", why)
    assert (told.code, "What stands after --why" in told.said) == (2, True)
