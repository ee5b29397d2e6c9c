"""`letters issue`: once, recorded, and stopped by whatever must stop it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from letters.model.history import ContactLogged
from letters.office import open_office
from letters.register import queries
from letters.register.queries import LetterRow
from letters.register.store import history
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
KIND, CASE = "closing-lost-contact", "cases/C-1001.yaml"
NAME = re.compile(r"L-[0-9a-z]{16}")


def known(letter: Path) -> LetterRow:
    """What the register has of a letter."""
    with open_office(None).register(make=False).reading() as connection:
        row = queries.letter(connection, letter.stem)
    assert row
    return row


pytestmark = pytest.mark.usefixtures("office")


def issued() -> Iterator[Path]:
    yield from sorted(Path("issued").glob("*"))


def test_a_letter_gets_a_name_that_tells_nothing_and_an_entry_in_the_register(letters: Run) -> None:
    told = letters("issue", KIND, CASE)
    (letter,) = issued()
    assert (told.code, told.out) == (0, f"{letter}\n")
    assert told.err == (
        f"{CASE}, to jordan: Send it in a us-10 envelope with Harbor Family Counseling as its sender.\n"
    )
    assert NAME.fullmatch(letter.stem)
    kept = known(letter)
    assert kept.sha256 == sha256(letter.read_bytes()).hexdigest()
    assert (kept.case_number, kept.addressee, kept.dated) == ("C-1001", "jordan", "2026-11-22")
    assert (kept.status, kept.data["accepted"]) == ("issued", {})
    assert {path.stat().st_mode & 0o077 for path in (letter, letter.parent, Path("register.sqlite"))} == {0}


def test_the_same_letter_is_never_issued_twice(letters: Run) -> None:
    first = letters("issue", KIND, CASE)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in issued()}
    again = letters("issue", KIND, CASE)
    assert (again.code, again.out) == (0, first.out)
    assert again.err.startswith(
        f"{CASE}, to jordan: This very letter was issued before; nothing was written."
    )
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in issued()} == before
    report = json.loads(letters("issue", KIND, CASE, "--json").out)
    assert report[0]["issued_before"] is True


def test_a_second_letter_about_the_same_needs_a_reason(letters: Run) -> None:
    letters("issue", KIND, CASE)
    told = letters("issue", KIND, CASE, "--dated", "2026-11-23")
    assert (told.code, told.out, len(list(issued()))) == (1, "", 1)
    assert "warning[already-issued]" in told.err
    assert told.err.splitlines()[-1] == f"No letter for {CASE}."
    told = letters("issue", KIND, CASE, "--dated", "2026-11-23", "--accept", "already-issued = it came back")
    assert (told.code, len(list(issued()))) == (0, 2)
    assert known(Path(told.out.strip())).data["accepted"] == {"already-issued": "it came back"}
    assert "which must not leave: destroy that one." in told.said


@pytest.mark.parametrize(
    ("accepted", "message", "remedy"),
    [
        (
            "already-isued=it came back",
            "There is no check 'already-isued' to accept.",
            "Did you mean already-issued?",
        ),
        ("zzz=it came back", "There is no check 'zzz' to accept.", "`letters rules` lists the checks."),
        ("", "There is no check '' to accept.", "`letters rules` lists the checks."),
        (
            "deceased=he would want it",
            "deceased cannot be accepted.",
            "Mend what it finds: an error always stops a letter.",
        ),
        (
            "already-issued",
            "already-issued is accepted without a reason.",
            "Write --accept 'already-issued=why it is right here'.",
        ),
        (
            "already-issued=" + "because " * 60,
            "The reason for accepting already-issued is longer than 400 characters.",
            "Say it in one or two sentences.",
        ),
        (
            "already-issued=  ",
            "already-issued is accepted without a reason.",
            "Write --accept 'already-issued=why it is right here'.",
        ),
    ],
)
def test_what_cannot_be_accepted_stops_everything(
    letters: Run, accepted: str, message: str, remedy: str
) -> None:
    told = letters("issue", KIND, CASE, "--accept", accepted)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"error: {message}\n help: {remedy}\n"
    assert not Path("issued").exists()


def test_a_warning_stops_a_letter_until_it_is_accepted(letters: Run) -> None:
    text = Path(CASE).read_text().replace("confirmed: 2026-10-06", "confirmed: 2026-01-06")
    Path("old.yaml").write_text(text)
    told = letters("issue", KIND, "old.yaml")
    assert (told.code, told.out, Path("issued").exists()) == (1, "", False)
    told = letters("issue", KIND, "old.yaml", "--accept", "address-unconfirmed=asked on the phone")
    assert told.code == 0
    assert "accepted[address-unconfirmed]: " in told.err
    assert "\nreason: asked on the phone\n\n1 accepted\n" in told.err
    assert "warning" not in told.err
    assert "help:" not in told.err


def test_the_report_as_json(letters: Run) -> None:
    told = letters("issue", KIND, CASE, "cases/C-1008.yaml", "--json")
    done, stopped = json.loads(told.out)
    assert (told.code, told.err) == (1, "")
    (letter,) = Path("issued").glob("*.pdf")
    assert done == {
        "case": CASE,
        "addressee": "jordan",
        "file": str(letter),
        "issued_before": False,
        "replaces": None,
        "taken_over": [],
        "envelope": "us-10",
        "sender": "Harbor Family Counseling",
        "enclosed": [],
        "findings": [],
    }
    assert (stopped["case"], stopped["file"]) == ("cases/C-1008.yaml", None)
    assert [finding["code"] for finding in stopped["findings"]] == ["deceased"]


def test_one_that_is_stopped_does_not_stop_the_others(letters: Run) -> None:
    told = letters("issue", KIND, "cases/C-1003.yaml", CASE, CASE)
    assert told.code == 1
    assert len(told.out.splitlines()) == 2
    assert len(set(told.out.splitlines())) == 1
    assert "No letter for cases/C-1003.yaml." in told.err
    assert len(list(issued())) == 1


def test_an_envelope_that_must_hide_the_practice_is_told_so(letters: Run) -> None:
    told = letters("issue", KIND, "cases/C-1002.yaml", "--to", "khadija")
    assert told.code == 0
    assert told.err == (
        "cases/C-1002.yaml, to khadija: Send it in a us-10 envelope with HFC Office as its sender.\n"
    )


def test_an_issued_letter_is_marked_nowhere_as_a_draft(letters: Run) -> None:
    from letters.proof import text

    told = letters("issue", KIND, CASE, "--out", "post/today")
    letter = Path(told.out.strip())
    assert letter.parent == Path("post/today")
    assert "draft" not in text(letter.read_bytes()).lower()


def test_the_very_same_letter_is_made_again_only_for_a_reason_which_is_kept(letters: Run) -> None:
    first = letters("issue", KIND, CASE)
    again = letters("issue", KIND, CASE, "--again", "the envelope was torn")
    assert (again.code, again.out) == (0, first.out)
    with open_office(None).register(make=False).reading() as connection:
        last = list(history(connection))[-1]
    assert (last.event, last.content["because"]) == ("letter-again", "the envelope was torn")
    assert letters("issue", KIND, CASE, "--again", " ").code == 2


def test_cases_of_two_practices_are_not_issued_in_one_go(letters: Run) -> None:
    shutil.copytree(".", "second", ignore=shutil.ignore_patterns("second"))
    told = letters("issue", KIND, CASE, f"second/{CASE}")
    assert (told.code, told.out) == (2, "")
    assert "These cases belong to 2 practices." in told.err


def test_a_file_that_was_edited_brings_its_news_into_the_register(letters: Run) -> None:
    letters("issue", KIND, CASE)
    Path(CASE).write_text(Path(CASE).read_text().replace("your sister", "your brother"))
    told = letters("issue", KIND, CASE, "--accept", "already-issued=a slip")
    assert told.code == 0
    assert f"{CASE}: The register now has what was new in it: supports" in told.said


def test_who_is_reached_and_where_is_never_taken_over_from_a_file_in_passing(letters: Run) -> None:
    letters("issue", KIND, CASE)
    Path(CASE).write_text(Path(CASE).read_text().replace("97202", "97203"))
    told = letters("issue", KIND, CASE, "--accept", "already-issued=moved next door")
    assert (told.code, "error[register-differs]: " in told.err) == (1, True)
    assert "clients[0].addresses[0].postcode" in told.err


def test_an_old_copy_does_not_bring_a_letter_back_to_an_address_that_is_unsafe_now(letters: Run) -> None:
    letters("issue", "outreach", CASE)
    old = Path(CASE).read_text()
    Path(CASE).write_text(old.replace("safe: yes", "safe: no"))
    assert letters("case", "import", "--yes", CASE).code == 0
    Path(CASE).write_text(old)
    next(issued()).unlink()
    for more in ([], ["--again", "the printer ate it"]):
        told = letters("issue", "outreach", CASE, *more)
        assert (told.code, told.out, "error[register-differs]: " in told.err) == (1, "", True)
    assert list(issued()) == []


def test_the_same_letter_for_another_folder_is_the_one_there_is(letters: Run) -> None:
    first = letters("issue", KIND, CASE)
    told = letters("issue", KIND, CASE, "--out", "elsewhere")
    assert (told.code, told.out) == (0, first.out)
    assert not Path("elsewhere").exists() or list(Path("elsewhere").iterdir()) == []
    next(issued()).unlink()
    told = letters("issue", KIND, CASE)
    assert (told.out, "its file was missing or damaged and is back" in told.said) == (first.out, True)


def test_a_replaced_letter_and_one_that_came_back_are_not_made_again(letters: Run) -> None:
    letters("issue", KIND, CASE)
    letters("issue", KIND, CASE, "--dated", "2026-11-23", "--accept", "already-issued=a later day")
    for more in ([], ["--again", "it was wet"]):
        told = letters("issue", KIND, CASE, *more)
        assert (told.code, "error[not-again]: " in told.err) == (1, True)


def test_no_letter_that_asks_goes_to_a_case_that_ended(letters: Run) -> None:
    letters("case", "import", CASE)
    assert letters("case", "end", "C-1001", "--reason", "CLIENT_CHOICE", "--yes").code == 0
    told = letters("issue", "outreach", "C-1001")
    assert (told.code, "error[case-ended]: " in told.err) == (1, True)


def test_two_folders_with_one_register_do_not_take_over_from_one_another(letters: Run) -> None:
    letters("case", "import", CASE)
    shutil.copytree(".", "../second")
    edited = Path("../second") / CASE
    edited.write_text(edited.read_text().replace("your sister", "your brother"))
    told = letters(
        "--practice", "../second/practice.yaml", "--register", "register.sqlite", "issue", KIND, str(edited)
    )
    shutil.rmtree("../second")
    assert (told.code, "error[register-differs]: " in told.err) == (1, True)


def test_a_copy_of_the_file_or_one_without_a_logged_reply_does_not_overrule_the_register(
    letters: Run,
) -> None:
    letters("issue", KIND, CASE)
    Path("copy.yaml").write_text(Path(CASE).read_text().replace("97202", "97203"))
    told = letters("issue", KIND, "copy.yaml", "--accept", "already-issued=moved next door")
    assert (told.code, told.out) == (1, "")
    assert "error[register-differs]: " in told.err
    office = open_office(None)
    reply = {"at": "2026-11-22T09:00:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "spoke"}
    with office.register().writing(office.actor()) as writing:
        writing.append(ContactLogged(contact=reply), "C-1001")
    Path(CASE).write_text(Path(CASE).read_text().replace("97202", "97203"))
    told = letters("issue", KIND, CASE, "--accept", "already-issued=moved next door")
    assert (told.code, "error[register-differs]: " in told.err) == (1, True)
    told = letters("issue", KIND, "C-1001", "--accept", "already-issued=moved next door")
    assert (told.code, "error[answered]: " in told.err) == (1, True)


def test_a_reason_that_repeats_a_diagnosis_is_refused(letters: Run) -> None:
    told = letters("issue", KIND, CASE, "--accept", "already-issued=the adjustment disorder is back")
    assert (told.code, told.out) == (2, "")
    assert "repeats something confidential" in told.said
    assert "adjustment" not in told.err
    assert not Path("issued").exists()


@pytest.mark.parametrize(("mode", "code"), [(0o600, 4), (0o500, 4), (0o300, 2)])
def test_a_folder_without_the_rights_is_no_fault_of_the_program(mode: int, code: int) -> None:
    Path("post").mkdir()
    Path("post").chmod(mode)
    told = without_privileges("issue", KIND, CASE, "--out", "post")
    assert told.returncode == code, told.stderr
    assert "post" in told.stderr
    assert "fault" not in told.stderr


def without_privileges(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program so that also a superuser meets the rights of files."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    if drop and not shutil.which("setpriv"):
        pytest.skip("there is no setpriv")
    return subprocess.run(
        [*drop, sys.executable, "-m", "letters", *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("folder", "code"), [("practice.yaml", 2), ("practice.yaml/post", 4)])
def test_a_folder_that_cannot_be_one_is_said(letters: Run, folder: str, code: int) -> None:
    told = letters("issue", KIND, CASE, "--out", folder)
    assert (told.code, told.out) == (code, "")
    assert "practice.yaml" in told.err


def test_a_case_from_standard_input_is_issued_as_well(letters: Run) -> None:
    told = letters("issue", KIND, "-", stdin=Path(CASE).read_bytes())
    assert told.code == 0
    assert letters("issue", KIND, CASE).out == told.out


def test_each_of_several_letters_is_named_with_whose_it_is(letters: Run) -> None:
    told = letters("issue", KIND, CASE, "cases/C-1008.yaml", "cases/C-1007.yaml")
    whose = [line.partition(": ")[0] for line in told.err.splitlines() if "Send it in" in line]
    assert whose[0] == f"{CASE}, to jordan"
    assert len(whose) == len(told.out.splitlines())
    assert "No letter for cases/C-1008.yaml." in told.err


def test_the_report_as_json_says_what_was_accepted(letters: Run) -> None:
    text = Path(CASE).read_text().replace("confirmed: 2026-10-06", "confirmed: 2026-01-06")
    reason = "address-unconfirmed=asked on the phone"
    told = letters("issue", KIND, "-", "--accept", reason, "--json", stdin=text.encode())
    ((finding,),) = [result["findings"] for result in json.loads(told.out)]
    assert (finding["severity"], finding["accepted"]) == ("warning", "asked on the phone")
