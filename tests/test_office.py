"""A practice at work: where its register is, and who sits at the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.errors import UsageError
from letters.findings import FoundError
from letters.office import ADDRESS, Office, open_office
from letters.register.store import Actor, login
from tests.support.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv(ADDRESS, raising=False)
    monkeypatch.delenv("LETTERS_TODAY", raising=False)
    return Desk(tmp_path)


def opened(desk: Desk, address: str | None = None) -> Office:
    desk.order()
    return open_office(desk.folder / "practice.json", address)


def test_the_register_lies_beside_the_practice_file(desk: Desk) -> None:
    assert opened(desk).where.file == desk.folder / "register.sqlite"


def test_the_command_line_comes_before_the_environment_and_that_before_the_practice_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.practice["register_at"] = "kept/cases.sqlite"
    assert opened(desk).where.file == desk.folder / "kept" / "cases.sqlite"
    monkeypatch.setenv(ADDRESS, "postgresql://server.example/letters")
    assert str(opened(desk).where) == "postgresql+psycopg://server.example/letters"
    assert opened(desk, "other.sqlite").where.file == Path("other.sqlite")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:secret@server/letters",
        "postgres://:secret@server/letters",
        "postgresql://me@server/letters?sslmode=require&password=secret",
        "postgresql://server/letters?user=me&PASSWORD=secret",
        "postgresql://server/letters?p%61ssword=secret",
        "postgresql://me@server/letters?sslpassword=secret",
        "postgresql:/me:secret@server/letters",
        "me:secret@server/letters",
    ],
)
def test_a_password_in_the_practice_file_is_refused_and_not_repeated(address: str, desk: Desk) -> None:
    desk.practice["register_at"] = address
    with pytest.raises(FoundError) as caught:
        opened(desk)
    (finding,) = caught.value.findings
    assert finding.code == "password-in-file"
    assert "secret" not in f"{finding.message} {finding.remedy} {finding.place}"


@pytest.mark.parametrize("address", ["postgresql://me@server/letters", "postgresql://server:5433/letters"])
def test_an_address_without_a_password_is_taken(address: str, desk: Desk) -> None:
    desk.practice["register_at"] = address
    assert opened(desk).where.file is None


@pytest.mark.parametrize("address", ["postgresql:/server/letters", "Postgres:letters", "me@server/letters"])
def test_a_slip_in_the_address_of_a_server_is_taken_for_no_path(address: str, desk: Desk) -> None:
    desk.practice["register_at"] = address
    with pytest.raises(UsageError, match="none that letters knows"):
        _ = opened(desk).where


def test_a_practice_may_lie_in_a_folder_with_an_at_sign(desk: Desk, tmp_path: Path) -> None:
    home = tmp_path / "sam:1@harbor.example"
    desk.practice["register_at"] = str(home / "register.sqlite")
    assert opened(desk).where.file == home / "register.sqlite"


def test_a_practice_file_with_mistakes_tells_all_of_them(desk: Desk) -> None:
    desk.practice |= {"profession": "alchemy", "phone": ""}
    with pytest.raises(FoundError) as caught:
        opened(desk)
    assert {finding.code for finding in caught.value.findings} == {"bad-value", "missing-field"}
    assert caught.value.exit_code == 1


def test_whoever_has_the_login_is_the_one_who_acts(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["login"] = login()
    assert opened(desk).actor() == Actor("sam-rivera", login())


def test_a_login_of_nobody_acts_under_its_own_name(desk: Desk) -> None:
    assert opened(desk).actor() == Actor(login(), login())
    assert opened(desk).actor("lena-brook") == Actor("lena-brook", login())


def test_nobody_acts_as_somebody_who_has_another_login(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["login"] = "somebody-else"
    with pytest.raises(UsageError, match="works under another login"):
        opened(desk).actor("sam-rivera")


def test_somebody_the_practice_does_not_have_is_refused_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(UsageError) as caught:
        opened(desk).actor("sam-riviera")
    assert caught.value.remedy == "Did you mean sam-rivera?"


def test_somebody_with_a_login_of_their_own_acts_as_nobody_else(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["login"] = login()
    with pytest.raises(UsageError, match="works under another login"):
        opened(desk).actor("lena-brook")
    assert opened(desk).actor("sam-rivera") == Actor("sam-rivera", login())


def test_a_file_counts_as_the_source_only_beside_its_own_register(desk: Desk, tmp_path: Path) -> None:
    case = desk.folder / "case.json"
    assert opened(desk).source(case) == "case.json"
    assert opened(desk, str(tmp_path / "elsewhere" / "register.sqlite")).source(case) is None
    assert opened(desk, "postgresql://server.example/letters").source(case) is None
    assert opened(desk).source(None) is None


def test_what_is_entered_on_a_day_that_was_set_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", "2026-11-22")
    assert opened(desk).actor().login == f"{login()}, with LETTERS_TODAY"
