"""The PostgreSQL server of the tests: real, private, and gone when they end."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support import postgres, postgres_programs
from tests.support.postgres import Server

ROOT = Path(__file__).parents[1]

# Says where the server is, then waits to be killed. Whoever runs the tests in the background may have had
# interruptions ignored, also for the programs they start.
STARTS_ONE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.support import postgres
server = postgres.start()
print(server.folder, server.pid, flush=True)
input()
"""


def ask(url: str, *orders: str) -> object:
    """The one value that the last order gives."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            *before, last = orders
            for order in before:
                connection.execute(text(order))
            return connection.execute(text(last)).scalar_one()
    finally:
        engine.dispose()


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def soon(so: Callable[[], bool]) -> bool:
    """Whether it comes to be within half a minute."""
    end = time.monotonic() + 30
    while not so() and time.monotonic() < end:
        time.sleep(0.05)
    return so()


@pytest.fixture
def programs(postgres_server: Server) -> Path:  # noqa: ARG001 - skips where there is no server
    found = postgres_programs.find()
    assert found
    return found


def test_it_answers(postgres_url: str) -> None:
    assert ask(postgres_url, "SELECT 1") == 1


def test_it_is_new_enough(postgres_url: str) -> None:
    assert int(str(ask(postgres_url, "SHOW server_version_num"))) >= 15_00_00


def test_it_keeps_texts_as_unicode(postgres_url: str) -> None:
    assert ask(postgres_url, "SHOW server_encoding") == "UTF8"
    assert ask(postgres_url, "SELECT length('Zoë ﷽ 𝔸')") == 7


def test_databases_are_separate(postgres_server: Server, postgres_url: str) -> None:
    tables = "SELECT count(*) FROM pg_tables WHERE tablename = 'cases'"
    other = postgres_server.new_database()
    assert other != postgres_url
    assert ask(postgres_url, "CREATE TABLE cases (id int)", tables) == 1
    assert ask(other, tables) == 0
    postgres_server.drop_database(other)


def test_a_dropped_database_is_gone_even_if_somebody_is_connected(postgres_server: Server) -> None:
    url = postgres_server.new_database()
    name = url.partition("?")[0].rpartition("/")[2]
    exists = f"SELECT count(*) FROM pg_database WHERE datname = '{name}'"  # noqa: S608
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text(exists)).scalar_one() == 1
        postgres_server.drop_database(url)
        connection.invalidate()
    engine.dispose()
    assert ask(postgres_server.url("postgres"), exists) == 0


def test_nobody_else_reaches_it(postgres_server: Server) -> None:
    assert ask(postgres_server.url("postgres"), "SHOW listen_addresses") == ""
    assert stat.S_IMODE(postgres_server.folder.stat().st_mode) == 0o700


def test_nothing_is_left_when_it_is_stopped(programs: Path) -> None:
    server = Server(programs)
    pid = server.pid
    assert runs(pid)
    server.stop()
    assert not server.folder.exists()
    assert not runs(pid)
    server.stop()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("programs")
def test_nothing_is_left_when_the_tests_are_killed(number: signal.Signals) -> None:
    command = [sys.executable, "-c", STARTS_ONE]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as tests:
        assert tests.stdout
        folder, pid = tests.stdout.readline().split()
        assert runs(int(pid))
        tests.send_signal(number)
        tests.wait(timeout=30)
    assert soon(lambda: not Path(folder).exists())
    assert soon(lambda: not runs(int(pid)))


def test_a_server_that_does_not_start_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = postgres._private_folder()
    monkeypatch.setattr(postgres, "_private_folder", lambda: folder)
    with pytest.raises(RuntimeError, match=r"did not start:\n.*initdb: "):
        Server(tmp_path)
    assert not folder.exists()


def test_where_memory_is_short_it_runs_on_disk(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ROOM", 2**80)
    server = Server(programs)
    try:
        assert not server.folder.is_relative_to(postgres.MEMORY)
        assert ask(server.new_database(), "SELECT 1") == 1
    finally:
        server.stop()


def test_its_socket_has_a_short_name_wherever_temporary_files_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "ROOM", 2**80)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("x" * 100)))
    assert len(postgres._place()) < 60


def test_where_there_are_no_programs_there_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programs, "candidates", lambda: iter(()))
    assert postgres.start() is None


def fake_programs(folder: Path, version: str) -> Path:
    folder.mkdir()
    for name in postgres_programs.NEEDED:
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


def test_programs_that_are_too_old_or_not_whole_will_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = fake_programs(tmp_path / "old", "14.19 (Ubuntu 14.19-0ubuntu0.22.04.1)")
    part = fake_programs(tmp_path / "part", "18.1")
    (part / "initdb").unlink()
    new = fake_programs(tmp_path / "new", "16beta1")
    assert postgres_programs.version(tmp_path) is None
    monkeypatch.setattr(postgres_programs, "candidates", lambda: iter([old, part, new]))
    assert postgres_programs.find() == new


def test_newer_versions_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = [fake_programs(tmp_path / f"v{number}", f"{number}.1") for number in (9, 17, 18)]
    monkeypatch.setattr(postgres_programs, "APART", (f"{tmp_path.relative_to('/')}/v*",))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(postgres_programs.candidates()) == versions[::-1]
