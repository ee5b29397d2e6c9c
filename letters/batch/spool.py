"""What was checked waits here until it is made: a large caseload needs no more memory than a small one."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from types import TracebackType

from letters.errors import MachineError

Place = tuple[int, int]


class Spool:
    """A private file without a name, which is gone when the program ends, however it does.

    All methods raise MachineError where the folder for temporary files cannot be used.
    """

    def __init__(self) -> None:
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        except OSError as error:
            raise _unusable(error) from error

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what there was no room for is tried once more, and was told before
            self._file.close()

    def keep(self, data: bytes) -> Place:
        """Write something at the end; return where it is."""
        try:
            start = self._file.seek(0, 2)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise _unusable(error) from error
        return start, len(data)

    def take(self, place: Place) -> bytes:
        """Read what was kept."""
        start, length = place
        try:
            self._file.seek(start)
            return self._file.read(length)
        except OSError as error:
            raise _unusable(error) from error


def _unusable(error: OSError) -> MachineError:
    return MachineError(
        f"The folder for temporary files cannot be used: {error.strerror}.",
        "Make room in it, or name another folder in the environment variable TMPDIR.",
    )
