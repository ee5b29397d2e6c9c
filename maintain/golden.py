"""Golden texts: what every page of each kind says in each language, to be read in review.

`scripts/golden` writes them anew; a test compares them with what the program makes.
"""

from __future__ import annotations

from pathlib import Path

from letters.letter import Letter
from letters.proof import Proof
from maintain.examples import LANGUAGES, first_of_each_kind

FOLDER = Path(__file__).parents[1] / "tests" / "golden"


def text(letter: Letter) -> str:
    """What every page of a letter says."""
    with Proof(letter.pdf) as proof:
        pages = [page.text.strip() for page in proof.pages]
    return "\n\n".join(f"--- page {number} ---\n{page}" for number, page in enumerate(pages, 1)) + "\n"


def file(kind: str, language: str) -> Path:
    """Where a golden text lies."""
    return FOLDER / f"{kind}.{language}.txt"


def main() -> None:
    """Write all golden texts, and remove those of kinds that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {
        file(kind, language): (kind, language) for kind in first_of_each_kind() for language in LANGUAGES
    }
    for path, (kind, language) in wanted.items():
        path.write_text(text(first_of_each_kind()[kind].make(language)), "utf-8")
    for path in set(FOLDER.glob("*.txt")) - set(wanted):
        path.unlink()


if __name__ == "__main__":
    main()
