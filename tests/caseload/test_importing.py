"""Cases come into the register: checked, compared, and entered together or not at all."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters import kinds
from letters.caseload.importing import Plan, enter, plan
from letters.caseload.reported import gather
from letters.findings import FoundError
from letters.model.history import CaseErased, CaseMerged, TaskOpened
from letters.office import Office, open_office
from letters.register import queries
from letters.register.store import Actor
from tests.support.desk import EXAMPLES, TODAY

ME = Actor("sam-rivera", "sam")
AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
HOME = {"lines": ["4 High Street"], "city": "Portland", "postcode": "97201", "country": "US", "safe": "no"}


def call(at: str = "2026-10-20T10:15-07:00", **changes: Any) -> dict[str, Any]:
    return {"at": at, "by": "sam-rivera", "channel": "phone", "outcome": "voicemail", **changes}


def case(number: str = "C-1", **changes: Any) -> dict[str, Any]:
    client = {"id": "ann", "name": "Ann Lee", "addresses": [HOME], **changes.pop("client", {})}
    base = {"case": number, "relationship": "individual", "opened": "2026-01-10", "clinician": "sam-rivera"}
    return {**base, "last_session": "2026-07-01", "clients": [client], **changes}


class Desk:
    """A practice with an empty register, and cases to import."""

    def __init__(self, folder: Path, address: str | None = None) -> None:
        shutil.copy(EXAMPLES / "harbor" / "practice.yaml", folder)
        self.folder = folder
        self.office: Office = open_office(folder / "practice.yaml", address)
        self.register = self.office.register()

    def file(self, tree: dict[str, Any], name: str = "") -> Path:
        path = self.folder / f"{name or tree['case']}.json"
        path.write_text(json.dumps(tree))
        return path

    def plan(self, *trees: dict[str, Any]) -> Plan:
        files = [self.file(tree, f"{number}") for number, tree in enumerate(trees)]
        return self.of_files(*files)

    def of_files(self, *files: Path) -> Plan:
        with self.register.reading() as connection:
            return plan(gather(files), self.office, connection, TODAY)

    def enter(self, *trees: dict[str, Any]) -> Plan:
        planned = self.plan(*trees)
        self.entered = enter(planned.cases, self.register, self.office, ME, AT)
        return planned

    def contacts(self, number: str = "C-1") -> list[dict[str, Any]]:
        with self.register.reading() as connection:
            return [one.data for one in queries.contacts(connection, number)]

    def data(self, number: str = "C-1") -> dict[str, Any]:
        with self.register.reading() as connection:
            return queries.data(connection, number)

    def count(self) -> int:
        with self.register.reading() as connection:
            return queries.count(connection, queries.Filter(ended=True))

    def append(self, *events: tuple[Any, str | None]) -> None:
        with self.register.writing(ME, AT) as writing:
            for event, number in events:
                writing.append(event, number)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return Desk(tmp_path, url)


@pytest.fixture
def table(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def codes(found: Plan) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_new_case_is_entered_and_told_again_it_is_nothing_new(desk: Desk) -> None:
    assert [one.what for one in desk.enter(case(contacts=[call()])).cases] == ["new"]
    assert [one.what for one in desk.enter(case(contacts=[call()])).cases] == ["same"]
    assert desk.entered == []
    assert len(desk.contacts()) == 1


def test_what_a_file_no_longer_says_goes_and_contacts_stay(desk: Desk) -> None:
    desk.enter(case(contacts=[call(), call("2026-10-21T09:00-07:00")], supports=["a sister"]))
    (one,) = desk.enter(case(contacts=[call(outcome="no-answer")])).cases
    assert [(change.path, change.what) for change in one.entering.changes] == [("supports[0]", "removed")]
    assert [(change.before, change.after) for change in one.entering.mended] == [("voicemail", "no-answer")]
    assert (one.entering.contacts, one.entering.mended_contacts, one.entering.kept) == (1, 1, 1)
    assert [contact["outcome"] for contact in desk.contacts()] == ["no-answer", "voicemail"]
    assert "supports" not in desk.data()


def test_a_row_leaves_what_it_has_no_column_for(desk: Desk) -> None:
    desk.enter(case(relationship="couple", supports=["a sister"]))
    rows = desk.folder / "rows.csv"
    rows.write_text(
        "case,opened,clinician,client name,last session\nC-1,2026-01-10,lena-brook,Ann Lee,2026-08-01\n"
    )
    (one,) = desk.of_files(rows).cases
    assert {change.path for change in one.entering.changes} == {"clinician", "last_session"}
    assert one.told.data["relationship"] == "couple"
    assert one.told.data["clients"][0]["id"] == "ann"


def test_a_row_that_does_not_go_with_what_is_known_is_told(table: Desk) -> None:
    table.enter(case(client={"addresses": [HOME]}))
    rows = table.folder / "rows.csv"
    text = "case,opened,clinician,client name,address line 1,address city\n"
    rows.write_text(f"{text}C-1,2026-01-10,sam-rivera,Ann Lee,9 Mill Road,Salem\n")
    found = table.of_files(rows)
    assert codes(found) == ["missing-field"]
    assert found.findings[0].place
    assert "row 2" in found.findings[0].place.field


def test_a_reply_cancels_what_was_prepared(desk: Desk) -> None:
    desk.enter(case())
    desk.append((TaskOpened(task="letter", what="write", kind="outreach", addressee="ann"), "C-1"))
    desk.append((TaskOpened(task="returned", what="look"), "C-1"))
    desk.enter(case(contacts=[call("2026-11-20T10:00-08:00", direction="in", outcome="spoke")]))
    with desk.register.reading() as connection:
        left = [task.task for task in queries.tasks(connection, "C-1")]
        closed = [task for task in queries.tasks(connection, "C-1", closed=True) if task.outcome]
    assert left == ["returned"]
    assert [task.outcome for task in closed] == ["canceled"]
    assert [[task.task for task in one.canceled] for one in desk.entered] == [["letter"]]


@pytest.mark.parametrize(
    "told",
    [
        {"contacts": [call("2026-06-20T10:00-07:00", outcome="spoke")]},  # older than the last session
        {"contacts": [call("2026-11-20T10:00-08:00")]},
        {"supports": ["a sister"]},
    ],
)
def test_what_is_no_news_of_the_client_cancels_nothing(table: Desk, told: dict[str, Any]) -> None:
    table.enter(case())
    table.append((TaskOpened(task="letter", what="write", kind="outreach", addressee="ann"), "C-1"))
    table.enter(case(**told))
    assert [one.canceled for one in table.entered] == [[]]


def test_a_session_the_register_did_not_know_of_cancels_as_a_reply_does(table: Desk) -> None:
    table.enter(case())
    table.append((TaskOpened(task="letter", what="write", kind="outreach", addressee="ann"), "C-1"))
    table.enter(case(last_session="2026-11-18"))
    assert [len(one.canceled) for one in table.entered] == [1]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"clinician": "sam-rivero"}, "unknown-person", "clinician"),
        ({"contacts": [call(by="nobody")]}, "unknown-person", "contacts[0].by"),
        ({"contacts": [call(to="bob")]}, "unknown-person", "contacts[0].to"),
        ({"handover": {"to": "nobody"}}, "unknown-person", "handover.to"),
        ({"ending": {"reason": "BORED"}}, "unknown-reason", "ending.reason"),
        ({"client": {"id": "provider"}}, "duplicate-id", "clients[0].id"),
        ({"client": {"representatives": [{"id": "ann", "name": "B", "relation": "parent"}]}}, "duplicate-id",
         "clients[0].representatives[0].id"),
    ],
)  # fmt: skip
def test_what_a_case_refers_to_has_to_be_there(
    table: Desk, changes: dict[str, Any], code: str, field: str
) -> None:
    found = table.plan(case(**changes))
    assert codes(found) == [code]
    assert found.findings[0].place
    assert found.findings[0].place.field == field
    assert (found.cases, found.faulty) == ([], 1)


def test_one_number_twice_in_an_import_is_told_with_both_places(table: Desk) -> None:
    found = table.plan(case(), case(opened="2026-02-02"))
    assert codes(found) == ["case-twice"]
    assert f"{table.folder}/0.json" in found.findings[0].message
    assert (found.cases, found.faulty) == ([], 2)


@pytest.mark.parametrize(
    ("number", "changes", "is_suspect"),
    [
        ("C-2", {}, True),
        ("C-2", {"client": {"name": "LEE, Ann", "addresses": [{**HOME, "lines": ["4 High St"]}]}}, True),
        ("C-2", {"relationship": "couple"}, False),
        ("C-2", {"client": {"addresses": []}}, False),
        ("C-2", {"client": {"name": "Ann Leigh"}}, False),
        ("C-1", {}, False),
    ],
)
def test_somebody_who_seems_to_be_entered_already_is_asked_about(
    table: Desk, number: str, changes: dict[str, Any], *, is_suspect: bool
) -> None:
    table.enter(case())
    found = table.plan(case(number, **deepcopy(changes)))
    assert codes(found) == ["entered-twice"] * is_suspect
    assert found.needs_consent is is_suspect


def test_birth_dates_tell_one_person_and_tell_two_apart(table: Desk) -> None:
    table.enter(case(client={"born": "1990-01-01"}))
    assert codes(table.plan(case("C-2", client={"born": "1990-01-01", "addresses": []}))) == ["entered-twice"]
    assert codes(table.plan(case("C-2", client={"born": "1960-01-01"}))) == []


def test_two_new_cases_of_one_person_are_asked_about(table: Desk) -> None:
    found = table.plan(case(), case("C-2"))
    assert codes(found) == ["entered-twice"]
    assert "Ann" not in found.findings[0].message


def test_a_number_that_was_merged_or_erased_stays_away(desk: Desk) -> None:
    desk.enter(case(), case("C-2", client={"name": "Bo"}), case("C-3", client={"name": "Cy"}))
    desk.append((CaseMerged(other="C-2", data=desk.data()), "C-1"))
    desk.append((CaseErased(numbers=["C-3"], entries=[], because="time"), None))
    found = desk.plan(case("C-2"), case("C-3"))
    assert codes(found) == ["case-gone", "case-gone"]
    assert "C-1" in found.findings[0].message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_session": "2027-05-01"}, "last_session"),
        ({"opened": "2027-01-10"}, "opened"),
        ({"contacts": [call("2027-10-20T10:15-07:00")]}, "contacts[0].at"),
    ],
)
def test_what_has_not_come_yet_has_not_been(table: Desk, changes: dict[str, Any], field: str) -> None:
    found = table.plan(case(**changes))
    assert codes(found) == ["dates-disagree"]
    assert found.findings[0].place
    assert found.findings[0].place.field == field
    assert (found.cases, found.faulty) == ([], 1)


def test_a_case_that_is_told_as_ended_is_asked_about(table: Desk) -> None:
    ending = {"reason": "MUTUAL", "on": "2026-05-12", "at": "2026-05-12T18:10-07:00"}
    assert codes(table.enter(case(ending=ending))) == ["told-as-ended"]
    assert codes(table.enter(case(ending=ending))) == []


def test_an_import_that_the_register_has_overtaken_enters_nothing(desk: Desk) -> None:
    desk.enter(case())
    slow = desk.plan(case("C-2", client={"name": "Bo"}), case(opened="2026-01-11"))
    desk.enter(case(opened="2026-01-12"))
    with pytest.raises(FoundError) as stopped:
        enter(slow.cases, desk.register, desk.office, ME, AT)
    assert [finding.code for finding in stopped.value.findings] == ["register-differs"]
    assert desk.count() == 1


def test_what_the_register_gave_out_is_nothing_new(table: Desk) -> None:
    table.enter(case(contacts=[call()], ending={"reason": "LOST_CONTACT", "on": "2026-12-06"}))
    with table.register.reading() as connection:
        text = queries.case_file(connection, "C-1")
    assert [one.what for one in table.plan(json.loads(text)).cases] == ["same"]


def test_the_file_is_remembered_where_register_and_file_are_at_one_desk(table: Desk) -> None:
    table.enter(case())
    with table.register.reading() as connection:
        assert queries.source(connection, "C-1") == "0.json"


def test_kinds_are_read_once_and_not_for_every_case(table: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    find = kinds.find

    def counted(kind: str, own: Path | None) -> kinds.Kind:
        asked.append(kind)
        return find(kind, own)

    monkeypatch.setattr(kinds, "find", counted)
    letters = [{"kind": "outreach", "on": "2026-08-01"}]
    found = table.plan(
        *(case(f"C-{number}", client={"name": f"N {number}"}, letters=letters) for number in range(5))
    )
    assert asked == ["outreach"]
    assert {one.told.moves["outreach"].step for one in found.cases} == {"outreach"}


hours = st.integers(0, 5).map(lambda hour: f"2026-10-20T1{hour}:00-07:00")
contacts = st.lists(
    st.builds(call, hours, outcome=st.sampled_from(["voicemail", "no-answer", "spoke"])), max_size=4
)


@settings(deadline=None, max_examples=10)
@given(st.lists(contacts, min_size=1, max_size=4))
def test_no_sequence_of_imports_loses_a_contact(reports: list[list[dict[str, Any]]]) -> None:
    folder = Path(mkdtemp())
    try:
        desk = Desk(folder)
        seen: set[str] = set()
        for told in reports:
            desk.enter(case(contacts=told))
            assert [one.what for one in desk.plan(case(contacts=told)).cases] == ["same"]
            seen |= {datetime.fromisoformat(one["at"]).isoformat() for one in told}
            assert {one["at"] for one in desk.contacts()} == seen
    finally:
        shutil.rmtree(folder)
