"""Notices when a file that letters are made from changes: the practice's, the cases', or the program's own.

What counts is how the files look. The system only says when to look, so that a network disk, which tells
nothing, or a folder that goes and comes back, is noticed a little later.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from letters import workspace

PROGRAM = Path(__file__).parents[1]
EVERY = 1.5  # seconds after which to look in any case
_DEBOUNCE = 50  # milliseconds in which an editor does all it does to save a file
_STEP = 25  # milliseconds; how often it looks whether that is over
_OWN = (workspace.KINDS, "jurisdictions")
_PROGRAM_OWN = ("templates", "typeset", "jurisdictions")
# The register is none of them: what is entered there is told by the register itself.
_ENDINGS = {
    *(".yaml", ".yml", ".json", ".j2", ".css", ".html"),
    *(".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"),
}
_DEEPEST = 3  # folders within one another
_MOST = 5_000  # files

Look = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Change:
    """Something changed; `is_program` where it was a file of the program itself."""

    is_program: bool


@dataclass
class Watched:
    """The files that are watched: a practice file with what lies beside it, and case files.

    More of both can be added at any time.
    """

    practice: Path
    cases: set[Path] = field(default_factory=set)
    program: Path = PROGRAM

    def folders(self) -> list[Path]:
        """The folders that these files are in, as far as they are there."""
        beside = [self.practice.parent, *(case.parent for case in self.cases)]
        own = [below for name in _OWN for below in _below(self.practice.parent / name)]
        parts = [below for name in _PROGRAM_OWN for below in _below(self.program / name)]
        return [folder for folder in dict.fromkeys([*beside, *own, *parts]) if folder.is_dir()]

    def own(self) -> Look:
        """How the files of the practice look."""
        folder = self.practice.parent
        own = (file for name in _OWN for below in _below(folder / name) for file in _files(below))
        return _look([*self.cases, self.practice, *_files(folder), *own])

    def parts(self) -> Look:
        """How the files of the program look."""
        return _look(
            file for name in _PROGRAM_OWN for below in _below(self.program / name) for file in _files(below)
        )


async def changes(watched: Watched, every: float = EVERY) -> AsyncIterator[Change]:
    """Every change from now on."""
    own, parts = await asyncio.to_thread(watched.own), await asyncio.to_thread(watched.parts)
    while True:
        folders = await asyncio.to_thread(_identified, watched)
        async with aclosing(woken([path for path, _ in folders], every)) as moments:
            async for _ in moments:
                before = own, parts
                own, parts = await asyncio.to_thread(watched.own), await asyncio.to_thread(watched.parts)
                if (own, parts) != before:
                    yield Change(parts != before[1])
                if await asyncio.to_thread(_identified, watched) != folders:
                    break  # others are to be watched, or one of them is another now


async def woken(folders: list[Path], every: float) -> AsyncGenerator[None]:
    """Whenever the system says that something happened in one of the folders, and after `every` seconds."""
    yield  # something may have happened just before
    try:
        from watchfiles import awatch

        wait = int(every * 1000)
        async for _ in awatch(
            *folders, watch_filter=None, debounce=_DEBOUNCE, step=_STEP, recursive=False,
            rust_timeout=wait, yield_on_timeout=True, ignore_permission_denied=True,
        ):  # fmt: skip
            yield
    except* (OSError, RuntimeError):  # the system cannot watch, or not so many; some of it comes in groups
        pass
    while True:
        await asyncio.sleep(every)
        yield


def _identified(watched: Watched) -> list[tuple[Path, tuple[int, int]]]:
    """The folders, and which ones they are: another one may come to lie in the place of one."""
    return [(folder, key) for folder in watched.folders() if (key := _identity(folder))]


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _below(folder: Path, depth: int = _DEEPEST) -> Iterator[Path]:
    """A folder and those in it, as far as they are there."""
    try:
        inside = [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    yield folder
    if depth > 1:
        for one in sorted(inside):
            if not one.name.startswith((".", "__")):
                yield from _below(one, depth - 1)


def _files(folder: Path) -> list[str]:
    """The files in a folder that a letter may be made from."""
    try:
        names = [entry.path for entry in os.scandir(folder)]
    except OSError:
        return []
    return [name for name in names if os.path.splitext(name)[1].lower() in _ENDINGS][:_MOST]  # noqa: PTH122


def _look(files: Iterable[str | Path]) -> Look:
    found: dict[str, tuple[int, int, int]] = {}
    for file in files:
        with suppress(OSError):
            state = os.stat(file)  # noqa: PTH116 - there may be thousands
            found[str(file)] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found
