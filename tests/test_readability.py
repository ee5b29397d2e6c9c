"""Sentences are told apart where a reader would, and the grade is near that of a count by hand."""

from __future__ import annotations

import pytest

from letters.readability import grade, sentences, syllables

# Counted by hand, by saying each word aloud.
SPOKEN = {
    1: "thank you for the work we did and saw yours hard things out loud time takes there been since stop "
    "good owe leave stays changed closed help came choose known whom where wish keeps told asked signed "
    "those whose health phone friend please make use once whole while based used write stopped types "
    "learn eye yes year tried don't won't you've it's",
    2: "letter coming people saying effort many reason alone sister Tuesday leaning places open closing "
    "judgment again later rather records office copy question number also over any very only because "
    "being Monday evening returned wanted needed started able little table client person trouble "
    "welcome quiet science create moment something sometimes safely useful movement statement safety "
    "ninety business Wednesday handled hundred entered released agreed studied doing going didn't isn't "
    "player buyer beyond building trial choices services payment balance between cannot worry money "
    "single notice decide yourself",
    3: "together idea area family counselor therapy appointment document permission December November "
    "another anyone suicide however important remember telephone medical clinical provider hospital "
    "insurance recovered everything everyone carefully various obvious guardian media period usual "
    "violence influence created completely management arrangement property assistance continue "
    "departure September deposit previous",
    4: "explanation available emergency original January February inventory information community "
    "experience relationship certificate evaluation society material psychologist independent "
    "particular professional anxiety ability appreciate security",
    5: "administrative individual authorization representative possibility opportunity immediately "
    "unnecessary examination cooperation",
}


def texts(*blocks: str) -> list[str]:
    """The sentences of blocks."""
    return [sentence.text for sentence in sentences(blocks)]


def test_the_count_of_syllables_is_not_biased() -> None:
    off = [syllables(word) - number for number, words in SPOKEN.items() for word in words.split()]
    spoken = [number for number, words in SPOKEN.items() for _ in words.split()]

    assert len(off) > 200
    # One syllable more in a hundred is 0.2 of a grade.
    assert abs(sum(off)) / sum(spoken) < 0.01
    assert sum(map(abs, off)) / len(off) < 0.03


@pytest.mark.parametrize(
    ("word", "count"),
    [("follow-up", 3), ("2026", 1), ("Jordan’s", 2), ("didn’t", 2), ("WELCOME", 2), ("the", 1), ("hmm", 1)],
)
def test_words_of_other_forms_are_counted_too(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    "whole",
    [
        "Dr. Lena Ortiz can see you on Monday.",
        "Call between 9 a.m. and 5 p.m. Pacific time.",
        "The U.S. Postal Service brings it.",
        "Ask for J. R. Smith at the desk.",
        "Call 503.555.0101 or +1 (503) 555-0111 ext. 4.",
        "You owe $120.50 for 2.5 hours.",
        "Bring forms, cards, etc. and your letter.",
        "Write to St. Mary's Clinic, 12 Main St. Portland.",
        "Go to www.riverbank.example/start for more.",
        "It is listed as No. 12 of the inventory.",
        "He asked “why now?” and left.",
        "1. Call the office.",
    ],
)
def test_a_full_stop_within_a_sentence_does_not_end_it(whole: str) -> None:
    assert texts(whole) == [whole]


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Call us. We answer.", ["Call us.", "We answer."]),
        ("We close at 5 p.m. You can call then.", ["We close at 5 p.m.", "You can call then."]),
        ("Call 503 555 0101. Ana answers.", ["Call 503 555 0101.", "Ana answers."]),
        ("It was 2026. Nobody came.", ["It was 2026.", "Nobody came."]),
        ("Is that right? Yes! Good… So call.", ["Is that right?", "Yes!", "Good…", "So call."]),
        ("You said “I can.” That stayed.", ["You said “I can.”", "That stayed."]),
        ("It ends on May 4. 988 answers at any hour.", ["It ends on May 4.", "988 answers at any hour."]),
    ],
)
def test_sentences_are_told_apart(whole: str, parts: list[str]) -> None:
    assert texts(whole) == parts


def test_no_sentence_goes_from_one_block_into_the_next() -> None:
    assert texts("You can ask here:", "Northside Clinic", "Riverbank Center", "", "—") == [
        *("You can ask here:", "Northside Clinic", "Riverbank Center"),
    ]


def test_a_name_and_a_number_are_one_short_word_and_shown_as_written() -> None:
    known = ["Harbor Counseling & Psychotherapy Inc.", "Harbor"]
    whole = (
        "Call Harbor Counseling & Psychotherapy Inc. at +1 503 555 0101. Harbor’s desk writes to a@b.example."
    )

    first, second = sentences([whole], known)

    assert [first.text, second.text] == [whole[: whole.index(" Harbor’s")], whole[whole.index("Harbor’s") :]]
    assert (first.words, first.syllables) == (4, 4)
    assert (second.words, second.syllables) == (5, 5)


def test_a_name_within_a_word_is_none() -> None:
    (sentence,) = sentences(["Ann announced an annual meeting."], ["Ann"])

    assert (sentence.words, sentence.syllables) == (5, 9)


def test_the_grade_is_that_of_the_formula() -> None:
    told = sentences(["You can call us again. We keep your records for seven years."])

    assert [(one.words, one.syllables) for one in told] == [(5, 6), (7, 9)]
    assert grade(told) == pytest.approx(0.39 * 6 + 11.8 * 15 / 12 - 15.59)


def test_a_harder_text_has_a_higher_grade() -> None:
    easy = "We are not in touch now. I will close your file on May 4. You can call us before that day."
    hard = (
        "In the absence of any communication, your administrative file will be discontinued in accordance"
        " with organizational procedures governing inactive therapeutic relationships."
    )

    assert grade(sentences([easy])) < 3
    assert grade(sentences([hard])) > 15


def test_a_text_without_words_has_no_grade() -> None:
    assert grade(sentences(["", "— …"])) == 0
