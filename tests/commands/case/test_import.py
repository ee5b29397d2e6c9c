"""`letters case import`: everything first read and shown, then entered."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from letters.cli import main
from tests.commands.conftest import Run

CASE = Path("cases/C-1001.yaml")

pytestmark = pytest.mark.usefixtures("office")


class Terminal(io.TextIOWrapper):
    """Somebody at a terminal, who types."""

    def __init__(self, typed: str) -> None:
        super().__init__(io.BytesIO(typed.encode()))

    def isatty(self) -> bool:
        return True


def at_terminal(monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: object) -> int:
    """Run the program with somebody at it, and return its exit code."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def edit(*changes: tuple[str, str]) -> None:
    text = CASE.read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    CASE.write_text(text)


UNSAFE = ("safe: yes\n        discreet: no", "safe: no\n        discreet: yes")


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest) -> list[str]:
    """The options that lead to a register."""
    return ["--register", request.getfixturevalue("postgres_url")] if request.param == "postgresql" else []


def test_new_cases_are_entered_and_again_they_are_nothing_new(letters: Run, register: list[str]) -> None:
    first = letters(*register, "case", "import", CASE, "cases/C-1004.yaml")
    assert (first.code, first.out) == (0, "")
    assert first.said == "2 new cases. Entered 2 cases. `letters review` says what is due."
    again = letters(*register, "case", "import", CASE, "cases/C-1004.yaml")
    assert (again.code, again.said) == (0, "Nothing new: the register has 2 cases as told here.")


def test_a_difference_is_shown_first_and_needs_a_yes(letters: Run, register: list[str]) -> None:
    letters(*register, "case", "import", CASE)
    edit(UNSAFE, ("supports:\n  - {en: your sister, es: su hermana}\n", "supports:\n"))
    edit(("diagnosis: adjustment disorder", "diagnosis: another"), ("outcome: sent", "outcome: returned"))
    told = letters(*register, "case", "import", CASE)
    assert told.code == 2
    assert "1 case would be changed." in told.said
    first = [tuple(line.split()[:3]) for line in told.out.splitlines()[1:3]]
    assert sorted(first) == [
        ("C-1001", "!", f"clients[0].addresses[0].{field}") for field in ("discreet", "safe")
    ]
    assert "adjustment" not in told.out
    assert "(not shown)" in told.out
    assert "(removed)" in told.out
    assert "contact of 2026-11-03T16:40: outcome" in told.out
    assert "1 contact is put right" in told.said
    assert letters(*register, "case", "import", CASE, "--dry-run").code == 0
    done = letters(*register, "case", "import", CASE, "--yes")
    assert (done.code, done.out) == (0, told.out)
    assert done.said.endswith("Changed 1 case. `letters review` says what is due.")
    assert "Nothing new" in letters(*register, "case", "import", CASE).said


