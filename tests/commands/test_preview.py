"""`letters preview`: what it is asked for is looked at before any page is served."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from letters.preview import engine, serving
from letters.preview.serving import Options
from letters.preview.views import Ref, Seat
from letters.register import store
from tests.commands.conftest import Run

CASE = Path("cases/C-1001.yaml")
KIND = "closing-lost-contact"


class Idle:
    """An engine that is not asked."""

    def close(self) -> None:
        """Nothing is there to be ended."""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What would be served."""
    asked: list[Options] = []

    def serve(options: Options, *_: Any) -> int:
        asked.append(options)
        return 0

    monkeypatch.setattr(engine, "Engine", Idle)
    monkeypatch.setattr(serving, "serve", serve)
    return asked


@pytest.mark.usefixtures("office")
def test_without_arguments_it_is_the_list(letters: Run, served: list[Options]) -> None:
    assert letters("preview").code == 0
    assert served == [Options(Seat(Path("practice.yaml")), "en", 0, opens=served[0].opens)]


@pytest.mark.usefixtures("office")
def test_letters_that_are_named(letters: Run, served: list[Options]) -> None:
    other = Path("cases/C-1002.yaml")
    assert letters("preview", KIND, CASE, other, "--to", "casey", "--port", 8123, "--no-browser").code == 0
    (options,) = served
    assert options.seat.given == (Ref(KIND, CASE, "casey"), Ref(KIND, other, "casey"))
    assert (options.port, options.opens) == (8123, False)


@pytest.mark.usefixtures("office")
def test_a_case_of_the_register(letters: Run, served: list[Options]) -> None:
    assert letters("case", "import", CASE).code == 0
    assert letters("preview", KIND, "C-1001").code == 0
    assert served[0].seat.given == (Ref(KIND, "C-1001"),)
    told = letters("preview", KIND, "C-4711")
    assert (told.code, len(served)) == (2, 1)
    assert "C-4711" in told.said


def test_the_practice_may_be_found_from_the_case(
    letters: Run, office: Path, served: list[Options], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.parent)
    assert letters("preview", KIND, office / CASE).code == 0
    assert served[0].seat.practice.absolute() == office / "practice.yaml"


@pytest.mark.usefixtures("office")
def test_whose_cases_are_listed(letters: Run, served: list[Options], monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path("practice.yaml")
    text = file.read_text("utf-8").replace("name: Sam Rivera", "name: Sam Rivera\n    login: sam")
    file.write_text(text.replace("name: Lena Brook", "name: Lena Brook\n    login: lena"), "utf-8")
    assert letters("case", "import", "cases/C-1001.yaml").code == 0
    for login, options, expected in (
        ("sam", [], "sam-rivera"),
        ("sam", ["--clinician", "all"], None),
        ("sam", ["--clinician", "dana-okafor"], "dana-okafor"),
        ("lena", [], None),  # who has no cases, and reads everybody's
        ("nobody", [], None),
    ):
        monkeypatch.setattr(store, "login", lambda login=login: login)
        assert letters("preview", *options).code == 0
        assert served[-1].seat.clinician == expected
    monkeypatch.setattr(store, "login", lambda: "sam")
    assert letters("preview", "--by", "sam-rivera").code == 0
    assert served[-1].seat.by == "sam-rivera"
    assert letters("preview", "--by", "lena-brook").code == 2


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((KIND,), "whose letter"),
        ((CASE,), "is a file and not a kind"),
        ((KIND, "-"), "again and again"),
        ((KIND, "cases/nowhere.yaml"), "no file cases/nowhere.yaml"),
        (("closing-lost-contct", CASE), "closing-lost-contact"),
        ((KIND, CASE, "--clinician", "sam-rivera"), "a letter is named"),
        (("--clinician", "nobody"), "nobody"),
        (("--to", "jordan"), "none is named"),
        (("--by", "nobody"), "nobody with the id"),
        (("--port", "0"), "--port"),
    ],
    ids=lambda one: " ".join(map(str, one)) if isinstance(one, tuple) else None,
)
def test_what_makes_no_sense_is_told(
    letters: Run, served: list[Options], arguments: tuple[Any, ...], words: str
) -> None:
    assert letters("case", "import", CASE).code == 0
    told = letters("preview", *arguments)
    assert told.code == 2
    assert words in told.said
    assert served == []


def test_a_practice_file_with_mistakes_is_told(letters: Run, office: Path, served: list[Options]) -> None:
    (office / "practice.yaml").write_text("name: [", "utf-8")
    told = letters("preview")
    assert (told.code, served) == (1, [])
    assert "practice.yaml:1" in told.said


def test_cases_of_two_practices_are_not_shown_together(
    letters: Run, office: Path, served: list[Options]
) -> None:
    other = office.parent / "other"
    shutil.copytree(office, other)
    told = letters("preview", KIND, office / CASE, other / CASE)
    assert (told.code, served) == (2, [])
    assert "2 practices" in told.said


def test_where_there_is_no_practice(
    letters: Run, served: list[Options], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = letters("preview")
    assert (told.code, served) == (2, [])
    assert "practice.yaml" in told.said
