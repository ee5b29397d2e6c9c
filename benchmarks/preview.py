"""How long after an edit the page shows the new picture, next to other ways to see it.

    python -m benchmarks.preview [--rounds N]

Serves the page as `letters preview` does, opens a letter in a real Chromium without a window and edits its
personal words, again and again. Measured in the browser: from the input event until the page says that this
edit is drawn, its pictures are decoded, and a frame has been painted. Beside it, in turn with it:

- WeasyPrint alone, in this process, with typefaces and style sheets loaded: `render` and `write_pdf` of the
  same letter, of which nobody sees a picture yet;
- the naive way, a process for each edit: `letters draft --format png`, every tenth round.

Also what memory the web server and the desk beside it take after 20 and after 200 edits, or after all there
were if they are more. It is read from /proc.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import weasyprint
from playwright.sync_api import Browser, Page

from letters.letter import write
from letters.order import Order
from letters.paper import matched
from letters.typeset.assets import AssetFetcher
from letters.typeset.fonts import faces_for
from letters.typeset.pages import FIRST_SHEET, first_sheet
from letters.typeset.press import style_for
from tests.support import chromium_programs
from tests.support.browser import ABSENT, Served, chromium
from tests.support.caseloads import surroundings
from tests.support.killing import members

TODAY = date(2026, 11, 22)
VARIANT = "pdf/a-2a"
AIM = 300  # milliseconds, for a letter of one page
EARLY, LATE = 20, 200  # edits by which memory is read
NAIVE = 10  # rounds to each of the naive way

# Which letter, and which of its personal words are edited.
LETTERS = {
    "One page": ("closing-completed", "C-1101", "progress"),
    "Two pages": ("closing-lost-contact", "C-1001", "acknowledgment"),
}

# Each edit puts other letters at the end: the text keeps its length, and no picture of it is known yet.
MARKS = ["".join(letters) for letters in product("lmnr", "aeiou", "bdst", "aeiou", "lmnr")]

TYPE_AT_THE_END = """([field, length]) => {
    field.focus();
    field.setSelectionRange(field.value.length - length, field.value.length);
}"""

WATCH = """() => {
    const main = () => document.querySelector("main").dataset;
    const before = Number(main().edited);
    const is_drawn = () => Number(main().edited) > before && Number(main().drawn) >= Number(main().edited);
    window.shown = new Promise((done, failed) => {
        setTimeout(() => failed(new Error("the edit was not drawn within 30 seconds")), 30000);
        document.addEventListener("input", () => {
            const begun = performance.now();
            const watcher = new MutationObserver(async () => {
                if (!is_drawn()) return;
                watcher.disconnect();
                await Promise.all(Array.from(document.querySelectorAll("main img"), (one) => one.decode()));
                requestAnimationFrame(() => done(performance.now() - begun));
            });
            watcher.observe(document, {subtree: true, attributes: true, childList: true});
        }, {capture: true, once: true});
    });
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    if (program := chromium_programs.find()) is None:
        sys.exit(ABSENT)
    with tempfile.TemporaryDirectory() as folder, chromium(program) as browser:
        for number, (title, letter) in enumerate(LETTERS.items()):
            with opened(browser, Path(folder) / str(number), *letter) as desk:
                early = desk.until(EARLY)
                report(title, measure(ways(desk, *letter[:2]), rounds))
                report_memory(early, desk.until(LATE))


@dataclass(frozen=True)
class Memory:
    """What the web server and the desk take after so many edits, in megabytes."""

    edits: int
    server: float
    desk: float


@dataclass
class Desk:
    """A letter that is open in the browser, and the field that is edited."""

    served: Served
    page: Page
    field: str
    edits: int = 0

    def edit(self) -> float:
        """Change the last letters; the milliseconds until that is seen."""
        mark = MARKS[self.edits]
        self.page.evaluate(
            f"([name, length]) => ({TYPE_AT_THE_END})([document.getElementsByName(name)[0], length])",
            [self.field, len(mark) if self.edits else 0],
        )
        self.page.evaluate(WATCH)
        self.page.keyboard.insert_text(mark if self.edits else f" {mark}")
        self.edits += 1
        return float(self.page.evaluate("window.shown"))

    def until(self, edits: int) -> Memory:
        """Edit until there were so many edits; the memory taken by then."""
        while self.edits < edits:
            self.edit()
        return Memory(self.edits, *resident(self.served.process.pid))


@contextmanager
def opened(browser: Browser, folder: Path, kind: str, case: str, section: str) -> Iterator[Desk]:
    """Serve the page and open the letter."""
    served = Served(folder, kind, f"cases/{case}.yaml")
    try:
        page = browser.new_page(device_scale_factor=2)
        page.goto(served.address)
        field = f"words.{section}"
        page.locator(f"[name='{field}']").wait_for()
        yield Desk(served, page, field)
        page.close()
    finally:
        served.stop()


def ways(desk: Desk, kind: str, case: str) -> dict[str, Callable[[], float]]:
    """Three ways from an edit to what it makes of the letter; each tells its milliseconds."""
    file = desk.served.folder / "cases" / f"{case}.yaml"
    picture = desk.served.folder.with_suffix(".png")
    command = [
        sys.executable,
        "-m",
        "letters",
        "draft",
        kind,
        str(file),
        "--format",
        "png",
        "-o",
        str(picture),
    ]

    def naive() -> object:
        return subprocess.run(command, check=True, capture_output=True, env=surroundings())

    return {
        "WeasyPrint alone, render and write_pdf": timed(
            weasyprint_alone(Order(kind, file, TODAY, draft=True))
        ),
        "the page, from the edit to the picture": desk.edit,
        "letters draft --format png": timed(naive),
    }


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """The same, telling the milliseconds it took."""

    def measured() -> float:
        gc.collect()
        start = perf_counter()
        run()
        return (perf_counter() - start) * 1000

    return measured


def weasyprint_alone(order: Order) -> Callable[[], bytes]:
    """WeasyPrint on the page of the letter, with everything loaded."""
    draft, findings = write(order)
    if draft is None:
        sys.exit(f"the example has findings: {findings}")
    html, layout = draft.html, draft.layout
    style = style_for(faces_for(html, layout.typeface, layout.language), layout)
    pictures = {**draft.frame.pictures, FIRST_SHEET: first_sheet(*matched(layout.paper, layout.envelope))}

    def run() -> bytes:
        document = weasyprint.HTML(string=html, url_fetcher=AssetFetcher(pictures)).render(
            font_config=style.fonts,
            counter_style=style.counters.copy(),
            stylesheets=[style.sheet],
            pdf_variant=VARIANT,
        )
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT)
        return pdf

    return run


