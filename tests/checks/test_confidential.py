"""What is confidential stays out of the letter, however it is written, and out of the findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from letters.checks import check_text
from letters.findings import Finding, Severity
from tests.checks.looking import SECTIONS, Desk, field, marked, note, the

NOTE = "Assault in 2019 by a coworker, not to be mentioned outside."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.case["words"] = {"thanks": "Thank you."}
    desk.case["confidential"] = {}
    return desk


def codes(desk: Desk, words: str, **confidential: str) -> list[str]:
    """What is found when somebody writes these words."""
    desk.case["words"]["thanks"] = words
    desk.case["confidential"] = confidential
    return desk.codes(note(desk))


@pytest.mark.parametrize(
    "words",
    [
        "I know that your adjustment disorder is hard.",
        "ADJUSTMENT  Disorder",
        "adjustment-disorder, adjustment_disorder",
        "adjustment\ndisorder",
        "adjustment: (disorder)",
        "adjustmentdisorder",
        "adjust\u00adment dis\u200border",
        "ａｄｊｕｓｔｍｅｎｔ disorder",
        "аdjustmеnt disоrder",
        "adjústment dísorder",
        "your adjustment disorders",
        "a-d-j-u-s-t-m-e-n-t d i s o r d e r",
    ],
)
def test_a_diagnosis_is_recognized_however_it_is_written(words: str, desk: Desk) -> None:
    assert "confidential" in codes(desk, words, diagnosis="adjustment disorder")


def test_a_leak_is_told_with_its_section_and_field_and_not_with_the_value(desk: Desk) -> None:
    desk.case["words"]["thanks"] = "About your adjustment disorder."
    desk.case["confidential"] = {"diagnosis": "adjustment disorder"}

    written, findings = desk.write(note(desk))

    found = the("confidential", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == (
        "The letter gives away the confidential field `diagnosis` of the case, in the section thanks."
    )
    assert "Say it without that" in found.remedy
    assert field(found) == "words.thanks"
    assert found.place
    assert (found.place.line or 0) > 1
    assert "adjustment" not in str(findings)
    assert "confidential" in desk.codes(draft=True, kind="note")


@pytest.mark.parametrize(
    ("diagnosis", "words"),
    [
        ("F43.2 adjustment disorder with anxiety", "your adjustment disorder"),
        ("Adjustment disorder (F43.2)", "coded as F43.2"),
        ("depression, anxiety", "with less anxiety"),
        ("HIV", "your HIV"),
        ("MS", "with MS"),
        ("PTSD", "your ptsd"),
        ("抑郁症", "关于你的抑郁症，谢谢。"),
        ("抑郁症，焦虑", "你的焦虑"),
        ("اكتئاب", "عن اكتئاب"),
        ("депрессия", "ваша депрессия"),
    ],
)
def test_each_term_of_a_diagnosis_counts(diagnosis: str, words: str, desk: Desk) -> None:
    assert "confidential" in codes(desk, words, diagnosis=diagnosis)


@pytest.mark.parametrize(
    ("diagnosis", "words"),
    [
        ("MS", "Ms. Rivera and MST, on the P.M. bus"),
        ("MS", "Jackson, MS 39201"),
        ("PT", "at 7 Salmon Pt, 3 pm"),
        ("ID", "I'd like that, and id est"),
        ("BED", "Go to bed and get up."),
        ("SAD", "It was a sad day."),
        ("HIV", "We hived it off: hi, Ivo; H, I and V."),
        ("MDD MAJOR DEPRESSION", "a major thing"),
        ("F33.1", "room F3, and 31"),
        ("bipolar", "bi, and then polar"),
        ("ADD", "Please add nothing."),
        ("pain", "your painting, and Spain"),
        ("depression, moderate, single episode", "a moderate walk, and a single episode of it"),
        ("adhd", "you had HD films"),
        ("none", "none of it"),
        ("no", "no, not at all"),
        ("—", "so — yes"),
    ],
)
def test_a_letter_that_only_looks_like_it_passes(diagnosis: str, words: str, desk: Desk) -> None:
    assert codes(desk, words, diagnosis=diagnosis) == []


@pytest.mark.parametrize(
    "words",
    [
        NOTE,
        "after the assault in 2019 by your coworker, and ASSAULT IN 2019, BY A COWORKER",
        "not to be mentioned; that Assault in 2019 by a coworker.",
    ],
)
def test_a_run_of_a_notes_words_is_recognized(words: str, desk: Desk) -> None:
    assert "confidential" in codes(desk, words, notes=NOTE)
    assert "confidential" in codes(desk, words, suspicion=NOTE)


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("Partner would like to go to court.", "If you would like to go on, do."),
        ("Tried by phone on November 3, 2026, no answer.", "I called by phone on November 3, 2026."),
        ("Family, money, first session.", "Your family came to the first session."),
        ("Said it is not a good time.", "It is not a good start."),
        ("nothing", "There is nothing to add."),
        ("Because of that, without further talk", "without you, because of it"),
    ],
)
def test_words_that_stand_in_any_letter_pass(notes: str, words: str, desk: Desk) -> None:
    assert codes(desk, words, notes=notes) == []


def test_a_telling_word_of_a_note_is_a_warning(desk: Desk) -> None:
    desk.case["words"]["thanks"] = "You spoke of your coworkers."
    desk.case["confidential"] = {"notes": NOTE}

    written, findings = desk.write(note(desk))

    found = the("confidential-word", findings)
    assert written is not None
    assert found.severity is Severity.WARNING
    assert found.message == (
        "The personal part of the letter uses a word of the confidential field `notes` of the case."
    )
    assert "as a stranger would" in found.remedy
    assert field(found) == "confidential.notes"
    assert "coworker" not in str(findings)


def test_a_single_word_between_commas_is_only_a_hint_in_a_note(desk: Desk) -> None:
    assert codes(desk, "your sister", notes="Sister, money.") == ["confidential-word"]
    assert codes(desk, "your sister", notes="Sister") == ["confidential"]
    assert codes(desk, "your brother", notes="Sister, money.") == []


def test_a_telling_word_counts_only_in_what_somebody_wrote_for_this_letter(desk: Desk) -> None:
    body = marked(SECTIONS | {"thanks": SECTIONS["thanks"] + "<p>Your coworkers.</p>"})
    desk.case["confidential"] = {"notes": NOTE}
    assert desk.codes(note(desk, body)) == []

    desk.case["words"] = {"acknowledgment": "Your coworkers, in another letter."}
    desk.case["supports"] = ["your coworkers"]
    assert desk.codes(note(desk)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [("what", "Report on the assault"), ("condition", "torn in the assault")],
)
def test_what_is_written_into_an_inventory_counts(path: str, value: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["records"]["originals"][0][path] = value
    desk.case["confidential"] = {"notes": NOTE}

    assert desk.codes("record-return", to="ines") == ["confidential-word"]
    desk.case["confidential"] = {"diagnosis": value}
    assert desk.codes("record-return", to="ines") == ["confidential"]


def test_what_is_asked_of_a_provider_counts(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.case["request"]["why_now"] = "Since the assault in 2019 by a coworker she sleeps badly."

    assert desk.codes("referral") == ["confidential"]


def test_why_somebody_leaves_is_told_to_nobody(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    assert desk.codes("clinician-leaving") == []

    desk.case["words"] = {"last-day": "Dana was dismissed."}
    found = the("confidential", desk.write("clinician-leaving")[1])
    assert found.message == (
        "The letter gives away the confidential field `leaving` of dana-okafor, in the section last-day."
    )
    assert field(found) == "words.last-day"
    assert found.place
    assert found.place.file.endswith("case.json")

    desk.case["words"] = {"last-day": "Dana left after a complaint."}
    assert desk.codes("clinician-leaving") == ["confidential"]


def test_a_leak_in_the_subject_is_told_there(desk: Desk) -> None:
    desk.case["confidential"] = {"diagnosis": "adjustment disorder"}

    found = the("confidential", desk.write(note(desk, subject="On adjustment disorder"))[1])

    assert found.message.endswith("`diagnosis` of the case, in the subject.")


def looked_at(desk: Desk, body: str) -> list[Finding]:
    """What is found in a text no template of ours could make."""
    written, _ = desk.write(note(desk))
    assert written
    texts = {"records": "503 555 0101", "crisis": "911, 988", "contact": "503 555 0100"}
    return check_text(written.facts, "A note", marked({"thanks": f"Thank you. {body}"} | texts))


@pytest.mark.parametrize(
    "body",
    [
        "<p>adjust<em>ment</em> dis<strong>or</strong>der</p>",
        "<p>adjustment</p><p>disorder</p>",
        "<p>adjustment <span hidden>x</span> disorder</p>",
        "<p>adjust<!-- a -->ment disorder</p>",
        "<p hidden>adjustment disorder</p>",
        '<p title="adjustment disorder">x</p>',
        "<!-- adjustment disorder -->",
        "<p>adjust&shy;ment&nbsp;dis&zwnj;order</p>",
        "<table><tr><td>adjustment</td><td>disorder</td></tr></table>",
    ],
)
def test_markup_does_not_hide_a_value(body: str, desk: Desk) -> None:
    desk.case["confidential"] = {"diagnosis": "adjustment disorder"}

    assert [found.code for found in looked_at(desk, body)] == ["confidential"]


def test_a_finding_of_another_sort_does_not_repeat_a_value(desk: Desk) -> None:
    confidential: dict[str, Any] = {"diagnosis": "adjustment disorder"}
    desk.case["words"]["thanks"] = "Thank you. [adjustment disorder]"
    desk.case["confidential"] = confidential

    _, findings = desk.write(note(desk))

    found = the("placeholder", findings)
    assert found.message == "What is wrong here cannot be said without repeating something confidential."
    assert found.place
    assert found.place.line
    assert found.place.excerpt == ""
    assert "adjustment" not in str([replace(one, code="") for one in findings])


def test_a_remedy_does_not_repeat_a_value_either(desk: Desk) -> None:
    desk.case |= {"clinician": "lena-brok", "confidential": {"notes": "Lena Brook"}}

    found = the("unknown-person", desk.write(note(desk))[1])

    assert found.remedy == "See `letters rules unknown-person`."


def test_a_finding_without_any_value_is_shown_whole(desk: Desk) -> None:
    desk.case["words"]["thanks"] = "Thank you. [name]"

    found = the("placeholder", desk.write(note(desk))[1])

    assert found.place
    assert "[name]" in found.place.excerpt


@pytest.mark.parametrize(
    "change",
    [
        {"client": {"preferred_name": "Jordan (adjustment disorder)"}},
        {"address": {"lines": ["44 Alder Avenue", "adjustment disorder"]}},
        {"role": "Therapist for adjustment disorders"},
    ],
    ids=str,
)
def test_what_stands_around_the_text_is_searched_too(change: dict[str, Any], tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.client.update(change.get("client", {}))
    desk.client["addresses"][0].update(change.get("address", {}))
    desk.case.update(change.get("case", {}))
    desk.practice["people"]["sam-rivera"]["role"] = change.get("role", "Therapist")

    letter, findings = desk.write()

    assert letter is None
    assert "confidential" in [found.code for found in findings]


def test_an_identity_number_beside_the_name_is_found(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.client["name"] = "Jordan Avery 123-45-6789"

    assert "identity-number" in desk.codes()


def test_names_in_a_note_stop_no_letter(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["confidential"] = {"notes": "Jordan Avery, asked Sam Rivera about Northside Clinic."}

    assert desk.codes() == []


@pytest.mark.parametrize("words", ["About ᴀᴅᴊᴜꜱᴛᴍᴇɴᴛ ᴅɪꜱᴏʀᴅᴇʀ.", "About adjust\u3164ment dis\u3164order."])
def test_letters_of_odd_looks_hide_nothing(words: str, desk: Desk) -> None:
    assert "confidential" in codes(desk, words, diagnosis="adjustment disorder")
