"""The lists of phrases load, agree between languages, and find what they should and nothing else."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from letters import kinds, phrases
from letters.checks.never import RESIGNED
from letters.model.phrase import Phrases
from letters.sources import read

_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|<!--.*?-->", re.DOTALL)


def found(text: str, *wanted: str) -> list[str]:
    """What is found of phrases, as written in the text."""
    return [hit.written for hit in phrases.find(text, wanted)]


def held(text: str, group: str, language: str = "en") -> list[str]:
    """What a text holds of a group."""
    return found(text, *phrases.groups(language)[group].listed)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("you failed to pay", "YOU failed\n  to pay"),
        ("no-show*", "two no shows"),
        ("no show", "a No‑Show"),
        ("su compañía", "SU COMPANIA"),
        ("su compania", "su compañía"),
        ("terminat*", "your termination"),
        ("terminat* of", "the termination of it"),
        ("don't miss", "Don’t miss"),
        ("curado", "está curado."),
        ("abandoned", "aban\u00addoned"),
        ("abandoned", "aban\u200bdo\u2060ned \ufeffhere"),
        ("you failed", "you\u200f failed"),
        ("AA", "na and aa and AA"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(phrase: str, text: str) -> None:
    assert len(found(text, phrase)) == 1


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cured", "secured"),
        ("cured", "obscuredly"),
        ("sue you", "to sue. You"),
        ("we promise", "we, promise"),
        ("we promise", "we will promise"),
        ("buy", "buyer"),
        ("terminat*", "exterminate"),
        ("your fault", "it was not your. Fault"),
        ("AA", "aa batteries, Aa"),
        ("NA", "DNA, not na"),
    ],
)
def test_other_words_are_not_found(phrase: str, text: str) -> None:
    assert found(text, phrase) == []


def test_a_phrase_is_shown_as_it_is_written() -> None:
    assert found("Señora, ESTÁ  Curada ya", "esta curada") == ["ESTÁ Curada"]


def test_every_language_has_the_same_groups() -> None:
    assert phrases.languages() == ["en", "es"]
    english, spanish = phrases.groups("en"), phrases.groups("es")
    assert list(english) == list(spanish)
    for name, group in english.items():
        other = spanish[name]
        assert (group.severity, group.always, group.why) == (other.severity, other.always, other.why), name
        assert group.authority == other.authority, name
    assert [name for name, group in english.items() if group.always] == [
        *("blame", "reproach", "promise", "tipping-off"),
    ]


@pytest.mark.parametrize("language", phrases.languages())
def test_a_list_loads_without_a_finding_and_says_nothing_twice(language: str) -> None:
    file = phrases.FOLDER / f"{language}.yaml"
    assert read(file, Phrases).findings == []
    groups = phrases.groups(language)
    assert len(groups) > 12
    for name, group in groups.items():
        assert len(group.listed) > 3, name
        assert [phrase for phrase, times in Counter(group.listed).items() if times > 1] == [], name
        assert re.fullmatch(r"[A-Z].*\.", group.why), name
        assert re.fullmatch(r"[A-Z].*", group.instead), name
    plain = re.findall(r"^  (\S.*?): .", file.read_text("utf-8").partition("\nplain:\n")[2], re.MULTILINE)
    assert len(plain) == len(set(plain)) == len(phrases.plain_words(language)) > 50


def test_every_phrase_finds_itself() -> None:
    for language in phrases.languages():
        listed = [one for group in phrases.groups(language).values() for one in group.listed]
        for phrase in [*listed, *phrases.plain_words(language)]:
            assert found(f"So {phrase.replace('*', 'xy')}, or not.", phrase), phrase


def test_every_phrase_is_found_among_all_others_in_the_order_of_the_list() -> None:
    for language in phrases.languages():
        listed = [one for group in phrases.groups(language).values() for one in group.listed]
        for phrase in listed:
            hits = [hit.phrase for hit in phrases.find(f"So {phrase.replace('*', 'xy')}, or not.", listed)]
            assert phrase in hits, phrase
            assert hits == sorted(hits, key=listed.index), phrase


def test_a_phrase_is_found_whatever_it_begins_with() -> None:
    listed = ["¡ay*", "don't go", "x-ray", "drop* out", "AA", "end", "no, no"]
    said = "¡Ayer! Don’t go to the X-ray; dropped out of AA, no, no: the END."

    assert [hit.phrase for hit in phrases.find(said, listed)] == listed
    assert list(phrases.find("Ending don'tgo x rays dropping outs aa no no.", listed)) == []


def test_a_variety_of_a_language_has_the_list_of_the_language() -> None:
    assert phrases.groups("en-GB") is phrases.groups("en")
    assert phrases.groups("vi") == {}
    assert phrases.plain_words("vi") == {}


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("blame", "You failed to attend two appointments."),
        ("promise", "We guarantee that you will feel better."),
        ("tipping-off", "We end our work because of matters we cannot disclose."),
        ("cure", "You are cured."),
        ("abandoned", "You abandoned therapy in May."),
        ("pressure", "After all we have done for you, this is hard."),
        ("motive", "You stopped because you did not want to go on."),
        ("withhold", "You get your records once you have paid."),
        ("collections", "We will hand this to a collection agency."),
        ("clinical", "For the treatment of your depression."),
        ("marketing", "We have a special offer for you."),
        ("opinion-of-staff", "Sam was dismissed for misconduct."),
        ("cause-of-closing", "We close because Sam passed away after a long illness."),
        ("values", "It conflicts with my values."),
        ("nature", "The HIV support group."),
        ("appointment", "About your appointment."),
    ],
)
def test_each_group_finds_what_it_is_for(group: str, text: str) -> None:
    assert held(text, group)


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("blame", "Usted falló a dos citas."),
        ("promise", "Le garantizamos que mejorará."),
        ("tipping-off", "Terminamos por motivos que no podemos revelar."),
        ("cure", "Usted está curada."),
        ("abandoned", "Usted abandonó la terapia en mayo."),
        ("pressure", "Después de todo lo que hemos hecho por usted."),
        ("motive", "Dejó de venir porque no quería seguir."),
        ("withhold", "No le entregaremos su expediente sin el pago."),
        ("collections", "Lo pasaremos a una agencia de cobros."),
        ("opinion-of-staff", "Sam fue despedido por mala conducta."),
        ("cause-of-closing", "Cerramos porque Sam falleció."),
        ("values", "Va contra mis creencias."),
        ("nature", "El grupo de apoyo."),
        ("appointment", "Sobre su cita."),
    ],
)
def test_each_group_finds_it_in_spanish(group: str, text: str) -> None:
    assert held(text, group, "es")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was not your fault, and you are not to blame."),
        ("en", "I felt abandoned by my family, you told me, and yet you came."),
        ("en", "The year you dropped out of school was the year you began to paint."),
        ("en", "You said that nobody had ever kept a promise to you."),
        ("en", "You were right to be suspicious of what he told you."),
        ("en", "You refused to give up, and you never failed to ask about the others."),
        ("en", "When you were fired, you found work within a month. Your values carried you."),
        ("en", "Since your father died you have cooked for all of them."),
        ("en", "You do not owe me an explanation, and your records are yours to ask for."),
        ("en", "Harbor Counseling keeps your records for seven years. Call us once you have decided."),
        ("es", "No fue culpa suya, y usted no tiene la culpa."),
        ("es", "Me sentí abandonada por mi familia, me dijo usted, y aun así vino."),
        ("es", "Desde que murió su padre, usted cocina para todos."),
        ("es", "Nadie le había cumplido nunca una promesa."),
        ("es", "Guardamos su expediente siete años. Puede pedir una copia."),
    ],
)
def test_a_kind_sentence_is_no_error(language: str, text: str) -> None:
    overheard = ("nature", "appointment")
    known = phrases.groups(language).items()
    errors = [group for name, group in known if group.severity == "error" and name not in overheard]
    assert len(errors) > 5
    assert [hit for group in errors for hit in found(text, *group.listed)] == []


@pytest.mark.parametrize("kind", kinds.folders())
def test_the_built_in_letters_say_none_of_it(kind: str) -> None:
    spec = kinds.find(kind).spec
    assert spec
    for language in kinds.find(kind).languages:
        groups = phrases.groups(language)
        files = [kinds.BUILT_IN / kind / f"{language}{kinds.TEMPLATE}"]
        files += (kinds.BUILT_IN / "parts" / language).glob("*")
        text = " ".join(_JINJA.sub(" ", file.read_text("utf-8")) for file in files)
        wanted = [
            phrase
            for name, group in groups.items()
            if name != RESIGNED and (name in spec.never or (group.always and spec.to == "client"))
            for phrase in group.listed
        ]
        assert found(text, *wanted) == []
