"""A letter shows nobody else's address, phone or email, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.findings import Severity
from tests.checks.looking import Desk, field, note, spot, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A couple: Minh in Fir Court, Khadija in Lovejoy Street, where post to her is safe."""
    desk = Desk(tmp_path, "C-1002")
    desk.case["words"] = {"thanks": "Thank you."}
    desk.case["clients"][1]["emails"] = [{"address": "khadija@post.example", "safe": "yes"}]
    return desk


def codes(desk: Desk, words: str, to: str = "minh") -> list[str]:
    desk.case["words"]["thanks"] = words
    return desk.codes(note(desk), to=to)


def test_the_others_way_is_told_with_its_place(desk: Desk) -> None:
    desk.case["words"]["thanks"] = "Khadija lives at 310 Lovejoy Street now."

    written, findings = desk.write(note(desk), to="minh")

    found = the("other-person", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The letter shows how to reach khadija, who is not its addressee."
    assert found.remedy == "Remove it from the words or fields that print it."
    assert field(found) == "clients[1].addresses[0].lines[0]"
    assert spot(found) == '"310 Lovejoy Street"'


@pytest.mark.parametrize(
    "words",
    [
        "310 Lovejoy Street",
        "310 LOVEJOY STREET",
        "310 Lovejoy St.",
        "310\u00a0Lovejoy\nStr.",
        "310 Love\u00adjoy Street",
        "+1 503 555 0122",
        "(503) 555-0122",
        "503.555.0122",
        "15035550122",
        "5 0 3 5 5 5 0 1 2 2",
        "503_555_0122",
        "call 555-0122 tonight",
        "at 5550122.",
        "+1 ５０３ ５５５ ０１２２",
        "٥٠٣ ٥٥٥ ٠١٢٢",
        "503\u200b555\u200b0122",
        "khadija@post.example",
        "Khadija@Post.Example.",
        "mailto:khadija@post.example",
    ],
)
def test_another_way_of_writing_does_not_hide_it(words: str, desk: Desk) -> None:
    found = codes(desk, f"See {words}")

    # The files' reader finds invisible characters by itself.
    assert [code for code in found if code != "zero-width"] == ["other-person"]


@pytest.mark.parametrize(
    "words",
    [
        "Yours is 9 Fir Court, and +1 503 555 0121.",
        "1310 Lovejoy Street",
        "310 Lovejoy",
        "Lovejoy Street 3100",
        "212 555 0122",
        "(212) 555-0122",
        "503 555 01220",
        "ankhadija@post.example",
        "khadija@post.example2",
        "Apt 3 and Unit 12",
    ],
)
def test_what_is_not_theirs_passes(words: str, desk: Desk) -> None:
    if words.endswith("Lovejoy"):
        words += " trees"
    assert codes(desk, words) == []


@pytest.mark.parametrize("line", ["Unit 12", "Suite 300", "Yard", "The Mill"])
def test_a_line_that_may_be_anybodys_passes(line: str, desk: Desk) -> None:
    desk.case["clients"][1]["addresses"][0]["lines"] = ["310 Lovejoy Street", line]

    assert codes(desk, f"The plan of {line}.") == []
    assert codes(desk, f"The plan of 310 Lovejoy Street, {line}.") == ["other-person"]


@pytest.mark.parametrize("line", ["Millrace Yard", "PO Box 12", "Hauptstraße 12", "c/o Northside Clinic"])
def test_a_line_without_a_street_number_counts(line: str, desk: Desk) -> None:
    desk.case["clients"][1]["addresses"][0]["lines"] = [line]

    assert codes(desk, f"Come to {line}.") == ["other-person"]


def test_a_way_that_is_safe_for_one_may_be_unsafe_for_the_other(desk: Desk) -> None:
    # Fir Court is Minh's, and post to Khadija there is not safe: it was hers once.
    assert codes(desk, "Come by at 9 Fir Court.", to="minh") == []
    assert codes(desk, "Come by at 9 Fir Court.", to="khadija") == ["other-person"] * 2


def test_a_number_both_share_may_be_shown_to_both(desk: Desk) -> None:
    desk.client["phones"] = [{"number": "+1 503 555 0122", "safe": "yes"}]
    desk.case["clients"][1]["phones"] = [{"number": "+1 (503) 555-0122", "safe": "yes"}]

    assert codes(desk, "I call you at 503 555 0122.", to="minh") == []
    assert codes(desk, "I call you at 503 555 0122.", to="khadija") == []


@pytest.mark.parametrize(
    "number", ["+1 503 555 0122 ext. 4", "503/555-0122", "(503) 555 0122 x12", "503_555_0122"]
)
def test_a_number_is_recognized_however_the_case_writes_it(number: str, desk: Desk) -> None:
    desk.case["clients"][1]["phones"] = [{"number": number, "safe": "yes"}]

    assert codes(desk, "Call 503.555.0122.") == ["other-person"]
    assert codes(desk, "Call 503.555.0122.", to="khadija") == []


def test_one_guardians_address_is_not_shown_to_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["words"] = {"acknowledgment": "Ada may live at 8 Oak Lane."}
    assert desk.codes(to="ines") == ["other-person"]

    desk.case["words"] = {"acknowledgment": "You live at 61 Killingsworth Street, both of you."}
    assert desk.codes(to="ines") == []
    assert desk.codes(to="ruth") == ["other-person", "other-person"]


def test_a_referral_may_say_how_to_reach_the_client_where_that_is_safe(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.client["phones"] = [{"number": "+1 503 555 0177", "safe": "yes"}]
    desk.case["request"]["communication"] = "Please write to 1450 Salmon Street, or call 503 555 0177."
    assert desk.codes("referral") == []

    desk.client["phones"][0]["safe"] = "no"
    found = the("other-person", desk.write("referral")[1])
    assert field(found) == "clients[0].phones[0].number"


def test_an_unsafe_way_of_the_addressee_is_told_as_such(desk: Desk) -> None:
    desk.client["phones"].append({"number": "+1 503 555 0199"})
    desk.case["words"]["thanks"] = "I called 503 555 0199."

    found = the("other-person", desk.write(note(desk), to="minh")[1])

    assert found.message == "The letter shows a way to reach minh that nobody has said is safe."


def test_the_practices_own_number_may_stand_in_the_letter(desk: Desk) -> None:
    desk.case["clients"][1]["phones"] = [{"number": desk.practice["phone"]}]
    desk.case["clients"][1]["emails"] = [{"address": desk.practice["email"]}]

    assert codes(desk, "Thank you.") == []


TOWN = {"lines": ["310 Lovejoy Street"], "city": "Salem", "region": "OR", "postcode": "97301-1234"}


@pytest.fixture
def apart(desk: Desk) -> Desk:
    """The couple with Khadija in another town."""
    desk.case["clients"][1]["addresses"][0] |= TOWN
    return desk


@pytest.mark.parametrize(
    "words",
    ["in Salem, OR 97301", "Salem 97301-1234", "97301 Salem", "SALEM, Oregon, 97301", "Salem OR 9 7 3 0 1"],
)
def test_the_others_postcode_and_city_tell_where_they_are(words: str, apart: Desk) -> None:
    apart.case["words"]["thanks"] = f"She is {words}."

    found = the("other-person", apart.write(note(apart), to="minh")[1])

    assert found.message == "The letter shows how to reach khadija, who is not its addressee."
    assert field(found) == "clients[1].addresses[0].postcode"
    assert codes(apart, f"You are {words}.", to="khadija") == []


@pytest.mark.parametrize("words", ["in Salem", "97301 of them", "Salem, or 197301", "Salem, OR 97302"])
def test_a_city_or_a_number_alone_does_not(words: str, apart: Desk) -> None:
    assert codes(apart, f"She is {words}.") == []


def test_a_postcode_that_is_also_somebody_elses_passes(apart: Desk) -> None:
    words = "Salem, OR 97301"
    offers = {"name": "Riverbank Center", "offers": {"en": f"evenings in {words}"}}
    assert codes(apart, words) == ["other-person"]

    apart.case["referrals"] = [offers]
    assert codes(apart, words) == []

    del apart.case["referrals"]
    apart.practice["address"] |= {"city": "Salem", "postcode": "97301"}
    assert codes(apart, words) == []
