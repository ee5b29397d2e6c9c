"""Where a register is: a file, or a database on a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from letters.errors import UsageError

FILE_NAME = "register.sqlite"
_SQLITE = "sqlite"
_MEMORY = ":memory:"  # which SQLite takes for no file at all
_SERVERS = ("postgresql", "postgres")  # both are in use


@dataclass(frozen=True)
class Location:
    """Where a register is: its address, and the practice's folder, where copies of it are put."""

    url: URL = field(repr=False)  # may hold a password
    folder: Path

    @property
    def file(self) -> Path | None:
        """The file, where it is one."""
        if self.url.get_backend_name() != _SQLITE or not self.url.database:
            return None
        return Path(self.url.database)

    def __str__(self) -> str:
        """What to call it in a message; never with a password."""
        return str(self.file) if self.file else self.url.set(query={}).render_as_string(hide_password=True)


def location(address: str | None, folder: Path) -> Location:
    """Where the register is: at an address, or in a file in the practice's folder.

    The address is an URL or the path of a file. Raises UsageError for one that is neither.
    """
    if not address:
        return Location(_file_url(folder / FILE_NAME), folder)
    if "://" not in address and str(Path(address)) != _MEMORY:
        if not is_path(address):
            raise _not_understood()
        return Location(_file_url(Path(address)), folder)
    try:
        url = make_url(address)
        name = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _not_understood() from error
    if name in _SERVERS:
        if address.count("@") > 1:
            # What is behind the first would be taken for the server's name, and shown.
            raise _not_understood("An @ within a name or a password is written as %40.")
        return Location(url.set(drivername="postgresql+psycopg"), folder)
    if url.drivername != _SQLITE or url.query or not url.database or url.database == _MEMORY:
        raise _not_understood()
    return Location(_file_url(Path(url.database)), folder)


def is_path(address: str) -> bool:
    """Whether an address without :// is meant as a path, and is no slip in the address of a server.

    A path from the root down is one, whatever it holds: some systems have an @ in the names of home folders.
    """
    is_slip = address.casefold().startswith(_SERVERS) or "@" in address
    return Path(address).is_absolute() or not is_slip


def _file_url(file: Path) -> URL:
    return URL.create(_SQLITE, database=str(file))


def _not_understood(
    remedy: str = "Write the path of a file, or postgresql://SERVER/DATABASE.",
) -> UsageError:
    return UsageError("The address of the register is none that letters knows.", remedy)
