"""What checking a table costs, and that it takes no more memory for more rows.

    python benchmarks/tables.py [--rows N] [--rounds N]

Makes tables of 5,000 rows and of N (50,000) with the 26 usual columns, as csv, JSON Lines and xlsx, and
goes through each in a process of its own; these take turns. Prints rows a second, from opening the table
to the last case, and the most memory such a process had. A process that opens a table of one row is beside
them. Of a workbook the library holds the whole sheet, so there memory grows with the rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import xlsxwriter

from letters.tables import open_table

SMALL, LARGE = 5_000, 50_000
ENDINGS = ("csv", "jsonl", "xlsx")
ROW = {
    "case": "C-{}",
    "opened": "2024-03-01",
    "last session": "2026-08-11",
    "clinician": "dana-okafor",
    "client name": "Jordan Avery {}",
    "client preferred name": "Jordan",
    "client language": "en",
    "client born": "1991-05-04",
    "client no contact": "no",
    "address line 1": "{} Alder Avenue",
    "address line 2": "Apt 4",
    "city": "Portland",
    "region": "OR",
    "postcode": "97202",
    "country": "US",
    "address safe": "yes",
    "address discreet": "no",
    "address confirmed": "2026-08-01",
    "phone": "+1 503 555 0188",
    "phone safe": "yes",
    "phone voicemail": "callback-only",
    "ending reason": "CLINICIAN_LEFT",
    "ending on": "2027-01-15",
    "handover to": "sam-rivera",
    "handover on": "2027-01-16",
    "words last day": "It was good to work with you.",
}
Measured = tuple[float, float]  # rows a second, and megabytes


def main() -> None:
    """Measure and print; with a file, go through that one."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        print(json.dumps(gone_through(told.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = {
            (ending, rows): made(Path(folder) / f"{rows}.{ending}", rows)
            for ending in ENDINGS
            for rows in (1, SMALL, told.rows)
        }
        report(measure(files, told.rounds), told.rows)


def made(path: Path, rows: int) -> Path:
    """Write a table of so many rows."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate((list(ROW), *filled(rows))):
                sheet.write_row(number, 0, row)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            csv.writer(file).writerows((list(ROW), *filled(rows)))
        else:
            file.writelines(json.dumps(dict(zip(ROW, row, strict=True))) + "\n" for row in filled(rows))
    return path


def filled(rows: int) -> Iterator[list[str]]:
    """Rows that differ where those of a practice do."""
    return ([text.format(number) for text in ROW.values()] for number in range(rows))


def gone_through(path: Path) -> Measured:
    """Rows a second of a table, and the most memory of this process."""
    begun, rows = perf_counter(), 0
    for row in open_table(path):
        rows += row.value is not None
    taken = perf_counter() - begun
    return rows / taken, most_memory()


def most_memory() -> float:
    """The most megabytes this process had; what a system without /proc tells may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(files: dict[tuple[str, int], Path], rounds: int) -> dict[tuple[str, int], Measured]:
    """Medians of processes that take turns."""
    found: dict[tuple[str, int], list[Measured]] = {}
    for _ in range(rounds):
        for which, path in files.items():
            run = [sys.executable, __file__, "--one", str(path)]
            done = subprocess.run(run, capture_output=True, check=True)
            speed, memory = json.loads(done.stdout)
            found.setdefault(which, []).append((speed, memory))
    return {
        which: (median(one[0] for one in all_), median(one[1] for one in all_))
        for which, all_ in found.items()
    }


def report(found: dict[tuple[str, int], Measured], rows: int) -> None:
    """Print speed and memory, and how they change from the small table to the large one."""
    print(f"{'':8}{'one row':>10}{SMALL:>12,} rows{rows:>18,} rows        ratio, many to few")
    for ending in ENDINGS:
        _, bare = found[ending, 1]
        (speed, memory), (fast, most) = found[ending, SMALL], found[ending, rows]
        print(
            f"{ending:8}{bare:7.0f} MB{speed:10,.0f}/s {memory:4.0f} MB{fast:14,.0f}/s {most:4.0f} MB"
            f"{fast / speed:13.2f} speed {most / memory:6.2f} memory"
        )


if __name__ == "__main__":
    main()
