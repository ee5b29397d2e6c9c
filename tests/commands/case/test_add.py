"""`letters case add`: asked at a terminal, or told in options."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.caseload.adding import QUESTIONS
from letters.commands.case.add import _OPTIONS
from tests.commands.case.test_import import at_terminal
from tests.commands.conftest import Run

pytestmark = pytest.mark.usefixtures("office")

TOLD = [
    *("--number", "C-7", "--relationship", "individual", "--clinician", "sam-rivera"),
    *("--opened", "2026-03-02", "--name", "Ann Lee"),
]
Show = pytest.CaptureFixture[bytes]


def said(capfdbinary: Show) -> str:
    return " ".join(capfdbinary.readouterr().err.decode().split())


def is_empty() -> bool:
    return not list(Path().glob("register*"))


def test_the_options_are_the_questions() -> None:
    assert list(_OPTIONS) == [question.option for question in QUESTIONS]


def test_without_a_terminal_the_options_say_it_all(letters: Run) -> None:
    asked = letters("case", "add", *TOLD)
    assert (asked.code, is_empty()) == (2, True)
    assert "1 case would be entered." in asked.said
    told = letters("case", "add", *TOLD, "--yes")
    assert told.code == 0
    assert "nobody of this case will be written to or called" in told.said
    assert told.said.endswith("Entered case C-7. `letters case show C-7` shows it.")
    assert "C-7" in letters("case", "list").out


def test_what_is_missing_is_named_at_once(letters: Run) -> None:
    told = letters("case", "add", "--name", "Ann Lee", "--yes")
    assert told.code == 2
    assert "these are missing: --number, --relationship, --clinician, --opened." in told.said


def test_every_option_that_does_not_fit_is_told_at_once(letters: Run) -> None:
    told = letters("case", "add", *TOLD, "--born", "soon", "--city", "Portland", "--email", "ann")
    assert told.code == 2
    for option in ("--born", "--city", "--email"):
        assert f"{option}" in told.said
    assert is_empty()


def test_options_tell_of_one_client(letters: Run) -> None:
    told = letters("case", "add", *["couple" if word == "individual" else word for word in TOLD], "--yes")
    assert told.code == 2
    assert "letters case import FILE" in told.said


def test_a_number_that_is_known_is_not_taken_again(letters: Run) -> None:
    letters("case", "add", *TOLD, "--yes")
    told = letters("case", "add", *TOLD, "--yes")
    assert told.code == 2
    assert "The register has a case C-7 already" in told.said
    assert "C-8" in told.said


def test_one_question_at_a_time_and_again_where_an_answer_does_not_fit(
    letters: Run, monkeypatch: pytest.MonkeyPatch, capfdbinary: Show
) -> None:
    letters("case", "add", *TOLD, "--yes")
    typed = [
        *(
            "",
            "",
            "sam",
            "sam-rivera",
            "",
            "-",
        ),  # number, relationship, clinician twice, opened, last session
        *("José Ruiz", "", "", "es", "2030-01-01", "1990-01-01"),  # name, id, called, language, born twice
        *("4 High Street", "", "Portland", "OR", "97201", "", "yes", "", "2026-11-20"),
        *("+1 503 555 0144", "", "", "", "y"),
    ]
    code = at_terminal(monkeypatch, "\n".join([*typed, ""]), "case", "add")
    told = said(capfdbinary)
    assert code == 0, told
    assert "The practice has nobody with the id sam." in told
    assert "2030-01-01 has not come yet." in told
    assert "Entered case C-8." in told
    shown = letters("case", "show", "C-8").out
    assert "José Ruiz (jose)" in shown
    assert "4 High Street" in shown


def test_a_couple_has_two_clients(letters: Run, monkeypatch: pytest.MonkeyPatch, capfdbinary: Show) -> None:
    first = ["Ann Lee", "", *[""] * 6]  # name, id, called, language, born, street, phone, email
    second = ["Ann Ruiz", "ann", "ann-r", *[""] * 6]
    options = [
        "--number",
        "C-7",
        "--relationship",
        "couple",
        "--clinician",
        "sam-rivera",
        "--opened",
        "2026-03-02",
    ]
    typed = ["", *first, *second, "y", ""]
    code = at_terminal(monkeypatch, "\n".join(typed), "case", "add", *options)
    told = said(capfdbinary)
    assert code == 0, told
    assert "Another client has this one." in told
    shown = letters("case", "show", "C-7").out
    assert "Ann Lee (ann)" in shown
    assert "Ann Ruiz (ann-r)" in shown


@pytest.mark.parametrize(("typed", "code"), [("n\n", 1), ("", 130)])
def test_nothing_is_entered_without_a_yes(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: Show, typed: str, code: int
) -> None:
    answers = "\n" * 7  # last session, id, called, language, born, street, phone, email
    assert at_terminal(monkeypatch, f"{answers}\n{typed}", "case", "add", *TOLD) == code
    assert is_empty()
    assert "Enter this case?" in said(capfdbinary)


def test_somebody_who_seems_to_be_known_is_shown_before_it_is_entered(letters: Run) -> None:
    letters("case", "add", *TOLD, "--born", "1990-01-01", "--yes")
    again = ["C-8" if word == "C-7" else word for word in TOLD]
    told = letters("case", "add", *again, "--born", "1990-01-01")
    assert told.code == 2
    assert "warning[entered-twice]" in told.err
