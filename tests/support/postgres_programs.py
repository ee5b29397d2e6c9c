"""Where this machine keeps the programs of a PostgreSQL server; scripts/setup.sh runs this file to ask."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_isready")

# Debian and others keep each version apart and out of the PATH, as does Homebrew.
APART = (
    *("usr/lib/postgresql/*/bin", "usr/lib/postgresql*/bin", "usr/pgsql-*/bin"),
    *("opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin"),
    "home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
)


def find() -> Path | None:
    """The folder with the programs of a version that will do, the one in the PATH before all others."""
    return next((folder for folder in candidates() if (version(folder) or 0) >= OLDEST), None)


def candidates() -> Iterator[Path]:
    """Folders that may hold the programs, those of newer versions first."""
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    if (asked := shutil.which("pg_config")) and (told := _says(asked, "--bindir")):
        yield Path(told)
    apart = [folder for pattern in APART for folder in Path("/").glob(pattern)]
    yield from sorted(apart, key=lambda folder: version(folder) or 0, reverse=True)


def version(folder: Path) -> int | None:
    """The major version of the server in this folder, None if it is not there or not whole."""
    if not all(os.access(folder / program, os.X_OK) for program in NEEDED):
        return None
    found = re.search(r"\) (\d+)", _says(folder / "postgres", "--version"))
    return int(found[1]) if found else None


def _says(program: str | Path, option: str) -> str:
    try:
        told = subprocess.run([program, option], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return told.stdout.strip()


if __name__ == "__main__":
    sys.exit(find() is None)
