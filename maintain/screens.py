"""The pictures of the clinician's page in `docs/`: a letter, and the list of those that wait.

`python -m maintain.screens` makes them anew with an installed Chromium; nothing compares them, as every
version of a browser draws a little otherwise.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser

from tests.support import chromium_programs
from tests.support.browser import Served, chromium
from tests.support.caseloads import surroundings

DOCS = Path(__file__).parents[1] / "docs"
_COLORS = 128
_WORDS = (
    "You kept coming through a hard spring, also in the weeks when everything else fell away. You told me "
    "about the garden behind your house, and how you went out there every morning."
)
_STEPS = (
    ("case", "import", "cases", "--yes"),
    ("batch", "closing-lost-contact", "--open", "--clinician", "sam-rivera", "--out", "closing"),
    (
        *("approve", "closing-lost-contact", "C-1001", "--by", "sam-rivera", "--yes"),
        *("--send-back", "Say what they did with the garden: it meant a lot to them."),
    ),
)


def main() -> None:
    """Make both pictures. Raises RuntimeError where no browser is installed."""
    program = chromium_programs.find()
    if program is None:
        raise RuntimeError("Chromium is not installed.")
    with TemporaryDirectory() as scratch, chromium(program) as browser:
        _letter(browser, Path(scratch) / "one")
        _list(browser, Path(scratch) / "many")


def _letter(browser: Browser, office: Path) -> None:
    served = Served(office, "--by", "sam-rivera", "closing-lost-contact", "cases/C-1001.yaml")
    page = browser.new_page(viewport={"width": 1360, "height": 860}, locale="en-US")
    page.goto(served.address)
    page.locator("textarea[data-section]").first.fill(_WORDS)
    page.wait_for_timeout(2500)
    _keep(page.screenshot(), "preview-letter.png")
    page.close()
    served.stop()


def _list(browser: Browser, office: Path) -> None:
    served = Served(office, "--by", "sam-rivera")
    practice = office / "practice.yaml"
    practice.write_text(
        practice.read_text("utf-8") + "\napproval: {kinds: [closing-lost-contact]}\n", "utf-8"
    )
    for step in _STEPS:
        subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "letters", *step], cwd=office, env=surroundings(), capture_output=True
        )
    page = browser.new_page(viewport={"width": 1100, "height": 860}, locale="en-US")
    page.goto(served.address)
    _keep(page.screenshot(), "preview-list.png")
    page.close()
    served.stop()


def _keep(picture: bytes, name: str) -> None:
    """Keep a picture, with few colors, as it is looked at on a page and not printed."""
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(_COLORS).save(DOCS / name, optimize=True)


if __name__ == "__main__":
    main()
