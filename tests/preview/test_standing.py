"""Where a letter stands, and what is told about it: the gravest first, each once, where it can be mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from letters.assemble.enclosing import Enclosure
from letters.findings import Finding, Place, Severity
from letters.letter import make
from letters.model.history import ContactLogged
from letters.order import Order
from letters.preview.standing import approved_days, beside, moment
from letters.preview.telling import log_of, targeted
from letters.preview.views import Standing
from tests.preview.sitting import CASE, KIND, Sitting, codes, sit
from tests.register import telling
from tests.support.desk import TODAY

CALL = {"at": "2026-11-21T10:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "no-answer"}


@pytest.fixture
def jordan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return sit(tmp_path / "office", CASE)


def found(code: str, severity: Severity, field: str = "", message: str = "It is so.") -> Finding:
    return Finding(code, severity, message, "Mend it.", place=Place("case.yaml", field=field))


def test_the_gravest_is_told_first_and_each_once() -> None:
    note, warning, error = (
        found(one.value, one) for one in (Severity.NOTE, Severity.WARNING, Severity.ERROR)
    )
    told = targeted([note, warning, error, warning, note, found("note", Severity.NOTE, message="Another.")])
    assert [one.finding.code for one in told] == ["error", "warning", "note", "note"]


@pytest.mark.parametrize(
    ("code", "field", "target"),
    [
        ("words-missing", "words.thanks", "words.thanks"),
        ("language", "clients[0].language", "language"),
        ("addressee", "", "to"),
        ("backdated", "", "dated"),
        ("address-unconfirmed", "clients[0].addresses", ""),
    ],
)
def test_a_finding_leads_to_the_field_that_mends_it(code: str, field: str, target: str) -> None:
    (told,) = targeted([found(code, Severity.ERROR, field)])
    assert told.target == target


def test_a_finding_of_no_place_leads_nowhere() -> None:
    (told,) = targeted([Finding("other", Severity.NOTE, "It is so.", "")])
    assert told.target == ""


def test_a_letter_that_cannot_be_made_stands_nowhere(jordan: Sitting) -> None:
    assert jordan.ask("draw", to="nobody").standing == Standing()


def test_a_draft_says_who_may_approve_and_nothing_of_the_register(jordan: Sitting) -> None:
    jordan.practice(f"approval: {{kinds: [{KIND}], by: [lena-brook]}}")
    file = jordan.file().with_name("new.yaml")
    text = jordan.file().read_text("utf-8").replace("  acknowledgment:", "  gratitude:")
    file.write_text(text.replace(f"case: {CASE}", "case: C-9"), "utf-8")
    draft = jordan.at(file).ask()
    standing = draft.standing
    assert (draft.is_complete, standing.needs_approval, standing.may_approve) == (False, True, False)
    assert (standing.approvers, standing.is_held, standing.concerns) == (("Lena Brook",), True, ())


def test_a_letter_says_what_the_register_has_against_it_besides_approvals(jordan: Sitting) -> None:
    jordan.practice(f"approval: {{kinds: [{KIND}]}}")
    file = jordan.file()
    file.write_text(file.read_text("utf-8").replace("44 Alder", "45 Alder"), "utf-8")
    view = jordan.at(file).ask()
    assert (codes(view), view.is_complete, view.standing.is_held) == (["register-differs"], True, True)


def test_a_letter_that_was_sent_back_says_so_until_it_is_another(jordan: Sitting) -> None:
    read = jordan.ask()
    back = jordan.decide("send-back", read, remark="Warmer.").standing
    assert back.sent_back
    assert (back.sent_back.by, back.sent_back.remark, back.is_held) == ("Sam Rivera", "Warmer.", True)
    mended = jordan.ask("draw", words_gratitude="All the best.").standing
    assert (mended.sent_back is None, mended.is_held) == (False, False)


def test_what_is_decided_on_besides_the_pages_is_what_is_behind_them_and_who_sent_it_back(
    jordan: Sitting,
) -> None:
    office = jordan.kept.office
    made, _ = make(Order(KIND, jordan.file(), TODAY, draft=False, practice=office.file))
    assert made
    frame = made.written.frame
    behind = Enclosure("notice", {"en": "A notice"}, office.file, b"%PDF", 1, "0" * 64)
    other = replace(made, written=replace(made.written, frame=replace(frame, enclosures=(behind,))))
    before = [beside(made, office), beside(other, office)]
    jordan.decide("send-back", jordan.ask(), remark="Warmer.")
    assert len({*before, beside(made, office), beside(other, office)}) == 4


def test_somebody_who_left_is_called_by_the_id(jordan: Sitting) -> None:
    event = telling.sent_back(kind=KIND, addressee="jordan", remark="Warmer.")
    jordan.kept.tell(event, CASE)
    file = jordan.kept.office.file
    text = file.read_text("utf-8")
    person = text[text.index("  sam-rivera:") : text.index("  dana-okafor:")]
    file.write_text(text.replace(person, ""), "utf-8")
    case = jordan.by("lena-brook")
    view = replace(case, ref=replace(case.ref, kind="file-note")).ask()
    assert view.log
    assert {one.by for one in view.log} == {"sam-rivera"}


def test_a_moment_is_told_by_the_clock_of_the_practice(jordan: Sitting) -> None:
    at = moment("2026-11-22T18:30:00+00:00", jordan.kept.office)
    assert (at, at.hour) == (datetime(2026, 11, 22, 18, 30, tzinfo=UTC), 10)


def test_the_days_of_approvals_that_can_be_used(jordan: Sitting) -> None:
    order = Order(KIND, jordan.file(), TODAY, draft=False, practice=jordan.kept.office.file)
    office = jordan.kept.office
    assert approved_days(order, CASE, office) == set()
    for day in ("2026-11-20", "2026-11-21"):
        jordan.kept.tell(telling.approved(kind=KIND, addressee="jordan", dated=day), CASE)
    assert approved_days(order, CASE, office) == {date(2026, 11, 20), date(2026, 11, 21)}
    assert approved_days(replace(order, to="other"), CASE, office) == set()
    jordan.kept.tell(telling.sent_back(kind=KIND, addressee="jordan"), CASE)
    assert approved_days(order, CASE, office) == set()


def test_the_history_is_told_the_latest_first_and_not_without_end(jordan: Sitting) -> None:
    office = jordan.kept.office
    assert (log_of(None, office), log_of("C-9", office)) == ((), ())
    assert [one.by for one in log_of(CASE, office)] == ["Sam Rivera"]
    for minute in range(45):
        jordan.kept.tell(ContactLogged(contact={**CALL, "at": f"2026-11-21T10:{minute:02}-08:00"}), CASE)
    log = log_of(CASE, office)
    assert (
        len(log),
        "10:44" in log[0].what,
        [one.at for one in log] == sorted((one.at for one in log), reverse=True),
    ) == (40, True, True)
    assert log_of(CASE, replace(office, address="sqlite:///none.db")) == ()
