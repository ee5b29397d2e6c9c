"""What a letter needs of its practice, packed for a machine that cannot see the folder, and nothing else.

What is found there is told with the paths that the user knows.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from letters import jurisdictions, workspace
from letters.batch.work import Checked, Task
from letters.errors import LettersError, MachineError
from letters.files import read_ordinary
from letters.findings import Finding, FoundError
from letters.gathering import read_practice
from letters.kinds import BUILT_IN
from letters.sources.opening import LARGEST_FILE

if TYPE_CHECKING:
    from letters.assemble.enclosing import Enclosure
    from letters.facts import Facts
    from letters.letter import Written
    from letters.model.practice import Practice
    from letters.sources import Document

R = TypeVar("R")

MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 2_000
_OWN_FOLDERS = (workspace.KINDS, jurisdictions.OWN)
_OWN_ENDINGS = (".yaml", ".yml", ".json", ".j2")
_PACKAGE = str(BUILT_IN.parent)


@dataclass(frozen=True)
class Pack:
    """The files of a practice that letters are made from, and a digest of them."""

    digest: str
    data: bytes = field(repr=False)


def pack(file: Path) -> Pack:
    """Pack a practice file, the kinds and jurisdictions beside it, and the pictures and documents it names.

    Raises MachineError where one cannot be read, or all are too large to be sent.
    """
    files: dict[str, bytes] = {}
    room = MOST_BYTES
    for name in dict.fromkeys(_names(file)):
        files[name] = _content(file.parent / name, room)
        room -= len(files[name])
        if len(files) > MOST_FILES:
            raise _too_much(f"there are more than {MOST_FILES:,} files beside the practice file.")
    data = zlib.compress(pickle.dumps(files))
    return Pack(sha256(data).hexdigest(), data)


def unpack(data: bytes, folder: Path) -> None:
    """Put the files of a pack into a folder, which is made, for its owner's eyes only."""
    files: dict[str, bytes] = pickle.loads(zlib.decompress(data))  # noqa: S301 - our own, from `pack`
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(content)


def _names(file: Path) -> Iterator[str]:
    """The names of all that is packed, as seen from the folder of the practice file."""
    yield file.name
    for own in _OWN_FOLDERS:
        for path in sorted((file.parent / own).rglob("*")):
            if path.suffix in _OWN_ENDINGS and path.is_file():
                yield path.relative_to(file.parent).as_posix()
    practice = read_practice(file).value
    for name in _named(practice) if practice else ():
        if _is_inside(file.parent, name):
            yield Path(os.path.normpath(name)).as_posix()


def _named(practice: Practice) -> Iterator[str]:
    """Pictures and documents, as the practice file names them."""
    pictures = (practice.letter.logo, *(person.signature for person in practice.people.values()))
    yield from (name for name in pictures if name)
    for document in practice.enclosures.values():
        yield from document.file.values()


def _is_inside(folder: Path, name: str) -> bool:
    """Whether there is such a file in the folder; one missing or outside is told where it is looked for."""
    file = os.path.realpath(folder / name)
    inside = Path(file).is_relative_to(os.path.realpath(folder)) and not Path(name).is_absolute()
    return inside and Path(file).is_file()


def _content(file: Path, room: int) -> bytes:
    try:
        return read_ordinary(Path(os.path.realpath(file)), room)
    except OSError as error:
        raise _too_much(f"{file} cannot be read, or is too large.") from error


def _too_much(why: str) -> MachineError:
    return MachineError(
        f"What the letters are made from cannot be sent to the cluster: {why}",
        f"It takes up to {MOST_BYTES // 1024 // 1024} MB in all. Leave out --dask to make the letters here.",
    )


@dataclass(frozen=True)
class Sent:
    """A task for a machine that cannot see the user's files: the content of the case, where that is a file.

    `practice` is the practice file and `folder` its folder, with all links followed, and `package` where
    the program is; all on the machine of the user.
    """

    task: Task
    practice: Path
    folder: Path
    case: bytes | None = field(default=None, repr=False)
    package: str = _PACKAGE


def send(task: Task) -> Sent:
    """Make a task ready for another machine; its practice file goes there in a pack."""
    practice, case = task.order.practice, task.order.case_file
    assert practice is not None  # noqa: S101 - a batch always names it
    folder = Path(os.path.realpath(practice.parent))
    return Sent(task, practice, folder, _case(case) if case else None)


