"""What a letter of a kind never says, wherever it comes from, is found and named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from letters import phrases
from letters.findings import Finding, Severity
from letters.frame import WORDINGS
from tests.checks.looking import SECTIONS, Desk, field, marked, note, spot, the

CODES = {"never-said", "better-not-said", "kind-never", "not-searched"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk."""
    return Desk(tmp_path)


def found(desk: Desk, kind: str, **changes: Any) -> list[Finding]:
    """What these rules find in a letter."""
    return [finding for finding in desk.write(kind, **changes)[1] if finding.code in CODES]


def said(desk: Desk, words: str, **description: Any) -> list[Finding]:
    """What these rules find where somebody wrote some words."""
    desk.case["words"] = {"thanks": words}
    return found(desk, note(desk, **description))


def test_blame_in_the_personal_words_is_an_error_there(desk: Desk) -> None:
    (finding,) = said(desk, "Thank you. But you failed to pay in May.")

    group = phrases.groups("en")["blame"]
    assert (finding.code, finding.severity) == ("never-said", Severity.ERROR)
    assert finding.message == f"The section thanks says “you failed to pay”. {group.why}"
    assert (finding.remedy, finding.authority) == (group.instead, group.authority)
    assert field(finding) == "words.thanks"
    assert "you failed to pay" in spot(finding)


def test_a_phrase_within_a_longer_one_is_not_told_again(desk: Desk) -> None:
    assert "you failed" in phrases.groups("en")["reproach"].listed
    both = said(desk, "I know you failed to pay. It is said that you failed in May.")
    apart = said(desk, "It is said that you failed in May.")

    assert [one.message.split("”")[0] for one in both] == ["The section thanks says “you failed to pay"]
    assert [one.message.split("”")[0] for one in apart] == ["The section thanks says “you failed"]


def test_a_group_of_warnings_warns(desk: Desk) -> None:
    (finding,) = said(desk, "You must have felt alone.", never=["motive"])

    assert (finding.code, finding.severity) == ("better-not-said", Severity.WARNING)
    assert "“You must have felt”" in finding.message


def test_what_the_kind_itself_says_is_told_there(desk: Desk) -> None:
    kind = note(desk, marked(SECTIONS | {"contact": "<p>We promise to answer {{ practice.phone }}.</p>"}))

    finding = the("never-said", found(desk, kind))

    assert field(finding) == "sections[3]"
    assert finding.place
    assert finding.place.file.endswith("kind.yaml")


def test_the_subject_and_a_heading_are_searched(desk: Desk) -> None:
    kind = note(
        desk,
        marked(SECTIONS | {"records": "<h2>Suspicious activity</h2><p>Ask: {{ records.contact }}.</p>"}),
        subject="We guarantee it",
    )

    subject, heading = found(desk, kind)

    assert subject.message.startswith("The subject says “We guarantee”.")
    assert field(subject) == "title"
    assert heading.message.startswith("The section records says “Suspicious activity”.")


def test_a_group_counts_only_for_kinds_that_name_it(desk: Desk) -> None:
    assert said(desk, "You were cured of shyness.") == []
    assert [one.code for one in said(desk, "You were cured of shyness.", never=["cure"])] == ["never-said"]


@pytest.mark.parametrize("group", [name for name, one in phrases.groups("en").items() if one.always])
def test_some_groups_count_for_every_letter_to_a_client(group: str, desk: Desk) -> None:
    phrase = phrases.groups("en")[group].listed[0]

    assert f"“{phrase}”" in said(desk, f"It says {phrase} here.")[0].message