def measure(runs: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Let them take turns; what each took, without the first, which loads what the others find there."""
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            if number % NAIVE == 0 or not name.startswith("letters draft"):
                times[name].append(run())
    return times


def report(title: str, times: dict[str, list[float]]) -> None:
    """Print medians, their ratio to the first, and what nineteen of twenty keep below."""
    base = median(next(iter(times.values())))
    print(f"\n{title} (the aim for one: {AIM} ms)\n{'':44}{'median':>8}{'ratio':>7}{'95th':>8}  edits")
    for name, taken in times.items():
        most = quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]
        middle = median(taken)
        print(f"  {name:42}{middle:8.1f}{middle / base:7.2f}{most:8.1f}  {len(taken)}", flush=True)


def report_memory(*read: Memory) -> None:
    """Print what the two processes take."""
    for one in read:
        print(f"  after {one.edits} edits: the web server {one.server:.0f} MB, the desk {one.desk:.0f} MB")


def resident(server: int) -> tuple[float, float]:
    """What the server, and what the others of its group take, in megabytes of memory."""
    sizes = {process: _resident(process) for process in members(server)}
    own = sizes.pop(server, 0.0)
    return own, sum(sizes.values())


def _resident(process: int) -> float:
    told = Path(f"/proc/{process}/status").read_text().partition("VmRSS:")[2].split()
    return int(told[0]) / 1024 if told else 0.0


if __name__ == "__main__":
    main()
