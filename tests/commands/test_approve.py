"""`letters approve`: read, approved, and void once anything changes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from letters.register import store
from tests.commands.conftest import Run
from tests.commands.terminal import at_terminal

KIND, CASE = "closing-lost-contact", "cases/C-1001.yaml"

pytestmark = pytest.mark.usefixtures("office")


def ask_for_approval() -> None:
    file = Path("practice.yaml")
    file.write_text(file.read_text("utf-8") + f"\napproval: {{kinds: [{KIND}], by: [lena-brook]}}\n", "utf-8")


def test_from_approval_to_issue_and_what_shows_it(letters: Run) -> None:
    ask_for_approval()
    told = letters("issue", KIND, CASE)
    assert (told.code, "error[not-approved]" in told.said) == (1, True)
    told = letters("approve", KIND, CASE, "--by", "lena-brook", "--yes")
    assert (told.code, told.out) == (0, "")
    assert told.said == f"lena-brook approved it. Next: letters issue {KIND} C-1001 --to jordan"
    issued = letters("issue", KIND, "C-1001", "--to", "jordan")
    assert issued.code == 0, issued.err
    name = Path(issued.out.strip()).stem
    shown = json.loads(letters("log", "show", name, "--json").out)
    assert shown["approved"].startswith("by lena-brook at 2026-11-22T")
    assert letters("log", "verify").code == 0


def test_a_change_after_it_stops_the_letter_and_is_named(letters: Run) -> None:
    ask_for_approval()
    letters("approve", KIND, CASE, "--by", "lena-brook", "--yes")
    file = Path("practice.yaml")
    file.write_text(file.read_text("utf-8").replace("weekdays, 9 to 5", "weekdays, 9 to 4"), "utf-8")
    told = letters("issue", KIND, "C-1001")
    assert (told.code, "error[approval-void]" in told.said) == (1, True)
    assert "practice: hours" in told.said


def test_only_those_may_who_answer_for_it(letters: Run) -> None:
    told = letters("approve", KIND, CASE, "--by", "dana-okafor", "--yes")
    assert (told.code, "error[may-not-approve]" in told.said) == (1, True)
    assert "Have sam-rivera or lena-brook approve it" in told.said
    assert told.said.endswith("Nothing was approved.")
    told = letters("approve", KIND, CASE, "--by", "nobody", "--yes")
    assert (told.code, "The practice has nobody with the id 'nobody'." in told.said) == (2, True)
    assert not Path("register.sqlite").exists()


def test_somebody_with_a_login_approves_under_it(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path("practice.yaml")
    text = file.read_text("utf-8")
    file.write_text(text.replace("name: Lena Brook", "name: Lena Brook\n    login: lena"), "utf-8")
    monkeypatch.setattr(store, "login", lambda: "sam")
    told = letters("approve", KIND, CASE, "--by", "lena-brook", "--yes")
    assert (told.code, "works under another login" in told.said) == (2, True)
    monkeypatch.setattr(store, "login", lambda: "lena")
    assert letters("approve", KIND, CASE, "--yes").said.startswith("lena-brook approved it.")


def test_an_error_stops_it_and_a_warning_is_told(letters: Run) -> None:
    told = letters("approve", "closing-completed", "cases/C-1003.yaml", "--by", "sam-rivera", "--yes")
    assert (told.code, "error[" in told.said, "Nothing was approved." in told.said) == (1, True, True)
    told = letters("approve", KIND, CASE, "--by", "sam-rivera", "--yes", "--dated", "2026-11-21")
    assert (told.code, "warning[backdated]" in told.said) == (0, True)
    assert f"Next: letters issue {KIND} C-1001 --to jordan --dated 2026-11-21" in told.said
    assert "have to be accepted when it is issued: --accept backdated=REASON" in told.said


def test_without_a_terminal_it_takes_a_yes(letters: Run) -> None:
    told = letters("approve", KIND, CASE, "--by", "sam-rivera")
    assert told.code == 2
    assert f"This would approve {KIND} about case C-1001 to jordan, dated 2026-11-22." in told.said
    assert not Path("register.sqlite").exists()


def test_at_a_terminal_the_letter_is_read_first(letters: Run) -> None:
    command = ("approve", KIND, CASE, "--by", "sam-rivera")
    code, shown = at_terminal(*command, typed="n\n")
    assert (code, "Dear Jordan" in shown, "Approve this" in shown) == (130, True, True)
    assert not Path("register.sqlite").exists()
    code, shown = at_terminal(*command, "--language", "es", typed="y\n")
    assert (code, "The same in English, for the file:" in shown, "sam-rivera approved it." in shown) == (
        0,
        True,
        True,
    )
    told = letters(*command, "--yes", "--language", "es")
    assert (told.code, "had approved it before; nothing was written" in told.said) == (0, True)


def test_a_letter_leaves_with_the_date_of_its_approval_for_a_week(
    letters: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand()
    letters("approve", KIND, CASE, "--by", "sam-rivera", "--yes")
    monkeypatch.setenv("LETTERS_TODAY", "2026-11-30")
    told = letters("issue", KIND, CASE, "--by", "sam-rivera")
    assert (told.code, "warning[backdated]" in told.err) == (1, True)
    assert "Have it approved, or begin the batch, anew with today's date." in told.said
    monkeypatch.setenv("LETTERS_TODAY", "2026-11-24")
    told = letters("issue", KIND, CASE, "--by", "sam-rivera")
    assert (told.code, "backdated" in told.err) == (0, False)
    assert '"dated": "2026-11-22"' in letters("log", "list", "--json").out


def test_an_approval_ends_with_a_letter_that_was_voided(letters: Run) -> None:
    demand()
    letters("approve", KIND, CASE, "--by", "sam-rivera", "--yes")
    letter = Path(letters("issue", KIND, CASE, "--by", "sam-rivera").out.strip())
    letters("log", "void", letter.stem, "--because", "read again, and it is wrong", "--by", "sam-rivera")
    told = letters("issue", KIND, CASE, "--by", "sam-rivera")
    assert (told.code, "error[not-approved]" in told.err) == (1, True)


def test_another_envelope_is_approved_and_has_to_be_said_again(letters: Run) -> None:
    demand()
    told = letters("approve", KIND, CASE, "--envelope", "none", "--by", "sam-rivera", "--yes")
    assert told.said.endswith(f"Next: letters issue {KIND} C-1001 --to jordan --envelope none")
    told = letters("issue", KIND, "C-1001", "--by", "sam-rivera")
    assert (told.code, "this has changed: the envelope." in told.said) == (1, True)
    issued = letters("issue", KIND, "C-1001", "--to", "jordan", "--envelope", "none", "--by", "sam-rivera")
    assert (issued.code, "Send it in an envelope" in issued.said) == (0, True)


def test_nobody_gets_a_letter_about_somebody_who_came_of_age_after_the_approval(
    letters: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Path("cases/C-1006.yaml")
    case.write_text(re.sub(r"born: 2008-\d\d-\d\d", "born: 2008-11-24", case.read_text("utf-8")), "utf-8")
    told = letters("approve", KIND, str(case), "--to", "ines", "--by", "sam-rivera", "--yes")
    assert told.code == 0, told.err
    monkeypatch.setenv("LETTERS_TODAY", "2026-11-25")
    told = letters("issue", KIND, "C-1006", "--to", "ines", "--by", "sam-rivera")
    assert (told.code, "error[no-representative]" in told.err) == (1, True)


def demand() -> None:
    """Have the practice ask for approval."""
    file = Path("practice.yaml")
    file.write_text(file.read_text("utf-8") + "\napproval: {kinds: [all]}\n", "utf-8")
