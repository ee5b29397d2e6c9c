"""Data that breaks naive letter writers: each case has exactly the outcome it must have."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from letters.letter import Letter
from letters.model.history import CaseEnded, CaseRestarted
from letters.proof import Proof
from maintain.examples import first_of_each_kind
from tests.support.desk import Desk
from tests.support.issue import issue_one, office_of
from tests.test_every_kind import desk_for, for_clients


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def other(tmp_path: Path, case: str, office: str = "harbor") -> Desk:
    return Desk(tmp_path / case, case, office)


def made(desk: Desk, kind: str = "closing-lost-contact", **changes: Any) -> Letter:
    letter, findings = desk.make(kind, **changes)
    assert findings == []
    assert letter
    return letter


def said(letter: Letter) -> str:
    with Proof(letter.pdf) as proof:
        return " ".join(" ".join(page.text for page in proof.pages).split())


def test_a_name_of_one_word(desk: Desk) -> None:
    desk.client["name"] = "Sukarni"
    del desk.client["preferred_name"]

    assert "Dear Sukarni," in said(made(desk))


def test_a_name_that_looks_like_markup(desk: Desk) -> None:
    desk.client.update(name="O'Brien & Söhne <Ltd>", preferred_name="O'Brien & Söhne <Ltd>")

    text = said(made(desk))
    assert text.count("O'Brien & Söhne <Ltd>") >= 2
    assert "&lt;" not in text


@pytest.mark.parametrize("name", ["خديجة الهاشمي", "林美玲", "Nguyễn Thị Ánh Tuyết", "Олена Ковальчук"])
def test_names_in_any_script_stand_in_the_finished_address(name: str, desk: Desk) -> None:
    desk.client["name"] = name
    letter = made(desk)

    assert f"Our reference C-1001 {name} 44 Alder Avenue" in said(letter)
    assert letter.written.frame.address[0] == name


def test_a_couple_gets_two_letters_and_neither_shows_the_others_address(tmp_path: Path) -> None:
    desk = other(tmp_path, "C-1002")
    minh, khadija = (said(made(desk, to=person)) for person in ("minh", "khadija"))

    assert ("9 Fir Court" in minh, "310 Lovejoy" in minh, "0122" in minh) == (True, False, False)
    assert ("310 Lovejoy" in khadija, "9 Fir Court" in khadija, "0121" in khadija) == (True, False, False)


def close_every_way(desk: Desk, value: dict[str, str]) -> None:
    """Write into every address, phone and email of everybody that it is not safe, or into their entries."""
    people = [
        *desk.case["clients"],
        *(one for client in desk.case["clients"] for one in client.get("representatives", [])),
    ]
    for person in people:
        if "no_contact" in value:
            person |= value
        for way in (*person.get("addresses", []), *person.get("phones", []), *person.get("emails", [])):
            way |= {key: told for key, told in value.items() if key == "safe"}


@pytest.mark.parametrize("value", [{"safe": "no"}, {"no_contact": "yes"}], ids=["unsafe", "no contact"])
@pytest.mark.parametrize("kind", for_clients())
def test_without_a_permitted_route_there_is_no_letter_of_any_kind(
    kind: str, value: dict[str, str], tmp_path: Path
) -> None:
    desk, to = desk_for(kind, str(tmp_path)), first_of_each_kind()[kind].to
    assert desk.write(kind, to=to)[0]
    close_every_way(desk, value)
    letter, findings = desk.write(kind, to=to)

    assert letter is None
    (finding,) = (found for found in findings if found.code == "safe-contact")
    assert finding.remedy.startswith(("Do not write.", "Do not call.", "Write nothing and call nobody."))


def test_somebody_who_dies_between_approval_and_issue_gets_no_letter(desk: Desk) -> None:
    made(desk, draft=True)
    desk.client["died"] = "2026-11-21"

    assert desk.codes() == ["deceased"]


def test_why_a_clinician_was_dismissed_reaches_no_letter(tmp_path: Path) -> None:
    text = said(made(other(tmp_path, "C-1005"), "clinician-leaving"))

    assert [word for word in ("dismiss", "complaint", "documentation") if word in text.lower()] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("We dismissed Dana.", "confidential"),
        ("D I S M I S S E D", "confidential"),
        ("There was a complaint about documentation.", "confidential"),
        # Said in other words it cannot be known; that a word of the note is there, can.
        ("The documentation was not what it should be.", "confidential-word"),
    ],
)
def test_a_slip_that_tells_why_a_clinician_left_stops_the_letter(
    words: str, code: str, tmp_path: Path
) -> None:
    desk = other(tmp_path, "C-1005")
    desk.case["words"] = {"last-day": words}
    result = issue_one(desk.order("clinician-leaving"), desk.folder / "issued")

    assert result.file is None
    assert code in {found.code for found in result.findings}
    assert [found for found in result.findings if "dismiss" in found.message.lower()] == []


def test_without_referral_options_help_in_looking_is_offered(desk: Desk) -> None:
    desk.case["referrals"] = []

    assert "We will help you look" in said(made(desk))


def test_a_letter_that_is_about_options_is_refused_without_any(desk: Desk) -> None:
    desk.case["referrals"] = []

    assert "missing-data" in desk.codes("referral-options")


def test_a_balance_with_a_kept_payment_plan_ends_nothing(tmp_path: Path) -> None:
    desk = other(tmp_path, "C-1203")
    assert desk.codes("closing-nonpayment") == []
    desk.case["money"]["plan"] = {"agreed": "2026-10-01", "kept": "yes"}

    assert desk.codes("closing-nonpayment") == ["nonpayment"]


def test_a_minor_with_two_guardians_and_one_barred_comes_of_age(tmp_path: Path) -> None:
    desk = other(tmp_path, "C-1006")

    assert desk.codes() == ["addressee"]
    assert desk.codes(to="paul") == ["barred"]
    assert desk.codes(to="ada") == ["no-representative"]
    assert desk.codes(to="ines") == desk.codes(to="ruth") == []
    of_age = date(2026, 12, 12)
    assert desk.codes(dated=of_age) == []
    assert desk.codes(to="ines", dated=of_age) == ["no-representative"]


@pytest.mark.parametrize(("end", "codes"), [("2026-11-09", []), ("2026-11-08", ["notice-custom"])])
def test_thirty_days_of_notice_are_thirty_across_a_clock_change(
    end: str, codes: list[str], tmp_path: Path
) -> None:
    """Clocks go back in Oregon on 1 November 2026; the letter is of 10 October."""
    desk = other(tmp_path, "C-1105")
    desk.case |= {
        "contacts": [],
        "appointments": [{"at": f"{end}T23:30-08:00"}],
        "last_session": "2026-10-06",
    }
    desk.case["ending"]["on"] = end
    desk.client["addresses"][0]["confirmed"] = "2026-10-06"

    assert desk.codes("closing-provider", dated=date(2026, 10, 10)) == codes


def test_an_inventory_of_180_items_is_whole_and_numbered(tmp_path: Path) -> None:
    desk = other(tmp_path, "L-2002", "ledger")
    written, findings = desk.write("record-return")
    assert written, findings
    table = re.search(r'<table class="inventory">.*?<tbody>(.*?)</tbody>', written.html, re.DOTALL)
    assert table
    rows = [cells_of(row) for row in re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)]

    items = desk.case["records"]["originals"]
    forms = {"original": "Original", "copy": "Copy"}
    assert len(items) == 180
    assert rows == [
        [f"{number}", item["what"], forms[item["form"]], item["condition"], item["quantity"]]
        for number, item in enumerate(items, 1)
    ]


def cells_of(row: str) -> list[str]:
    """What stands in each cell of a row of a table."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>|[\u2066-\u2069]", "", cell)) for cell in cells]


