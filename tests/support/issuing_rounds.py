"""Issue the same letters in many processes, which are killed, run at once, or have no room.

Run as a program, with the office's folder, a folder to work in and what to try; prints what came
of it as JSON. The letters are made once, so that the processes spend their time on publishing.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from letters import issuing, recording
from letters.errors import LettersError
from letters.files import letter_id
from letters.letter import Letter, make
from letters.office import open_office
from letters.register import queries
from letters.register.location import location
from letters.register.opening import open_register
from tests.support.desk import Desk

CASES = 4
ROUNDS = 16


def prepare(office: Path) -> tuple[list[Any], dict[str, bytes]]:
    """Orders for several cases, and the letters that come of them by their names."""
    desk, orders, letters = Desk(office), [], {}
    made = {}
    for number in range(CASES):
        desk.case["case"] = f"C-{number}"
        order = desk.order()
        case = order.case.with_name(f"case-{number}.json")  # type: ignore[union-attr]
        (office / "case.json").rename(case)
        orders.append(replace(order, case=case))
        made[case] = make(orders[-1])
        letter = made[case][0]
        assert isinstance(letter, Letter), made[case][1]
        letters[letter_id(letter.pdf)] = letter.pdf
    issuing.make = lambda order: made[order.case]  # type: ignore[attr-defined]
    return orders, letters


def spawn(work: Callable[[], int]) -> int:
    """Do some work in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(work())
        except BaseException as error:
            print(repr(error), repr(error.__cause__), file=sys.stderr, flush=True)
            os._exit(99)
    return child


def torn(out: Path, letters: dict[str, bytes]) -> list[str]:
    """The files that are not whole, or are no letter the register has."""
    with open_register(location(address(out), out)).reading() as connection:
        known = {one.letter: one.sha256 for one in queries.letters(connection)}
    return [
        path.name
        for path in out.glob("L-*")
        if path.read_bytes() != letters[path.stem]
        or known.get(path.stem) != sha256(letters[path.stem]).hexdigest()
    ]


def address(out: Path) -> str:
    """Each round has a register of its own."""
    return str(out.with_suffix(".sqlite"))


def issue(orders: list[Any], out: Path) -> list[issuing.Issued]:
    """Issue letters into a folder."""
    office = open_office(None, address(out), near=orders[0].case)
    return issuing.issue(orders, recording.Desk(office, office.actor(), out, {}))


def kill(orders: list[Any], letters: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Kill runs at any point of their work, and let the next one finish it."""
    chance = random.Random(11)  # noqa: S311 - not for secrets
    result: dict[str, Any] = {"torn": [], "halfway": 0, "unfinished": 0}
    for number in range(ROUNDS):
        out = folder / f"round-{number}"
        child = spawn(lambda out=out: len(issue(orders, out)))  # type: ignore[misc]
        _wait_for(out, chance.randrange(CASES))
        time.sleep(chance.uniform(0, 0.001))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        result["torn"] += torn(out, letters)
        result["halfway"] += 0 < len(list(out.glob("*"))) < CASES
        again = issue(orders, out)
        result["torn"] += torn(out, letters)
        complete = {path.stem for path in out.glob("L-*.pdf")} == set(letters)
        result["unfinished"] += not complete or any(one.file is None for one in again)
    return result


def _wait_for(out: Path, files: int) -> None:
    """Wait until a run has left so many files; how fast a machine is says nothing about where its work is."""
    until = time.monotonic() + 10
    while time.monotonic() < until and (not out.exists() or sum(1 for _ in out.iterdir()) < files):
        pass


def race(orders: list[Any], letters: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Let several processes issue at the same instant; each says how many were its own."""
    result: dict[str, Any] = {"torn": [], "wrong": 0}
    for number in range(ROUNDS):
        out, instant = folder / f"race-{number}", time.monotonic() + 0.02

        def work(out: Path = out, instant: float = instant) -> int:
            while time.monotonic() < instant:
                pass
            return sum(not one.before for one in issue(orders, out))

        children = [spawn(work) for _ in range(3)]
        firsts = sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
        result["torn"] += torn(out, letters)
        result["wrong"] += firsts != CASES
    return result


def rival(orders: list[Any], _: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Let two processes issue letters of different dates about the same matter at the same instant."""
    rivals = [replace(orders[0], dated=orders[0].dated + timedelta(days)) for days in (0, 1)]
    made = {order.dated: make(order) for order in rivals}
    issuing.make = lambda order: made[order.dated]  # type: ignore[attr-defined]
    result: dict[str, Any] = {"issued": [], "stopped": []}
    for number in range(ROUNDS):
        out, instant = folder / f"rival-{number}", time.monotonic() + 0.02

        def work(order: Any, out: Path = out, instant: float = instant) -> int:
            while time.monotonic() < instant:
                pass
            (one,) = issue([order], out)
            (out.parent / f"{os.getpid()}.txt").write_text(" ".join(found.code for found in one.findings))
            return 0

        children = [spawn(lambda order=order: work(order)) for order in rivals]  # type: ignore[misc]
        for child in children:
            assert os.waitpid(child, 0)[1] == 0
            told = folder / f"{child}.txt"
            result["stopped"] += told.read_text().split()
            told.unlink()
        result["issued"].append(len(list(out.glob("*.pdf"))))
    return result


def no_room(orders: list[Any], letters: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Issue with no room for a letter, then with room enough; the register is there already."""
    most = min(map(len, letters.values())) - 1
    # While somebody reads it, the files of the register stay as large as they are.
    with open_register(location(address(folder), folder)).reading():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        try:
            issue(orders, folder)
        except LettersError as error:
            stopped = [error.exit_code, error.message]
        left = sorted(path.name for path in folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    issue(orders, folder)
    return {"stopped": stopped, "left": left, "letters": len(list(folder.glob("L-*.pdf")))}


def mounted(orders: list[Any], letters: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Issue into a folder that somebody made too small, or not to be written to."""
    try:
        issue(orders, folder)
    except LettersError as error:
        return {"stopped": [error.exit_code, error.message], "torn": torn(folder, letters)}
    return {"stopped": None}


if __name__ == "__main__":
    prepared = prepare(Path(sys.argv[1]))
    tried = {"kill": kill, "race": race, "rival": rival, "no_room": no_room, "mounted": mounted}[sys.argv[3]]
    print(json.dumps(tried(*prepared, Path(sys.argv[2]))))
