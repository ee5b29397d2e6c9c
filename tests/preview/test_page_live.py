"""The page follows its files: what is broken is told, the last good page stays, and it goes on by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.preview.reader import KIND, Reader, Room
from tests.support.browser import Screen
from tests.support.caseloads import ROOT

BROKEN = "The letter\n  is: [not closed\n"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:  # noqa: ARG001
    """A practice that has a copy of the kind of its own."""
    folder = tmp_path_factory.mktemp("room") / "office"
    one = Room(folder)
    one.run("eject", KIND)
    yield one
    one.close()


def write(file: Path, text: str) -> None:
    """Save a file as plain programs do."""
    file.write_text(text, "utf-8")


def rename(file: Path, text: str) -> None:
    """Save a file as careful programs do: another one takes its place."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, "utf-8")
    new.replace(file)


def put_aside(file: Path, text: str) -> None:
    """Save a file as some editors do: the old one is put aside first."""
    file.rename(file.with_name(f"{file.name}~"))
    file.write_text(text, "utf-8")


@contextmanager
def broken(file: Path, text: str = BROKEN) -> Iterator[None]:
    """Have a mistake in a file for a while."""
    good = file.read_text("utf-8")
    file.write_text(text, "utf-8")
    try:
        yield
    finally:
        rename(file, good)


@pytest.mark.parametrize("save", [write, rename, put_aside])
def test_a_change_of_the_case_file_shows_however_it_is_saved(
    reader: Reader, save: Callable[[Path, str], None]
) -> None:
    file, before = reader.room.file(reader.number), reader.pictures
    for street in ("46 Alder Avenue", "48 Alder Avenue"):
        save(file, file.read_text("utf-8").replace("44 Alder", "46 Alder").replace("46 Alder Avenue", street))
        expect(reader.text).to_contain_text(street)
    assert reader.pictures[0] != before[0]
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")


def mistaken(reader: Reader, file: Path, text: str = BROKEN) -> None:
    """A mistake in a file is told while the last good page stays, and the page goes on once it is mended."""
    before, told = reader.pictures, reader.text.text_content()
    with broken(file, text):
        reader.is_in_state("A file has a mistake")
        expect(reader.find("findings").locator(".point.error").first).to_be_visible()
        expect(reader.find("findings")).to_contain_text(file.name)
        assert (reader.pictures, reader.text.text_content()) == (before, told)
        expect(reader.sheets.first).to_have_js_property("complete", value=True)
        assert reader.sheets.first.evaluate("one => one.naturalWidth") > 500
        reader.field("gratitude").fill("Take good care of the garden.")
        reader.follow()
        reader.is_in_state("A file has a mistake")
    reader.is_in_state("Complete")
    expect(reader.text).to_contain_text("Take good care of the garden.")
    expect(reader.find("findings").locator(".point.error")).to_have_count(0)


def test_a_mistake_in_the_case_file_is_told_and_mended(reader: Reader) -> None:
    mistaken(reader, reader.room.file(reader.number))


def test_a_mistake_in_the_practice_file_is_told_and_mended(reader: Reader) -> None:
    mistaken(reader, reader.room.folder / "practice.yaml")


def test_a_value_that_is_wrong_is_told_with_its_line(reader: Reader) -> None:
    file = reader.room.file(reader.number)
    mistaken(reader, file, file.read_text("utf-8").replace("opened: 2026-03-02", "opened: in March"))


def test_a_mistake_in_the_template_of_an_own_kind_is_told_and_mended(reader: Reader) -> None:
    mistaken(reader, reader.room.folder / "kinds" / KIND / "en.html.j2", "{% block subject %}Closing")


def test_a_case_file_that_is_gone_for_a_while_is_found_again(reader: Reader) -> None:
    file = reader.room.file(reader.number)
    away, before = file.with_suffix(".away"), reader.pictures
    file.rename(away)
    reader.is_in_state("A file has a mistake")
    assert reader.pictures == before
    away.rename(file)
    reader.is_in_state("Complete")


def test_a_change_of_an_own_template_shows(reader: Reader) -> None:
    file = reader.room.folder / "kinds" / KIND / "en.html.j2"
    good = file.read_text("utf-8")
    write(file, good.replace("Thank you for the work we did together.", "Thank you for all of it."))
    expect(reader.text).to_contain_text("Thank you for all of it.")
    rename(file, good)
    expect(reader.text).to_contain_text("Thank you for the work we did together.")


def test_a_change_of_the_practice_shows_with_its_pictures(reader: Reader) -> None:
    logo, before = reader.room.folder / "logo.svg", reader.pictures
    good = logo.read_text("utf-8")
    rename(
        logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    )
    expect(reader.sheets.first).not_to_have_attribute("src", before[0])
    rename(logo, good)
    expect(reader.sheets.first).to_have_attribute("src", before[0])


def test_words_that_are_typed_stay_while_a_file_changes(reader: Reader) -> None:
    reader.write("You came in the rain.")
    file = reader.room.file(reader.number)
    rename(file, file.read_text("utf-8").replace("44 Alder Avenue", "46 Alder Avenue"))
    expect(reader.text).to_contain_text("46 Alder Avenue")
    expect(reader.text).to_contain_text("You came in the rain.")
    expect(reader.field()).to_have_value("You came in the rain.")
    expect(reader.field()).to_be_focused()


def test_a_folder_that_is_put_in_the_place_of_another_is_noticed(reader: Reader) -> None:
    folder = reader.room.folder / "kinds"
    other = folder.with_name("kinds-to-come")
    shutil.copytree(folder, other)
    file = other / KIND / "en.html.j2"
    write(file, file.read_text("utf-8").replace("the work we did together.", "all of it."))
    away = folder.rename(folder.with_name("kinds-of-old"))
    other.rename(folder)
    expect(reader.text).to_contain_text("Thank you for all of it.")
    shutil.rmtree(folder)
    away.rename(folder)
    expect(reader.text).to_contain_text("Thank you for the work we did together.")


def test_a_change_of_the_program_s_own_style_shows(tmp_path: Path, screen: Screen) -> None:
    folder = tmp_path / "office"
    # Where a program is started, its parts are looked for first.
    shutil.copytree(ROOT / "letters", folder / "letters", ignore=shutil.ignore_patterns("__pycache__"))
    room = Room(folder)
    try:
        reader = room.read(screen, room.unread())
        before = reader.pictures
        style = folder / "letters" / "typeset" / "letter.css"
        rename(style, f"{style.read_text('utf-8')}\np {{ letter-spacing: .2pt }}\n")
        expect(reader.sheets.first).not_to_have_attribute("src", before[0])
        reader.is_in_state("Complete")
    finally:
        screen.close()
        room.close()


def test_opened_while_a_file_was_broken_the_page_gets_its_fields_once_that_is_mended(reader: Reader) -> None:
    file = reader.room.folder / "practice.yaml"
    good = file.read_text("utf-8")
    file.write_text(f"{good}\nname: Twice\n", "utf-8")
    reader.page.reload()
    expect(reader.find("state")).to_have_class("state broken")
    expect(reader.field()).to_have_count(0)
    file.write_text(good, "utf-8")
    expect(reader.field()).to_be_visible()
    reader.write("You came in the rain.")
    reader.is_in_state("Complete")
