"""The words of the page: both languages have the same ones, each is used, and none is missing."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from letters import kinds, preview
from letters.findings import Severity
from letters.locale import languages
from letters.model.practice import LetterStyle
from letters.preview.pages import FAILED
from letters.preview.saying import FOLDER, TONGUES, Saying
from letters.preview.views import Group

HERE = Path(preview.__file__).parent
TREES = {"sections", "kinds"}  # what is no sentence
CAME = re.compile(r'Done\(\s*"([a-z-]+)"|"([a-z-]+)" if errors\(|else "([a-z-]+)", ')
STATES = re.compile(r'"(broken|issued|approved|back|draft|waits|ready)"')


def words(language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return read


def sentences(language: str) -> Mapping[str, str]:
    return {key: text for key, text in words(language).items() if key not in TREES}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def sources() -> str:
    files = [*HERE.glob("*.py"), *(HERE / "templates").glob("*.j2")]
    return "\n".join(file.read_text("utf-8") for file in files)


def used() -> Iterator[str]:
    """Every key that code and templates ask for, also those put together from a part and a value."""
    text = sources()
    yield from re.findall(r'say\("([a-z_-]+)"[,)]', text)
    envelopes = get_args(LetterStyle.model_fields["envelope"].annotation)
    for prefix, values in {
        "envelope_": envelopes,
        "group_": get_args(Group),
        "lead_": set(get_args(Group)) - {"given"},
        "weight_": {one.value for one in Severity},
        "state_": states(),
        "came_": came(),
        "control_": {"to", "language", "envelope"},
    }.items():
        yield from (f"{prefix}{value}" for value in values)
    yield from (f"state_{state}_more" for state in states())


def states() -> set[str]:
    code = (HERE / "pages.py").read_text("utf-8")
    return {FAILED, *STATES.findall(code[code.index("def state(") : code.index("def state_more(")])}


def came() -> set[str]:
    text = (HERE / "deciding.py").read_text("utf-8")
    return {FAILED, *(one for found in CAME.findall(text) for one in found if one)}


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    assert TONGUES.keys() == {file.stem for file in FOLDER.glob("*.json")}
    english, spanish = sentences("en"), sentences("es")
    assert english.keys() == spanish.keys()
    assert {key: gaps(text) for key, text in english.items()} == {
        key: gaps(text) for key, text in spanish.items()
    }
    assert words("en")["sections"].keys() == words("es")["sections"].keys()


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    assert came() >= {"saved", "conflict", "stopped", "changed", "approved", "sent-back", "issued"}
    assert len(states()) == 8
    assert set(used()) == sentences("en").keys()


@pytest.mark.parametrize("language", TONGUES)
def test_no_sentence_is_empty_or_begins_or_ends_with_a_space(language: str) -> None:
    every = [
        *sentences(language).values(),
        *(text for pair in words(language)["sections"].values() for text in pair),
    ]
    assert [text for text in every if not text.strip() or text != text.strip()] == []


@pytest.mark.parametrize("language", TONGUES)
def test_every_personal_part_has_a_label_and_a_hint_in_each_language(language: str) -> None:
    say, wanted = Saying(language), set()
    for kind in kinds.folders(None):
        spec = kinds.find(kind, None).spec
        assert spec
        wanted |= {one.id for one in spec.sections if one.words != "none"}
    assert wanted
    assert wanted <= words(language)["sections"].keys()
    hints = [say.hint(one, "unknown") for one in sorted(wanted)]
    assert {one.language for one in hints} == {language}
    assert all(one.label and one.text.endswith((".", "?")) for one in hints)


def test_every_kind_has_a_title_in_spanish_and_its_own_in_english() -> None:
    known = kinds.folders(None).keys()
    assert (words("es")["kinds"].keys(), words("en")["kinds"]) == (known, {})
    assert Saying("en").kind("outreach", "Asking after") == "Asking after"
    assert Saying("es").kind("own", "A kind of our own") == "A kind of our own"


def test_a_part_of_an_own_kind_says_what_the_kind_says_in_english() -> None:
    hint = Saying("es").hint("our-own-part", "what only we say")
    assert (hint.label, hint.text, hint.language) == ("Our own part", "What only we say.", "en")


def test_an_unknown_language_is_english() -> None:
    assert Saying("../../etc").language == Saying("fr").language == "en"


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        Saying("en")("no such word")


def test_days_moments_and_names_are_written_as_the_language_does() -> None:
    at = datetime(2026, 11, 22, 14, 5)
    english, spanish = Saying("en"), Saying("es")
    days = [" ".join(say.day(date(2026, 11, 22)).split()) for say in (english, spanish)]
    assert days == ["November 22, 2026", "22 de noviembre de 2026"]
    moments = [" ".join(say.moment(at).split()) for say in (english, spanish)]
    assert moments[0].startswith("November 22, 2026, 2:05")
    assert moments[1].startswith("22 de noviembre de 2026, 14:05")
    assert (english.one_of(("A", "B")), spanish.one_of(("A", "B")), english.one_of(())) == (
        "A or B",
        "A o B",
        "",
    )


def test_each_language_is_called_by_its_own_name() -> None:
    assert {tag: languages.language_name(tag, tag).lower() for tag in TONGUES} == {
        tag: name.lower() for tag, name in TONGUES.items()
    }
