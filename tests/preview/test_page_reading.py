"""Reading a letter on the page: its pages, its text, and how it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.preview.reader import Reader, Room
from tests.support.browser import Screen


@pytest.fixture
def spanish(reader: Reader) -> Iterator[Reader]:
    """Somebody who has the page in Spanish; the next ones have it in English again."""
    reader.page.get_by_role("button", name="español").click()
    expect(reader.page.locator("html")).to_have_attribute("lang", "es")
    yield reader
    reader.page.get_by_role("button", name="English").click()
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")


def names_of(reader: Reader) -> list[str]:
    """Whom the letter is about."""
    return ["Jordan", "Avery", reader.number, "jordan"]


def test_the_letter_is_shown_as_its_pages_with_its_text_below(reader: Reader) -> None:
    expect(reader.sheets).to_have_count(2)
    told = [str(one.get_attribute("alt")) for one in reader.sheets.all()]
    assert told == [f"Page {page} of 2 of the letter. Its text stands below the pages." for page in (1, 2)]
    for sheet in reader.sheets.all():
        assert sheet.evaluate("one => one.decode().then(() => one.naturalWidth)") > 500
    expect(reader.text).to_contain_text("You kept coming through a hard spring")
    expect(reader.text).to_be_visible()
    reader.is_in_state("Complete")


def test_neither_the_window_nor_an_address_names_the_client(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.write("You came in the rain as well.")
    asked += [reader.page.url, reader.page.title(), *reader.pictures]
    assert len(asked) > 5
    assert [(name, one) for name in names_of(reader) for one in asked if name in one] == []
    assert "Jordan" in reader.main.inner_text()


def test_pictures_are_as_sharp_as_the_screen(room: Room, screen: Screen) -> None:
    number = room.unread()
    for ratio in (1, 2):
        fine = room.read(screen, number, device_scale_factor=ratio)
        wide = "one => one.naturalWidth / one.clientWidth / window.devicePixelRatio"
        assert fine.sheets.first.evaluate(wide) == pytest.approx(1, abs=0.03)


def test_the_pages_are_made_larger_and_smaller_with_the_keys(reader: Reader) -> None:
    def width() -> float:
        return float(reader.sheets.first.evaluate("one => one.getBoundingClientRect().width"))

    def wait_until(wide: float) -> None:
        # A picture that is just being replaced has no width.
        shown = "document.querySelector('.sheet').getBoundingClientRect().width"
        reader.page.wait_for_function(f"wide => Math.abs({shown} - wide) <= 1", arg=wide)

    fit = width()
    reader.page.keyboard.press("Alt+=")
    wait_until(fit * 1.25)
    reader.write("You came in the rain as well.")
    wait_until(fit * 1.25)
    reader.page.keyboard.press("Alt+-")
    reader.page.keyboard.press("Alt+-")
    wait_until(fit * 0.8)
    reader.page.get_by_role("button", name="Fit").click()
    wait_until(fit)


def test_the_letter_is_written_in_the_language_that_is_chosen(room: Room, screen: Screen) -> None:
    reader = room.read(screen, "C-1001")
    before = reader.pictures
    reader.choose("language", "es")
    expect(reader.text).to_contain_text("Usted siguió viniendo")
    expect(reader.text).to_have_attribute("lang", "es")
    expect(reader.field()).to_have_attribute("lang", "es")
    assert reader.field().input_value().startswith("Usted siguió viniendo durante una primavera difícil")
    assert not set(before) & set(reader.pictures)
    # The page itself goes on in its own language.
    expect(reader.page.get_by_role("heading", name="Your words")).to_be_visible()


def test_large_print_takes_more_pages(reader: Reader) -> None:
    before = reader.pictures
    reader.find("large_print").check()
    reader.follow()
    assert len(reader.pictures) > len(before)
    reader.find("large_print").uncheck()
    reader.follow()
    assert reader.pictures == before


def test_the_envelope_and_the_date_change_the_pages(reader: Reader) -> None:
    before = reader.pictures
    reader.choose("envelope", "none")
    unfolded = reader.pictures
    assert unfolded != before
    reader.find("dated").fill("2026-11-25")
    reader.follow()
    assert reader.pictures not in (before, unfolded)
    expect(reader.text).to_contain_text("November 25, 2026")


def test_each_of_a_couple_gets_a_letter(room: Room, screen: Screen) -> None:
    couple = room.read(screen, "C-1002")
    couple.is_in_state("Not complete")
    options = couple.find("to").locator("option")
    expect(options).to_have_count(3)
    couple.choose("to", "minh")
    expect(couple.text).to_contain_text("Nguyễn Văn Minh")
    couple.choose("to", "khadija")
    expect(couple.text).to_contain_text("310 Lovejoy Street")
    assert "Fir Court" not in couple.text.inner_text()
    couple.is_in_state("Complete")


def test_the_page_speaks_spanish_about_a_letter_in_english(spanish: Reader) -> None:
    expect(spanish.page.get_by_role("heading", name="Sus palabras")).to_be_visible()
    expect(spanish.text).to_contain_text("You kept coming")
    expect(spanish.text).to_have_attribute("lang", "en")
    spanish.write("")
    spanish.is_in_state("Incompleta")
    assert "needed" not in spanish.main.inner_text()


def test_nothing_of_the_letter_is_printed_with_the_page(reader: Reader) -> None:
    reader.page.emulate_media(media="print")
    shown = reader.page.evaluate(
        "[...document.querySelectorAll('body *')].filter((one) => one.checkVisibility())"
        ".map((one) => one.className)"
    )
    assert shown == ["never-printed"]
    expect(reader.page.locator("body")).to_have_text(
        "This is a picture for reading. What is sent is the file that is made when the letter is issued.",
        use_inner_text=True,
    )


def test_the_letter_has_no_address_that_lasts(reader: Reader) -> None:
    there = urlsplit(reader.page.url)
    assert reader.page.context.cookies() == []
    assert reader.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert len(there.path.split("/")[1]) == 43
