"""`letters case show`: all that is known of a case, and first what must not be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.case.conftest import Enter
from tests.commands.conftest import Run


def known(letters: Run, number: str = "C-1001", *more: str) -> Any:
    return json.loads(letters("case", "show", number, "--json", *more).out)


@pytest.mark.usefixtures("anywhere")
def test_it_tells_who_it_is_about_where_it_stands_and_what_comes_next(enter: Enter, letters: Run) -> None:
    enter()
    told = letters("case", "show", "C-1001")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "C-1001: Jordan Avery",
        "individual, with sam-rivera, opened 2026-03-02, last session 2026-08-11",
        "Due for review; last heard of on 2026-08-11, 103 days ago, 2 attempts since.",
        "Next: an outreach letter, due since 2026-11-09: letters draft outreach C-1001",
        "",
        "People",
        "  Jordan Avery (jordan), client, born 1991-05-04",
        "    safe: phone +1 503 555 0188; on voicemail only ask for a call back; never confirmed",
        "    safe: post 44 Alder Avenue, Portland, OR, 97202, US; confirmed 2026-10-06",
        "",
        "Contacts",
        "  2026-11-03 16:40 -08:00, sam-rivera: a letter; sent.",
        "  2026-10-20 10:15 -07:00, sam-rivera: a call; left on voicemail. Said: “Please call me back.”",
    ]


def test_what_is_not_safe_stands_first_and_is_marked(enter: Enter, letters: Run) -> None:
    phones = [
        {"number": "+1 503 555 0134", "safe": "yes"},
        {"number": "+1 503 555 0133", "safe": "no"},
        {"number": "+1 503 555 0135"},
    ]
    enter("C-1003", clients=[{"id": "robin", "name": "Robin", "phones": phones}])
    lines = letters("case", "show", "C-1003").out.splitlines()
    start = lines.index("People") + 2
    assert lines[start : start + 3] == [
        "    DO NOT USE (marked as not safe): phone +1 503 555 0133",
        "    DO NOT USE (nobody has said that it is safe): phone +1 503 555 0135",
        "    safe: phone +1 503 555 0134; leave no message; never confirmed",
    ]
    assert [way["safe"] for way in known(letters, "C-1003")["people"][0]["ways"]] == [False, False, True]


def test_nobody_is_called_who_must_not_be(enter: Enter, letters: Run) -> None:
    phone = {"number": "+1 503 555 0134", "safe": "yes"}
    father = {"id": "f", "name": "Ivo Bird", "relation": "parent", "barred": "yes", "phones": [phone]}
    ana = {
        "id": "ana",
        "name": "Ana Bird",
        "no_contact": "yes",
        "emails": [{"address": "ana@x.example", "safe": "yes"}],
    }
    ben = {"id": "ben", "name": "Ben Bird", "representatives": [father], "phones": [phone]}
    enter(
        "C-1003",
        relationship="family",
        clients=[ana, ben, {"id": "cy", "name": "Cy Bird", "died": "2026-09-01"}],
    )
    told = letters("case", "show", "C-1003").out
    assert (
        "Ana Bird (ana), client, NO CONTACT\n    DO NOT USE (no contact at all): email ana@x.example\n"
        in told
    )
    assert "Ben Bird (ben), client\n    DO NOT USE (also that of f, who must not be told): phone" in told
    assert "Ivo Bird (f), parent, BARRED by an order\n    DO NOT USE (an order bars them): phone" in told
    assert "Cy Bird (cy), client, DIED 2026-09-01\n    no way to reach them is known\n" in told


def test_what_is_confidential_is_shown_only_when_asked_for(enter: Enter, letters: Run) -> None:
    enter(confidential={"diagnosis": "adjustment disorder", "danger": "yes"})
    for told in (letters("case", "show", "C-1001").out, letters("case", "show", "C-1001", "--json").out):
        assert "adjustment" not in told
        assert "danger" not in told
    told = letters("case", "show", "C-1001", "--with-confidential").out
    assert told.endswith("\nCONFIDENTIAL\n  danger: yes\n  diagnosis: adjustment disorder\n")
    assert known(letters, "C-1001", "--with-confidential")["confidential"]["danger"] is True


def test_of_many_contacts_the_latest_are_shown(enter: Enter, letters: Run) -> None:
    contacts = [
        {
            "at": f"2026-10-{day:02}T10:00-07:00",
            "by": "sam-rivera",
            "channel": "phone",
            "outcome": "no-answer",
        }
        for day in range(1, 13)
    ]
    enter(contacts=contacts)
    told = letters("case", "show", "C-1001").out
    assert "\nContacts, the latest 10 of 12\n  2026-10-12 10:00 -07:00" in told
    assert "2026-10-03 10:00" in told
    assert "2026-10-02 10:00" not in told
    assert len(known(letters)["contacts"]) == 12


def test_letters_tasks_approvals_and_endings_are_told(enter: Enter, letters: Run, office: Path) -> None:
    from tests.register.telling import STORY

    enter()
    tell(office, [event for event, number in STORY if number == "C-1" and event.name != "case-entered"])
    letters("case", "end", "C-1001", "--reason", "MOVED", "--yes")
    letters("case", "restart", "C-1001", "--yes")
    told = letters("case", "show", "C-1001").out
    assert "\nLetters\n  L-1: outreach to c, dated 2026-09-01; came back on 2026-11-22\n" in told
    assert "\nApprovals\n  outreach to c, dated 2026-09-01; by sam-rivera on " in told
    assert ": Client moved away (MOVED); restarted on 2026-11-22\n" in told
    assert "\nTo do\n  8: L-1 came back (since " in told


def test_an_address_that_post_came_back_from_is_not_safe_until_it_is_confirmed(
    enter: Enter, letters: Run
) -> None:
    enter()
    post = ("--channel", "letter", "--outcome", "returned", "--used", "44 Alder Avenue", "--by", "sam-rivera")
    letters("case", "contact", "C-1001", *post)
    told = letters("case", "show", "C-1001").out
    assert "DO NOT USE (post came back on 2026-11-22): post 44 Alder Avenue" in told
    assert "safe: post" not in told


def test_a_letter_is_told_in_the_words_of_the_log(enter: Enter, letters: Run, office: Path) -> None:
    from tests.register.telling import issued

    enter()
    tell(office, [issued("L-7", kind="closing-record", route="", step=None)])
    assert (
        "L-7: closing-record to c, dated 2026-09-01; stays with the practice"
        in letters("case", "show", "C-1001").out
    )


def tell(office: Path, events: list[Any]) -> None:
    from letters.office import open_office
    from letters.register.store import Actor

    with open_office(office / "practice.yaml").register().writing(Actor("sam-rivera", "sam")) as writing:
        for event in events:
            writing.append(event, "C-1001")


def test_a_number_that_is_almost_right_is_guessed(enter: Enter, letters: Run) -> None:
    enter()
    told = letters("case", "show", "C-1010")
    assert (told.code, "Did you mean C-1001?" in told.said) == (2, True)


def test_nothing_is_due_to_the_dead_but_the_end(enter: Enter, letters: Run) -> None:
    enter("C-1008", last_session="2026-06-01")
    told = known(letters, "C-1008")
    assert (told["state"], told["due"]) == ("review-due", None)
    assert told["next"].endswith("no letter goes out: letters case end C-1008 --reason DECEASED")
