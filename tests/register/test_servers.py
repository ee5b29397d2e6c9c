"""A register on a server: what is said where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from letters.errors import MachineError
from letters.register import opening
from tests.register.telling import ANNA, entered, entries, opened, tell
from tests.support.postgres import Server

SECRET = "hunter2-xyzzy"


@pytest.fixture
def guest(postgres_server: Server, postgres_url: str) -> Iterator[str]:
    """The URL of a database for somebody who needs a password."""
    rules = postgres_server.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all guest scram-sha-256\n{before}")
    try:
        with psycopg.connect(_plain(postgres_url), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
            connection.execute("SELECT pg_reload_conf()")
            while not connection.execute(
                "SELECT 1 FROM pg_hba_file_rules WHERE user_name = '{guest}'"
            ).fetchone():
                pass
        yield postgres_url.replace("letters@", f"guest:{SECRET}@")
    finally:
        rules.write_text(before)
        with psycopg.connect(_plain(postgres_url), autocommit=True) as connection:
            connection.execute("DROP OWNED BY guest")
            connection.execute("DROP ROLE guest")


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def refusal(address: str, folder: Path) -> MachineError:
    with pytest.raises(MachineError) as caught:
        opened(address, folder)
    said = f"{caught.value.message} {caught.value.remedy}"
    assert SECRET not in said
    assert "wrong-secret" not in said
    assert caught.value.exit_code == 4
    return caught.value


def test_a_server_that_does_not_let_you_in_is_told(guest: str, tmp_path: Path) -> None:
    address = guest.replace(SECRET, "wrong-secret")
    assert "does not let you in" in refusal(address, tmp_path).message
    assert "does not let you in" in refusal(guest.replace(f":{SECRET}", ""), tmp_path).message
    assert "does not let you in" in refusal(guest.replace("guest", "nobody"), tmp_path).message


def test_a_server_where_one_has_no_rights_is_told(guest: str, tmp_path: Path) -> None:
    found = refusal(guest, tmp_path)
    assert "you have no right to it" in found.message
    assert "guest:***@" in found.message


def test_a_database_that_is_not_there_is_told(postgres_url: str, tmp_path: Path) -> None:
    found = refusal(postgres_url.replace("/letters_", "/nowhere_"), tmp_path)
    assert "there is no such database" in found.message
    assert "createdb" in found.remedy


@pytest.mark.parametrize("server", ["127.0.0.1:1", "no-such-host.invalid"])
def test_a_server_that_is_not_there_is_told(server: str, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    found = refusal(f"postgresql://anna:{SECRET}@{server}/letters?connect_timeout=2", tmp_path)
    assert "cannot be reached" in found.message
    assert server in found.message


def test_a_server_that_goes_away_is_told(postgres_url: str, tmp_path: Path) -> None:
    register = opened(postgres_url, tmp_path)

    def interrupted() -> None:
        with register.writing(ANNA) as writing:
            end_all(postgres_url)
            writing.append(entered("C-1"), "C-1")

    with pytest.raises(MachineError, match="cannot be reached"):
        interrupted()
    assert entries(register) == []


def end_all(url: str) -> None:
    """Have the server end all who are connected to a database."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


def test_a_server_that_is_too_old_is_told(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "OLDEST_SERVER", 99)
    found = refusal(postgres_url, tmp_path)
    assert "is PostgreSQL 1" in found.message
    assert "version 99 or later" in found.remedy


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_name_is_told(
    encoding: str, postgres_server: Server, postgres_url: str, tmp_path: Path
) -> None:
    with psycopg.connect(_plain(postgres_url), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE narrow TEMPLATE template0 ENCODING '{encoding}'")
    try:
        found = refusal(postgres_server.url("narrow"), tmp_path)
        assert f"is encoded as {encoding}" in found.message
    finally:
        postgres_server.drop_database(postgres_server.url("narrow"))


def test_a_database_that_may_only_be_read_is_told(postgres_url: str, tmp_path: Path) -> None:
    register = opened(postgres_url, tmp_path)
    with psycopg.connect(_plain(postgres_url), autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(MachineError, match="it may only be read"):
        tell(register, [(entered("C-1"), "C-1")])


def test_another_programs_database_is_refused_and_left_alone(postgres_url: str, tmp_path: Path) -> None:
    with psycopg.connect(_plain(postgres_url), autocommit=True) as connection:
        connection.execute("CREATE TABLE recipes (name text)")
    assert "not a register of letters" in refusal(postgres_url, tmp_path).message
    with psycopg.connect(_plain(postgres_url)) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert names == [("recipes",)]
