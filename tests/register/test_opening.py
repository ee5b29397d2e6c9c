"""Where a register is, whether it is one, and what is said where it cannot be opened."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from letters.errors import LettersError, MachineError, UsageError
from letters.files import FileTakenError
from letters.register import queries
from letters.register.backup import back_up
from letters.register.location import FILE_NAME, location
from letters.register.opening import connect, is_there, open_register
from letters.register.store import Register
from letters.register.troubles import explained
from letters.register.verifying import verify
from tests.register.telling import ANNA, entered, entries, opened, tell

SECRET = "hunter2-xyzzy"


# Addresses.


def test_without_an_address_it_is_a_file_beside_the_practice(tmp_path: Path) -> None:
    for address in (None, ""):
        where = location(address, tmp_path)
        assert where.file == tmp_path / FILE_NAME
        assert str(where) == str(tmp_path / FILE_NAME)


@pytest.mark.parametrize("address", ["a.sqlite", "/var/lib/x/a b?c#d%20.sqlite", "sqlite.db"])
def test_a_path_is_taken_as_it_is(address: str, tmp_path: Path) -> None:
    assert location(address, tmp_path).file == Path(address)


@pytest.mark.parametrize(
    ("address", "file"), [("sqlite:////srv/a.sqlite", "/srv/a.sqlite"), ("sqlite:///a", "a")]
)
def test_a_file_may_be_given_as_a_url(address: str, file: str, tmp_path: Path) -> None:
    assert location(address, tmp_path).file == Path(file)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"])
def test_a_server_is_spoken_to_in_one_way(scheme: str, tmp_path: Path) -> None:
    where = location(f"{scheme}://anna:{SECRET}@desk.example:5433/letters?sslmode=require", tmp_path)
    assert where.file is None
    assert where.url.drivername == "postgresql+psycopg"
    assert where.url.query == {"sslmode": "require"}
    assert (where.url.port, where.url.password) == (5433, SECRET)


@pytest.mark.parametrize(
    "address",
    [
        *("mysql://h/d", "oracle://h/d", "http://h/d", "://", "x://", "postgresql://h:port/d", "sqlite://"),
        *(
            ":memory:",
            "./:memory:",
            "sqlite:///:memory:",
            "sqlite:///a?mode=memory",
            "sqlite:///file:a?uri=true",
        ),
        *("sqlite+pysqlcipher://:x@/a", "sqlite+aiosqlite:///a"),
    ],
)
def test_any_other_address_is_refused_without_repeating_it(address: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        location(address.replace("://h", f"://anna:{SECRET}@h"), tmp_path)
    assert SECRET not in caught.value.message + caught.value.remedy


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql:/anna:{SECRET}@desk.example/letters",
        f"postgres:anna:{SECRET}@desk.example/letters",
        f"PostgreSQL+psycopg:{SECRET}",
        "postgresql:/desk.example/letters",
        f"anna:{SECRET}@desk.example/letters",
        f"./anna:{SECRET}@desk.example/letters",
        f"postgresql://anna:x@{SECRET}@desk.example/letters",
        f"postgresql://anna:x@{SECRET}/y@desk.example/letters",
        f"postgresql://anna:x@{SECRET}?y@desk.example/letters",
        f"POSTGRESQL://anna:{SECRET}@desk.example/letters",
    ],
)
def test_a_slip_in_the_address_of_a_server_makes_no_file_and_shows_no_password(
    address: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as caught:
        location(address, tmp_path)
    assert SECRET not in caught.value.message + caught.value.remedy
    assert "none that letters knows" in caught.value.message


def test_an_at_sign_is_part_of_a_path_from_the_root_and_written_otherwise_in_a_password(
    tmp_path: Path,
) -> None:
    home = str(tmp_path / "anna@harbor.example" / "register.sqlite")
    assert location(home, tmp_path).file == Path(home)
    where = location(f"postgresql://anna:x%40{SECRET}@desk.example/letters", tmp_path)
    assert (where.url.host, where.url.password) == ("desk.example", f"x@{SECRET}")


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://anna:{SECRET}@desk.example/letters",
        f"postgresql://desk.example/letters?user=anna&password={SECRET}",
        f"postgresql://anna@desk.example/letters?sslpassword={SECRET}",
    ],
)
def test_a_password_is_never_shown(address: str, tmp_path: Path) -> None:
    where = location(address, tmp_path)
    assert "desk.example/letters" in str(where)
    assert SECRET not in f"{where} {where!r} {where!s}"


# A file.


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir() if file.is_file()}


def test_all_files_of_a_register_are_for_their_owners_eyes(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        register = opened(str(tmp_path / "new" / "folder" / "r.sqlite"), tmp_path)
        tell(register, [(entered("C-1"), "C-1")])
        with register.reading() as connection:
            connection.execute(text("SELECT 1 FROM entries")).all()
            back_up(register.engine, register.where, tmp_path / "new" / "folder" / "backup")
            assert len(modes(tmp_path / "new" / "folder")) == 4
            assert set(modes(tmp_path / "new" / "folder").values()) == {0o600}
        assert {
            stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new", tmp_path / "new" / "folder")
        } == {0o700}
    finally:
        os.umask(before)


def test_a_register_is_kept_as_measured(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    with register.reading() as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "secure_delete", "trusted_schema")
        }
    assert told == {
        **{"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000, "secure_delete": 1},
        "trusted_schema": 0,
    }


def test_a_file_left_empty_by_a_killed_run_becomes_a_register(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch(0o600)
    register = opened(None, tmp_path)
    tell(register, [(entered("C-1"), "C-1")])
    assert verify(register)[1] == []


def test_a_register_that_is_not_to_be_made_is_not(tmp_path: Path) -> None:
    where = location(None, tmp_path)
    assert not is_there(where)
    with pytest.raises(UsageError, match="no register yet"):
        open_register(where, make=False)
    assert list(tmp_path.iterdir()) == []
    open_register(where)
    assert is_there(where)
    open_register(where, make=False)


def _other_database(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute("INSERT INTO recipes VALUES ('soup')")
    connection.close()


def _other_entries(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE entries (name TEXT)")
    connection.close()


STRANGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a text": (lambda file: file.write_text("Dear Ms. Example,\n" * 50), "another sort of file"),
    "a picture": (lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000)), "another sort of file"),
    "another database": (_other_database, "not a register of letters"),
    "a database with a table of that name": (_other_entries, "not a register of letters"),
    "a folder": (lambda file: file.mkdir(), "cannot be opened"),
    "a link to nowhere": (lambda file: file.symlink_to("/nowhere/at/all"), "cannot be opened"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_register_is_refused_and_left_alone(name: str, tmp_path: Path) -> None:
    make, message = STRANGERS[name]
    file = tmp_path / FILE_NAME
    make(file)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(MachineError, match=message) as caught:
        opened(None, tmp_path)
    assert str(file) in caught.value.message
    assert caught.value.exit_code == 4
    assert before is None or file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_newer_register_is_not_changed_by_a_byte(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    with register.writing(ANNA) as writing:
        writing.connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(MachineError, match="tables 0099"):
        opened(None, tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("place", [20, 110, *range(4096 * 2, 4096 * 16, 4096)])
def test_a_damaged_register_is_told_and_never_a_traceback(place: int, tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register, [(entered(f"C-{number}", contacts=2), f"C-{number}") for number in range(30)])
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    content[place : place + 2000] = b"\xa5" * 2000
    file.write_bytes(content)
    with pytest.raises(LettersError) as caught:  # noqa: PT012 - one or the other finds it
        found = verify(opened(None, tmp_path))[1]
        raise UsageError(found[0].message)
    assert str(file) in caught.value.message or "ntry" in caught.value.message


def test_half_a_register_is_told(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register, [(entered(f"C-{number}", contacts=2), f"C-{number}") for number in range(30)])
    os.truncate(tmp_path / FILE_NAME, (tmp_path / FILE_NAME).stat().st_size // 2)
    with pytest.raises(MachineError, match="damaged"):
        verify(opened(None, tmp_path))


def test_tables_that_are_gone_are_told(told: Register) -> None:
    with told.writing(ANNA) as writing:
        writing.connection.execute(text("DROP TABLE contacts"))
    with pytest.raises(MachineError, match="cannot be used") as caught:
        verify(told)
    assert "backup" in caught.value.remedy


def test_errors_of_ours_pass_through_as_they_are(register: Register) -> None:
    for error in (UsageError("a", "b"), FileTakenError("a", "b")):
        with pytest.raises(UsageError) as caught, explained(register.where):
            raise error
        assert caught.value is error


def test_opening_once_more_changes_nothing(told: Register) -> None:
    before = entries(told)
    again = Register(told.where, connect(told.where))
    assert entries(again) == before
    assert verify(again)[1] == []


BYTES = "\udcff"  # a byte of the command line that is no UTF-8


def test_signs_that_are_no_text_are_the_askers_matter(told: Register) -> None:
    def find() -> None:
        with told.reading() as connection:
            queries.find(connection, BYTES)

    for use in (find, lambda: tell(told, [(entered(BYTES), BYTES)])):
        with pytest.raises(UsageError, match="no text") as caught:
            use()
        assert caught.value.exit_code == 2
    assert verify(told)[1] == []


def test_a_text_that_something_else_than_the_database_refuses_is_not_taken_for_one(
    register: Register,
) -> None:
    with pytest.raises(UnicodeEncodeError), explained(register.where):
        "\u00e9".encode("ascii")


def test_two_versions_at_once_are_damage(told: Register) -> None:
    with told.writing(ANNA) as writing:
        writing.connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))
    with pytest.raises(MachineError, match="not as letters made them"):
        connect(told.where)
