"""The documents that the example practice encloses, set from the pages in `maintain/enclosed`.

They are committed as PDFs, as a practice has its own; `python -m maintain.enclosures` sets them anew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from letters.typeset import Layout, typeset

SOURCES = Path(__file__).parent / "enclosed"
FOLDER = Path(__file__).parents[1] / "examples" / "harbor" / "enclosures"
MADE = date(2026, 1, 5)


def set_all(folder: Path) -> None:
    """Set every document into a folder. Raises ValueError where one does not come out as it should."""
    folder.mkdir(exist_ok=True)
    for source in sorted(SOURCES.glob("*.html")):
        layout = Layout("letter", "none", "sans", source.stem.rpartition(".")[2], draft=False)
        made = typeset(source.read_text("utf-8"), layout, {}, created=MADE)
        if made.findings:
            raise ValueError(f"{source.name}: {made.findings}")
        (folder / f"{source.stem}.pdf").write_bytes(made.pdf)


if __name__ == "__main__":
    set_all(FOLDER)
