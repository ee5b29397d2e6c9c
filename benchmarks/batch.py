"""What a letter of a batch costs, next to other ways of making the same one.

    python benchmarks/batch.py [--letters N] [--rounds N] [--large] [--only TEXT]

Everything is measured as whole processes, from the start of the program to its end with nothing taken off,
and takes turns, so that a busy machine slows all of them alike. Medians of several rounds are printed. The
letters are alike in length and differ in name, address and number. This program reads a table, checks, sets,
looks at the pages, issues each letter in the register with its file safe on the disk, and puts the print job
together; the others get the finished text and only make PDFs of it (`benchmarks/ways.py`):

- a loop over WeasyPrint's `HTML(string=…).write_pdf()`, with and without libharfbuzz-subset;
- WeasyPrint's `render` and `write_pdf` with typefaces and style sheets loaded once, which is the bound;
- LibreOffice, all documents (.docx) in one run, and started for each; headless Chromium, one that prints them
  all, and started for each; Typst in one process. Those that are not installed are left out, which is told.

Then: two workers next to one process, what batches of 100 and of 1,000 take (and with --large of 10,000) in
memory and on the disk, and what running them again costs. Processor time and memory are read from /proc, and
are missing where there is none.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, sleep, time

from one_letter import KIND
from ways import BY, DAY, WAYS, is_installed, prepare, table

ENVIRONMENT = {**os.environ, "LETTERS_TODAY": DAY.isoformat()}
SAMPLED = 0.2  # seconds
COLD = 10  # letters at most where each starts a program of its own


@dataclass
class Cost:
    """What a whole process took: seconds, seconds of the processor, and megabytes at most."""

    wall: float
    cpu: float = 0.0
    parent: float = 0.0
    worker: float = 0.0


@dataclass
class Watch:
    """Looks at a process and all that came of it, while they run."""

    session: int
    cpu: dict[int, float] = field(default_factory=dict)
    peak: dict[int, float] = field(default_factory=dict)

    def look(self) -> None:
        """Read what each of them has used by now."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) != self.session:
                    continue
                pid = int(folder.name)
                self.cpu[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                for line in (folder / "status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        self.peak[pid] = int(line.split()[1]) / 1024
            except (OSError, ValueError, IndexError):
                continue  # it has ended meanwhile

    def cost(self, wall: float, reaped: float) -> Cost:
        """What they took together; `reaped` is what the system says of those that were waited for."""
        others = [peak for pid, peak in self.peak.items() if pid != self.session]
        parent = self.peak.get(self.session, 0.0)
        return Cost(wall, max(sum(self.cpu.values()), reaped), parent, max(others, default=0.0))


def measured(command: list[str]) -> Cost:
    """Run a whole program."""
    with tempfile.TemporaryFile() as said:
        begun = perf_counter()
        process = subprocess.Popen(
            command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
        watch = Watch(process.pid)
        while True:
            watch.look()
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            sleep(SAMPLED)
        wall = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command[:8])}… failed:\n{said.read().decode(errors='replace')[-2000:]}")
    return watch.cost(wall, used.ru_utime + used.ru_stime)


def batch_of(folder: Path, name: str, *more: str, source: str = "clients.csv") -> Cost:
    """Run `letters batch` into the folder of that name, which stays."""
    practice = folder / f"{name}-practice"
    if not practice.exists():
        shutil.copytree(folder / "practice", practice)
    program = [sys.executable, "-m", "letters", "--practice", str(practice / "practice.yaml")]
    out = ["--out", str(folder / name)] if "--dry-run" not in more else []
    return measured([*program, "batch", KIND, str(folder / source), "--by", BY, *out, *more])


BATCHES = {"batch": ("letters batch, 2 workers", "2"), "batch-1": ("letters batch, 1 worker", "1")}
TITLES = {name: title for name, (title, _) in {**BATCHES, **WAYS}.items()}


def side_by_side(folder: Path, number: int, rounds: int, only: str) -> dict[str, Cost]:
    """What a letter costs in each way: medians of rounds in which they take turns, in milliseconds."""
    taken: dict[str, list[Cost]] = {}
    for name, title in TITLES.items():
        if only in name and not is_installed(name):
            print(f"left out, as it is not installed: {title}")
    for _ in range(rounds):
        for name in TITLES:
            if only in name and is_installed(name):
                taken.setdefault(name, []).append(once(folder, name, number))
    return {name: middle(costs) for name, costs in taken.items()}


def once(folder: Path, name: str, number: int) -> Cost:
    """Make the letters in one way; what each of them cost, in milliseconds."""
    count = min(number, COLD) if name.endswith("-cold") else number
    if name in BATCHES:
        cost = batch_of(folder, "out", "--workers", BATCHES[name][1])
    else:
        (folder / "out").mkdir()
        cost = measured([sys.executable, __file__, "--way", name, str(folder), "--letters", str(count)])
    made = list((folder / "out").rglob("*.pdf"))
    if len(made) < count:
        sys.exit(f"{TITLES[name]} made {len(made)} letters instead of {count}")
    clear(folder)
    return Cost(cost.wall / count * 1000, cost.cpu / count * 1000, cost.parent, cost.worker)


def clear(folder: Path) -> None:
    """Remove what a run left, so that the next one begins anew."""
    for name in ("out", "out-practice"):
        shutil.rmtree(folder / name, ignore_errors=True)


def middle(costs: list[Cost]) -> Cost:
    """The medians."""
    return Cost(
        *(median(getattr(one, name) for one in costs) for name in ("wall", "cpu", "parent", "worker"))
    )


def report(costs: dict[str, Cost], number: int, rounds: int) -> None:
    """Print what a letter costs in each way, and how that compares."""
    print(f"\nOne of {number} letters, whole processes, medians of {rounds} rounds that take turns")
    print(f"{'':44}{'ms':>8}{'ratio':>7}{'CPU ms':>9}{'ratio':>7}")
    base = next(iter(costs.values()))
    for name, cost in costs.items():
        used = f"{cost.cpu:9.1f}{cost.cpu / base.cpu:7.2f}" if base.cpu else ""
        print(f"{TITLES[name]:44}{cost.wall:8.1f}{cost.wall / base.wall:7.2f}{used}")


# A batch is compared by the processor time of all its processes, which is what a core is kept busy with.
AIMS: list[tuple[str, str, str, str, float]] = [
    ("naive loop without libharfbuzz-subset, per core", "naive-without", "batch", "cpu", 3.0),
    ("naive loop with it, per core", "naive", "batch", "cpu", 1.0),
    ("  as PDF/A", "naive-archival", "batch", "cpu", 1.0),
    ("one process, on two cores", "one", "batch", "wall", 1.8),
    ("LibreOffice, all in one run", "libreoffice", "batch", "wall", 1.0),
    ("  as PDF/A and PDF/UA", "libreoffice-archival", "batch", "wall", 1.0),
    ("LibreOffice, started for each", "libreoffice-cold", "batch", "wall", 1.0),
    ("Chromium, one prints all", "chromium-kept", "batch", "wall", 1.0),
    ("Chromium, started for each", "chromium-cold", "batch", "wall", 1.0),
    ("WeasyPrint's own render and write, per core", "loaded", "batch", "cpu", 1 / 1.15),
]


def report_aims(costs: dict[str, Cost]) -> None:
    """Print how far the aims are reached."""
    print("\nTimes as fast as                                              aim")
    for what, other, ours, measure, aim in AIMS:
        if other in costs and ours in costs and getattr(costs[ours], measure):
            ratio = getattr(costs[other], measure) / getattr(costs[ours], measure)
            print(f"  {what:50}{ratio:6.2f}{aim:8.2f}  {'reached' if ratio >= aim else 'not reached'}")


@dataclass(frozen=True)
class Size:
    """What a batch of that many letters took, and what it left."""

    letters: int
    dry: Cost
    first: Cost
    again: Cost
    checked: float  # seconds until the first letter was made
    issued: float  # seconds until the last one was
    disk: dict[str, int]  # bytes


def sized(folder: Path, number: int) -> Size:
    """Check a batch of that size, run it, and run it once more."""
    source, name = f"{number}.csv", f"batch-{number}"
    table(folder / source, number)
    dry = batch_of(folder, f"dry-{number}", "--dry-run", source=source)
    begun = time()
    first = batch_of(folder, name, source=source)
    letters = [file.stat() for file in (folder / name / "letters").glob("*.pdf")]
    if len(letters) != number:
        sys.exit(f"{len(letters)} letters instead of {number}")
    again = batch_of(folder, name, source=source)
    times = [one.st_mtime - begun for one in letters]
    disk = {
        "letters": sum(one.st_size for one in letters),
        "print job": sum(one.stat().st_size for one in (folder / name).glob("print*.pdf")),
        "register": sum(one.stat().st_size for one in (folder / f"{name}-practice").glob("*.sqlite*")),
    }
    shutil.rmtree(folder / name)
    return Size(number, dry, first, again, min(times), max(times), disk)


ROWS: list[tuple[str, Callable[[Size], float]]] = [
    ("seconds, all", lambda one: one.first.wall),
    ("  a letter, ms", lambda one: one.first.wall / one.letters * 1000),
    ("  until all were checked", lambda one: one.checked),
    ("  from there until all were issued", lambda one: one.issued - one.checked),
    ("  from there: print job, labels, lists", lambda one: one.first.wall - one.issued),
    ("checked and nothing made, seconds", lambda one: one.dry.wall),
    ("  letters a second", lambda one: one.letters / one.dry.wall),
    ("run again, seconds", lambda one: one.again.wall),
    ("  a letter, ms", lambda one: one.again.wall / one.letters * 1000),
    ("memory at most, MB: the program itself", lambda one: one.first.parent),
    ("  a worker", lambda one: one.first.worker),
    ("  run again, the program itself", lambda one: one.again.parent),
    *(
        (f"disk, KB a letter: {name}", lambda one, name=name: one.disk[name] / one.letters / 1000)
        for name in ("letters", "print job", "register")
    ),
]


def report_sizes(sizes: list[Size]) -> None:
    """Print what batches of several sizes take, and what each further letter does."""
    print(f"\n{'Batches, a worker for each core':42}" + "".join(f"{one.letters:12,}" for one in sizes))
    for title, value in ROWS:
        print(f"{title:42}" + "".join(f"{value(one):12.1f}" for one in sizes))
    for small, large in pairwise(sizes):
        more = large.letters - small.letters
        further = {
            "all": large.first.wall - small.first.wall,
            "checked": large.dry.wall - small.dry.wall,
            "run again": large.again.wall - small.again.wall,
        }
        told = ", ".join(f"{what} {seconds / more * 1000:.2f} ms" for what, seconds in further.items())
        print(f"each letter beyond {small.letters:,}: {told}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--letters", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1_000])
    parser.add_argument("--large", action="store_true", help="also a batch of 10,000")
    parser.add_argument("--only", default="", help="only the ways with this in their names")
    parser.add_argument("--way", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.way:
        WAYS[told.way[0]][1](Path(told.way[1]), told.letters)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        prepare(folder, told.letters)
        if told.rounds:
            costs = side_by_side(folder, told.letters, told.rounds, told.only)
            report(costs, told.letters, told.rounds)
            report_aims(costs)
        if sizes := [*told.sizes, *([10_000] if told.large else [])]:
            report_sizes([sized(folder, one) for one in sizes])


if __name__ == "__main__":
    main()
