"""A print job holds every letter once, in order, each on sheets of its own."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject

from letters import proof
from letters.assemble.printing import MOST_PAGES, Printed, Sheaf, print_job
from letters.errors import MachineError
from letters.typeset import typeset
from tests.support.plain_pdf import saying
from tests.typeset.letters_to_set import ASSETS, CREATED, layout, letter, paragraphs


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two real letters, of one page and of two or more."""
    folder = tmp_path_factory.mktemp("letters")
    files = [folder / "L-one.pdf", folder / "L-more.pdf"]
    for file, sections in zip(files, (1, 9), strict=True):
        set_letter = typeset(letter(body=paragraphs(sections)), layout(), ASSETS, created=CREATED)
        assert set_letter.findings == []
        file.write_bytes(set_letter.pdf)
    return files


def paper(folder: Path, name: str, *words: str, size: tuple[float, float] = (612, 792)) -> Path:
    """A PDF of one page for each word, saying it."""
    file = folder / f"{name}.pdf"
    file.write_bytes(saying(*words, size=size))
    return file


def said(printed: Printed) -> list[str]:
    """What the pages of a print file say."""
    return [page.strip() for page in proof.text(printed.file.read_bytes()).split("\f")]


def test_in_duplex_each_letter_and_each_enclosure_begins_on_a_new_sheet(tmp_path: Path) -> None:
    one, two = paper(tmp_path, "L-1", "one"), paper(tmp_path, "L-2", "two a", "two b")
    notice = paper(tmp_path, "notice", "notice")
    (printed,) = print_job([Sheaf((one, notice)), Sheaf((two, notice)), Sheaf((one,))], tmp_path / "out")
    assert said(printed) == ["one", "", "notice", "", "two a", "two b", "notice", "", "one", ""]
    assert (printed.file.name, printed.letters, printed.pages) == ("print.pdf", 3, 10)


def test_on_one_side_there_are_no_blank_pages(tmp_path: Path) -> None:
    one, two = paper(tmp_path, "L-1", "one"), paper(tmp_path, "L-2", "two a", "two b")
    (printed,) = print_job([Sheaf((one,)), Sheaf((two,))], tmp_path / "out", duplex=False)
    assert said(printed) == ["one", "two a", "two b"]
    assert viewing(printed)["/Duplex"] == "/Simplex"


def viewing(printed: Printed) -> dict[str, object]:
    preferences = PdfReader(printed.file).root_object["/ViewerPreferences"]
    assert isinstance(preferences, DictionaryObject)
    return {key: preferences[key] for key in preferences}


def test_a_blank_page_has_the_size_of_the_page_before(tmp_path: Path) -> None:
    sheaves = [
        Sheaf((paper(tmp_path, "L-1", "one"),)),
        Sheaf((paper(tmp_path, "L-2", "a4", size=(595, 842)),)),
    ]
    (printed,) = print_job(sheaves, tmp_path / "out")
    with proof.Proof(printed.file.read_bytes()) as opened:
        assert [page.size for page in opened.pages] == [(612, 792), (612, 792), (595, 842), (595, 842)]


def test_parts_end_between_letters(tmp_path: Path) -> None:
    three = paper(tmp_path, "L-3", "a", "b", "c")
    one = paper(tmp_path, "L-1", "one")
    printed = print_job([Sheaf((file,)) for file in (one, three, one, one)], tmp_path / "out", most_pages=5)
    assert [part.file.name for part in printed] == ["print-1.pdf", "print-2.pdf", "print-3.pdf"]
    assert [(part.letters, part.pages) for part in printed] == [(1, 2), (1, 4), (2, 4)]
    assert [said(part) for part in printed] == [
        ["one", ""],
        ["a", "b", "c", ""],
        ["one", "", "one", ""],
    ]


def test_a_letter_longer_than_a_part_is_not_torn(tmp_path: Path) -> None:
    long = paper(tmp_path, "L-1", "a", "b", "c")
    printed = print_job([Sheaf((long,))] * 2, tmp_path / "out", most_pages=2)
    assert [said(part) for part in printed] == [["a", "b", "c", ""]] * 2


