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


STREETS = ["1 Fir Court", "2 Oak Row", "3 Ash Way"]
NUMBERS = ["+1 503 555 0131", "+1 503 555 0132", "+1 503 555 0133"]
IS_SAFE = st.lists(st.sampled_from(["no", "yes", "", "yes"]), min_size=2, max_size=3)
PLAIN = {"thanks": "Thank you.", "records": "503 555 0101", "crisis": "911, 988", "contact": "503 555 0100"}
YES_NO = st.sampled_from(["yes", "no"])
ANY_KIND = st.fixed_dictionaries(
    {
        "to": st.sampled_from(["client", "file"]),
        "call": st.just("yes"),
        "signed_by": st.sampled_from(["clinician", "practice", "author"]),
        **dict.fromkeys(("ends", "ahead", "discreet", "after_death", "clinical"), YES_NO),
        "gates": st.lists(st.sampled_from(["follow-up", "options"]), unique=True),
    }
)


@settings(deadline=None, max_examples=80)
@given(
    kind=ANY_KIND,
    overheard=YES_NO,
    streets=IS_SAFE,
    phones=IS_SAFE,
    no_contact=st.sampled_from(["no", "no", "no", "yes"]),
    draft=st.booleans(),
    language=st.sampled_from([None, "en-GB"]),
)
def test_nobody_is_written_to_or_called_without_a_permitted_route(
    kind: dict[str, Any],
    overheard: str,
    streets: list[str],
    phones: list[str],
    no_contact: str,
    draft: bool,
    language: str | None,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), "C-1001")
        desk.case["words"] = {}
        client, place = desk.client, desk.client["addresses"][0]
        client["addresses"] = [
            place | {"lines": [line], "safe": safe} for line, safe in zip(STREETS, streets, strict=False)
        ]
        client["phones"] = [
            {"number": number, "safe": safe, "voicemail": "detailed"}
            for number, safe in zip(NUMBERS, phones, strict=False)
        ]
        client["no_contact"] = no_contact
        sections = [{"id": says, "says": says, "overheard": overheard} for says in PLAIN]
        body = marked(PLAIN | {"thanks": "Thank you. {{ call.number }}"})
        name = note(desk, body, fields=["call.number?"], sections=sections, **kind)
        written, _ = desk.write(name, draft=draft, language=language)

    is_script = kind["to"] == "file"
    permitted = [safe == "yes" and no_contact == "no" for safe in (phones if is_script else streets)]
    assert written is None or any(permitted)
    if written:
        shown = [line in written.html for line in STREETS]
        first = permitted.index(True)
        assert shown == [not is_script and number == first for number in range(len(STREETS))]
        called = [number[-4:] in written.html for number in NUMBERS]
        safe_phone = phones.index("yes") if "yes" in phones else None
        assert called == [number == safe_phone for number in range(len(NUMBERS))]