def test_somebody_at_a_terminal_is_asked(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    letters("case", "import", CASE)
    edit(UNSAFE)
    assert at_terminal(monkeypatch, "n\n", "case", "import", CASE) == 1
    assert letters("case", "import", CASE).code == 2
    assert at_terminal(monkeypatch, "y\n", "case", "import", CASE) == 0
    assert "Nothing new" in letters("case", "import", CASE).said


def test_nothing_is_entered_where_anything_is_wrong(letters: Run) -> None:
    edit(("clinician: sam-rivera", "clinician: sam-rivero"))
    told = letters("case", "import", "cases")
    assert (told.code, told.out) == (1, "")
    assert "error[unknown-person]" in told.err
    assert f"{CASE}:7:12" in told.err
    assert told.said.endswith("or enter the other cases alone with --skip-faulty.")
    assert not list(Path().glob("register*"))


def test_the_others_are_entered_when_that_is_asked_for(letters: Run) -> None:
    edit(("clinician: sam-rivera", "clinician: sam-rivero"))
    told = letters("case", "import", CASE, "cases/C-1004.yaml", "--skip-faulty")
    assert told.code == 1
    assert "1 new case, 1 with errors. Entered 1 case." in told.said
    assert letters("case", "import", CASE, "--skip-faulty").code == 1
    assert "Nothing new: the register has case C-1004" in letters("case", "import", "cases/C-1004.yaml").said


def test_a_dry_run_makes_no_register(letters: Run) -> None:
    told = letters("case", "import", CASE, "--dry-run")
    assert (told.code, told.said) == (0, "1 new case. Nothing was entered: this was a dry run.")
    assert not list(Path().glob("register*"))


def test_a_doubtful_case_needs_a_yes(letters: Run) -> None:
    letters("case", "import", CASE)
    Path("other.yaml").write_text(CASE.read_text().replace("C-1001", "C-9001"))
    told = letters("case", "import", "other.yaml")
    assert told.code == 2
    assert "warning[entered-twice]" in told.err
    assert "1 case would be entered, and there are warnings." in told.said
    assert letters("case", "import", "other.yaml", "--yes").code == 0


def test_a_table_and_standard_input(letters: Run) -> None:
    rows = "case,opened,clinician,client name\nT-1,2026-01-10,sam-rivera,Ann Lee\n"
    Path("rows.csv").write_text(rows)
    assert letters("case", "import", "rows.csv").code == 0
    told = letters("case", "import", "-", stdin=rows.replace("sam-rivera", "lena-brook").encode())
    assert told.code == 2
    assert told.out.splitlines()[1].split() == ["T-1", "clinician", "sam-rivera", "lena-brook"]
    told = letters("case", "import", "-", stdin=CASE.read_bytes())
    assert told.said.startswith("1 new case.")


def test_a_row_is_told_with_its_row_and_column(letters: Run) -> None:
    Path("rows.csv").write_text("case,opened,clinician,client name\nT-1,2026-01-10,nobody,Ann Lee\n")
    told = letters("case", "import", "rows.csv")
    assert told.code == 1
    assert "--> rows.csv: row 2, column clinician" in told.err


def test_the_report_as_json_has_all_but_confidential_values(letters: Run) -> None:
    letters("case", "import", CASE)
    edit(UNSAFE, ("diagnosis: adjustment disorder", "diagnosis: another"))
    told = letters("case", "import", CASE, "--json", "--yes")
    report = json.loads(told.out)
    assert (report["new"], report["changed"], report["same"], report["faulty"]) == (0, 1, 0, 0)
    changes = {one["field"]: one for one in report["cases"][0]["changes"]}
    assert changes["clients[0].addresses[0].safe"]["weighty"]
    assert changes["clients[0].addresses[0].safe"]["after"] == "no"
    secret = changes["confidential.diagnosis"]
    assert (secret["before"], secret["after"], secret["confidential"]) == (None, None, True)
    assert "another" not in told.out


def test_a_canceled_letter_is_told(letters: Run) -> None:
    letters("case", "import", CASE)
    _prepare()
    call = "{at: 2026-11-20T09:00-08:00, by: sam-rivera, channel: phone, outcome: spoke}"
    edit(("contacts:\n", f"contacts:\n  - {call}\n"))
    told = letters("case", "import", CASE, "--yes")
    assert "C-1001: the client got in touch. Called off: outreach to jordan must not leave" in told.said


def test_a_letter_made_for_an_address_that_is_safe_no_more_is_told(letters: Run) -> None:
    letters("case", "import", CASE)
    letter = Path(letters("issue", "outreach", "C-1001").out.strip()).stem
    told = letters("case", "import", CASE, "--yes")
    assert letter not in told.said
    edit(("acknowledgment:", "praise:"))
    assert letter not in letters("case", "import", CASE, "--yes").said
    edit(UNSAFE)
    told = letters("case", "import", CASE, "--yes")
    assert f"{letter} (outreach to jordan) was issued before this, and is not entered as sent." in told.said
    letters("log", "void", letter, "--because", "the address is not safe")
    edit(("safe: no", "safe: yes"))
    assert letter not in letters("case", "import", CASE, "--yes").said


def _prepare() -> None:
    """Prepare a letter, as a review does."""
    from letters.model.history import TaskOpened
    from letters.office import open_office
    from letters.register.store import Actor

    with open_office(None).register().writing(Actor("sam-rivera", "sam")) as writing:
        writing.append(TaskOpened(task="letter", what="write", kind="outreach", addressee="jordan"), "C-1001")


def test_a_couple_of_whom_only_one_may_be_written_to_at_home_needs_a_yes(letters: Run) -> None:
    told = letters("case", "import", "cases/C-1002.yaml")
    assert (told.code, "warning[safe-and-not]: minh and khadija have the same address" in told.said) == (
        2,
        True,
    )
    assert letters("case", "import", "cases/C-1002.yaml", "--yes").code == 0


def test_a_table_of_a_few_columns_brings_known_cases_up_to_date(letters: Run) -> None:
    letters("case", "import", CASE, "cases/C-1004.yaml", "--yes")
    Path("rows.csv").write_text("case,last session\nC-1001,2026-11-20\nC-1004,2026-11-21\n")
    told = letters("case", "import", "rows.csv", "--yes")
    assert (told.code, "2 changed" in told.said or "Changed 2 cases." in told.said) == (0, True)
    Path("rows.csv").write_text("case,last session\nC-1001,2026-11-21\nC-1040,2026-11-21\n")
    told = letters("case", "import", "rows.csv", "--yes")
    assert (told.code, "said too little of to be entered: C-1040." in told.said) == (1, True)
