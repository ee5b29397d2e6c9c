"""Which letter somebody means, and what became of it in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.caseload.telling import HOW
from letters.errors import UsageError
from letters.register import queries
from letters.register.correspondence import erased_letters, letters_named
from letters.register.queries import LetterRow

if TYPE_CHECKING:
    from letters.register.store import Connection

_LIKE = str.maketrans("oil", "011")  # as they are read out over the phone


def named(connection: Connection, name: str) -> LetterRow:
    """The letter of a name, which may be shortened as long as only one begins so.

    A file's path serves as well. Raises UsageError where there is none, or more than one.
    """
    start = _name_in(name)
    found = queries.letter(connection, start)
    if found is not None:
        return found
    rows = letters_named(connection, start) if len(start) > len("L-") else []
    if len(rows) == 1:
        return rows[0]
    if rows:
        some = ", ".join(row.letter for row in rows[:3])
        raise UsageError(f"More than one letter begins with {start}: {some}.", "Write more of the name.")
    if start in erased_letters(connection):
        raise UsageError(
            f"The letter {start} was about a case that was erased.", "Its file has to go as well."
        )
    raise UsageError(f"There is no letter {start} in the register.", "`letters log list` shows all.")


def _name_in(text: str) -> str:
    """What somebody means who names a letter: L-4f2a, l-4F2A, 4f2a, or issued/L-4f2a….pdf."""
    name = text.replace("\\", "/").rpartition("/")[2].partition(".")[0].lower()
    return "L-" + name.removeprefix("l-").translate(_LIKE)


def became(row: LetterRow) -> str:
    """What became of a letter, in a few words."""
    if row.status == "void":
        return "void"
    if row.replaced_by:
        return f"replaced by {row.replaced_by}"
    if not row.data["route"]:
        return "stays with the practice"
    tracking = f" ({row.tracking})" if row.tracking else ""
    told = {"issued": "not sent yet", "returned": f"came back on {row.returned_on}"}
    return told.get(row.status, f"sent on {row.sent_on} {HOW[row.how or 'post']}{tracking}")


def is_waiting(row: LetterRow) -> bool:
    """Whether a letter was issued and nobody has entered that it left."""
    return row.status == "issued" and not row.replaced_by and bool(row.data["route"])
