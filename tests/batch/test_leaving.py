"""What goes to the printer: in which order, for which addresses, and what of an earlier run is removed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from letters.batch.leaving import Paper, in_order, remove_paper, write_job
from letters.batch.outcome import Enclosed, Outcome, Status
from letters.errors import MachineError
from letters.proof import page_count, text
from tests.support.plain_pdf import saying

THE_NOTICE = saying("the notice")
NOTICE = f"notice-{sha256(THE_NOTICE).hexdigest()[:12]}.pdf"


def outcome(number: int, name: str, postcode: str = "97201", country: str = "US", **more: Any) -> Outcome:
    """A letter that was issued."""
    status: Status = "issued"
    route = (name, "1 Quince Street", f"Portland, OR {postcode}")
    letter = f"L-{number:016}"
    told = Outcome(number, status, f"row {number}", f"K-{number}", "client-1", letter, route, name)
    details: dict[str, Any] = {
        "postcode": postcode,
        "country": country,
        "sender": "Linnet Row",
        "pages": 1,
        **more,
    }
    return replace(told, **details)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a letter of two pages and two of one page, and a document of one page."""
    folder = tmp_path / "out"
    (folder / "letters" / "enclosures").mkdir(parents=True)
    for number, pages in ((1, 1), (2, 2), (3, 1)):
        words = [f"letter {number} page {page}" for page in range(1, pages + 1)]
        (folder / "letters" / f"L-{number:016}.pdf").write_bytes(saying(*words))
    (folder / "letters" / "enclosures" / NOTICE).write_bytes(THE_NOTICE)
    return folder


PILE = [
    outcome(1, "Zoe Vale", "97299"),
    outcome(2, "Ánn Vale", "97201"),
    outcome(3, "bo Vale", "99999", "DE"),
]


@pytest.mark.parametrize(
    ("sort", "numbers"), [("row", [1, 2, 3]), ("name", [2, 3, 1]), ("postcode", [3, 2, 1])]
)
def test_letters_lie_in_the_order_that_is_asked_for(sort: str, numbers: list[int]) -> None:
    assert [one.number for one in in_order(reversed(PILE), sort)] == numbers  # type: ignore[arg-type]


def test_one_postcode_is_in_the_order_of_names() -> None:
    both = [outcome(1, "Zoe Vale"), outcome(2, "Ann Vale")]
    assert [one.number for one in in_order(both, "postcode")] == [2, 1]


def test_only_what_was_issued_is_printed() -> None:
    stati: tuple[Status, ...] = ("planned", "withheld", "problem", "failed", "issued")
    outcomes = [replace(outcome(number, "Ann"), status=status) for number, status in enumerate(stati)]
    assert [one.status for one in in_order(outcomes, "row")] == ["issued"]


def test_each_letter_begins_on_a_new_sheet(out: Path) -> None:
    left = write_job(out, PILE, Paper())
    (printed,) = left.printed
    assert (printed.file, printed.letters, printed.pages) == (out / "print.pdf", 3, 6)
    assert page_count(printed.file.read_bytes()) == 6
    assert not (out / "labels.pdf").exists()


def test_on_one_side_there_are_no_blank_pages(out: Path) -> None:
    assert write_job(out, PILE, Paper(duplex=False)).printed[0].pages == 4


def test_a_document_goes_behind_its_letter(out: Path) -> None:
    enclosed = (Enclosed(f"letters/enclosures/{NOTICE}", 1),)
    write_job(out, [replace(PILE[0], enclosed=enclosed), PILE[2]], Paper(duplex=False))
    said = text((out / "print.pdf").read_bytes())
    assert [said.index(words) for words in ("letter 1", "the notice", "letter 3")] == sorted(
        said.index(words) for words in ("letter 1", "the notice", "letter 3")
    )


def test_much_is_split(out: Path) -> None:
    left = write_job(out, PILE, Paper(most_pages=2))
    assert [one.file.name for one in left.printed] == ["print-1.pdf", "print-2.pdf", "print-3.pdf"]
    assert not (out / "print.pdf").exists()


def test_labels_and_envelopes_are_in_the_same_order(out: Path) -> None:
    paper = Paper(labels="avery-5160", envelope="us-10")
    left = write_job(out, [PILE[1], PILE[0]], paper)
    assert [file.name for file in left.files] == ["labels.pdf", "envelopes.pdf"]
    for name in ("labels.pdf", "envelopes.pdf"):
        said = text((out / name).read_bytes())
        assert said.index("Ánn Vale") < said.index("Zoe Vale")
    assert page_count((out / "envelopes.pdf").read_bytes()) == 2


def test_the_files_of_a_later_run_have_its_number(out: Path) -> None:
    write_job(out, PILE[:1], Paper(labels="avery-5160"))
    first = (out / "print.pdf").read_bytes()
    left = write_job(out, PILE[1:], Paper(labels="avery-5160"), "-run-2")
    assert {left.printed[0].file.name, left.files[0].name} == {"print-run-2.pdf", "labels-run-2.pdf"}
    assert (out / "print.pdf").read_bytes() == first
    remove_paper(out, "-run-2")
    assert {file.name for file in out.glob("*.pdf")} == {"print.pdf", "labels.pdf"}


def test_labels_for_nobody_are_none(out: Path) -> None:
    write_job(out, PILE[:1], Paper(labels="avery-5160"))
    write_job(out, [replace(PILE[0], route=())], Paper(labels="avery-5160"))
    assert not (out / "labels.pdf").exists()


def test_a_letter_that_is_not_what_was_issued_is_never_printed(out: Path) -> None:
    whole = (out / "letters" / f"{PILE[1].letter}.pdf").read_bytes()
    issued = replace(
        PILE[0], sha256=sha256(whole).hexdigest()
    )  # another's file lies under the name of this one
    with pytest.raises(MachineError, match="it is not what was issued"):
        write_job(out, [issued], Paper())
    assert not (out / "print.pdf").exists()


@pytest.mark.parametrize("data", [None, b"torn"])
def test_a_letter_that_is_missing_or_damaged_is_told(out: Path, data: bytes | None) -> None:
    file = out / "letters" / f"{PILE[1].letter}.pdf"
    file.unlink() if data is None else file.write_bytes(data)
    with pytest.raises(MachineError):
        write_job(out, PILE, Paper())
    assert not (out / "print.pdf").exists()


def test_numbers_that_somebody_put_in_stay_and_whoever_is_new_is_added(out: Path) -> None:
    write_job(out, PILE[:2], Paper())
    file = out / "tracked-post.csv"
    lines = file.read_text("utf-8-sig").splitlines()
    file.write_text("\r\n".join([lines[0], f"{lines[1]}'+44 1", lines[2]]), "utf-8")
    write_job(out, [PILE[0], PILE[2]], Paper())
    listed = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    assert [(one["letter"], one["tracking"]) for one in listed] == [
        (PILE[0].letter, "'+44 1"),
        (PILE[2].letter, ""),
    ]
