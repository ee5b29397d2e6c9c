"""The frame of a letter: who writes, to whom, about what, and who signs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding
from letters.letter import Written
from letters.markup import visible_text
from letters.pictures import LARGEST_FILE
from letters.proof import text
from tests.checks.looking import SECTIONS, marked, note
from tests.support.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office")


def written(desk: Desk, kind: str = "closing-lost-contact", **order: Any) -> Written:
    letter, findings = desk.write(kind, **order)
    assert letter, findings
    return letter


def picture_fault(desk: Desk) -> Finding:
    letter, findings = desk.write()
    assert letter is None
    (finding,) = findings
    assert finding.code == "picture"
    assert finding.remedy
    return finding


def test_the_letterhead_names_the_practice_and_how_to_reach_it(desk: Desk) -> None:
    sender = written(desk).frame.values["sender"]

    assert sender["name"] == "Harbor Family Counseling"
    assert sender["address_lines"] == ["12 Pier Street", "Portland, OR 97201"]
    assert sender["contact_lines"] == ["(503)\u00a0555-0100", "office@harborfamily.example"]


def test_what_the_practice_does_not_have_is_left_out_of_the_letterhead(desk: Desk) -> None:
    del desk.practice["email"]

    assert written(desk).frame.values["sender"]["contact_lines"] == ["(503)\u00a0555-0100"]


def test_the_address_is_that_of_the_addressee(desk: Desk) -> None:
    assert written(desk).frame.address == ["Jordan Avery", "44 Alder Avenue", "Portland, OR 97202"]


def test_an_address_abroad_ends_with_its_country(tmp_path: Path) -> None:
    address = written(Desk(tmp_path, "L-2002", "ledger"), "record-return").frame.address

    assert address[:2] == ["Dr. Anneliese von Hohenstein-Zollern", "Müller-Westernhagen Maschinenbau GmbH"]
    assert address[-1] == "GERMANY"


def test_date_greeting_and_closing_follow_the_language(desk: Desk) -> None:
    values = written(desk).frame.values
    assert (values["date"], values["greeting"]) == ("November\u00a022,\u00a02026", "Dear Jordan,")
    assert (values["closing"], values["reference"]) == ("Sincerely,", "C-1001")

    british = written(desk, language="en-GB").frame.values
    assert british["closing"] == "Yours sincerely,"


def test_a_name_with_braces_is_a_name(desk: Desk) -> None:
    desk.client["preferred_name"] = "{name} {0}"

    assert written(desk).frame.values["greeting"] == "Dear {name} {0},"


def test_the_clinician_signs_with_what_is_known_of_them(desk: Desk) -> None:
    signature = written(desk).frame.values["signature"]

    assert (signature["name"], signature["credentials"]) == ("Sam Rivera", "LCSW")
    assert (signature["role"], signature["organization"]) == ("Therapist", "Harbor Family Counseling")


def test_the_practice_signs_when_somebody_leaves(tmp_path: Path) -> None:
    values = written(Desk(tmp_path, "C-1005"), "clinician-leaving").frame.values

    assert values["signature"]["name"] == "Lena Brook"


def test_a_letter_carries_logo_and_signature(desk: Desk) -> None:
    letter = written(desk)

    assert letter.frame.pictures == {
        "logo": (desk.folder / "logo.svg").read_bytes(),
        "signature": (desk.folder / "sam.svg").read_bytes(),
    }
    assert 'src="asset:signature"' in letter.html
    assert letter.frame.values["draft_label"] is None


def test_a_picture_that_changes_is_seen(desk: Desk) -> None:
    picture = desk.folder / "logo.svg"
    before = own(desk).frame.pictures["logo"]
    picture.write_bytes(before.replace(b"</svg>", b"<g/></svg>"))
    assert own(desk).frame.pictures["logo"] == before.replace(b"</svg>", b"<g/></svg>")

    picture.write_bytes(b"<svg")
    assert "picture" in desk.codes()
    picture.write_bytes(before)
    assert own(desk).frame.pictures["logo"] == before


def test_a_draft_carries_no_signature_and_says_that_it_is_one(desk: Desk) -> None:
    letter = written(desk, draft=True)

    assert set(letter.frame.pictures) == {"logo"}
    assert "asset:signature" not in letter.html
    assert 'data-draft="DRAFT"' in letter.html


def test_without_pictures_there_is_the_name_and_room_to_sign(desk: Desk) -> None:
    del desk.practice["letter"]["logo"]
    del desk.practice["people"]["sam-rivera"]["signature"]
    letter = written(desk)

    assert letter.frame.pictures == {}
    assert "<img" not in letter.html
    assert "room-to-sign" in letter.html


def test_a_draft_too_says_that_a_signature_is_missing(desk: Desk) -> None:
    (desk.folder / "sam.svg").unlink()
    letter, (finding,) = desk.write(draft=True)

    assert letter is None
    assert finding.place is not None
    assert finding.place.field == "people.sam-rivera.signature"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.svg", "This picture cannot be read: No such file or directory."),
        ("practice.json/logo.svg", "This picture cannot be read: Not a directory."),
        ("cases", "This is not a file."),
        ("pipe", "This is not a file."),
        ("loop", "This picture cannot be read: Too many levels of symbolic links."),
        ("large.png", "This picture is larger than 5 MB."),
        ("../outside.svg", "This picture lies outside the folder of the practice file."),
        ("cases/../../outside.svg", "This picture lies outside the folder of the practice file."),
        ("/etc/hostname", "This picture lies outside the folder of the practice file."),
        ("way-out.svg", "This picture lies outside the folder of the practice file."),
        ("way/outside.svg", "This picture lies outside the folder of the practice file."),
        ("dangling.svg", "This picture cannot be read: No such file or directory."),
    ],
)
def test_a_picture_that_cannot_be_had_is_said_and_nothing_else_is_read(
    name: str, message: str, desk: Desk
) -> None:
    (desk.folder.parent / "outside.svg").write_bytes((desk.folder / "logo.svg").read_bytes())
    os.mkfifo(desk.folder / "pipe")
    with (desk.folder / "large.png").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    links = {"loop": "loop", "way-out.svg": "../outside.svg", "way": "..", "dangling.svg": "nowhere.svg"}
    for link, target in links.items():
        (desk.folder / link).symlink_to(target)
    desk.practice["letter"]["logo"] = name

    finding = picture_fault(desk)
    assert finding.message == message
    assert finding.place is not None
    assert finding.place.field == "letter.logo"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_picture_that_may_not_be_read_is_said(desk: Desk) -> None:
    (desk.folder / "logo.svg").chmod(0)

    assert "Permission denied" in picture_fault(desk).message


def test_a_picture_may_lie_in_a_folder_below_and_be_a_link(desk: Desk) -> None:
    (desk.folder / "art").mkdir()
    (desk.folder / "logo.svg").rename(desk.folder / "art" / "logo.svg")
    (desk.folder / "logo.svg").symlink_to("art/logo.svg")

    assert written(desk).frame.pictures["logo"]


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_is_none_makes_no_letter(content: bytes, desk: Desk) -> None:
    (desk.folder / "logo.svg").write_bytes(content)
    letter, findings = desk.make()

    assert letter is None
    assert findings


def test_enclosures_are_listed(tmp_path: Path) -> None:
    values = written(Desk(tmp_path, "L-2001", "ledger"), "record-return").frame.values
    assert values["enclosures"] == ["Receipt to sign and return"]
    assert "Enclosed" not in written(Desk(tmp_path / "other")).html


def test_the_subject_is_the_title_of_the_file(desk: Desk) -> None:
    assert "<title>Closing your file for now</title>" in written(desk).html


def test_the_lines_of_a_frame_are_all_that_is_printed(tmp_path: Path) -> None:
    kept = Desk(tmp_path / "ledger", "L-2001", "ledger")
    lines = written(kept, "record-return", draft=True).frame.lines
    for line in ("DRAFT", "Enclosed", "Receipt to sign and return", "Our reference"):
        assert line in lines

    letter = written(Desk(tmp_path / "harbor"))
    assert letter.frame.lines.count("Harbor Family Counseling") == 2  # the letterhead and the signature
    assert "Signature of Sam Rivera" in letter.frame.lines
    assert "Logo of Harbor Family Counseling" in letter.frame.lines
    assert not {"Enclosed", "DRAFT", "For the file"} & set(letter.frame.lines)
    said = " ".join(visible_text(letter.html).split())
    for line in letter.frame.lines:
        assert " ".join(line.split()) in said or line.strip() in letter.html, line


def test_a_reader_reads_the_frame_on_the_pages(desk: Desk) -> None:
    letter, findings = desk.make()

    assert letter, findings
    said = " ".join(text(letter.pdf).split())
    for line in ("Jordan Avery", "Dear Jordan,", "Sam Rivera, LCSW", "November 22, 2026", "C-1001"):
        assert line in said


FILE = {"to": "file", "signed_by": "nobody"}


def own(desk: Desk, **description: Any) -> Written:
    """A small letter of the practice's own."""
    desk.case.pop("words", None)
    return written(desk, note(desk, marked(PLAIN), **description))