def test_usually_a_part_fills_a_tray(tmp_path: Path) -> None:
    one = paper(tmp_path, "L-1", "one")
    printed = print_job([Sheaf((one,))] * (MOST_PAGES // 2 + 1), tmp_path / "out")
    assert [part.pages for part in printed] == [MOST_PAGES, 2]


def test_pages_of_real_letters_look_as_they_did(real: list[Path], tmp_path: Path) -> None:
    (printed,) = print_job([Sheaf((file,)) for file in real], tmp_path)
    before = [page for file in real for page in proof.pictures(file.read_bytes(), 60)]
    lengths = [proof.page_count(file.read_bytes()) for file in real]
    after = proof.pictures(printed.file.read_bytes(), 60)
    assert lengths[0] == 1
    assert after[:1] + after[2 : 2 + lengths[1]] == before


def test_letters_of_one_practice_share_what_is_the_same(real: list[Path], tmp_path: Path) -> None:
    (printed,) = print_job([Sheaf((real[0],))] * 20, tmp_path)
    assert printed.file.stat().st_size < 4 * real[0].stat().st_size


def test_every_page_stays_a_page_of_its_own(tmp_path: Path) -> None:
    one, notice = paper(tmp_path, "L-1", "one"), paper(tmp_path, "notice", "notice")
    (printed,) = print_job([Sheaf((one, notice))] * 3, tmp_path / "out")
    pages = [page.indirect_reference for page in PdfReader(printed.file).pages]
    assert len(pages) == 12
    assert len({page.idnum for page in pages if page}) == 12


def test_the_printer_is_told_how(real: list[Path], tmp_path: Path) -> None:
    (printed,) = print_job([Sheaf((real[0],))], tmp_path)
    assert viewing(printed) == {
        "/Duplex": "/DuplexFlipLongEdge",
        "/PrintScaling": "/None",
        "/PickTrayByPDFSize": True,
    }


def test_what_is_told_about_the_file_names_nobody(real: list[Path], tmp_path: Path) -> None:
    (printed,) = print_job([Sheaf((file,)) for file in real], tmp_path)
    reader = PdfReader(printed.file)
    assert reader.metadata == {"/Producer": "pypdf"}
    assert reader.xmp_metadata is None
    assert [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)] == ["L-one", "L-more"]


def test_bookmarks_lead_to_the_first_page_of_each_letter(real: list[Path], tmp_path: Path) -> None:
    (printed,) = print_job([Sheaf((file,)) for file in (real[0], real[1], real[0])], tmp_path)
    reader, pages = PdfReader(printed.file), proof.page_count(real[1].read_bytes())
    items = [item for item in reader.outline if not isinstance(item, list)]
    assert [reader.get_destination_page_number(item) for item in items] == [0, 2, 2 + pages + pages % 2]


def test_the_same_letters_make_the_same_file(real: list[Path], tmp_path: Path) -> None:
    first, second = (
        print_job([Sheaf((file,)) for file in real], tmp_path / name)[0].file.read_bytes() for name in "ab"
    )
    assert first == second


def test_files_are_private(real: list[Path], tmp_path: Path) -> None:
    (printed,) = print_job([Sheaf((real[0],))], tmp_path / "out")
    assert printed.file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in printed.file.parent.iterdir()] == ["print.pdf"]


def test_of_an_earlier_job_nothing_is_left(tmp_path: Path) -> None:
    one = Sheaf((paper(tmp_path, "L-1", "one"),))
    out = tmp_path / "out"
    print_job([one] * 3, out, most_pages=2)
    (out / "print-room.pdf").write_bytes(b"somebody's own")
    print_job([one], out)
    assert sorted(file.name for file in out.iterdir()) == ["print-room.pdf", "print.pdf"]
    assert print_job([], out) == []
    assert [file.name for file in out.iterdir()] == ["print-room.pdf"]


def test_a_job_that_cannot_be_finished_leaves_no_part(tmp_path: Path) -> None:
    one = Sheaf((paper(tmp_path, "L-1", "one"),))
    with pytest.raises(MachineError):
        print_job([one, one, Sheaf((tmp_path / "L-gone.pdf",))], tmp_path / "out", most_pages=2)
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "print-2.pdf").mkdir()
    with pytest.raises(MachineError, match=r"print-2\.pdf cannot be replaced"):
        print_job([], tmp_path)


def damaged(data: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "no PDF": b"Dear Jordan",
        "cut short": data[: len(data) // 2],
        "without its end": data[:-40],
    }


@pytest.mark.parametrize("kind", ["empty", "no PDF", "cut short", "without its end"])
def test_a_damaged_letter_is_told_and_not_left_out(kind: str, real: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "L-torn.pdf"
    file.write_bytes(damaged(real[0].read_bytes())[kind])
    with pytest.raises(MachineError, match=r"L-torn\.pdf cannot be printed: it is damaged") as raised:
        print_job([Sheaf((real[0],)), Sheaf((file,))], tmp_path / "out")
    assert raised.value.remedy.startswith("Run the same batch again")


def test_damage_anywhere_is_told_or_does_no_harm_to_the_others(real: list[Path], tmp_path: Path) -> None:
    chance, whole = random.Random(5), real[0].read_bytes()  # noqa: S311 - the same damage each time
    file = tmp_path / "L-torn.pdf"
    told: list[str] = []
    for _ in range(60):
        place = chance.randrange(len(whole) - 400)
        file.write_bytes(whole[:place] + chance.randbytes(400) + whole[place + 400 :])
        try:
            (printed,) = print_job([Sheaf((real[0],)), Sheaf((file,))], tmp_path / "out")
        except MachineError as error:
            told.append(error.message)
        else:
            assert (printed.letters, printed.pages) == (2, 4)
    assert len(told) > 5
    assert all(message.endswith("L-torn.pdf cannot be printed: it is damaged.") for message in told)


def test_a_missing_letter_is_told(real: list[Path], tmp_path: Path) -> None:
    with pytest.raises(MachineError, match=r"L-gone\.pdf cannot be printed: it is not there"):
        print_job([Sheaf((real[0],)), Sheaf((tmp_path / "L-gone.pdf",))], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_locked_enclosure_is_told(real: list[Path], tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=real[0])
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    (tmp_path / "notice.pdf").write_bytes(locked.getvalue())
    with pytest.raises(MachineError, match="it is locked with a password"):
        print_job([Sheaf((real[0], tmp_path / "notice.pdf"))], tmp_path / "out")


def test_a_pdf_without_pages_is_told(real: list[Path], tmp_path: Path) -> None:
    empty = tmp_path / "nothing.pdf"
    PdfWriter().write(empty)
    with pytest.raises(MachineError, match="it has no pages"):
        print_job([Sheaf((real[0], empty))], tmp_path / "out")
