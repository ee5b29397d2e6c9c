"""Letters to clients are in plain language; what is not is shown, with where it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import SECTIONS, Desk, field, marked, note, the
from tests.support.desk import Desk as ExampleDesk

CODES = {"reading-level", "long-sentence", "jargon"}
HARD = (
    "Your exceptional determination regarding the organization of individual responsibilities illustrates"
    " considerable psychological development. Continuing independently necessitates understanding"
    " complicated environmental conditions."
)
LONG = "You came back " + "and you came back " * 8 + "in May."  # 37 words


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk."""
    return Desk(tmp_path)


def found(desk: Desk, kind: str, **changes: Any) -> list[Finding]:
    """What these rules find in a letter."""
    return [finding for finding in desk.write(kind, **changes)[1] if finding.code in CODES]


def said(desk: Desk, words: str, **changes: Any) -> list[Finding]:
    """What these rules find where somebody wrote some words."""
    desk.case["words"] = {"thanks": words}
    return found(desk, note(desk), **changes)


def with_section(desk: Desk, text: str) -> list[Finding]:
    """What these rules find where the kind itself says something."""
    return found(desk, note(desk, marked(SECTIONS | {"thanks": text + "{{ words.thanks }}"})))


def test_a_hard_text_is_told_with_its_hardest_sentence_and_where_it_was_written(desk: Desk) -> None:
    (finding,) = said(desk, HARD)

    assert (finding.code, finding.severity) == ("reading-level", Severity.WARNING)
    assert "years of school, and its hardest sentence is: “" in finding.message
    assert "Continuing independently necessitates" in finding.message
    assert field(finding) == "words.thanks"


def test_a_hard_text_of_the_kind_is_told_there(desk: Desk) -> None:
    (finding,) = with_section(desk, f"<p>{HARD}</p>")

    assert field(finding) == "sections[0]"


def test_a_text_too_short_to_be_graded_is_not(desk: Desk) -> None:
    brief = {"thanks": "<p>Organizational responsibilities necessitate understanding conditions.</p>"}
    sections = [{"id": "thanks", "says": "thanks"}]

    findings = found(desk, note(desk, marked(brief), sections=sections))

    assert findings == []


@pytest.mark.parametrize(
    "around",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<address>{}</address>",
        "<h2>{}</h2>",
        "<p hidden>{}</p>",
    ],
)
def test_tables_addresses_and_headings_are_not_graded(around: str, desk: Desk) -> None:
    assert with_section(desk, f"<p>Thank you.</p>{around.format(f'{HARD} {LONG}')}") == []
    assert with_section(desk, f"<p>Thank you.</p><p>{HARD} {LONG}</p>") != []


def test_names_make_no_text_hard(desk: Desk) -> None:
    name = "Interdenominational Psychotherapeutic Rehabilitation Association"
    desk.case["referrals"] = [{"name": name}]

    assert said(desk, f"You liked {name}, and {name} liked you. {name} is near.") == []
    assert [one.code for one in said(desk, f"{name.replace('A', 'E')} is near. " * 3)] == ["reading-level"]


def test_the_texts_that_the_law_words_are_left_out(desk: Desk) -> None:
    written, _ = desk.write(note(desk))
    assert written
    text = written.facts.jurisdiction.texts[0].text

    assert with_section(desk, f"<p>{text} {text} {text}</p>") == []


def test_a_long_sentence_is_told_and_cut(desk: Desk) -> None:
    finding = the("long-sentence", said(desk, f"Thank you. {LONG}"))

    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("This sentence has 37 words: “You came back and you")
    assert finding.message.endswith(" …”")
    assert len(finding.message) < 160
    assert field(finding) == "words.thanks"


def test_thirty_words_are_not_too_many(desk: Desk) -> None:
    thirty = " ".join(["we"] * 29)

    assert said(desk, f"So {thirty}.") == []
    assert [one.code for one in said(desk, f"And so {thirty}.")] == ["long-sentence"]


def test_items_of_a_list_are_no_long_sentence(desk: Desk) -> None:
    items = "".join("<li>a place for you to go to and ask</li>" for _ in range(6))

    assert with_section(desk, f"<p>You can ask here:</p><ul>{items}</ul>") == []


def test_jargon_is_told_with_a_plain_word(desk: Desk) -> None:
    finding = the("jargon", said(desk, "Thank you. We are terminating\nour work."))

    assert finding.severity is Severity.WARNING
    assert finding.message == "“terminating” is a hard word, in: “We are terminating our work.”"
    assert finding.remedy == "Say it in plain words; often this will do: end."
    assert field(finding) == "words.thanks"


def test_each_hard_word_is_told_once_a_section(desk: Desk) -> None:
    findings = said(desk, "We commence in May. We commence again prior to June.")

    assert [one.message.split("”")[0] for one in findings] == ["“commence", "“prior to"]


def test_jargon_in_spanish_is_told_in_spanish_and_nothing_is_graded(desk: Desk) -> None:
    desk.case["words"] = {"thanks": f"Por la presente le damos las gracias. {HARD} {LONG}"}
    kind = note(desk)
    folder = desk.folder / "kinds" / kind
    (folder / "es.html.j2").write_text((folder / "en.html.j2").read_text())

    assert [one.code for one in found(desk, kind, language="es")] == ["jargon"]


def test_a_hard_word_in_a_name_passes(desk: Desk) -> None:
    desk.case["referrals"] = [{"name": "Intake and Discharge House"}]

    assert said(desk, "Ask Intake and Discharge House.") == []


def test_a_letter_to_a_provider_may_be_hard(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.case["request"]["why_now"] = f"{HARD} {LONG} Prior to termination."

    assert found(desk, "referral") == []


@pytest.mark.parametrize(
    ("kind", "case"),
    [("closing-lost-contact", "C-1001"), ("clinician-leaving", "C-1005"), ("record-return", "C-1003")],
)
def test_the_examples_are_plain(kind: str, case: str, tmp_path: Path) -> None:
    _, findings = ExampleDesk(tmp_path, case).write(kind)

    assert [one for one in findings if one.code in CODES] == []
