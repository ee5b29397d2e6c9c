"""Print jobs: a letter is in one of them, so that nobody prints and posts it a second time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from letters.batch.leaving import Left, in_order, remove_paper, write_job
from letters.files import publish

if TYPE_CHECKING:
    from letters.batch.leaving import Paper
    from letters.batch.outcome import Outcome

STATE = "print.json"


@dataclass
class _Jobs:
    """The names of the letters in each job, and the digest of what the first was to look like."""

    paper: str = ""
    letters: list[list[str]] = field(default_factory=list)


def write(out: Path, outcomes: Iterable[Outcome], paper: Paper) -> Left:
    """Write a job of the letters that are in none yet; anew those in which one is not in force any more.

    Where there is nothing new and the paper is to be another, all letters are put into one job again.
    Raises MachineError as `write_job` does.
    """
    issued = {one.letter: one for one in in_order(outcomes, paper.sort)}
    jobs = _read(out)
    changed = _without_gone(jobs, issued)
    printed = {letter for job in jobs.letters for letter in job}
    new = [letter for letter in issued if letter not in printed]
    if new:
        jobs.letters.append(new)
        changed.add(len(jobs.letters) - 1)
    elif jobs.letters and jobs.paper != paper.digest:
        for number in range(1, len(jobs.letters)):
            remove_paper(out, _ending(number))
        jobs.letters, changed = [list(issued)], {0}
    if not changed:
        return Left()
    left = Left()
    for number in sorted(changed):
        _add(left, _job(out, [issued[letter] for letter in jobs.letters[number]], paper, number))
    publish(out / STATE, json.dumps({"paper": paper.digest, "letters": jobs.letters}).encode())
    return left


def _read(out: Path) -> _Jobs:
    """What was put together before; nothing where that is not told, or damaged."""
    try:
        return _Jobs(**json.loads((out / STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return _Jobs()


def _without_gone(jobs: _Jobs, issued: dict[str, Outcome]) -> set[int]:
    """Take out what is not in force any more; return the numbers of the jobs in which it was."""
    changed = set()
    for number, job in enumerate(jobs.letters):
        kept = [letter for letter in job if letter in issued]
        if kept != job:
            jobs.letters[number] = kept
            changed.add(number)
    return changed


def _ending(number: int) -> str:
    return f"-run-{number + 1}" if number else ""


def _job(out: Path, letters: list[Outcome], paper: Paper, number: int) -> Left:
    if not letters:
        remove_paper(out, _ending(number))
        return Left()
    return write_job(out, letters, paper, _ending(number))


def _add(left: Left, more: Left) -> None:
    left.printed += more.printed
    left.files += more.files
    left.findings += more.findings
