"""What the register's lists cost, and how that grows with the number of cases.

    python benchmarks/register.py [--cases N] [--rounds N] [--register URL]

Makes two registers, one of 1,000 cases and one of N (100,000), with five contacts for each case,
and times whole processes that take turns. A process that only shows its version is beside them, as what
every command costs before it does anything. The rest of the time is what grows. With a URL, the
large one is on that server, whose database must be empty.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from letters.model.history import CaseEntered
from letters.office import open_office
from letters.register.location import location
from letters.register.opening import open_register
from letters.register.store import Actor

PRACTICE = Path(__file__).parents[1] / "examples/harbor"
TODAY = date(2026, 11, 22)
SMALL, LARGE, CONTACTS = 1_000, 100_000, 5
COMMANDS = {
    "only the version": ["--version"],
    "case list": ["case", "list"],
    "case list of one clinician": ["case", "list", "--clinician", "sam-rivera"],
    "case show": ["case", "show", "C-000500"],
    "review": ["review"],
    "review of one clinician": ["review", "--clinician", "sam-rivera"],
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--cases", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--register")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small = office(Path(folder) / "small", SMALL, None)
        large = office(Path(folder) / "large", told.cases, told.register)
        report(measure(small, large, told.rounds), told.cases)


def office(folder: Path, cases: int, address: str | None) -> list[str]:
    """Make a practice with so many cases; return what the program is called with."""
    shutil.copytree(PRACTICE, folder)
    where = location(address, folder)
    chance, begun = random.Random(cases), perf_counter()  # noqa: S311 - not for secrets
    clinicians = list(open_office(folder / "practice.yaml").practice.people)
    with open_register(where).writing(Actor("sam-rivera", "bench")) as writing:
        for number in range(cases):
            case = made_up(number, clinicians, chance)
            writing.append(CaseEntered(data=case, contacts=contacts(chance)), str(case["case"]))
    print(f"{cases:,} cases entered, {cases / (perf_counter() - begun):,.0f} a second")
    return ["--practice", str(folder / "practice.yaml"), *(["--register", address] if address else [])]


def made_up(number: int, clinicians: list[str], chance: random.Random) -> dict[str, Any]:
    """A case: most clients came not long ago; one in twelve has been silent for three months or more."""
    silent = chance.randrange(95, 400) if number % 12 == 0 else chance.randrange(1, 80)
    address = {"lines": [f"{number} Pier Street"], "city": "Portland", "region": "OR", "postcode": "97201"}
    return {
        "case": f"C-{number:06}",
        "relationship": "individual",
        "opened": "2024-03-01",
        "last_session": (TODAY - timedelta(silent)).isoformat(),
        "clinician": clinicians[number % len(clinicians)],
        "clients": [
            {
                "id": "client",
                "name": f"Client Number {number}",
                "addresses": [{**address, "country": "US", "safe": "yes", "confirmed": "2026-10-01"}],
                "phones": [{"number": "+1 503 555 0100", "safe": "yes", "voicemail": "callback-only"}],
            }
        ],
    }


def contacts(chance: random.Random) -> list[dict[str, Any]]:
    """Calls that nobody answered, some years ago."""
    days = sorted(chance.sample(range(600), CONTACTS))
    first = date(2024, 3, 1)
    return [
        {
            "at": f"{(first + timedelta(day)).isoformat()}T10:15:00-07:00",
            **{"by": "sam-rivera", "channel": "phone", "outcome": "voicemail", "said": "Please call back."},
        }
        for day in days
    ]


def measure(small: list[str], large: list[str], rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds of each command with few cases and with many, medians of runs that take turns."""
    times: dict[tuple[str, bool], list[float]] = {}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            for is_large, practice in ((False, small), (True, large)):
                times.setdefault((name, is_large), []).append(seconds([*practice, *command]))
    return {name: (median(times[name, False]), median(times[name, True])) for name in COMMANDS}


def seconds(arguments: list[str]) -> float:
    """How long the program takes."""
    begun = perf_counter()
    environment = {**os.environ, "LETTERS_TODAY": TODAY.isoformat()}
    done = subprocess.run(
        [sys.executable, "-m", "letters", *arguments], env=environment, capture_output=True, check=False
    )
    taken = perf_counter() - begun
    if done.returncode:
        sys.exit(done.stderr.decode())
    return taken


def report(times: Mapping[str, tuple[float, float]], cases: int) -> None:
    """Print seconds, and the ratio of the two."""
    print(f"\n{'':28}{SMALL:>10,} {cases:>10,} cases   ratio")
    for name, (few, many) in times.items():
        print(f"{name:28}{few:9.2f}s {many:9.2f}s {many / few:13.2f}")


if __name__ == "__main__":
    main()
