"""A practice with a table of plain, good rows, for batches."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
TODAY = "2026-11-22"  # the day the examples' dates belong to
KIND = "clinician-leaving"
TABLE = "clients.csv"


def caseload(folder: Path, rows: int, office: str = "agency") -> Path:
    """Make a folder with an example's practice, and a table of so many clients nothing is wrong with."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in (EXAMPLES / office).iterdir():
        if file.name == "practice.yaml" or file.suffix == ".svg":
            shutil.copy(file, folder)
        elif file.name == "enclosures":
            shutil.copytree(file, folder / file.name)
    write_rows(folder, [row(number) for number in range(rows)])
    return folder


def row(number: int, **changes: str) -> dict[str, str]:
    """A row of the table; `changes` are cells, with _ for the spaces of the columns' names."""
    cells = {
        "case": f"K-{number:04}",
        "relationship": "individual",
        "opened": "2026-03-21",
        "last session": "2026-11-03",
        "clinician": "dana-okafor",
        "born": f"{1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}",
        "client name": f"Casey Number{number}",
        "address line 1": f"{100 + number} Alder Avenue",
        "city": "Portland",
        "region": "OR",
        "postcode": f"97{number % 1000:03}",
        "country": "US",
        "address safe": "yes",
        "address discreet": "no",
        "address confirmed": "2026-10-21",
    }
    return cells | {name.replace("_", " "): value for name, value in changes.items()}


def write_rows(folder: Path, rows: list[dict[str, str]]) -> None:
    """Write the table anew."""
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def command(*options: str, kind: str = KIND, out: str = "out") -> list[str]:
    """What a batch of that table is started with, in its folder."""
    return [sys.executable, "-m", "letters", "batch", kind, TABLE, "--out", out, *options]


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a program of this test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETTERS_")}
    return {**kept, "PYTHONPATH": str(ROOT), "LETTERS_TODAY": TODAY, **more}


def run(
    folder: Path, *options: str, out: str = "out", kind: str = KIND, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the batch to its end."""
    return subprocess.run(
        command(*options, kind=kind, out=out),
        cwd=folder,
        env=surroundings(**environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
