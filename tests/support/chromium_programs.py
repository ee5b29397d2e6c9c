"""Where this machine keeps a Chromium; scripts/setup.sh runs this file to ask."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Since then a browser without a window is the whole browser, and paints as the one with a window does.
OLDEST = 132

# The one that never has a window takes half the work, as the rest goes into what is around a page.
# Chrome is a Chromium too, and the only one some systems offer.
NAMES = (
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)

# Macs and snaps keep theirs out of the PATH.
APART = (
    *("snap/bin/chromium", "opt/google/chrome/chrome"),
    "Applications/Chromium.app/Contents/MacOS/Chromium",
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> Path | None:
    """The first program that runs here and is new enough."""
    return next((program for program in candidates() if (version(program) or 0) >= OLDEST), None)


def candidates() -> Iterator[Path]:
    """Programs that may be it, those in the PATH first."""
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (program for place in APART if (program := Path("/", place)).exists())


def version(program: Path) -> int | None:
    """The major version, None where the program does not run: what lacks a library or a snap does not."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(\d+)\.\d+\.\d+", told.stdout)
    return int(found[1]) if found else None


if __name__ == "__main__":
    sys.exit(find() is None)
