"""Print jobs: a letter is in one of them, so that nobody prints and posts it a second time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from letters.batch.leaving import Left, in_order, is_in_force, remove_paper, write_job
from letters.errors import MachineError
from letters.files import publish

if TYPE_CHECKING:
    from letters.batch.leaving import Paper
    from letters.batch.outcome import Outcome

STATE = "print.json"
_OF_A_RUN = re.compile(r"(?:print|labels|envelopes)-run-(\d{1,6})(?:-\d+)?\.pdf")


def write(out: Path, outcomes: Iterable[Outcome], paper: Paper) -> Left:
    """Write a job of the letters that are in none yet; anew those in which one must not leave any more.

    Raises MachineError as `write_job` does, and where nobody can tell what was printed.
    """
    told = list(outcomes)
    jobs = _read(out)
    in_force = {one.letter for one in told if is_in_force(one)}
    to_leave = {one.letter: one for one in in_order(told, paper.sort)}
    changed = {number for number, job in enumerate(jobs) if not in_force.issuperset(job)}
    jobs = [[letter for letter in job if letter in in_force] for job in jobs]
    printed = {letter for job in jobs for letter in job}
    if new := [letter for letter in to_leave if letter not in printed]:
        jobs.append(new)
        changed.add(len(jobs) - 1)
    for ending in _strays(out, len(jobs)):
        remove_paper(out, ending)
    left = Left()
    for number in sorted(changed):
        letters = [to_leave[letter] for letter in jobs[number] if letter in to_leave]
        _add(left, _job(out, letters, paper, number))
    if changed:
        publish(out / STATE, json.dumps(jobs).encode())
    return left


def _read(out: Path) -> list[list[str]]:
    """The names of the letters in each job. Raises MachineError where the file that tells is damaged."""
    try:
        told = json.loads((out / STATE).read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        told = None
    if isinstance(told, list) and all(isinstance(job, list) for job in told):
        return [[str(letter) for letter in job] for job in told]
    raise MachineError(
        f"{out / STATE} does not tell which letters were put together for the printer: it is damaged.",
        "See what was printed already. Without that file all letters that have not been sent are put "
        "together anew.",
    )


def _strays(out: Path, known: int) -> set[str]:
    """What the names of jobs end in that nobody knows of: their letters are in others, or must not leave."""
    found = (_OF_A_RUN.fullmatch(file.name) for file in out.glob("*-run-*.pdf"))
    return {f"-run-{one[1]}" for one in found if one and int(one[1]) > known}


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
