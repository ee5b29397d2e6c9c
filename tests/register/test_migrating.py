"""A register of an older version is brought up to this one, after a backup, or stays as it was."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from letters.errors import MachineError
from letters.model.history import Event
from letters.register import database, migrating, opening, tables
from letters.register.exporting import restore
from letters.register.location import location
from letters.register.migrating import upgrade
from letters.register.opening import connect
from letters.register.store import Register
from letters.register.tables import REVISIONS
from letters.register.verifying import verify
from tests.register.telling import ANNA, STORY, entries, opened, tell

# What the first version knew.
NEWER = {"letter-approved", "letter-sent-back", "task-opened", "task-closed", "case-merged"}
EARLY: list[tuple[Event, str]] = [one for one in STORY if one[0].name not in NEWER]


@pytest.fixture
def old(address: str | None, tmp_path: Path) -> Register:
    """A register as the first version left it."""
    where = location(address, tmp_path)
    if where.file:
        database.make_private(where.file)
    engine = database.engine_for(where)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        upgrade(connection, "0001")
    register = Register(where, engine)
    tell(register, EARLY)
    return register


def revision(register: Register) -> str:
    with register.reading() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("register-before-*"))


def test_the_migrations_add_up_to_the_tables(register: Register) -> None:
    with register.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        known = inspect(connection)
        for table in tables.metadata.sorted_tables:
            nullable = {column["name"]: column["nullable"] for column in known.get_columns(table.name)}
            assert nullable == {column.name: column.nullable for column in table.columns}
            indexes = {one["name"]: one["column_names"] for one in known.get_indexes(table.name)}
            assert indexes == {str(one.name): [c.name for c in one.columns] for one in table.indexes}
            keys = known.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]
    assert revision(register) == REVISIONS[-1]


def test_an_older_register_is_brought_up_to_this_version(old: Register) -> None:
    assert revision(old) == "0001"
    before = entries(old)
    register = Register(old.where, connect(old.where))
    assert revision(register) == REVISIONS[-1]
    assert entries(register) == before
    assert verify(register)[1] == []
    tell(register, [one for one in STORY if one[0].name in ("letter-approved", "task-opened")])
    assert verify(register)[1] == []


def test_before_that_there_is_a_backup_with_the_same_entries(old: Register, tmp_path: Path) -> None:
    before = entries(old)
    connect(old.where)
    (copy,) = backups(tmp_path)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    if copy.suffix == ".sqlite":
        kept = Register(location(str(copy), tmp_path), database.engine_for(location(str(copy), tmp_path)))
        assert revision(kept) == "0001"
        kept = Register(kept.where, connect(kept.where))
    else:
        kept = opened(str(tmp_path / "kept.sqlite"), tmp_path)
        restore(kept, copy, ANNA)
    assert entries(kept) == before
    assert verify(kept)[1] == []


def test_a_new_register_needs_no_backup(register: Register, tmp_path: Path) -> None:
    connect(register.where)
    assert backups(tmp_path) == []


FAILS = """
import sqlalchemy as sa
from alembic import op
revision = "0003"
down_revision = "0002"
def upgrade():
    op.create_table("half", sa.Column("one", sa.Integer))
    op.execute("UPDATE head SET seq = 0")
    op.execute("DROP TABLE contacts")
    op.execute("{last}")
"""


def newer(folder: Path, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this be a version with one migration more."""
    shutil.copytree(migrating.SCRIPTS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "migrations" / "versions" / "v0003_more.py").write_text(FAILS.format(last=last))
    monkeypatch.setattr(migrating, "SCRIPTS", folder / "migrations")
    monkeypatch.setattr(opening, "REVISIONS", (*REVISIONS, "0003"))


def test_a_migration_that_fails_leaves_the_register_as_it_was(
    old: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = entries(old)
    with monkeypatch.context() as patch:
        newer(tmp_path, "SELECT * FROM nowhere", patch)
        with pytest.raises(MachineError) as caught:
            connect(old.where)
    assert caught.value.exit_code == 4
    assert revision(old) == "0001"
    with old.reading() as connection:
        assert not {"half", "tasks"} & set(inspect(connection).get_table_names())
        assert inspect(connection).has_table("contacts")
    assert entries(old) == before
    assert len(backups(tmp_path)) == 1
    assert verify(Register(old.where, connect(old.where)))[1] == []


def test_a_register_of_a_newer_version_is_refused_by_name_and_left_alone(
    told: Register, tmp_path: Path
) -> None:
    with told.writing(ANNA) as writing:
        writing.connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
        writing.connection.execute(text("UPDATE head SET written_by = '7.3.1'"))
    before = entries(told)
    with pytest.raises(MachineError) as caught:
        connect(told.where)
    assert str(told.where) in caught.value.message
    assert "written by letters 7.3.1 (tables 0099)" in caught.value.message
    assert "newer version" in caught.value.remedy
    assert entries(told) == before
    assert backups(tmp_path) == []


def test_a_percent_sign_in_a_path_means_itself(tmp_path: Path) -> None:
    folder = tmp_path / "100%(here)s ?#"
    register = opened(None, folder)
    tell(register, EARLY)
    assert (folder / "register.sqlite").stat().st_size > 0
    assert verify(register)[1] == []
