"""Batches that are killed at any instant and started again, and a tally of what came of them."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from tests.support.caseloads import TABLE, command, surroundings

Target = Literal["run", "worker", "group"]
_TARGETS: list[Target] = ["run", "worker", "group"]
_MOST_SECONDS = 120.0


@dataclass
class Killed:
    """What was killed: how many of what, at how many letters, and what was not as it must be."""

    kills: Counter[str] = field(default_factory=Counter)
    instants: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def kill_and_finish(folder: Path, kills: int, chance: random.Random, step: int) -> Killed:
    """Start a batch, kill it so many times, each time up to so many letters further, and let it finish."""
    told, begun = Killed(), time.monotonic()
    process = start(folder)
    while told.kills.total() < kills:
        if process.poll() is not None:  # it was done before the kill
            told.wrong += [f"ended with {process.returncode}"] if process.returncode else []
            process = start(folder)
        target = chance.choices(_TARGETS, [3, 2, 2])[0]
        _wait(process, folder, chance, step)
        told.instants.append(letters(folder))
        if _kill(process, target, chance):
            told.kills[target] += 1
        if target != "worker":
            process.wait(10)
            told.wrong += [f"outlived by {left}" for left in outliving(process)]
            process = start(folder)
    code = process.wait(_MOST_SECONDS * 5)
    told.wrong += [f"the last run ended with {code}"] if code else []
    told.seconds = time.monotonic() - begun
    return told


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start the batch in a process group of its own; what it says goes to a file."""
    with (folder / "said.txt").open("ab") as said:
        return subprocess.Popen(
            command(), cwd=folder, env=surroundings(), stdout=said, stderr=said, start_new_session=True
        )


def letters(folder: Path) -> int:
    """How many letters lie in the folder."""
    return len(list((folder / "out/letters").glob("L-*.pdf")))


def _wait(process: subprocess.Popen[bytes], folder: Path, chance: random.Random, step: int) -> None:
    """Wait for some instant: of the beginning, or so many letters further on and a little later."""
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 3))
        return
    aim, until = letters(folder) + chance.randint(0, step), time.monotonic() + _MOST_SECONDS
    while letters(folder) < aim and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.2))


def _kill(process: subprocess.Popen[bytes], target: Target, chance: random.Random) -> bool:
    if process.poll() is not None:
        return False
    if target == "group":
        os.killpg(process.pid, signal.SIGKILL)
    elif target == "run":
        process.kill()
    elif found := workers(process.pid):
        os.kill(chance.choice(found), signal.SIGKILL)
    else:
        return False
    return True


def members(group: int) -> dict[int, int]:
    """The living processes of a group, with the parent of each."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent, its_group = file.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue  # it has just ended
        if int(its_group) == group and state != "Z":
            found[int(file.parent.name)] = int(parent)
    return found


def workers(group: int) -> list[int]:
    """The processes that make letters: children of a child of the program."""
    parents = members(group)
    return [one for one, parent in parents.items() if parents.get(parent) == group]


def outliving(process: subprocess.Popen[Any]) -> list[int]:
    """The processes that are still there some seconds after the program was killed."""
    until = time.monotonic() + 10
    while (left := members(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    return list(left)


def tally(folder: Path, out: str = "out") -> list[str]:
    """Compare table, register, files and manifest, without the program; return what is not as it must be."""
    planned = Counter(row["case"] for row in _rows(folder / TABLE))
    issued = _issued(folder / "register.sqlite")
    manifest = _rows(folder / out / "manifest.csv")
    cases = Counter(one["case"] for one in issued)
    wrong = [f"{case}: {cases[case]} letters" for case in planned | cases if cases[case] != planned[case]]
    whom = Counter((one["case"], one["addressee"]) for one in issued)
    wrong += [f"{one} was written to {number} times" for one, number in whom.items() if number > 1]
    wrong += [line for one in issued for line in _of_file(folder / one["folder"], one)]
    names = {f"{one['letter']}.pdf" for one in issued}
    there = {file.name for file in (folder / out / "letters").glob("*.pdf")}
    wrong += [f"{name} is in the folder or the register alone" for name in names ^ there]
    wrong += [f"left: {path.name}" for path in (folder / out).rglob(".*") if path.name != ".lock"]
    told = {(row["case"], row["letter"], row["sha256"]) for row in manifest if row["status"] == "issued"}
    wrong += ["the manifest tells of other letters"] * (
        told != {(one["case"], one["letter"], one["sha256"]) for one in issued}
    )
    wrong += [f"the manifest has {len(manifest)} rows"] * (len(manifest) != planned.total())
    return wrong


def _of_file(folder: Path, one: dict[str, str]) -> list[str]:
    file = folder / f"{one['letter']}.pdf"
    if not file.is_file():
        return [f"{file.name} is missing"]
    data = file.read_bytes()
    is_right = sha256(data).hexdigest() == one["sha256"] and data.rstrip().endswith(b"%%EOF")
    return [] if is_right else [f"{file.name} is damaged"]


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _issued(register: Path) -> list[dict[str, str]]:
    connection = sqlite3.connect(register)
    try:
        found = connection.execute("SELECT case_number, body FROM entries WHERE event = 'letter-issued'")
        return [{"case": case, **json.loads(body)} for case, body in found]
    finally:
        connection.close()
