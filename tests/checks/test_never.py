"""What must never happen, tried with words of every sort."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from letters.checks import check_text
from letters.checks.common_words import COMMON
from letters.checks.likeness import folded
from letters.facts import Facts
from letters.findings import Finding
from letters.model.case import CaseConfidential
from tests.checks.looking import Desk, marked, note
from tests.support.desk import Desk as OneLineDesk

ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "äöüßéèñçøåÄÖÜ" + "aeiou",
    "абвгдежзиклмнопрстуАБВГ",
    "αβγδεζηθικλμνξοπρςστ",
    "ابتثجحخدذرزسشصضطظعغ",
    "अआइईउकखगघचछजझटठडढ",
    "抑郁症焦虑创伤后应激障碍",
    "กขคงจฉชซญฎฏฐ",
]
WORD = st.sampled_from(ALPHABETS).flatmap(lambda alphabet: st.text(alphabet, min_size=4, max_size=12))
WORDS = st.lists(WORD, min_size=1, max_size=9)
BETWEEN = st.sampled_from(
    [" ", "  ", "\n", "\n\n", "-", ", ", " – ", ": ", "; ", "/", "_", " (", "\u00a0", " … ", "’"]
)
CASES = st.sampled_from([str, str.lower, str.upper, str.title, str.swapcase])
AROUND = st.sampled_from(["{}", "You said: {}.", "({})", "Thank you for {} and all that.", "“{}”"])
FIELDS = st.sampled_from(["diagnosis", "notes", "suspicion"])


def facts() -> Facts:
    """The facts of a small letter."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), "C-1001")
        desk.case["words"] = {"thanks": "Thank you."}
        written, findings = desk.write(note(desk))
    assert findings == []
    assert written
    return written.facts


FACTS = facts()
TEXTS = {"records": "503 555 0101", "crisis": "911, 988", "contact": "503 555 0100"}


def told(found: Finding) -> str:
    """All that a finding shows."""
    excerpt = found.place.excerpt if found.place else ""
    return f"{found.message} {found.remedy} {excerpt}"


@settings(deadline=None, max_examples=300)
@given(WORDS, FIELDS, AROUND, CASES, st.data())
def test_no_letter_repeats_a_confidential_value_unseen(
    words: list[str], where: str, around: str, case: Any, data: st.DataObject
) -> None:
    assume(not {folded(word) for word in words} <= COMMON)
    value, said = words[0], words[0]
    for word in words[1:]:
        value += data.draw(BETWEEN) + word
        said += data.draw(BETWEEN) + word
    confidential = CaseConfidential.model_validate({where: value})
    secretive = replace(FACTS, case=FACTS.case.model_copy(update={"confidential": confidential}))
    body = marked({"thanks": f"<p>Thank you. {around.format(case(said))}</p>"} | TEXTS)

    findings = check_text(secretive, "A note", body)

    assert "confidential" in [found.code for found in findings]


CONSONANTS = st.text("bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ", min_size=6, max_size=10)
FORMS = ["{}", "[{}]", "{{{}}}", "{} 123-45-6789", "{} TODO", "44 Alder Avenue {}", "{} LOST_CONTACT"]


@settings(deadline=None, max_examples=60)
@given(
    words=st.lists(CONSONANTS, min_size=1, max_size=6),
    where=FIELDS,
    form=st.sampled_from(FORMS),
    sort=st.sampled_from([Desk, OneLineDesk]),
    subject=st.booleans(),
)
def test_no_finding_repeats_a_confidential_value(
    words: list[str], where: str, form: str, sort: type[OneLineDesk], subject: bool
) -> None:
    value = " ".join(words)
    with tempfile.TemporaryDirectory() as folder:
        desk = sort(Path(folder), "C-1001")
        desk.case["words"] = {"thanks": form.format(value), "thank": value}
        desk.case["confidential"] = {where: value}
        desk.case["contacts"][0] |= {"said": value, "to": "jordn"} if subject else {"said": value}
        _, findings = desk.write(note(desk, subject=f"About {value}" if subject else "A note"))

    assert findings
    assert not [found for found in findings if folded(value) in folded(told(found))]
