"""`letters approve --send-back`: the letter is to be mended, and stays until it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.commands.conftest import Run
from tests.commands.terminal import at_terminal

KIND, CASE = "closing-lost-contact", "cases/C-1001.yaml"
BACK = ("--send-back", "The second paragraph sounds cold.", "--by", "sam-rivera")

pytestmark = pytest.mark.usefixtures("office")


def test_it_is_something_to_do_and_the_letter_stays_until_it_is_mended(letters: Run) -> None:
    told = letters("approve", KIND, CASE, *BACK, "--yes")
    assert (told.code, told.out) == (0, "")
    assert told.said == "sam-rivera sent it back. To mend it is task 3: letters task list"
    (task,) = json.loads(letters("task", "list", "--json").out)
    assert (task["sort"], task["kind"], task["addressee"]) == ("mend", KIND, "jordan")
    assert task["what"] == "Mend the letter, then have it read again: The second paragraph sounds cold."
    stopped = letters("issue", KIND, CASE)
    assert (stopped.code, "error[sent-back]" in stopped.said) == (1, True)
    assert "sam-rivera sent this letter back on 2026-11-2" in stopped.said
    assert "The letter closing-lost-contact to jordan, dated 2026-11-22, was sent back" in (
        letters("case", "history", "C-1001").out
    )
    assert letters("approve", KIND, CASE, "--by", "lena-brook", "--yes").code == 0
    assert letters("task", "list", "--json").out.strip() == "[]"
    assert letters("issue", KIND, CASE).code == 0
    assert letters("log", "verify").code == 0


def test_with_the_next_day_it_is_no_other_letter(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    letters("approve", KIND, CASE, *BACK, "--yes")
    monkeypatch.setenv("LETTERS_TODAY", "2026-11-23")
    assert "error[sent-back]" in letters("issue", KIND, "C-1001").said
    file = Path("practice.yaml")
    file.write_text(file.read_text("utf-8").replace("weekdays, 9 to 5", "weekdays, 9 to 4"), "utf-8")
    assert letters("issue", KIND, "C-1001").code == 0
    assert letters("task", "list", "--json").out.strip() == "[]"


def test_a_letter_with_errors_is_sent_back_as_the_draft_that_was_read(letters: Run) -> None:
    case = yaml.load(Path("cases/C-1001.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    del case["words"]
    Path("bare.json").write_text(json.dumps(case), "utf-8")
    assert "error[words-missing]" in letters("approve", KIND, "bare.json", *BACK[2:], "--yes").said
    told = letters("approve", KIND, "bare.json", *BACK, "--yes")
    assert (told.code, "sent it back" in told.said) == (0, True)
    (task,) = json.loads(letters("task", "list", "--json").out)
    assert (task["case"], task["sort"]) == ("C-1001", "mend")


def test_only_those_may_who_may_approve(letters: Run) -> None:
    told = letters("approve", KIND, CASE, *BACK[:2], "--by", "dana-okafor", "--yes")
    assert (told.code, "error[may-not-approve]" in told.said) == (1, True)
    assert told.said.endswith("Nothing was sent back.")
    assert not Path("register.sqlite").exists()


@pytest.mark.parametrize("text", ["", " ", "x" * 500, "a\x07b"])
def test_what_to_mend_has_to_be_said(letters: Run, text: str) -> None:
    told = letters("approve", KIND, CASE, "--send-back", text, "--by", "sam-rivera", "--yes")
    assert (told.code, "What stands after --send-back" in told.err) == (2, True)
    assert not Path("register.sqlite").exists()


def test_a_case_that_cannot_be_read_has_no_letter_to_send_back(letters: Run) -> None:
    Path(CASE).write_text(Path(CASE).read_text("utf-8").replace("opened:", "opend:"), "utf-8")
    told = letters("approve", KIND, CASE, *BACK, "--yes")
    assert (told.code, told.said.endswith("Nothing was sent back.")) == (1, True)


def test_what_was_issued_is_voided_instead(letters: Run) -> None:
    name = Path(letters("issue", KIND, CASE).out.strip()).stem
    told = letters("approve", KIND, CASE, *BACK, "--yes")
    assert (told.code, "error[too-late-to-send-back]" in told.said) == (1, True)
    assert f"letters log void {name}" in told.said


def test_somebody_is_asked_before(letters: Run) -> None:
    told = letters("approve", KIND, CASE, *BACK)
    assert told.code == 2
    assert f"This would send back {KIND} about case C-1001 to jordan, dated 2026-11-22." in told.said
    code, shown = at_terminal("approve", KIND, CASE, *BACK, typed="n\n")
    assert (code, "Dear Jordan" in shown, "Send back this" in shown) == (130, True, True)
    assert not Path("register.sqlite").exists()
    code, shown = at_terminal("approve", KIND, CASE, *BACK, typed="y\n")
    assert (code, "sam-rivera sent it back." in shown) == (0, True)