PLAIN = SECTIONS | {"records": "{{ records.contact }}", "crisis": "988 or 911"}


def test_what_stays_with_the_practice_has_no_address_greeting_closing_or_signature(desk: Desk) -> None:
    letter = own(desk, **FILE)
    values = letter.frame.values

    assert (letter.frame.address, values["greeting"], values["closing"]) == ([], "", "")
    assert values["signature"] is None
    assert values["for_file"] == "For the file"
    assert set(letter.frame.pictures) == {"logo"}
    for said in ("Alder", "Dear", "Sincerely", "Sam Rivera"):
        assert said not in letter.html
    assert "For the file" in letter.html
    assert letter.layout.envelope == "none"


def test_a_note_for_the_file_may_be_signed_by_who_wrote_it(desk: Desk) -> None:
    desk.case["contacts"][-1]["by"] = "lena-brook"
    letter = own(desk, to="file", signed_by="author")

    assert letter.frame.values["signature"]["name"] == "Lena Brook"
    assert letter.frame.values["closing"] == ""


def test_a_letter_to_a_person_is_not_for_the_file(desk: Desk) -> None:
    assert "For the file" not in own(desk).html


def test_a_discreet_letter_has_another_name_and_nothing_that_tells(desk: Desk) -> None:
    desk.client["addresses"][0]["discreet"] = "yes"
    letter = own(desk, discreet="yes")
    values = letter.frame.values

    assert values["sender"]["name"] == "HFC Office"
    assert values["sender"]["contact_lines"] == ["(503)\u00a0555-0100"]
    assert values["logo"] is None
    assert set(letter.frame.pictures) == {"signature"}
    signature = values["signature"]
    assert (signature["role"], signature["credentials"]) == (None, None)
    assert signature["organization"] == "HFC Office"
    for said in ("Harbor", "LCSW", "Therapist", "asset:logo"):
        assert said not in letter.html


def test_without_another_name_a_discreet_letter_is_from_the_person(desk: Desk) -> None:
    desk.client["addresses"][0]["discreet"] = "yes"
    del desk.practice["discreet_name"]
    values = own(desk, discreet="yes").frame.values

    assert (values["sender"]["name"], values["signature"]["organization"]) == ("Sam Rivera", None)


def test_where_the_address_is_open_the_practice_is_named(desk: Desk) -> None:
    assert own(desk, discreet="yes").frame.values["sender"]["name"] == "Harbor Family Counseling"
