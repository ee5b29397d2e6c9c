"""What one letter costs, next to WeasyPrint alone on the same page.

    python benchmarks/one_letter.py [--rounds N]

Prints medians and ratios of runs that take turns, so that a busy machine slows all of them alike:

- from cold: `letters draft` as a whole process, next to the command line of WeasyPrint;
- each further one: setting a letter in a process that has set one, and the whole way from the files,
  next to WeasyPrint's `render` and `write_pdf` with typefaces and style sheets already loaded.

WeasyPrint gets the same HTML, style sheets, typefaces and pictures, and writes the same PDF/A-2a.
Only letters declares PDF/UA, reads files, composes, and looks at what came out.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import weasyprint

from letters.checks.layout import check_layout
from letters.letter import Written, make, write
from letters.order import Order
from letters.paper import matched
from letters.typeset import typeset
from letters.typeset.assets import AssetFetcher
from letters.typeset.fonts import Faces, faces_for, read_face
from letters.typeset.pages import FIRST_SHEET, first_sheet
from letters.typeset.press import style_for

CASE = Path(__file__).parents[1] / "examples/harbor/cases/C-1001.yaml"
KIND = "closing-lost-contact"
TODAY = date(2026, 11, 22)
VARIANT = "pdf/a-2a"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        report("From cold, whole processes", measure(cold(Path(folder)), rounds))
    report("Each further one, in one process", measure(warm(), rounds * 2))


def measure(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Let the runs take turns; the median of each in milliseconds."""
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()  # so that none pays for the garbage of the one before
            start = perf_counter()
            run()
            times[name].append(perf_counter() - start)
    return {name: median(taken) * 1000 for name, taken in times.items()}


def report(title: str, medians: dict[str, float]) -> None:
    """Print the medians and their ratio to the first."""
    base = next(iter(medians.values()))
    print(title)
    for name, milliseconds in medians.items():
        print(f"  {name:<42} {milliseconds:7.1f} ms  {milliseconds / base:5.2f}")


def cold(folder: Path) -> dict[str, Callable[[], object]]:
    """Whole processes: WeasyPrint's command line, and this program's."""
    page = standalone(the_draft(), folder)
    out = str(folder / "out.pdf")

    def run(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, "-m", *arguments]
        environment = {**os.environ, "LETTERS_TODAY": TODAY.isoformat()}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles a program anew for each letter
        return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)

    return {
        "weasyprint": run("weasyprint", "--pdf-variant", VARIANT, str(page), out),
        "letters draft": run("letters", "draft", KIND, str(CASE), "-o", out),
        "letters --help": run("letters", "--help"),
    }


def warm() -> dict[str, Callable[[], object]]:
    """One process: WeasyPrint with everything loaded, setting a page, setting and looking, the whole way."""
    draft = the_draft()
    layout = draft.layout
    style = style_for(faces_of(draft), layout)
    pictures = {**draft.frame.pictures, FIRST_SHEET: first_sheet(*matched(layout.paper, layout.envelope))}

    def weasyprint_alone() -> bytes:
        page = weasyprint.HTML(string=draft.html, url_fetcher=AssetFetcher(pictures))
        document = page.render(
            font_config=style.fonts,
            counter_style=style.counters.copy(),
            stylesheets=[style.sheet],
            pdf_variant=VARIANT,
        )
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT)
        return pdf

    def set_page() -> bytes:
        return typeset(draft.html, layout, draft.frame.pictures, created=TODAY).pdf

    def set_and_look() -> object:
        return check_layout(set_page(), layout.paper, layout.envelope, draft.frame.address, "Sam Rivera")

    return {
        "weasyprint, render and write_pdf": weasyprint_alone,
        "letters, set": set_page,
        "letters, set and looked at": set_and_look,
        "letters, all the way from the files": lambda: make(the_order()),
    }


def the_order() -> Order:
    """Order the draft that is measured."""
    return Order(KIND, CASE, TODAY, draft=True)


def the_draft() -> Written:
    """Write the draft that is measured."""
    draft, findings = write(the_order())
    if draft is None:
        raise SystemExit(f"the example has findings: {findings}")
    return draft


def faces_of(draft: Written) -> Faces:
    """The typefaces the draft is set in."""
    return faces_for(draft.html, draft.layout.typeface, draft.layout.language)


def standalone(draft: Written, folder: Path) -> Path:
    """Save the page with its style sheet, pictures and typefaces as files; return its path."""
    layout = draft.layout
    sheet = first_sheet(*matched(layout.paper, layout.envelope))
    html, css = draft.html, style_for(faces_of(draft), layout).css
    for name, picture in {**draft.frame.pictures, FIRST_SHEET: sheet}.items():
        file = f"{name.removesuffix('.svg')}.svg"
        (folder / file).write_bytes(picture)
        html, css = html.replace(f'"asset:{name}"', f'"{file}"'), css.replace(f'"asset:{name}"', f'"{file}"')
    for number, line in enumerate(faces_of(draft).font_faces().splitlines()):
        file = line.split('url("font:')[1].split('"')[0]
        (folder / f"{number}.ttf").write_bytes(read_face(file.replace("%20", " ")))
        css += line.replace(f"font:{file}", f"{number}.ttf")
    page = folder / "page.html"
    page.write_text(html.replace("</head>", f"<style>{css}</style></head>"), "utf-8")
    return page


if __name__ == "__main__":
    main()
