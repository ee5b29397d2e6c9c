"""`letters log sent`: that a letter left is entered once, and only if it can be."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.caseload.kept import Kept
from tests.commands.conftest import Run


def test_what_was_entered_is_told(letters: Run, kept: Kept, letter: str) -> None:
    told = letters("log", "sent", letter[:8], "--how", "post", "--by", "sam-rivera")
    assert (told.code, told.out) == (0, "")
    assert told.said == f"{letter} (case C-1103, to samira): entered as sent on 2026-11-22 by post."
    assert kept.letter(letter).status == "sent"
    told = letters("log", "sent", letter, "--how", "post")
    assert (told.code, "before; nothing was written" in told.said) == (0, True)
    assert kept.events().count("letter-sent") == 1


def test_today_is_the_day_it_is_at_the_practice(
    letters: Run, kept: Kept, letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept.office.file
    zone = "time_zone: America/Los_Angeles"
    assert zone in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(zone, "time_zone: Etc/GMT+12"), "utf-8")
    with monkeypatch.context() as machine:
        machine.delenv("LETTERS_TODAY")
        machine.setenv("TZ", "Etc/GMT-14")  # where it is tomorrow or the day after
        time.tzset()
        told = letters("log", "sent", letter, "--how", "post")
        assert (told.code, "entered as sent" in told.said) == (0, True), told.said
    time.tzset()


def test_several_at_once(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue("two")
    told = letters("log", "sent", letter, other, "--how", "hand", "--on", "2026-11-22")
    assert (told.code, told.err.count("entered as sent")) == (0, 2)


def test_what_cannot_be_is_refused_and_nothing_is_entered(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue("two", replaces=letter)
    told = letters("log", "sent", other, letter, "--how", "post")
    assert (told.code, "error[must-not-leave]" in told.said) == (1, True)
    assert told.said.endswith("Nothing was entered.")
    told = letters("log", "sent", other, "--how", "post", "--on", "2026-11-23")
    assert (told.code, "error[wrong-day]" in told.said) == (1, True)
    assert "letter-sent" not in kept.events()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--how", "tracked-post"), "Tracked post has a number."),
        (("--how", "post", "--tracking", "RR 1"), "What goes by post has no tracking number."),
        (("--how", "tracked-post", "--tracking", " "), "The tracking number is empty."),
        (("--how", "pigeon"), "'pigeon'"),
        ((), "--how"),
        (("--how", "post", "--on", "tomorrow"), "'tomorrow' is not a day"),
        (("--how", "post", "--by", "nobody"), "nobody with the id 'nobody'"),
    ],
)
def test_a_slip_on_the_line_is_told(
    letters: Run, kept: Kept, letter: str, options: list[str], said: str
) -> None:
    told = letters("log", "sent", letter, *options)
    assert (told.code, said in told.said) == (2, True), told.said
    assert kept.letter(letter).status == "issued"


def test_one_number_is_for_one_letter(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue("two")
    line = ("log", "sent", letter, other, "--how", "tracked-post", "--tracking", "RR 1")
    assert "One tracking number is given for 2 letters." in letters(*line).said


def test_a_slip_is_put_right(letters: Run, kept: Kept, letter: str) -> None:
    letters("log", "sent", letter, "--how", "tracked-post", "--tracking", "RR 1")
    line = ("log", "sent", letter, "--how", "tracked-post", "--tracking", "RR 2")
    assert "error[told-otherwise]" in letters(*line).said
    assert letters(*line, "--correct").code == 0
    assert kept.letter(letter).tracking == "RR 2"


def test_a_whole_batch_at_once(letters: Run, kept: Kept, letter: str) -> None:
    first, second = (kept.issue(name, batch="B-1") for name in ("two", "three"))
    told = letters("log", "sent", "--batch", "B-1", "--how", "post")
    assert (told.code, told.err.count("entered as sent")) == (0, 2)
    assert [kept.letter(name).status for name in (first, second, letter)] == ["sent", "sent", "issued"]
    told = letters("log", "sent", "--batch", "B-1", "--how", "post")
    assert (told.code, "No letter of B-1 waits to be sent." in told.said) == (2, True)
    told = letters("log", "sent", "--batch", "B-2", "--how", "post")
    assert (told.code, "There is no batch B-2." in told.said) == (2, True)


def test_the_numbers_of_tracked_post_come_from_the_list_that_a_batch_left(
    letters: Run, kept: Kept, letter: str
) -> None:
    other = kept.issue("two")
    listed = f"\ufeffletter,name,tracking\r\n{letter},Samira,RR 123\r\n{other},Samira,\r\n"
    Path("tracked-post.csv").write_text(listed, "utf-8")
    told = letters("log", "sent", "--how", "tracked-post", "--list", "tracked-post.csv")
    assert (told.code, told.err.count("entered as sent")) == (0, 1), told.said
    row = kept.letter(letter)
    assert (row.status, row.tracking) == ("sent", "RR 123")
    assert kept.letter(other).status == "issued"


def test_letters_are_named_in_one_way(letters: Run, kept: Kept, letter: str) -> None:
    told = letters("log", "sent", "--how", "post")
    assert (told.code, "No letter is named." in told.said) == (2, True)
    told = letters("log", "sent", letter, "--batch", "B-1", "--how", "post")
    assert (told.code, "in several ways" in told.said) == (2, True)
    told = letters("log", "sent", "--list", "x.csv", "--how", "post")
    assert (told.code, "numbers of tracked post" in told.said) == (2, True)
    assert "letter-sent" not in kept.events()
