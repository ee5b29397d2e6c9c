"""Kill a batch again and again, let it finish, and see whether every letter was issued once.

    python -m benchmarks.killing [--letters N] [--kills N] [--seed N] [--folder DIR]

With SIGKILL at random instants: the run alone, one of its workers, or all of them at once. The tally
shares nothing with the program: it reads the table, the register's history and the manifest, and takes the
digest of every file. Some eight minutes for 1,000 letters on two cores. Linux only.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.support.caseloads import caseload
from tests.support.killing import Killed, kill_and_finish, tally

LETTERS, KILLS = 1_000, 25


def main() -> None:
    """Kill, tally and print; the exit code is 1 where anything is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))  # noqa: S311
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as near:
        folder = caseload(told.folder or Path(near) / "office", told.letters)
        print(f"{told.letters:,} letters, {told.kills} kills, seed {told.seed}", flush=True)
        step = max(2, 3 * told.letters // (2 * told.kills))
        killed = kill_and_finish(folder, told.kills, random.Random(told.seed), step)  # noqa: S311
        wrong = killed.wrong + tally(folder)
    report(killed, wrong)
    sys.exit(bool(wrong))


def report(killed: Killed, wrong: list[str]) -> None:
    """Print what was killed, and what was not as it must be."""
    kills = ", ".join(f"{number} × {target}" for target, number in killed.kills.items())
    print(f"killed: {kills}; in {killed.seconds:.0f} s")
    print("letters there were at each kill:", *killed.instants)
    print("\n".join(wrong) or "each letter was issued once, every file is whole, the counts add up")


if __name__ == "__main__":
    main()
