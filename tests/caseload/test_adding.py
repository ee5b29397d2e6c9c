"""One case, asked for question by question."""

from __future__ import annotations

import pytest

from letters.caseload.adding import (
    QUESTIONS,
    Desk,
    Question,
    default,
    gathered,
    grown,
    is_asked,
    missing,
    next_number,
    trouble,
)
from letters.model.practice import Practice
from letters.sources import read
from letters.tables.fields import Leaf, node_at
from tests.support.desk import EXAMPLES, TODAY

OF = {question.option: question for question in QUESTIONS}


@pytest.fixture(scope="module")
def desk() -> Desk:
    practice = read(EXAMPLES / "harbor" / "practice.yaml", Practice).value
    assert practice
    return Desk(practice, ["C-1001", "C-1006", "X-9"], TODAY)


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        ([], "C-1001"),
        (["C-1006", "C-1002"], "C-1007"),
        (["C-0099"], "C-0100"),
        (["C-1", "C-2", "Z-900"], "C-3"),
        (["2026-0041"], "2026-0042"),
        (["nobody"], "C-1001"),
    ],
)
def test_the_next_number_is_like_those_known(taken: list[str], following: str) -> None:
    assert next_number(taken) == following


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.option)
def test_every_question_is_about_a_value_a_case_has(question: Question) -> None:
    assert isinstance(node_at(question.path), Leaf)


@pytest.mark.parametrize(
    ("option", "answer", "said"),
    [
        ("opened", "2026-02-30", "is not a day of the calendar"),
        ("opened", "2026-11-23", "has not come yet"),
        ("born", "soon", '"soon" is not a date'),
        ("safe", "perhaps", "is neither yes nor no"),
        ("relationship", "friends", "is not one of the words known here"),
        ("voicemail", "short", "is not one of the words known here"),
        ("country", "Oregon", "is not a country code"),
        ("language", "English", "is not a language tag"),
        ("email", "ann at home", "is not an email address"),
        ("number", "C 1", "is not an identifier"),
        ("number", "C-1006", "The register has a case C-1006 already"),
        ("clinician", "sam-rivero", "nobody with the id sam-rivero"),
        ("id", "file", "is kept for another use"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_as_a_file_would_be(
    desk: Desk, option: str, answer: str, said: str
) -> None:
    found = trouble(OF[option], answer, desk)
    assert found
    assert said in found.message
    assert found.remedy


@pytest.mark.parametrize(
    ("option", "answer"),
    [("number", "C-1007"), ("opened", "2026-11-22"), ("safe", "no"), ("name", "O'Brien & Söhne <Ltd>")],
)
def test_an_answer_that_fits_is_no_trouble(desk: Desk, option: str, answer: str) -> None:
    assert trouble(OF[option], answer, desk) is None


def test_what_hangs_on_another_answer_is_asked_after_it() -> None:
    assert not is_asked(OF["city"], {})
    assert is_asked(OF["city"], {"address-line": "4 High Street"})
    assert is_asked(OF["attention"], {"relationship": "organization"})
    assert not is_asked(OF["born"], {"relationship": "organization"})


def test_defaults_come_from_the_practice_and_the_name(desk: Desk) -> None:
    assert default(OF["country"], {}, desk) == "US"
    assert default(OF["language"], {}, desk) == "en"
    assert default(OF["opened"], {}, desk) == "2026-11-22"
    assert default(OF["clinician"], {}, desk) == ""
    assert default(OF["id"], {"name": "José Ruiz"}, desk) == "jose"
    assert default(OF["id"], {"name": "José Ruiz"}, desk, ["jose"]) == "jose-2"
    assert default(OF["id"], {"name": "王芳"}, desk) == "client"


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert [*missing({"name": "Ann"})] == ["--number", "--relationship", "--clinician", "--opened"]
    told = {"number": "C-1", "relationship": "individual", "clinician": "sam", "opened": "2026-01-01"}
    assert [*missing({**told, "name": "Ann", "address-line": "4 High Street"})] == ["--country"]


def test_the_answers_come_to_a_case_with_several_clients() -> None:
    answers = [
        (OF[option].path, answer)
        for option, answer in [
            ("number", "C-1007"),
            ("relationship", "couple"),
            ("clinician", "sam-rivera"),
            ("opened", "2026-11-01"),
            ("name", "Ann Lee"),
            ("id", "ann"),
            ("address-line", "4 High Street"),
            ("address-line-2", "Flat 2"),
            ("country", "US"),
            ("phone", "+1 503 555 0144"),
        ]
    ]
    second = [(OF[option].of_client(1).path, answer) for option, answer in [("name", "Bo Lee"), ("id", "bo")]]
    (found,) = gathered(grown(answers + second)).reported
    assert [client.id for client in found.case.clients] == ["ann", "bo"]
    assert found.case.clients[0].addresses[0].lines == ["4 High Street", "Flat 2"]
    assert found.case.clients[0].addresses[0].safe is None
    assert found.place("clinician").field == "clinician"
