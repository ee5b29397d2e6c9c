"""What is packed for another machine, and what comes back from it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from letters.batch import packing
from letters.batch.packing import Sent, do_there, pack, send, unpack
from letters.batch.work import Checked, Task, check
from letters.errors import MachineError, UsageError
from letters.letter import Written
from letters.order import RowCase
from tests.support.desk import TODAY, Desk
from tests.support.own_kind import give_kind


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


def task(desk: Desk, kind: str = "closing-lost-contact") -> Task:
    return Task(desk.order(kind, practice=desk.folder / "practice.json"), {})


def unpacked(desk: Desk, there: Path) -> Path:
    """A folder as a worker has it."""
    there.mkdir()
    unpack(pack(desk.folder / "practice.json").data, there / "pack")
    return there / "pack"


def elsewhere(desk: Desk, sent: Sent, there: Path) -> Checked:
    """The letter as a worker checks it: without the folder it came from."""
    folder = unpacked(desk, there)
    away = desk.folder.with_name("away")
    desk.folder.rename(away)
    try:
        return do_there(check, sent, folder)
    finally:
        away.rename(desk.folder)


def letter(checked: Checked) -> Written:
    assert checked.written, checked.findings
    written = pickle.loads(checked.written)  # noqa: S301 - our own
    assert isinstance(written, Written)
    return written


def names(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def test_only_what_letters_are_made_from_is_packed(desk: Desk, tmp_path: Path) -> None:
    give_kind(desk, "<p>A note.</p>")
    (desk.folder / "kinds" / "fr.yaml").write_text("{}")
    (desk.folder / "kinds" / "clients.csv").write_text("name\nCasey")
    (desk.folder / "jurisdictions").mkdir()
    (desk.folder / "jurisdictions" / "us-wa.yaml").write_text("{}")
    (desk.folder / "register.db").write_bytes(b"everybody")
    desk.order()
    assert names(unpacked(desk, tmp_path / "there")) == {
        *("practice.json", "kinds/note/kind.yaml", "kinds/note/en.html.j2", "kinds/fr.yaml"),
        *("jurisdictions/us-wa.yaml", "logo.svg", "lena.svg", "sam.svg"),
        *(f"enclosures/{name}.{tag}.pdf" for name in ("privacy-notice", "release") for tag in ("en", "es")),
    }


def test_what_is_unpacked_is_for_its_owner_alone(desk: Desk, tmp_path: Path) -> None:
    desk.order()
    folder = unpacked(desk, tmp_path / "there")
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()}
    assert modes | {folder.stat().st_mode & 0o777} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}


def test_a_pack_is_known_by_its_content(desk: Desk) -> None:
    desk.order()
    file = desk.folder / "practice.json"
    before = pack(file)
    assert pack(file) == before
    (desk.folder / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert pack(file).digest != before.digest


def test_a_picture_outside_the_folder_stays_at_home(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "outside.svg").write_text("<svg/>")
    (desk.folder / "link.svg").symlink_to(tmp_path / "outside.svg")
    desk.practice["letter"]["logo"] = "link.svg"
    desk.practice["people"]["lena-brook"]["signature"] = "../outside.svg"
    desk.order()
    packed = names(unpacked(desk, tmp_path / "there"))
    assert not {name for name in packed if "link" in name or "outside" in name}
    assert "sam.svg" in packed


def test_a_link_within_the_folder_is_followed(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "link.svg").symlink_to("logo.svg")
    desk.practice["letter"]["logo"] = "link.svg"
    desk.order()
    folder = unpacked(desk, tmp_path / "there")
    assert (folder / "link.svg").read_bytes() == (desk.folder / "logo.svg").read_bytes()
    assert not (folder / "link.svg").is_symlink()


def test_more_than_can_be_sent_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.order()
    monkeypatch.setattr(packing, "MOST_BYTES", 10_000)
    with pytest.raises(MachineError, match="too large") as told:
        pack(desk.folder / "practice.json")
    assert "--dask" in told.value.remedy


def test_more_files_than_can_be_sent_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.order()
    monkeypatch.setattr(packing, "MOST_FILES", 3)
    with pytest.raises(MachineError, match="more than 3 files"):
        pack(desk.folder / "practice.json")


@pytest.mark.parametrize("kind", ["closing-lost-contact", "closing-provider", "note"])
def test_a_letter_is_the_same_elsewhere(desk: Desk, tmp_path: Path, kind: str) -> None:
    give_kind(desk, "<p>A note.</p>", signed_by="practice", enclosures=["release"])
    wanted = task(desk, kind)
    here = check(wanted)
    there = elsewhere(desk, send(wanted), tmp_path / "there")
    assert there.findings == here.findings
    assert there.reader == here.reader
    assert bool(there.written) == bool(here.written)
    if here.written:
        assert letter(there) == letter(here)
        assert str(tmp_path / "there").encode() not in (there.written or b"")


def test_paths_are_told_as_they_were_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_kind(desk, "<p>{{ nonsense }}</p>")
    wanted = task(desk, "note")
    monkeypatch.chdir(desk.folder)
    order = wanted.order.__class__(
        "note", Path("case.json"), TODAY, draft=False, practice=Path("practice.json")
    )
    here = check(Task(order, {}))
    sent, folder = send(Task(order, {})), unpacked(desk, tmp_path / "there")
    there = do_there(check, sent, folder)
    assert here.findings
    assert there.findings == here.findings
    assert {one.place.file for one in there.findings if one.place} == {"kinds/note/en.html.j2"}


def test_an_error_names_the_users_own_files(desk: Desk, tmp_path: Path) -> None:
    def refuse(moved: Task) -> str:
        raise UsageError(f"There is something about {moved.order.practice}.", f"Look at {moved.order.case}.")

    wanted = task(desk)
    with pytest.raises(UsageError) as told:
        do_there(refuse, send(wanted), unpacked(desk, tmp_path / "there"))
    assert (
        str(told.value) == told.value.message == f"There is something about {desk.folder / 'practice.json'}."
    )
    assert told.value.remedy == f"Look at {desk.folder / 'case.json'}."


def test_the_case_is_there_only_as_long_as_it_is_needed(desk: Desk, tmp_path: Path) -> None:
    def look(moved: Task) -> tuple[str, int]:
        case = moved.order.case_file
        assert case is not None
        return case.read_text(), case.parent.stat().st_mode & 0o777

    wanted = task(desk)
    folder = unpacked(desk, tmp_path / "there")
    assert do_there(look, send(wanted), folder) == ((desk.folder / "case.json").read_text(), 0o700)
    assert list(folder.parent.iterdir()) == [folder]


def test_a_case_file_that_is_gone_is_told(desk: Desk, tmp_path: Path) -> None:
    wanted = task(desk)
    (desk.folder / "case.json").unlink()
    there = do_there(check, send(wanted), unpacked(desk, tmp_path / "there"))
    assert [(one.code, one.place and one.place.file) for one in there.findings] == [
        ("file", str(desk.folder / "case.json"))
    ]


def test_a_row_needs_no_file(desk: Desk, tmp_path: Path) -> None:
    order = task(desk).order
    row = RowCase("C-1001", "clients.csv", "row 2", desk.case)
    wanted = Task(order.__class__(order.kind, row, TODAY, draft=False, practice=order.practice), {})
    there = elsewhere(desk, send(wanted), tmp_path / "there")
    assert letter(there) == letter(check(wanted))


def test_the_program_may_lie_elsewhere(desk: Desk, tmp_path: Path) -> None:
    wanted = task(desk)
    sent = send(wanted)
    moved = Sent(sent.task, sent.practice, sent.folder, sent.case, package="/opt/letters")
    written = letter(do_there(check, moved, unpacked(desk, tmp_path / "there")))
    assert written.facts.kind_file.source.name == "/opt/letters/templates/closing-lost-contact/kind.yaml"
