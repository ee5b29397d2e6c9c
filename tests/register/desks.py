"""Several processes at one register, some of which are killed.

Run as a program, with what to try, the register's address (empty for a file) and a folder; prints
what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from letters.model.history import ContactLogged, LetterAgain
from letters.register.location import location
from letters.register.opening import connect
from letters.register.store import Register
from letters.register.verifying import verify
from tests.register.telling import ANNA, contact, entered, entries, opened, tell

WRITERS, TRANSACTIONS = 8, 250
KILLS = 26
AT_ONCE = 3  # entries in a transaction
STEPS = 2 + AT_ONCE  # of a transaction, each of which is told


def spawn(work: Callable[[], None]) -> int:
    """Do some work in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(99)
    return child


def finished(children: list[int]) -> list[int]:
    """Wait for processes; return how they ended."""
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def opening(address: str | None, folder: Path) -> dict[str, Any]:
    """Open a register that is not there yet, all at the same instant."""
    ready, go = os.pipe()

    def work() -> None:
        os.close(go)
        os.read(ready, 1)
        opened(address, folder)

    connect(location(None, folder / "warm"))  # so that all have loaded what it takes
    children = [spawn(work) for _ in range(WRITERS)]
    os.close(go)
    ended = finished(children)
    return {"ended": ended, "found": told_of(opened(address, folder))}


def writing(address: str | None, folder: Path) -> dict[str, Any]:
    """Write, all at once, and read meanwhile."""
    register = opened(address, folder)
    tell(register, [(entered("C-1"), "C-1")])
    before = len(entries(register))

    def work(number: int) -> None:
        desk = staying(register)
        for one in range(TRANSACTIONS):
            with desk.writing(ANNA) as transaction:
                again = LetterAgain(letter=f"L-{number}", because=str(one), folder="letters")
                transaction.append(again, "C-1")

    children = [spawn(lambda number=number: work(number)) for number in range(WRITERS)]  # type: ignore[misc]
    ended = finished(children)
    found = [entry.content for entry in entries(register)][before:]
    by_writer = {f"L-{number}": list(map(str, range(TRANSACTIONS))) for number in range(WRITERS)}
    in_order = {name: [one["because"] for one in found if one["letter"] == name] for name in by_writer}
    return {
        "ended": ended,
        "entries": len(found),
        "in order": in_order == by_writer,
        "found": told_of(register),
    }


def staying(register: Register) -> Register:
    """A desk that stays connected to a server, as connecting takes longer than writing."""
    where = register.where
    return register if where.file else Register(where, create_engine(where.url, pool_size=1))


def killed(address: str | None, folder: Path) -> dict[str, Any]:
    """Kill a writer wherever its work is; what it was told is in the register must be there."""
    chance = random.Random(4)  # noqa: S311 - not for secrets
    register = opened(address, folder)
    tell(register, [(entered("C-1"), "C-1")])
    result: dict[str, Any] = {"lost": [], "torn": [], "found": [], "halfway": 0, "done": 0}
    for number in range(KILLS):
        steps = _kill_after(chance.randrange(3 * STEPS), number, register)
        committed = len(steps) // STEPS
        result["halfway"] += len(steps) % STEPS != 0
        result["done"] += committed
        register = Register(register.where, connect(register.where))
        kept = Counter(entry.content.get("contact", {}).get("said") for entry in entries(register))
        marks = [f"{number} {one}" for one in range(committed)]
        result["lost"] += [mark for mark in marks if kept[mark] != AT_ONCE]
        result["torn"] += [mark for mark, times in kept.items() if mark and times != AT_ONCE]
        result["found"] += told_of(register) if number % 13 == 12 else []
    return result


def _kill_after(progress: int, number: int, register: Register) -> bytes:
    """Kill a writer after so many steps; return those it went."""
    told, tell_it = os.pipe()

    def work() -> None:
        os.close(told)
        one = 0
        while True:
            with register.writing(ANNA) as transaction:
                os.write(tell_it, b"b")
                for place in range(AT_ONCE):
                    at = f"2026-08-{number % 28 + 1:02}T{one % 24:02}:{place:02}:{one // 24:02}Z"
                    said = contact(at, said=f"{number} {one}")
                    transaction.append(ContactLogged(contact=said), "C-1")
                    os.write(tell_it, b"a")
            os.write(tell_it, b"c")
            one += 1

    child = spawn(work)
    os.close(tell_it)
    steps = b""
    while len(steps) < progress and (more := os.read(told, 1)):
        steps += more
    os.kill(child, signal.SIGKILL)
    assert finished([child]) == [-signal.SIGKILL]
    while more := os.read(told, 4096):
        steps += more
    os.close(told)
    return steps


def told_of(register: Register) -> list[str]:
    """What is wrong with a register."""
    return [finding.message for finding in verify(register)[1]]


if __name__ == "__main__":
    tried = {"opening": opening, "writing": writing, "killed": killed}[sys.argv[1]]
    print(json.dumps(tried(sys.argv[2] or None, Path(sys.argv[3]))))
