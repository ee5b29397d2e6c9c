"""Files that are there whole or not at all, for their owner's eyes only."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from letters.errors import MachineError, UsageError

try:
    import fcntl
except ImportError:  # a system without such locks
    fcntl = None  # type: ignore[assignment]

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_TEMPORARY = re.compile(r"\.letters-[0-9a-f]{16}\.tmp")
# Writing one file takes seconds; what is older was left by a run that was killed.
_STALE_AFTER = 3600.0

_WARILY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

# Crockford's base32: without i, l, o and u, so that an id can be read out over the phone.
_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 16

_MAKE_ROOM = "Make room, then run the same command again."
_OTHER_FOLDER = "Choose a folder you may write to."
_REASONS = {
    errno.ENOSPC: ("the disk is full", _MAKE_ROOM),
    errno.EDQUOT: ("your share of the disk is used up", _MAKE_ROOM),
    errno.EFBIG: ("it is larger than this disk allows", "Choose a folder on another disk."),
    errno.EACCES: ("you have no right to write there", _OTHER_FOLDER),
    errno.EPERM: ("you have no right to write there", _OTHER_FOLDER),
    errno.EROFS: ("that disk can only be read", _OTHER_FOLDER),
    errno.ENOTDIR: ("a part of its path is a file and not a folder", "Choose another path."),
    errno.EEXIST: ("a part of its path is a file and not a folder", "Choose another path."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.ELOOP: ("its path leads back to itself", "Choose another path."),
}
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class FileTakenError(UsageError, FileExistsError):
    """There is a file of that name already, and it stays as it is."""


def publish(path: Path, data: bytes) -> None:
    """Write a file so that its name holds the old content or the new, never a part.

    The folder is made if it is missing. Raises MachineError when the file cannot be written.
    """
    _write_beside(path, data, os.replace)


def publish_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, as `publish` does.

    Raises FileTakenError when there is one of that name, also when two runs write at once.
    """
    _write_beside(path, data, _name_once)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a private, empty file to fill; it gets its name once that is done, and is gone after an exception.

    Raises FileTakenError when there is one of that name, MachineError when the file cannot be written.
    """
    with _explained(path):
        _make_private(path.parent)
        with _temporary_beside(path) as temporary:
            _write(temporary, b"")
            yield temporary
            _settle_file(temporary)
            _name_once(temporary, path)
        _settle(path.parent)


class Staged:
    """Files that wait for their names."""

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}

    def add(self, path: Path, temporary: Path) -> None:
        """Have a file wait for its name."""
        self._waiting[path] = temporary

    def drop(self, path: Path) -> None:
        """Let a file never get its name."""
        self._waiting.pop(path, None)

    def settle(self) -> None:
        """Give all the files their names. Raises MachineError where that cannot be done."""
        for path, temporary in self._waiting.items():
            with _explained(path):
                _rename(temporary, path)
        for folder in {path.parent for path in self._waiting}:
            with _explained(folder):
                _settle(folder)


@contextlib.contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[Staged]:
    """Write files that get their names, new or in the place of what is there, once the body is done.

    So what a body notes down is never about a file the disk had no room for. After an exception in it
    there is nothing new. Raises MachineError when a file cannot be written.
    """
    with contextlib.ExitStack() as stack:
        waiting = Staged()
        for path, data in files.items():
            with _explained(path):
                _make_private(path.parent)
                temporary = stack.enter_context(_temporary_beside(path))
                _write(temporary, data)
                waiting.add(path, temporary)
        yield waiting
        waiting.settle()


def _rename(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except FileNotFoundError:
        # Another run may have seen that the letter was issued, and given the file its name already.
        if not path.is_file():
            raise


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a lock file; give whether it is ours, or another process has it. It goes with its process.

    Raises MachineError where the file cannot be made.
    """
    with _explained(path):
        _make_private(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _WARILY, _PRIVATE_FILE)
    try:
        yield _is_lockable(descriptor) and _is_still(descriptor, path)
    finally:
        os.close(descriptor)


