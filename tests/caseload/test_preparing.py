"""Drafts of what is due: for everybody, once, and one that is stopped stops no other."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from letters import proof
from letters.caseload.preparing import Bench, Prepared, prepare
from letters.caseload.review import Wanted
from letters.kinds import BUILT_IN
from letters.letter import make
from letters.model.history import CaseChanged, CaseEnded, ContactLogged, Event
from letters.office import Office
from letters.register import queries
from letters.register.queries import TaskRow
from letters.replies import cancel_queued
from tests.caseload import silent
from tests.caseload.silent import ago, client, entered, wrote
from tests.register import telling
from tests.support.desk import TODAY

MAKING = "letters.caseload.preparing.make"
PHONE = {"number": "+1 503 555 0188", "safe": "yes", "voicemail": "detailed"}
UNSAFE = {**silent.HOME, "safe": "no"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return silent.practice(tmp_path / "office")


def prepared(office: Office, **wanted: Any) -> list[Prepared]:
    bench = Bench(office, office.register(), silent.SAM, TODAY, office.folder / "drafts")
    return list(prepare(bench, Wanted(**wanted)))


def tasks(office: Office) -> list[TaskRow]:
    with office.register().reading() as connection:
        return queries.tasks(connection)


def drafts(office: Office) -> list[Path]:
    return sorted((office.folder / "drafts").glob("*"))


def told(one: Prepared) -> tuple[str, str, str | None, list[str]]:
    return one.case, one.kind, one.addressee, [finding.code for finding in one.findings]


def test_everybody_whose_letter_is_due_gets_a_draft_and_it_is_a_task(
    tmp_path: Path, address: str | None
) -> None:
    office = silent.practice(tmp_path / "office", address)
    couple = client("minh", "Nguyễn Văn Minh"), client("khadija", "خديجة الهاشمي")
    silent.tell(
        office,
        *[entered("C-1", 100), entered("C-2", 110, *couple, relationship="couple"), entered("C-3", 20)],
        *[entered("C-4", 120), wrote("outreach", 3, "C-4")],
    )
    done = prepared(office)
    assert [told(one) for one in done] == [
        ("C-2", "outreach", "minh", []),
        ("C-2", "outreach", "khadija", []),
        ("C-1", "outreach", "kim", []),
    ]
    assert [(one.is_stopped, one.before) for one in done] == [(False, False)] * 3
    assert sorted(one.file for one in done if one.file) == drafts(office)
    opened = tasks(office)
    assert [task.number for task in opened] == [one.task for one in done]
    assert [(task.task, task.data["kind"], task.data["addressee"], task.data["file"]) for task in opened] == [
        ("letter", "outreach", str(one.addressee), f"drafts/{one.file.name}") for one in done if one.file
    ]
    assert opened[0].data["what"] == "Read the draft, then: letters issue outreach C-2 --to minh"
    assert opened[2].data["what"] == "Read the draft, then: letters issue outreach C-1"


def test_a_draft_is_marked_as_one_private_and_has_a_name_that_tells_nothing(office: Office) -> None:
    silent.tell(office, entered())
    (one,) = prepared(office)
    assert one.file
    assert len(one.file.stem) == 18
    assert one.file.stem.startswith("D-")
    assert "DRAFT" in proof.text(one.file.read_bytes())
    assert {path.stat().st_mode & 0o077 for path in (one.file, one.file.parent)} == {0}
    assert not (office.folder / "issued").exists()


def test_a_second_run_prepares_nothing_twice(office: Office) -> None:
    silent.tell(office, entered(), entered("C-2", 100, client(addresses=[], id="lou"), reachable=False))
    first = prepared(office)
    before = [(path, path.stat().st_mtime_ns) for path in drafts(office)]
    again = prepared(office)
    assert [(one.before, one.file, one.task) for one in again] == [
        (True, one.file, one.task) for one in first
    ]
    assert [(path, path.stat().st_mtime_ns) for path in drafts(office)] == before
    assert len(tasks(office)) == 2


def test_a_draft_that_is_gone_is_made_again(office: Office) -> None:
    silent.tell(office, entered())
    (first,) = prepared(office)
    assert first.file
    first.file.unlink()
    (again,) = prepared(office)
    assert (again.file, again.before) == (first.file, False)
    assert [task.number for task in tasks(office)] == [again.task]
    assert again.task != first.task


def test_an_answer_cancels_what_is_prepared_and_nothing_is_prepared_after_it(office: Office) -> None:
    silent.tell(office, entered())
    prepared(office)
    spoke = telling.contact(f"{ago(0)}T09:00-08:00", by="sam-rivera", to="kim", outcome="spoke")
    with office.register().writing(silent.SAM, silent.AT) as writing:
        writing.append(ContactLogged(contact=spoke), "C-1")
        canceled = cancel_queued(writing, "C-1", TODAY)
    assert len(canceled) == 1
    assert tasks(office) == []
    assert prepared(office) == []


def test_the_closing_letter_says_what_the_clinician_has_to_write(office: Office) -> None:
    calls = [telling.contact(f"{ago(day)}T09:00-08:00", by="sam-rivera", to="kim") for day in (30, 20)]
    told_, number = entered(ending={"reason": "LOST_CONTACT", "on": ago(-20)})
    case = told_.model_copy(update={"contacts": calls})
    silent.tell(office, (case, number), wrote("outreach", 25), wrote("outreach-final", 8))
    (one,) = prepared(office)
    assert (one.kind, one.is_stopped) == ("closing-lost-contact", False)
    assert "words-missing" in [finding.code for finding in one.findings]
    assert any("acknowledgment" in f"{finding.message} {finding.remedy}" for finding in one.findings)


def test_what_stops_one_letter_is_told_and_the_others_are_prepared(office: Office) -> None:
    silent.tell(
        office,
        entered("C-1", 300, client(died=ago(30))),
        entered("C-2", 290, client(born="2016-05-01")),
        entered("C-3", 280, clinician="nobody-here"),
        entered("C-4", 270),
    )
    done = prepared(office)
    assert [(one.case, one.is_stopped) for one in done] == [
        *[("C-1", True), ("C-2", True), ("C-3", True), ("C-4", False)]
    ]
    assert told(done[0]) == ("C-1", "outreach", None, ["nobody-to-write-to"])
    assert told(done[1]) == ("C-2", "outreach", None, ["nobody-to-write-to"])
    assert told(done[2])[2:] == ("kim", ["unknown-person", "missing-data"])
    assert done[0].findings[0].remedy == "Enter the end: letters case end C-1 --reason DECEASED"
    assert [task.case_number for task in tasks(office)] == ["C-4"]


@pytest.mark.parametrize(
    ("phones", "what"),
    [
        ([], "Find a safe way to reach kim: ask sam-rivera."),
        ([PHONE], "Call kim, as no post is safe, and log the call: letters case contact C-1"),
    ],
)
def test_for_somebody_without_a_safe_address_there_is_a_task_and_no_letter(
    office: Office, phones: list[dict[str, str]], what: str
) -> None:
    silent.tell(office, entered("C-1", 100, client(addresses=[UNSAFE], phones=phones)))
    (one,) = prepared(office)
    assert told(one) == ("C-1", "outreach", "kim", ["no-route"])
    assert one.is_stopped
    (task,) = tasks(office)
    assert (task.number, task.task, task.data["what"]) == (one.task, "no-route", what)
    assert drafts(office) == []


def test_of_a_couple_only_the_one_who_can_be_reached_gets_a_draft(office: Office) -> None:
    couple = client("minh", "Minh", addresses=[]), client("khadija", "Khadija")
    silent.tell(office, entered("C-1", 100, *couple, relationship="couple"))
    assert [(one.addressee, one.is_stopped) for one in prepared(office)] == [
        ("minh", True),
        ("khadija", False),
    ]
    assert [task.task for task in tasks(office)] == ["no-route", "letter"]


def test_danger_stops_the_closing_letter_and_its_finding_does_not_tell_more(office: Office) -> None:
    danger = {"danger": "yes", "notes": "threatened by a neighbor"}
    ending = {"reason": "LOST_CONTACT", "on": ago(-20)}
    silent.tell(
        office,
        entered(confidential=danger, ending=ending),
        *[wrote("outreach", 20), wrote("outreach-final", 8)],
    )
    (one,) = prepared(office)
    assert one.is_stopped
    assert "danger" in [finding.code for finding in one.findings]
    assert "neighbor" not in " ".join(f"{finding.message} {finding.remedy}" for finding in one.findings)
    assert tasks(office) == []


def test_the_parents_of_a_minor_are_written_to_and_not_one_who_is_barred(office: Office) -> None:
    elsewhere = {**silent.HOME, "lines": ["9 Birch Road"], "city": "Gresham", "postcode": "97030"}
    parents = [
        client("ana", "Ana Sol", relation="parent"),
        client("bo", "Bo Sol", relation="parent"),
        client("cy", "Cy Sol", relation="parent", barred="yes", addresses=[elsewhere]),
    ]
    child = client("kit", "Kit Sol", born="2016-05-01", representatives=parents)
    silent.tell(office, entered("C-1", 100, child))
    assert [one.addressee for one in prepared(office) if one.file] == ["ana", "bo"]


def test_only_so_many_are_prepared_and_only_those_of_one_clinician(office: Office) -> None:
    silent.tell(office, entered("C-1", 100), entered("C-2", 120, clinician="lena-brook"), entered("C-3", 110))
    assert [one.case for one in prepared(office, clinician="sam-rivera", limit=1)] == ["C-3"]
    assert [one.case for one in prepared(office, clinician="lena-brook")] == ["C-2"]


def test_a_case_that_changes_meanwhile_is_left_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    silent.tell(office, entered())

    def slowly(order: Any) -> Any:
        data = entered("C-1", 100, clinician="lena-brook")[0]
        silent.tell(office, (CaseChanged(data=data.model_dump()["data"]), "C-1"))
        return make(order)

    monkeypatch.setattr(MAKING, slowly)
    (one,) = prepared(office)
    assert told(one)[3] == ["register-differs"]
    assert (drafts(office), tasks(office)) == ([], [])


@pytest.mark.parametrize(
    "meanwhile",
    [
        (ContactLogged(contact=telling.contact(f"{ago(0)}T10:00-08:00", outcome="spoke")), "C-1"),
        wrote("outreach", 0),
        (CaseEnded(reason="MOVED", on=TODAY, at=silent.AT), "C-1"),
    ],
)
def test_what_is_not_due_any_more_once_its_turn_comes_is_not_prepared(
    office: Office, monkeypatch: pytest.MonkeyPatch, meanwhile: tuple[Event, str]
) -> None:
    silent.tell(office, entered("C-2", 110), entered("C-1", 100))

    def slowly(order: Any) -> Any:
        monkeypatch.setattr(MAKING, make)
        silent.tell(office, meanwhile)
        return make(order)

    monkeypatch.setattr(MAKING, slowly)
    assert [(one.case, one.is_stopped) for one in prepared(office)] == [("C-2", False)]
    assert [task.case_number for task in tasks(office)] == ["C-2"]


def test_a_letter_that_was_issued_while_its_draft_was_made_is_not_prepared(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent.tell(office, entered())

    def slowly(order: Any) -> Any:
        silent.tell(office, wrote("outreach", 0))
        return make(order)

    monkeypatch.setattr(MAKING, slowly)
    (one,) = prepared(office)
    assert told(one)[3] == ["register-differs"]
    assert (drafts(office), tasks(office)) == ([], [])


def test_the_practice_s_own_kind_with_the_step_is_prepared(office: Office) -> None:
    folder = shutil.copytree(BUILT_IN / "outreach", office.own_kinds / "how-are-you")
    silent.tell(office, entered())
    (one,) = prepared(office)
    assert (told(one), one.is_stopped, folder.is_dir()) == (("C-1", "how-are-you", "kim", []), False, True)


def test_two_desks_prepare_a_letter_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    silent.tell(office, entered())
    others: list[Prepared] = []

    def slowly(order: Any) -> Any:
        monkeypatch.setattr(MAKING, make)
        others.extend(prepared(office))
        return make(order)

    monkeypatch.setattr(MAKING, slowly)
    (one,) = prepared(office)
    assert (one.before, one.task, one.file) == (True, others[0].task, others[0].file)
    assert len(tasks(office)) == 1


def test_a_folder_elsewhere_is_named_in_full(office: Office, tmp_path: Path) -> None:
    silent.tell(office, entered())
    elsewhere = tmp_path / "elsewhere"
    bench = Bench(office, office.register(), silent.SAM, TODAY, elsewhere)
    (one,) = prepare(bench, Wanted())
    (task,) = tasks(office)
    assert task.data["file"] == str(one.file)
    assert list(elsewhere.iterdir()) == [one.file]
    (again,) = prepare(bench, Wanted())
    assert (again.before, again.file) == (True, one.file)
