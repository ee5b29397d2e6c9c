"""A real PostgreSQL server for the tests, private to the process that starts it."""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL

from tests.support import postgres_programs

ABSENT = (
    f"PostgreSQL is not installed: no server of version {postgres_programs.OLDEST} or newer was found, "
    "so the register was NOT tested on it (scripts/test installs one)"
)
USER = "letters"
PORT = "5432"
MEMORY = "/dev/shm"
ROOM = 2**30

# Keeps the server: it ends when it is told to, and also when the tests are killed, for then its input ends.
KEEPER = r"""
exec 2>&1
folder=$1 programs=$2 user=$3 port=$4 log=$1/log
trap 'rm -rf "$folder"' EXIT
fail() { cat "$log"; exit 1; }
"$programs/initdb" --pgdata="$folder/data" --username="$user" --auth=trust --encoding=UTF8 --locale=C \
    --no-sync --no-instructions >"$log" 2>&1 </dev/null || fail
# Nothing here has to outlive a loss of power.
"$programs/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses= -c timezone=UTC \
    -c fsync=off -c full_page_writes=off -c min_wal_size=32MB -c max_wal_size=64MB >>"$log" 2>&1 </dev/null &
server=$!
tries=0
until "$programs/pg_isready" --quiet --host="$folder" --port="$port"; do
    kill -0 $server 2>/dev/null || fail
    [ $((tries += 1)) -lt 600 ] || { kill -QUIT $server; wait $server; fail; }
    sleep 0.1
done
echo ready
read -r _
kill -QUIT $server
wait $server
"""


class Server:
    """A running server. It listens on a socket in its own folder, and nowhere else."""

    def __init__(self, programs: Path) -> None:
        """Take some seconds. Raises RuntimeError with the server's own words where it does not start."""
        self.folder = _private_folder()
        self._numbers = itertools.count(1)
        command = ["sh", "-c", KEEPER, "sh", str(self.folder), str(programs), USER, PORT]
        self._keeper = subprocess.Popen(
            command,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Ctrl-C is for the tests, which then say when the server may go.
            start_new_session=True,
            **_somebody_else(),
        )
        atexit.register(self.stop)
        assert self._keeper.stdout
        if (told := self._keeper.stdout.readline()) != "ready\n":
            told += self._keeper.stdout.read()
            self.stop()
            raise RuntimeError(f"PostgreSQL did not start:\n{told}")

    def stop(self) -> None:
        """End the server at once and remove all it has written. Once more does nothing."""
        if self._keeper.returncode is None:
            # Said, not only meant by closing: a forked child of the tests may hold the other end too.
            self._keeper.communicate("stop\n", timeout=60)
        atexit.unregister(self.stop)

    @property
    def pid(self) -> int:
        """The number of the server's first process."""
        return int((self.folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])

    def url(self, database: str) -> str:
        """How SQLAlchemy reaches a database here."""
        query = {"host": str(self.folder), "port": PORT}
        return URL.create("postgresql+psycopg", USER, database=database, query=query).render_as_string()

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"letters_{next(self._numbers)}"
        self._order("CREATE DATABASE {}", name)
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, even while somebody is still connected to it."""
        self._order("DROP DATABASE {} WITH (FORCE)", url.partition("?")[0].rpartition("/")[2])

    def _order(self, what: LiteralString, name: str) -> None:
        with psycopg.connect(
            host=str(self.folder), port=PORT, user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL(what).format(sql.Identifier(name)))


def start() -> Server | None:
    """A server of its own for the caller, who stops it; None where PostgreSQL is not installed."""
    programs = postgres_programs.find()
    return Server(programs) if programs else None


def _private_folder() -> Path:
    """A folder for the server alone, with a name short enough for a socket (about 100 bytes)."""
    folder = Path(tempfile.mkdtemp(prefix="letters-", dir=_place()))
    if _is_root():
        shutil.chown(folder, _somebody_else()["user"], _somebody_else()["group"])
    return folder


def _place() -> str:
    """Where the folder goes: in memory if there is room, as new databases take ten times as long on disk."""
    if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    # Others may not enter the folder for temporary files that root was given.
    long = len(os.fsencode(tempfile.gettempdir())) > 60
    return "/tmp" if long or _is_root() else tempfile.gettempdir()


def _somebody_else() -> dict[str, Any]:
    """As whom to run the server, which refuses to be run by root."""
    if not _is_root():
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _is_root() -> bool:
    return os.geteuid() == 0


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for all tests of this process."""
    server = start()
    if server is None:
        if os.environ.get("CI"):
            pytest.fail(ABSENT)
        pytest.skip(ABSENT)
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The URL of a new database, which goes when the test ends."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)
