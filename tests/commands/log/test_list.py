"""`letters log list`: which letters there are, and which have not left."""

from __future__ import annotations

import csv
import io
import json

import pytest

from letters.model.history import LetterReturned, LetterSent, LetterVoided
from tests.caseload.kept import AT, Kept
from tests.commands.conftest import Run
from tests.support.desk import TODAY


def test_the_latest_stands_last_with_what_became_of_it(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue("two", kind="closing-lost-contact", dated="2026-11-23")
    kept.tell(LetterSent(letter=letter, on=TODAY, how="tracked-post", tracking="R1"), "C-1103")
    told, went = letters("log", "list"), "sent on 2026-11-22 by tracked post (R1)"
    assert told.code == 0
    assert told.out.splitlines() == [
        f"{'letter':18}  case    kind                  to      dated       what became of it",
        f"{letter}  C-1103  outreach              samira  2026-11-22  {went}",
        f"{other}  C-1103  closing-lost-contact  samira  2026-11-23  not sent yet",
    ]
    assert told.said == (
        f"One letter is not entered as sent. Enter it when it leaves: letters log sent {other} --how post"
    )


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["a", "b", "c", "d"]),
        (("--status", "issued"), ["a"]),
        (("--status", "sent"), ["b"]),
        (("--status", "returned"), ["c"]),
        (("--status", "void"), ["d"]),
        (("--kind", "referral"), ["b"]),
        (("--case", "C-1001"), ["d"]),
        (("--since", "2026-11-22"), ["a", "b", "c"]),
        (("--since", "2026-11-21"), ["a", "b", "c", "d"]),
        (("--since", "2026-11-23"), []),
    ],
)
def test_what_is_asked_for(letters: Run, kept: Kept, options: tuple[str, ...], names: list[str]) -> None:
    kept.enter("C-1001")
    ids = {"a": kept.issue("a"), "b": kept.issue("b", kind="referral"), "c": kept.issue("c")}
    for name in "bc":
        kept.tell(LetterSent(letter=ids[name], on=TODAY, how="post"), "C-1103")
    kept.tell(LetterReturned(letter=ids["c"], on=TODAY), "C-1103")
    # Issued on the evening before, by the clock of the practice.
    ids["d"] = kept.issue("d", "C-1001", at=AT.replace(hour=7), addressee="jordan")
    kept.tell(LetterVoided(letter=ids["d"], because="a slip"), "C-1001")
    found = json.loads(letters("log", "list", "--json", *options).out)
    assert [one["letter"] for one in found] == [ids[name] for name in names]


def test_as_a_table_for_a_spreadsheet(letters: Run, kept: Kept, letter: str) -> None:
    kept.tell(LetterSent(letter=letter, on=TODAY, how="tracked-post", tracking="=1+1"), "C-1103")
    told = letters("log", "list", "--csv")
    (row,) = csv.DictReader(io.StringIO(told.product.decode("utf-8-sig")))
    assert told.product.startswith("\ufeff".encode())
    assert {"issued at", "sent on", "returned on", "replaced by"} < row.keys()
    assert (row["letter"], row["case"], row["status"], row["tracking"]) == (letter, "C-1103", "sent", "'=1+1")
    assert told.err == ""


@pytest.mark.usefixtures("kept")
def test_nothing_is_said_to_be_nothing(letters: Run) -> None:
    told = letters("log", "list")
    assert (told.code, told.out, told.said) == (0, "", "No letter was issued yet.")
    told = letters("log", "list", "--status", "void")
    assert (told.code, told.out, told.said) == (0, "", "No letter is like that.")
    told = letters("log", "list", "--case", "C-1130")
    assert (told.code, "There is no case C-1130" in told.said, "C-1103" in told.said) == (2, True, True)


@pytest.mark.usefixtures("office")
def test_without_a_register_it_is_said_how_one_begins(letters: Run) -> None:
    told = letters("log", "list")
    assert (told.code, "There is no register yet" in told.said) == (2, True)
