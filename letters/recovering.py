"""What a killed run left: letters that the register has, and whose files never got their names."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters.files import left_behind, read_ordinary, sweep, take_up
from letters.office import Office
from letters.register import correspondence
from letters.register.opening import is_there

if TYPE_CHECKING:
    from letters.register.store import Register

COPY = ".file-copy.pdf"  # how the name of an English copy ends
LARGEST = 64 * 1024 * 1024  # bytes; no letter is as large


def tidy(folder: Path, office: Office) -> int:
    """Name the files that were to be letters of this folder, and remove what else old runs left.

    Returns how many files came back. Raises MachineError where a file or the register cannot be used.
    """
    found = left_behind(folder)
    back = _named(found, folder, office.register(), office) if found and is_there(office.where) else 0
    sweep(folder)
    return back


def _named(temporaries: list[Path], folder: Path, register: Register, office: Office) -> int:
    back = 0
    for temporary in temporaries:
        try:
            data = read_ordinary(temporary, LARGEST)
        except OSError:  # another run has just named or removed it
            continue
        digest = sha256(data).hexdigest()
        with register.reading() as connection:
            letters = correspondence.letters_with(connection, digest)
        for letter in letters:
            path = folder / f"{letter.letter}{'.pdf' if letter.sha256 == digest else COPY}"
            is_meant = letter.status != "void" and letter.folder == office.seen(folder)
            if is_meant and not path.exists():
                take_up(temporary, path)
                back += 1
    return back