def test_a_letter_to_a_provider_is_searched_only_for_what_it_names(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.case["request"]["why_now"] = "We promise to call you."

    assert found(desk, "referral") == []


def test_kind_words_pass(desk: Desk) -> None:
    words = "I felt abandoned by my family, you told me. It was not your fault, and you came all the same."

    assert said(desk, words, never=["abandoned", "cure", "withhold", "opinion-of-staff"]) == []


def test_names_pass(desk: Desk) -> None:
    desk.case["referrals"] = [{"name": "The Trauma and Disorder Clinic"}]

    assert said(desk, "Ask The Trauma and Disorder Clinic.", never=["clinical"]) == []
    assert "“Trauma”" in said(desk, "The Trauma and Disorder Clinic. Trauma.", never=["clinical"])[0].message


def test_an_unknown_group_is_named_with_the_nearest(desk: Desk) -> None:
    finding = the("kind-never", said(desk, "Thank you.", never=["blame", "abandonned"]))

    assert finding.severity is Severity.ERROR
    assert finding.message == "There is no group of phrases 'abandonned'."
    assert finding.remedy == "Did you mean abandoned?"
    assert field(finding) == "never[1]"


def test_an_unknown_group_like_none_is_told_all_there_are(desk: Desk) -> None:
    finding = the("kind-never", said(desk, "Thank you.", never=["zzz"]))

    assert finding.remedy.startswith("There are: blame, reproach,")


def test_a_letter_in_spanish_is_searched_in_spanish(desk: Desk) -> None:
    desk.case["words"] = {"thanks": "Usted FALLO a la cita. You failed to pay."}
    kind = note(desk)
    folder = desk.folder / "kinds" / kind
    (folder / "es.html.j2").write_text((folder / "en.html.j2").read_text())

    (finding,) = found(desk, kind, language="es")

    assert "“Usted FALLO”" in finding.message


def test_what_is_confidential_is_not_repeated(desk: Desk) -> None:
    desk.case["confidential"] = {"notes": "money laundering"}

    (finding,) = said(desk, "There was money laundering in the spring.")

    assert finding.code == "never-said"
    assert "laundering" not in finding.message
    assert finding.place
    assert "laundering" not in finding.place.excerpt


def words_of_own(desk: Desk, language: str = "en", **changes: Any) -> None:
    """Give the practice words of its own around a letter."""
    words = yaml.safe_load((WORDINGS / "en.yaml").read_text()) | changes
    (desk.folder / "kinds").mkdir(exist_ok=True)
    (desk.folder / "kinds" / f"{language}.yaml").write_text(yaml.safe_dump(words))


@pytest.mark.parametrize(
    "changes",
    [
        {"greeting": "You failed to pay, {name},"},
        {"closing": "We promise,"},
        {"reference": "You failed to pay"},
        {"page": "You failed to pay: {page} of {pages}"},
        {"logo": "We promise {name}"},
    ],
    ids=str,
)
def test_the_practices_own_words_around_a_letter_are_searched(changes: dict[str, str], desk: Desk) -> None:
    words_of_own(desk, **changes)
    desk.case["words"] = {}

    (finding,) = found(desk, note(desk))

    assert (finding.code, finding.severity) == ("never-said", Severity.ERROR)
    assert finding.message.startswith("The letter around its text says “")
    assert finding.place
    assert finding.place.file.endswith("kinds/en.yaml")


def test_the_mark_of_a_draft_and_the_list_of_enclosures_are_searched(desk: Desk) -> None:
    enclosed = {"originals": "What you failed to keep", "receipt": "x", "release": "x", "copies": "x"}
    desk.case["words"] = {}
    words_of_own(desk, enclosed=enclosed)
    assert found(desk, note(desk)) == []
    finding = the("never-said", found(desk, note(desk, enclosures=["originals"])))
    assert "“you failed to keep”" in finding.message

    words_of_own(desk, draft="You failed to pay")
    assert found(desk, note(desk)) == []
    assert "“You failed to pay”" in the("never-said", found(desk, note(desk), draft=True)).message


def test_a_name_in_the_letterhead_and_one_phrase_over_two_lines_pass(desk: Desk) -> None:
    desk.practice |= {
        "name": "Trauma Center",
        "website": "https://trauma.example",
        "email": "a@trauma.example",
    }
    desk.practice["people"]["sam-rivera"]["role"] = {"en": "Trauma therapist"}
    desk.client["addresses"][0]["lines"] = ["1 Trauma Street"]
    desk.case["words"] = {}
    words_of_own(desk, draft="You", page="failed to pay {page} of {pages}")

    assert found(desk, note(desk, never=["clinical"]), draft=True) == []


def in_another_language(desk: Desk, language: str, **description: Any) -> str:
    """A small kind in a language nobody listed phrases for."""
    kind = note(desk, **description)
    folder = desk.folder / "kinds" / kind
    (folder / f"{language}.html.j2").write_text((folder / "en.html.j2").read_text())
    words_of_own(desk, language)
    return kind


def test_a_letter_nobody_searches_says_so(desk: Desk) -> None:
    desk.case["words"] = {}
    finding = the("not-searched", found(desk, in_another_language(desk, "eo"), language="eo"))

    assert finding.severity is Severity.NOTE
    assert finding.message == "No phrase is known in the language eo, so this letter is searched for none."
    assert field(finding) == "title"


def test_where_there_is_nothing_to_search_for_nothing_is_said(desk: Desk) -> None:
    desk.case["words"] = {}
    assert found(desk, note(desk), language="en-AU") == []

    script = in_another_language(desk, "eo", to="file", signed_by="nobody")
    assert found(desk, script, language="eo") == []


def test_that_somebody_resigned_is_said_only_with_their_permission(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    desk.case["words"] = {"last-day": "Dana has resigned, and we are sorry to see her go."}
    assert "never-said" in desk.codes("clinician-leaving")

    desk.practice["people"]["dana-okafor"]["announced"] = {"resigned": "yes", "permission": "2026-11-01"}
    assert "never-said" not in desk.codes("clinician-leaving")


def test_where_somebody_goes_is_told_only_where_it_may_be(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    dana = desk.practice["people"]["dana-okafor"]
    dana["new_place"] = {"name": "Willow Bend Practice", "may_share": "no"}
    desk.case["words"] = {"last-day": "You can find Dana at Willow Bend Practice."}
    assert "confidential" in desk.codes("clinician-leaving")

    dana["new_place"]["may_share"] = "yes"
    assert desk.codes("clinician-leaving") == []
