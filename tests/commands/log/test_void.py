"""`letters log void`: a letter that must not leave."""

from __future__ import annotations

from letters.model.history import LetterSent
from tests.caseload.kept import Kept
from tests.commands.conftest import Run
from tests.support.desk import TODAY


def test_it_is_to_be_destroyed_and_the_case_goes_back(letters: Run, kept: Kept, letter: str) -> None:
    told = letters("log", "void", letter, "--because", "it names the wrong day")
    assert (told.code, told.out) == (0, "")
    assert told.said == (
        f"{letter} is void: destroy its paper, and its file issued/{letter}.pdf may go as well. "
        "Case C-1103 is active now."
    )
    assert kept.letter(letter).status == "void"
    told = letters("log", "void", letter, "--because", "it names the wrong day")
    assert (told.code, "voided before; nothing was written" in told.said) == (0, True)


def test_what_left_stays(letters: Run, kept: Kept, letter: str) -> None:
    kept.tell(LetterSent(letter=letter, on=TODAY, how="post"), "C-1103")
    told = letters("log", "void", letter, "--because", "it names the wrong day")
    assert (told.code, "error[has-left]" in told.said) == (1, True)


def test_a_reason_is_needed(letters: Run, kept: Kept, letter: str) -> None:
    assert letters("log", "void", letter).code == 2
    assert "says nothing" in letters("log", "void", letter, "--because", "x").said
    assert kept.letter(letter).status == "issued"