def _is_still(descriptor: int, path: Path) -> bool:
    """Whether an open file has its name yet, or whoever held it has just removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _is_lockable(descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network drive that knows no locks; the register still issues each letter once
        return True
    return True


def left_behind(folder: Path) -> list[Path]:
    """The temporary files in a folder, of runs that were killed and of those still at work."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if _TEMPORARY.fullmatch(entry.name)]
    return []


def take_up(temporary: Path, path: Path) -> None:
    """Give a temporary file that was left behind its name. Raises MachineError as `publish` does."""
    with _explained(path):
        _rename(temporary, path)
        _settle(path.parent)


def state_of(path: Path) -> tuple[int, ...] | None:
    """What changes whenever an ordinary file does; None for what is none, or cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def read_ordinary(path: Path, largest: int) -> bytes:
    """Read an ordinary file of no more than so many bytes.

    Follows no link, waits for no pipe, and reads no device. Raises OSError for these, for a larger
    file, and where it cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY | _WARILY)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
        if status.st_size > largest:
            raise OSError(errno.EFBIG, "it is too large", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(largest)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> int:
    """Remove the temporary files that killed runs left in a folder; return how many.

    Files younger than an hour may belong to a run that is still writing and are let be.
    """
    removed = 0
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            # Another run may sweep at the same time, and a file of another user is not ours.
            with contextlib.suppress(FileNotFoundError, PermissionError):
                if _TEMPORARY.fullmatch(entry.name) and _is_stale(entry.stat(follow_symlinks=False)):
                    Path(entry.path).unlink()
                    removed += 1
    return removed


def letter_id(pdf: bytes) -> str:
    """Name a letter by its content alone, so that a file name gives nobody away."""
    number = int.from_bytes(hashlib.sha256(pdf).digest()) >> (256 - 5 * _ID_LENGTH)
    places = range(5 * (_ID_LENGTH - 1), -1, -5)
    return "L-" + "".join(_ID_ALPHABET[number >> place & 31] for place in places)


def _write_beside(path: Path, data: bytes, name: Callable[[Path, Path], None]) -> None:
    with _explained(path):
        _make_private(path.parent)
        with _temporary_beside(path) as temporary:
            _write(temporary, data)
            name(temporary, path)
        _settle(path.parent)


@contextlib.contextmanager
def _temporary_beside(path: Path) -> Iterator[Path]:
    temporary = path.parent / f".letters-{secrets.token_hex(8)}.tmp"
    try:
        yield temporary
    finally:
        # Where it cannot be removed, a later run sweeps it away; why it could not be written is told.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    # Exclusive, so that nobody can have laid a link there that leads elsewhere.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _settle_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileTakenError:
        raise
    except OSError as error:
        raise _cannot_write(path, error) from error


def _name_once(temporary: Path, path: Path) -> None:
    try:
        # Unlike a renaming, a hard link is refused when the name is taken.
        os.link(temporary, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # A stick or a network drive without hard links: two runs at the same instant could
        # both pass this, yet neither leaves a part of a file.
        if os.path.lexists(path):
            raise _taken(path) from error
        temporary.replace(path)


def _make_private(folder: Path) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(_PRIVATE_FOLDER, exist_ok=True)
        _settle(place.parent)


def _settle(folder: Path) -> None:
    """Have the disk remember which names are in a folder, also after a power cut."""
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network drives do not know this
            raise
    finally:
        os.close(descriptor)


def _is_stale(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _STALE_AFTER


def _taken(path: Path) -> FileTakenError:
    return FileTakenError(f"There is already a file {path}.", "Choose another name, or move that file away.")


def _cannot_write(path: Path, error: OSError) -> MachineError:
    reason, remedy = _REASONS.get(
        error.errno or 0, (error.strerror or "the system refused", "Choose another folder.")
    )
    return MachineError(f"The file {path} cannot be written: {reason}.", remedy)
