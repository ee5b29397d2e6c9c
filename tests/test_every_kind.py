"""What must hold for every built-in kind, in both languages, with data of any sort."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters import kinds
from letters.checks.likeness import folded
from letters.letter import Written, write
from maintain.examples import LANGUAGES, first_of_each_kind
from tests.support.desk import Desk
from tests.support.issue import issue_one, record_of

KINDS = sorted(first_of_each_kind())
NONSENSE = st.text("bcdfghjklmnpqrstvwxz", min_size=8, max_size=14)
any_kind = pytest.mark.parametrize("kind", KINDS)
any_language = pytest.mark.parametrize("language", LANGUAGES)
a_few = settings(deadline=None, max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])


def desk_for(kind: str, folder: str) -> Desk:
    """The desk at which the first example of a kind is written."""
    office, _, case = first_of_each_kind()[kind].case.partition("/")
    return Desk(Path(folder), case, office)


def written(desk: Desk, kind: str, language: str, **changes: Any) -> Written:
    letter, findings = desk.write(kind, to=first_of_each_kind()[kind].to, language=language, **changes)
    assert letter, findings
    return letter


def everything(letter: Written) -> str:
    """All that leaves with a letter before it is a PDF, the copy for the file too."""
    return folded(" ".join((letter.html, str(letter.frame.values), letter.copy.html if letter.copy else "")))


def confide(desk: Desk, values: list[str]) -> None:
    """Write confidential values wherever there is a place for one."""
    desk.case["confidential"] = dict(zip(("diagnosis", "notes", "suspicion"), values, strict=False))
    for person in desk.practice["people"].values():
        person["confidential"] = {"leaving": values[3], "notes": values[4]}
    if "closing" in desk.practice:
        desk.practice["closing"]["confidential"] = {"reason": values[5]}


@any_kind
@any_language
@a_few
@given(values=st.lists(NONSENSE, min_size=6, max_size=6, unique=True))
def test_no_confidential_value_reaches_a_template(kind: str, language: str, values: list[str]) -> None:
    with TemporaryDirectory() as folder:
        desk = desk_for(kind, folder)
        confide(desk, values)
        said = everything(written(desk, kind, language))

    assert len(said) > 500
    assert [value for value in values if folded(value) in said] == []


def with_words() -> list[tuple[str, str]]:
    """The kinds that print personal words, each with the first section that does."""
    found = []
    for kind in KINDS:
        spec = kinds.find(kind).spec
        assert spec
        found += [(kind, section.id) for section in spec.sections if section.words != "none"][:1]
    return found


def test_most_kinds_print_personal_words() -> None:
    assert len(with_words()) > 15


@pytest.mark.parametrize(("kind", "section"), with_words())
@a_few
@given(value=NONSENSE)
def test_a_confidential_value_that_somebody_wrote_into_a_letter_stops_it(
    kind: str, section: str, value: str
) -> None:
    with TemporaryDirectory() as folder:
        desk = desk_for(kind, folder)
        confide(desk, [value] * 6)
        desk.case["words"] = desk.case.get("words", {}) | {section: f"Well, {value.upper()}."}
        letter, findings = desk.write(kind, to=first_of_each_kind()[kind].to)

    assert letter is None
    assert "confidential" in {found.code for found in findings}
    assert [found for found in findings if value in folded(f"{found.message} {found.remedy}")] == []


@cache
def for_clients() -> list[str]:
    """The kinds that may go to one of two people, or are read out to one."""
    specs = {kind: kinds.find(kind).spec for kind in KINDS}
    return [kind for kind, spec in specs.items() if spec and (spec.to == "client" or spec.call)]


def test_most_kinds_go_to_clients() -> None:
    assert len(for_clients()) > 15


@pytest.mark.parametrize("kind", for_clients())
@any_language
def test_no_letter_to_one_of_a_couple_holds_how_to_reach_the_other(kind: str, language: str) -> None:
    with TemporaryDirectory() as folder:
        desk = desk_for(kind, folder)
        address = {"lines": ["7 Quince Gardens"], "city": "Elsewhere", "postcode": "97777", "country": "US"}
        desk.case["clients"].append(
            {
                "id": "other",
                "name": "Quentin Quimby",
                "addresses": [address | {"safe": "yes"}],
                "phones": [{"number": "+1 971 555 0177", "safe": "yes"}],
                "emails": [{"address": "quimby@example.org", "safe": "yes"}],
            }
        )
        if consent := desk.case.get("handover", {}).get("consent"):
            consent["by"] = desk.client["id"]
        to = first_of_each_kind()[kind].to or _first_addressee(desk, kind)
        letter, findings = write(desk.order(kind, to=to, language=language))
    assert letter, findings
    said = everything(letter)

    assert [told for told in ("quince", "97777", "0177", "quimby@example.org") if told in said] == []


def _first_addressee(desk: Desk, kind: str) -> str:
    """Who the letter goes to of the people there were before."""
    letter, _ = write(first_of_each_kind()[kind].order("en"))
    assert letter
    assert letter.facts.addressee.id in json.dumps(desk.case)
    return letter.facts.addressee.id


# The others are issued in the same way, and what their letters say is searched above.
@pytest.mark.parametrize(
    "kind", ["call-script", "closing-lost-contact", "outreach", "record-access", "referral"]
)
def test_nothing_that_is_issued_tells_a_confidential_value_or_a_name_outside_the_letter(
    kind: str, tmp_path: Path
) -> None:
    desk = desk_for(kind, str(tmp_path / "office"))
    confide(desk, ["zqxwvut", "zqxwvus", "zqxwvur", "zqxwvuq", "zqxwvup", "zqxwvuo"])
    order = desk.order(kind, to=first_of_each_kind()[kind].to, language="es")
    result = issue_one(order, tmp_path / "issued")
    assert result.file, result.findings

    names = " ".join(path.name for path in (tmp_path / "issued").iterdir())
    record = str({name: told for name, told in record_of(result).items() if name not in ("route", "lines")})
    people = [client["name"] for client in desk.case["clients"]]
    assert [value for value in ("zqxwvu", *people) if value in names + record] == []
    pdfs = list((tmp_path / "issued").glob("*.pdf"))
    assert len(pdfs) == 2  # the letter, and its copy for the file
    assert [pdf.name for pdf in pdfs if "zqxwvu" in told_by(pdf)] == []


def told_by(pdf: Path) -> str:
    """All that a finished file tells: its pages, and what is said about it."""
    reader = pypdf.PdfReader(pdf)
    metadata = reader.xmp_metadata
    assert metadata
    about = [*map(str, (reader.metadata or {}).values()), metadata.stream.get_data().decode()]
    pages = [page.extract_text() for page in reader.pages]
    assert all(pages)
    return folded(" ".join((*about, *pages)))