def _case(file: Path) -> bytes | None:
    """The content of a case file; none where it cannot be read, which is told where it is looked for."""
    try:
        return read_ordinary(Path(os.path.realpath(file)), LARGEST_FILE)
    except OSError:
        return None


@dataclass(frozen=True)
class Packed:
    """A piece of work as it came, sealed, and the folder of the pack it needs, if it needs one."""

    request: bytes = field(repr=False)
    folder: Path | None


def do_packed(packed: Packed) -> Any:
    """Do a piece of work that was sent; raises what the work raises."""
    work, thing = pickle.loads(packed.request)  # noqa: S301 - our own, from `apart.seal`
    if packed.folder is not None and isinstance(thing, Sent):
        return do_there(work, thing, packed.folder)
    return work(thing)


def do_there(work: Callable[[Task], R], sent: Sent, folder: Path) -> R:
    """Do a piece of work with the files of a pack that was put into a folder; raises what the work raises."""
    with _case_file(sent, folder.parent) as case:
        order = replace(sent.task.order, practice=folder / sent.practice.name)
        homeward = Homeward([(str(folder), str(sent.practice.parent)), (_PACKAGE, sent.package)], sent.folder)
        if case is not None:
            homeward.pairs.append((str(case), str(order.case)))
            order = replace(order, case=case)
        try:
            done = work(replace(sent.task, order=order))
        except LettersError as error:
            homeward.error(error)
            raise
    return homeward.checked(done) if isinstance(done, Checked) else done  # type: ignore[return-value]


@contextmanager
def _case_file(sent: Sent, beside: Path) -> Iterator[Path | None]:
    """The case as a file for as long as it is needed, where it was one."""
    given = sent.task.order.case_file
    if given is None:
        yield None
        return
    with tempfile.TemporaryDirectory(dir=beside, prefix="case-") as folder:
        file = Path(os.path.realpath(folder)) / given.name
        if sent.case is not None:
            file.write_bytes(sent.case)
        yield file


@dataclass
class Homeward:
    """Names files as the user does: `pairs` are paths there and at home, `folder` has what is enclosed."""

    pairs: list[tuple[str, str]]
    folder: Path

    def path(self, name: str) -> str:
        """A path at home, where it is below one of those that differ."""
        for there, home in self.pairs:
            if name == there:
                return home
            if name.startswith(there + os.sep):
                return str(Path(home) / name[len(there) + 1 :])
        return name

    def text(self, text: str) -> str:
        """A sentence that may name files."""
        for there, home in self.pairs:
            text = text.replace(there + os.sep, "" if home == "." else home + os.sep).replace(there, home)
        return text

    def error(self, error: LettersError) -> None:
        """An error that may name files, and is raised again."""
        error.message, error.remedy = self.text(error.message), self.text(error.remedy)
        error.args = (error.message,)
        if isinstance(error, FoundError):
            error.findings = [self.finding(one) for one in error.findings]

    def finding(self, found: Finding) -> Finding:
        """A finding, with its place."""
        place = replace(found.place, file=self.path(found.place.file)) if found.place else None
        return replace(found, message=self.text(found.message), remedy=self.text(found.remedy), place=place)

    def checked(self, checked: Checked) -> Checked:
        """All that came of checking a letter."""
        written = checked.written
        if written is not None:
            whole = self._written(pickle.loads(written))  # noqa: S301 - our own, just made
            written = pickle.dumps(whole)
        return replace(checked, findings=[self.finding(one) for one in checked.findings], written=written)

    def _written(self, written: Written) -> Written:
        copy = self._written(written.copy) if written.copy else None
        behind = tuple(self._enclosed(one) for one in written.frame.enclosures)
        around = replace(written.frame, enclosures=behind)
        return replace(written, facts=self._facts(written.facts), frame=around, copy=copy)

    def _enclosed(self, document: Enclosure) -> Enclosure:
        there = self.pairs[0][0]
        return replace(document, file=self.folder / document.file.relative_to(there))

    def _facts(self, facts: Facts) -> Facts:
        return replace(
            facts,
            practice_file=self._document(facts.practice_file),
            case_file=self._document(facts.case_file),
            kind_file=self._document(facts.kind_file),
        )

    def _document(self, document: Document) -> Document:
        return replace(document, source=replace(document.source, name=self.path(document.source.name)))
