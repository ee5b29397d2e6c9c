"""Against: what the register says about a letter, before it is issued or approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from letters import approval
from letters.against import Asked, ask, of_case
from letters.entering import told
from letters.errors import UsageError
from letters.findings import Finding
from letters.letter import Letter, write
from letters.model.history import (
    CaseMerged,
    CaseRestarted,
    ContactLogged,
    LetterApproved,
    LetterReturned,
    LetterSent,
    LetterVoided,
)
from letters.order import KeptCase, Order
from letters.register import queries
from tests.caseload.kept import Kept, keep
from tests.support.desk import TODAY

KIND = "closing-lost-contact"
CALL = {"at": "2026-11-21T10:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "no-answer"}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return keep(tmp_path, None, "C-1001")


def from_register(kept: Kept, number: str = "C-1001", **changes: Any) -> Order:
    case = KeptCase(number, kept.ask(queries.case_file, number), kept.ask(queries.digest, number))
    return replace(Order(KIND, case, TODAY, draft=False, practice=kept.office.file), **changes)


def from_file(kept: Kept, **changes: Any) -> Order:
    file = kept.office.folder / "cases" / "C-1001.yaml"
    return replace(Order(KIND, file, TODAY, draft=False, practice=kept.office.file), **changes)


def letter(order: Order, pdf: bytes = b"pages") -> Letter:
    written, findings = write(order)
    assert written, findings
    return Letter(written, pdf)


def asked(kept: Kept, order: Order, one: Letter | None = None, source: str | None = None) -> Asked:
    one = one or letter(order)
    facts = one.written.facts
    about = told(facts.case, facts.case_file.data, None)
    with kept.register.reading() as connection:
        return ask(connection, one, order, about, source)


def codes(kept: Kept, order: Order) -> list[str]:
    return [finding.code for finding in asked(kept, order).findings]


def approve(kept: Kept, one: Letter) -> int:
    facts = one.written.facts
    details = {"kind": facts.kind, "addressee": facts.addressee.id, "language": facts.language}
    given = LetterApproved(
        **details,
        large_print=one.written.layout.large_print,
        dated=facts.dated,
        content=approval.content(one),
        parts=approval.parts(one, "5a17"),
        salt="5a17",
    )
    return kept.tell(given, facts.case.case)


def void(kept: Kept, order: Order) -> Finding:
    found = asked(kept, order)
    (finding,) = [one for one in found.findings if one.code == "approval-void"]
    assert found.approval is None
    return finding


def ask_for_approval(kept: Kept) -> Kept:
    from letters.office import open_office

    file = kept.office.file
    file.write_text(file.read_text("utf-8") + f"\napproval: {{kinds: [{KIND}], by: [lena-brook]}}\n", "utf-8")
    return Kept(open_office(file), kept.register)


def test_what_the_register_knows_alike_is_no_matter(kept: Kept) -> None:
    assert codes(kept, from_register(kept)) == []
    assert codes(kept, from_file(kept)) == []


def test_a_case_that_changed_meanwhile_stops_its_letter(kept: Kept) -> None:
    order = from_register(kept)
    kept.tell(ContactLogged(contact=CALL), "C-1001")
    assert codes(kept, order) == ["register-differs"]
    assert codes(kept, from_register(kept)) == []


def test_a_file_that_differs_is_stopped_with_where(kept: Kept) -> None:
    file = kept.office.folder / "cases" / "C-1001.yaml"
    file.write_text(file.read_text("utf-8").replace("44 Alder Avenue", "45 Alder Avenue"), "utf-8")
    (finding,) = asked(kept, from_file(kept)).findings
    assert finding.code == "register-differs"
    assert "clients[0].addresses[0].lines[0]" in finding.message
    assert "45 Alder" not in finding.message


def test_a_file_that_lacks_a_contact_is_stopped(kept: Kept) -> None:
    kept.tell(ContactLogged(contact=CALL), "C-1001")
    (finding,) = asked(kept, from_file(kept)).findings
    assert (finding.code, "contacts" in finding.message) == ("register-differs", True)


def test_a_merged_case_is_told_by_its_new_number(kept: Kept) -> None:
    kept.enter("C-1103")
    order = from_register(kept)
    kept.tell(CaseMerged(other="C-1001", data=kept.ask(queries.data, "C-1103")), "C-1103")
    with pytest.raises(UsageError, match="C-1001 was merged into C-1103"):
        asked(kept, order)


def test_no_second_ending_of_what_has_ended(kept: Kept) -> None:
    order = from_file(kept)
    one = letter(order)
    kept.end("C-1001", TODAY)
    assert "case-ended" in [finding.code for finding in asked(kept, order, one).findings]
    facts = one.written.facts
    about = told(facts.case, facts.case_file.data, None)
    with kept.register.reading() as connection:
        found = of_case(connection, facts, order, about, None)
        assert "case-ended" in [one.code for one in found]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (None, "has not been entered as sent"),
        (LetterSent(letter="", on=TODAY, how="post"), "was sent on 2026-11-22"),
        (LetterReturned(letter="", on=TODAY), "came back on 2026-11-22"),
    ],
    ids=["issued", "sent", "returned"],
)
def test_a_second_letter_is_told_with_what_became_of_the_first(
    kept: Kept, event: LetterSent | None, said: str
) -> None:
    name = kept.issue("one", "C-1001", kind=KIND, addressee="jordan", step="closing", ends_on="2026-12-06")
    if event is not None:
        kept.tell(event.model_copy(update={"letter": name}), "C-1001")
    found = asked(kept, from_register(kept))
    (finding,) = found.findings
    assert (finding.code, name in finding.message, said in finding.message) == ("already-issued", True, True)
    assert [one.letter for one in found.earlier] == [name]


def test_a_void_letter_and_one_from_before_a_restart_are_no_earlier_ones(kept: Kept) -> None:
    details: dict[str, Any] = {"kind": KIND, "addressee": "jordan", "step": "closing"}
    details["ends_on"] = "2026-11-22"
    name = kept.issue("one", "C-1001", **details)
    kept.tell(LetterVoided(letter=name, because="a slip"), "C-1001")
    assert codes(kept, from_register(kept)) == []
    kept.issue("two", "C-1001", **details)
    assert codes(kept, from_register(kept)) == ["already-issued"]
    kept.end("C-1001", TODAY)
    kept.tell(CaseRestarted(on=TODAY), "C-1001")
    assert codes(kept, from_register(kept)) == []


def test_an_approval_holds_for_the_same_letter(kept: Kept) -> None:
    kept = ask_for_approval(kept)
    assert codes(kept, from_register(kept)) == ["not-approved"]
    entry = approve(kept, letter(from_file(kept)))
    for order in (from_file(kept), from_register(kept)):
        found = asked(kept, order)
        assert (found.findings, found.approval) == ([], entry)


def test_who_may_approve_and_how_is_said(kept: Kept) -> None:
    (finding,) = asked(ask_for_approval(kept), from_register(kept)).findings
    assert "lena-brook" in finding.remedy
    assert f"letters approve {KIND} C-1001 --to jordan" in finding.remedy


def test_a_contact_that_is_logged_voids_it(kept: Kept) -> None:
    kept = ask_for_approval(kept)
    approve(kept, letter(from_register(kept)))
    kept.tell(ContactLogged(contact=CALL), "C-1001")
    finding = void(kept, from_register(kept))
    assert "Since then this has changed: case: contacts." in finding.message
    assert "sam-rivera approved this letter on 2026-11-22" in finding.message


def test_a_field_of_the_case_voids_it_and_its_value_stays_untold(kept: Kept) -> None:
    kept = ask_for_approval(kept)
    approve(kept, letter(from_register(kept)))
    file = kept.office.folder / "cases" / "C-1001.yaml"
    file.write_text(file.read_text("utf-8").replace("adjustment disorder", "another disorder"), "utf-8")
    finding = void(kept, from_file(kept))
    assert "case: confidential" in finding.message
    assert "disorder" not in finding.message


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"dated": TODAY + timedelta(1)}, "the letter's date"),
        ({"language": "es"}, "the language"),
        ({"large_print": True}, "large print"),
    ],
)
def test_another_order_voids_it(kept: Kept, options: dict[str, Any], name: str) -> None:
    kept = ask_for_approval(kept)
    approve(kept, letter(from_register(kept)))
    assert f"changed: {name}." in void(kept, from_register(kept, **options)).message


def test_the_practice_the_kind_and_the_program_void_it(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ask_for_approval(kept)
    approve(kept, letter(from_register(kept)))
    with monkeypatch.context() as patched:
        patched.setattr(approval, "VERSION", "99.0")
        assert "changed: letters itself." in void(kept, from_register(kept)).message
    (kept.office.folder / "kinds").mkdir()
    (kept.office.folder / "kinds" / "notes.txt").write_text("a new text")
    assert "changed: the practice's own kinds." in void(kept, from_register(kept)).message
    file = kept.office.file
    file.write_text(file.read_text("utf-8").replace("+1 503 555 0100", "+1 503 555 0199"), "utf-8")
    assert "practice: phone" in void(kept, from_register(kept)).message


def test_of_many_changes_some_are_named_and_all_counted(kept: Kept) -> None:
    kept = ask_for_approval(kept)
    approve(kept, letter(from_register(kept)))
    file = kept.office.file
    text = file.read_text("utf-8").replace("+1 503 555 0100", "+1 503 555 0199")
    text = text.replace("weekdays, 9", "weekdays, 8").replace("office@harbor", "post@harbor")
    text = text.replace("years: 7", "years: 8").replace("typeface: sans", "typeface: serif")
    file.write_text(text, "utf-8")
    assert "and 1 more" in void(kept, from_register(kept)).message


def test_other_pages_void_it_though_no_part_is_known_to_differ(kept: Kept) -> None:
    kept = ask_for_approval(kept)
    order = from_register(kept)
    approve(kept, letter(order))
    found = asked(kept, order, letter(order, b"other pages"))
    assert [one.code for one in found.findings] == ["approval-void"]
    assert "how the pages come out" in found.findings[0].message


def test_any_approval_that_holds_is_enough(kept: Kept) -> None:
    kept = ask_for_approval(kept)
    order = from_register(kept)
    first = approve(kept, letter(order))
    approve(kept, letter(replace(order, large_print=True)))
    assert asked(kept, order).approval == first


def test_where_none_is_needed_a_void_one_stops_nothing(kept: Kept) -> None:
    entry = approve(kept, letter(from_register(kept)))
    assert asked(kept, from_register(kept)).approval == entry
    found = asked(kept, from_register(kept, language="es"))
    assert (found.findings, found.approval) == ([], None)