def test_an_expired_authorization_stops_a_referral_until_there_is_a_new_one(tmp_path: Path) -> None:
    desk = other(tmp_path, "C-1007")
    assert desk.codes("referral") == ["authorization"]
    new = {**desk.case["authorizations"][0], "signed": "2026-11-20", "expires": "2027-05-20"}
    desk.case["authorizations"].append(new)

    assert desk.codes("referral") == []


def test_ended_again_after_a_restart_is_a_second_letter_and_no_mistake(desk: Desk) -> None:
    out = desk.folder / "issued"
    first = issue_one(desk.order(), out)
    desk.case["ending"]["on"] = "2026-12-20"
    stopped = issue_one(desk.order(), out)
    office = office_of(desk.order())
    day = date(2026, 12, 6)
    with office.register().writing(office.actor()) as writing:
        ended = CaseEnded(reason="LOST_CONTACT", on=day, at=datetime(2026, 12, 6, 12, tzinfo=UTC))
        writing.append(ended, "C-1001")
    refused = issue_one(desk.order(), out)
    with office.register().writing(office.actor()) as writing:
        writing.append(CaseRestarted(on=day), "C-1001")
    second = issue_one(desk.order(), out)

    assert first.file
    assert (stopped.file, [found.code for found in stopped.findings]) == (None, ["already-issued"])
    assert [found.code for found in refused.findings] == ["case-ended", "already-issued"]
    assert (second.findings, second.file in (None, first.file)) == ([], False)
    assert len(list(out.glob("*.pdf"))) == 2


def test_a_foreign_address_of_seven_lines_fits_the_window_in_large_print(tmp_path: Path) -> None:
    desk = other(tmp_path, "L-2002", "ledger")
    desk.case["records"]["originals"] = desk.case["records"]["originals"][:3]
    letter = made(desk, "record-return", large_print=True)

    assert len(letter.written.frame.address) == 7
    assert letter.written.frame.address[-1] == "GERMANY"
