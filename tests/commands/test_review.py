"""`letters review`: the list in each form, and the drafts of what is due."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from letters import proof
from letters.model.history import TaskOpened
from letters.office import open_office
from tests.caseload import silent
from tests.caseload.silent import client, entered, wrote
from tests.commands.conftest import Run

COUPLE = client("minh", "Nguyễn Văn Minh"), client("khadija", "خديجة الهاشمي")
UNSAFE = {**silent.HOME, "safe": "no"}

pytestmark = pytest.mark.usefixtures("office")


def tell(*story: object) -> None:
    silent.tell(open_office(Path("practice.yaml")), *story)  # type: ignore[arg-type]


@pytest.fixture
def told(office: Path) -> None:  # noqa: ARG001 - it has to be there first
    """A couple, somebody who was written to, somebody nobody can reach, and somebody who was just here."""
    tell(
        *[entered("C-1", 100), entered("C-2", 300, *COUPLE, relationship="couple")],
        *[entered("C-3", 200, clinician="lena-brook"), wrote("outreach", 3, "C-3")],
        entered("C-4", 150, client("lou", "Lou", addresses=[UNSAFE]), reachable=False),
        entered("C-5", 10),
    )


@pytest.mark.usefixtures("told")
def test_it_lists_who_has_been_silent_and_what_to_do(letters: Run) -> None:
    told = letters("review")
    assert (told.code, told.said) == (
        0,
        "Read each draft before you issue the letter. `letters review --draft-all` prepares them all.",
    )
    lines = told.out.splitlines()
    assert lines[0] == "On 2026-11-22, 5 cases are open: 3 with a step that is due, 1 waiting."
    rows = [line.split() for line in lines[2:7]]
    assert rows[0] == ["case", "days", "tried", "state", "next", "client"]
    assert [row[0] for row in rows[1:]] == ["C-2", "C-3", "C-4", "C-1"]
    couple = "Nguyễn Văn Minh & خديجة الهاشمي (sam-rivera)"
    assert lines[3] == f"C-2   300   0      review-due  outreach since 2026-04-26  {couple}"
    assert lines[4] == "C-3   200   1      outreach    wait until 2026-11-26      Kim Lee (lena-brook)"
    assert lines[8:] == [
        "What to do, the longest silent first:",
        "  letters draft outreach C-2 --to minh",
        "  letters draft outreach C-2 --to khadija",
        "  # C-4: No safe way to reach Lou: ask sam-rivera.",
        "  letters draft outreach C-1",
    ]


@pytest.mark.usefixtures("told")
def test_in_a_narrow_terminal_each_case_has_its_lines(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    lines = letters("review").out.splitlines()
    assert lines[2:6] == [
        "C-2  300 days, tried 0, review-due, outreach since 2026-04-26: Nguyễn Văn Minh &",
        "     خديجة الهاشمي (sam-rivera)",
        "C-3  200 days, tried 1, outreach, wait until 2026-11-26: Kim Lee (lena-brook)",
        "C-4  150 days, tried 0, review-due, outreach since 2026-09-23: Lou (sam-rivera)",
    ]


@pytest.mark.usefixtures("told")
def test_the_commands_it_names_are_those_there_are(letters: Run) -> None:
    (first,) = [line for line in letters("review").out.splitlines() if "--to minh" in line]
    drafted = letters(*first.split()[1:])
    assert (drafted.code, drafted.err) == (0, "Wrote the draft to draft.pdf.\n")


@pytest.mark.usefixtures("told")
def test_all_open_cases_can_be_listed_and_those_of_one_clinician(letters: Run) -> None:
    assert "C-5" in letters("review", "--all").out
    told = letters("review", "--clinician", "lena-brook")
    assert "On 2026-11-22, 1 case is open: none has a step that is due, 1 waiting." in told.out
    assert ("C-3" in told.out, "C-1" in told.out) == (True, False)


@pytest.mark.usefixtures("told")
def test_what_is_left_out_is_counted(letters: Run) -> None:
    told = letters("review", "--limit", "2")
    assert ("C-3" in told.out, "C-4" in told.out) == (True, False)
    assert "… and 2 more: --limit 4" in told.err


def test_where_nothing_is_due_it_says_so(letters: Run) -> None:
    tell(entered("C-1", 10))
    told = letters("review")
    assert (told.code, told.out, told.err) == (
        0,
        "On 2026-11-22, 1 case is open: none has a step that is due.\n",
        "",
    )


def test_open_tasks_stand_below(letters: Run) -> None:
    tell(
        entered("C-1", 10),
        *[(TaskOpened(task="returned", what=f"Ask where they live, {n}."), "C-1") for n in range(22)],
    )
    told = letters("review")
    assert "Open tasks:\ntask  case  since       what\n2     C-1   2026-11-22  Ask where they live, 0.\n" in (
        told.out
    )
    assert "Ask where they live, 20." not in told.out
    assert told.err == "… and 2 more: letters task list\nWhen one is done: letters task done NUMBER\n"


@pytest.mark.usefixtures("told")
def test_as_json_it_has_everything_by_name(letters: Run) -> None:
    told = letters("review", "--json")
    assert (told.code, told.err) == (0, "")
    found = json.loads(told.product)
    assert {name: found[name] for name in ("date", "open", "due", "waiting", "tasks")} == {
        **{"date": "2026-11-22", "open": 5, "due": 3, "waiting": 1, "tasks": []}
    }
    assert found["cases"][0] == {
        **{"case": "C-2", "client": "Nguyễn Văn Minh & خديجة الهاشمي", "clinician": "sam-rivera"},
        **{"last_session": "2026-01-26", "silent_since": "2026-01-26", "days": 300, "attempts": 0},
        **{"state": "review-due", "step": "outreach", "due_on": "2026-04-26", "is_due": True},
        "commands": ["letters draft outreach C-2 --to minh", "letters draft outreach C-2 --to khadija"],
        **{"drafts": [], "note": None},
    }
    assert [case["is_due"] for case in found["cases"]] == [True, False, True, True]
    assert [case["note"] for case in found["cases"]][2] == "No safe way to reach Lou: ask sam-rivera."


def test_as_csv_no_cell_is_a_formula(letters: Run) -> None:
    tell(entered("C-1", 100, client("x", '=HYPERLINK("http://example.org","Kim")')), entered("C-2", 10))
    told = letters("review", "--csv")
    assert (told.code, told.err) == (
        0,
        "On 2026-11-22, 2 cases are open: 1 with a step that is due.\n",
    )
    assert told.product.startswith(b"\xef\xbb\xbfcase,client,clinician,")
    (row,) = csv.DictReader(io.StringIO(told.product.decode("utf-8-sig")))
    assert row["client"] == '\'=HYPERLINK("http://example.org","Kim")'
    assert (row["case"], row["days"], row["is due"], row["commands"]) == (
        *("C-1", "100", "yes", "letters draft outreach C-1"),
    )


@pytest.mark.usefixtures("told")
def test_as_pdf_it_is_for_a_meeting(letters: Run) -> None:
    told = letters("review", "--pdf", "list.pdf")
    assert (told.code, told.out) == (0, "")
    assert "Wrote the list to list.pdf. It names clients: keep it in the practice." in told.said
    assert Path("list.pdf").stat().st_mode & 0o077 == 0
    assert "C-4" in proof.text(Path("list.pdf").read_bytes())
    assert letters("review", "--pdf", "-").product == Path("list.pdf").read_bytes()


def test_an_empty_list_is_not_printed(letters: Run) -> None:
    tell(entered("C-1", 10))
    told = letters("review", "--pdf", "list.pdf")
    assert (told.code, told.out) == (0, "")
    assert told.said.endswith("There is nothing to print.")
    assert not Path("list.pdf").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--json", "--csv"], "The list is made in one form at a time."),
        (["--csv", "--pdf", "list.pdf"], "The list is made in one form at a time."),
        (["--draft-all", "--csv"], "--draft-all prepares the letters that are due"),
        (["--draft-all", "--all"], "--draft-all prepares the letters that are due"),
        (["--out", "drafts"], "--out is the folder for drafts, and none are asked for."),
        (["--pdf", "list.txt"], "The name list.txt does not say that it is PDF."),
        (["--limit", "0"], "limit"),
    ],
)
@pytest.mark.usefixtures("told")
def test_options_that_do_not_go_together_are_refused(letters: Run, options: list[str], message: str) -> None:
    told = letters("review", *options)
    assert (told.code, told.out) == (2, "")
    assert message in told.said


@pytest.mark.usefixtures("told")
def test_somebody_the_practice_has_not_is_not_taken_for_somebody_without_cases(letters: Run) -> None:
    told = letters("review", "--clinician", "sam-rivero")
    assert (told.code, told.out) == (2, "")
    assert told.said.startswith("error: The practice has nobody with the id 'sam-rivero', and no case")
    assert "Did you mean sam-rivera?" in told.said


@pytest.mark.usefixtures("told")
def test_the_cases_of_somebody_who_left_are_found(letters: Run, office: Path) -> None:
    file = office / "practice.yaml"
    before = letters("review", "--clinician", "sam-rivera").out
    file.write_text(file.read_text("utf-8").replace("  sam-rivera:", "  kim-castillo:"), "utf-8")
    after = letters("review", "--clinician", "sam-rivera")
    assert (after.code, after.out) == (0, before)
    assert letters("case", "list", "--clinician", "sam-rivera", "--state", "ended").code == 0


def test_a_list_that_no_meeting_goes_through_is_not_printed(
    letters: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letters.caseload.meeting.MOST", 1)
    tell(entered("C-1", 100), entered("C-2", 100))
    told = letters("review", "--pdf", "list.pdf")
    assert told.code == 2
    assert "The list has 2 cases, and no meeting goes through more than 1." in told.said


def test_without_a_register_it_says_how_one_begins(letters: Run) -> None:
    told = letters("review")
    assert told.code == 2
    assert "There is no register yet" in told.said


@pytest.mark.usefixtures("told")
def test_drafts_are_prepared_and_what_stops_one_is_told(letters: Run) -> None:
    told = letters("review", "--draft-all")
    files = told.out.splitlines()
    assert (told.code, len(files)) == (1, 3)
    assert sorted(files) == sorted(str(file) for file in Path("drafts").iterdir())
    assert "C-2, outreach to minh: Read it, then issue the letter. It is task 7." in told.err
    assert "error[no-route]: There is no address of lou at which a letter is known to be safe." in told.said
    assert "C-4, outreach to lou: no draft. It is task 9." in told.err
    assert told.err.endswith(
        "Letters due: 3 prepared, 1 stopped. None was issued: see `letters task list`.\n"
    )
    again = letters("review", "--draft-all")
    assert (again.code, again.out) == (1, told.out)
    assert again.err.endswith(
        "Letters due: 3 prepared before, 1 stopped. None was issued: see `letters task list`.\n"
    )
    after = letters("review").out.splitlines()
    place = after.index("  letters issue outreach C-2 --to minh")
    assert after[place - 1] == f"  # C-2: read {files[0]}, then:"


def test_drafts_go_where_they_are_wanted_and_the_report_can_be_json(letters: Run) -> None:
    tell(entered("C-1", 100))
    told = letters("review", "--draft-all", "--out", "elsewhere", "--json", "--by", "lena-brook")
    assert (told.code, told.err) == (0, "")
    (one,) = json.loads(told.product)
    (file,) = Path("elsewhere").iterdir()
    assert one == {
        **{"case": "C-1", "kind": "outreach", "addressee": "kim", "file": str(file), "task": 2},
        **{"prepared_before": False, "findings": []},
    }


def test_where_no_letter_is_due_none_is_prepared(letters: Run) -> None:
    tell(entered("C-1", 10))
    told = letters("review", "--draft-all")
    assert (told.code, told.out) == (0, "")
    assert told.err == "No letter is due. `letters review --all` shows the open cases.\n"


def test_a_pdf_is_not_shown_in_a_terminal(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(entered("C-1", 100))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    told = letters("review", "--pdf", "-")
    assert told.code == 2
    assert "A PDF cannot be shown in a terminal." in told.said
