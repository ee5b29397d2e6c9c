"""A Dask cluster on this machine's loopback: a scheduler and workers, each a process of its own.

Its workers stand in another folder, and an audit of all that Python opens there keeps them, and what they
start, out of a folder that only the user's machine would have.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from letters.deadline import OutOfTimeError, time_limit

ROOT = Path(__file__).parents[2]
SECRET = "Penelope Quartz"  # a client, for looking through logs
TRIED = "tried.txt"  # what was to be opened in the folder that workers have not
_GUARD = """
import os, sys
_closed, _tried = os.environ["CLOSED_FOLDER"], os.environ["TRIED_FILE"]
def _guard(event, args):
    if event in ("open", "os.listdir", "os.scandir") and args and isinstance(args[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(args[0]))
        if path == _closed or path.startswith(_closed + os.sep):
            with os.fdopen(os.open(_tried, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "w") as file:
                file.write(path + "\\n")
            raise PermissionError(13, "this worker has no such folder", path)
sys.addaudithook(_guard)
"""
_MOST_SECONDS = 60.0


class DaskCluster:
    """A scheduler and its workers; `folder` has their logs and temporary files, `closed` they cannot read."""

    def __init__(self, folder: Path, closed: Path, **settings: str) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self._guard = folder / "guard"
        self.temporary = folder / "tmp"
        for place in (self._guard, self.temporary):
            place.mkdir(parents=True)
        (self._guard / "sitecustomize.py").write_text(_GUARD)
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LETTERS_")},
            **{"PYTHONPATH": f"{self._guard}{os.pathsep}{ROOT}", "TMPDIR": str(self.temporary)},
            **{"CLOSED_FOLDER": str(closed.resolve()), "TRIED_FILE": str(folder / TRIED)},
            **settings,
        }
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.scheduler = self._start("scheduler", *options)
        self.address = self._address(file)

    def add_worker(self) -> None:
        """One more worker, which does one thing at a time."""
        options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        local = ("--local-directory", str(self.temporary))
        self.workers.append(self._start("worker", self.address, *options, *local))

    def lose_worker(self) -> None:
        """Kill the first worker as the system would."""
        lost = self.workers.pop(0)
        lost.kill()
        lost.wait()

    @property
    def logs(self) -> str:
        """All that scheduler and workers have written."""
        return "\n".join(file.read_text() for file in sorted(self.folder.glob("*.log")))

    @property
    def tried(self) -> str:
        """What workers wanted to open in the folder they have not."""
        file = self.folder / TRIED
        return file.read_text() if file.exists() else ""

    def end(self) -> None:
        """End all processes."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
        for process in [*self.workers, self.scheduler]:
            process.wait()

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        name = f"{what}{len(list(self.folder.glob('*.log')))}"
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *options],
                cwd=self.temporary,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _address(self, file: Path) -> str:
        until = time.monotonic() + _MOST_SECONDS
        while time.monotonic() < until and self.scheduler.poll() is None:
            if file.exists() and (text := file.read_text()).rstrip().endswith("}"):
                return str(json.loads(text)["address"])
            time.sleep(0.05)
        raise AssertionError(f"no scheduler: {self.logs}")


@contextmanager
def dask_cluster(folder: Path, closed: Path, workers: int = 2, **settings: str) -> Iterator[DaskCluster]:
    """A cluster that ends with the test; `settings` are Dask's own, as its environment has them."""
    cluster = DaskCluster(folder, closed, **settings)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.end()


def obey(word: str) -> str:
    """Do what a word says, as a letter would that the engine cannot bear."""
    match word:
        case "hurry":
            with suppress(OutOfTimeError), time_limit(0.2):
                time.sleep(60)
        case "end":
            os._exit(1)
        case "stall":
            time.sleep(600)
        case "raise":
            raise ValueError(f"{word} about {SECRET}")
        case "end the worker":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(600)
    return word.upper()
