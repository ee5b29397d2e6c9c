"""`letters log show`: all of a letter."""

from __future__ import annotations

import json
from pathlib import Path

from letters.model.history import LetterAgain, LetterReturned, LetterSent, LetterVoided
from tests.caseload.kept import Kept
from tests.commands.conftest import Run
from tests.support.desk import TODAY


def lines(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("  ", 1)) for line in text.splitlines()]


def test_all_that_is_known(letters: Run, kept: Kept, letter: str) -> None:
    new = kept.issue("two", copy="the same", replaces=letter, accepted={"unconfirmed": "they called"})
    told = letters("log", "show", new[:8])
    assert told.code == 0
    found = lines(told.out)
    for line in (
        ("letter", new),
        ("case", "C-1103"),
        ("to", "samira"),
        ("route", "Samira, 455 Belmont Street, Apt 9, Portland, OR 97214"),
        ("language", "en"),
        ("dated", "2026-11-22"),
        ("accepted", "unconfirmed: they called"),
        ("replaces", letter),
        ("now", "not sent yet"),
        ("2026-11-22T10:30-08:00", "issued (entered by sam-rivera, login sam)"),
        ("file", f"issued/{new}.pdf: as issued"),
        ("file", f"issued/{new}.file-copy.pdf: as issued"),
    ):
        assert line in found
    assert ("replaced by", new) in lines(letters("log", "show", letter).out)


def test_what_became_of_it_in_order(letters: Run, kept: Kept, letter: str) -> None:
    for event in (
        LetterAgain(letter=letter, because="it was wet", folder="more"),
        LetterSent(letter=letter, on=TODAY, how="tracked-post", tracking="RR 1"),
        LetterReturned(letter=letter, on=TODAY, why="moved"),
    ):
        kept.tell(event, "C-1103")
    told = json.loads(letters("log", "show", letter, "--json").out)
    assert [one["what"].partition(" (")[0] for one in told["happened"]] == [
        "issued",
        "made again: it was wet",
        "sent on 2026-11-22 by tracked-post, tracking number RR 1",
        "came back on 2026-11-22: moved",
    ]
    assert {one["state"] for one in told["files"]} == {"as issued", "not there"}
    assert told["letter"]["status"] == "returned"


def test_why_it_is_void(letters: Run, kept: Kept, letter: str) -> None:
    kept.tell(LetterVoided(letter=letter, because="for somebody else"), "C-1103")
    told = letters("log", "show", letter)
    assert "voided: for somebody else (entered by sam-rivera, login sam)" in told.out
    assert ("now", "void") in lines(told.out)


def test_how_its_file_is_now(letters: Run, letter: str) -> None:
    Path("issued", f"{letter}.pdf").write_text("two")
    assert f"issued/{letter}.pdf: not what was issued" in letters("log", "show", letter).out


def test_one_that_is_not_there(letters: Run, letter: str) -> None:
    told = letters("log", "show", "L-zz")
    assert (told.code, "There is no letter L-zz" in told.said) == (2, True)
    assert letter not in told.said
