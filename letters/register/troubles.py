"""What to say and do when a database cannot be used."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound, SQLAlchemyError

from letters.errors import LettersError, MachineError, UsageError
from letters.register.location import Location

_NO_SERVER = (
    "Check its address, and that the server is running; `letters --help` says where the address comes from."
)
_SQLITE_TROUBLE = {
    "SQLITE_FULL": ("the disk is full", "Make room, then run the same command again."),
    "SQLITE_READONLY": ("it may only be read", "Ask the owner of its folder for the right to write there."),
    "SQLITE_CANTOPEN": ("it cannot be opened", "Check its folder, and your right to write there."),
    "SQLITE_PERM": ("you have no right to it", "Ask its owner for the right."),
    "SQLITE_BUSY": ("another program keeps it busy", "Close that program, then try again."),
    "SQLITE_LOCKED": ("another program keeps it busy", "Close that program, then try again."),
    "SQLITE_IOERR": ("the disk does not take it", "Check the disk; a network drive is none for a register."),
    "SQLITE_CORRUPT": ("it is damaged", "Put the last backup in its place."),
    "SQLITE_NOTADB": (
        "it is another sort of file",
        "Put the last backup in its place, or move that file away.",
    ),
}
_NO_TEXT = "surrogates not allowed"  # in Python's words
_ASK = "Ask who runs the server."
# By the codes of PostgreSQL, or their first two signs.
_SERVER_TROUBLE = {
    "28": ("it does not let you in", "Check user and password (PGPASSWORD, or ~/.pgpass)."),
    "3D": ("there is no such database", "Make it with createdb, or ask who runs the server."),
    "42501": ("you have no right to it", _ASK),
    "25006": ("it may only be read", _ASK),
    "53": ("its server has no room left", _ASK),
    "55P03": ("another program keeps it busy", "Close that program, then try again."),
    "22": ("it does not take what is to be written", "Look for signs that are in no alphabet."),
    "23": ("it has that already", "Look at what is there, then try again."),
    "42": ("its tables are not as letters made them", "Put the last backup in its place."),
    "P0001": ("nothing is taken out of the history", "Add what is right; what was told before stays told."),
}


@contextlib.contextmanager
def explained(where: Location) -> Iterator[None]:
    """Turn the troubles of a database into errors that say what to do, without what was being written."""
    try:
        yield
    except LettersError:  # of which one is an OSError as well
        raise
    except UnicodeEncodeError as error:
        if error.reason != _NO_TEXT:  # something else than the database would not take it
            raise
        raise UsageError(
            "What is to be read or written holds signs that are no text.",
            "Write it anew; bytes that are no UTF-8 may have come with a copied name.",
        ) from error
    except (NoResultFound, MultipleResultsFound) as error:
        reason, remedy = _SERVER_TROUBLE["42"]
        raise MachineError(f"The register {where} cannot be used: {reason}.", remedy) from error
    except DBAPIError as error:
        raise _trouble(where, error.orig) from error
    except sqlite3.Error as error:
        raise _trouble(where, error) from error
    except SQLAlchemyError as error:
        raise MachineError(
            f"The register {where} cannot be used ({type(error).__name__}).", _NO_SERVER
        ) from error
    except OSError as error:
        raise MachineError(
            f"The register {where} cannot be opened: {error.strerror}.", "Check its folder."
        ) from error


def _trouble(where: Location, cause: Any) -> MachineError:
    if where.file is not None:
        name = str(getattr(cause, "sqlite_errorname", ""))
        reason, remedy = next(
            (told for code, told in _SQLITE_TROUBLE.items() if name.startswith(code)),
            (f"the database refuses ({name or type(cause).__name__})", "Put the last backup in its place."),
        )
        return MachineError(f"The register {where} cannot be used: {reason}.", remedy)
    state = _state_of(cause)
    told = next((told for code, told in _SERVER_TROUBLE.items() if state.startswith(code)), None)
    if told is None:
        return MachineError(f"The register {where} cannot be reached.", _NO_SERVER)
    reason, remedy = told
    return MachineError(f"The register {where} cannot be used: {reason}.", remedy)


def _state_of(cause: Any) -> str:
    """The code of a server's trouble; where it did not let us in it tells none, but says so in words."""
    state, words = getattr(cause, "sqlstate", None), str(cause)
    if state:
        return str(state)
    if "database" in words and "does not exist" in words:
        return "3D000"
    return "28000" if any(word in words for word in ("password", "authentication", "role", "pg_hba")) else ""
