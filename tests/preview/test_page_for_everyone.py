"""The page is for everyone: screen readers and keyboards, small screens, light and dark, two languages."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.preview.conftest import Serve
from tests.preview.reader import KIND, Reader, Room
from tests.support.browser import Screen, axe
from tests.support.killing import members

PRACTICE = f"\napproval: {{kinds: [{KIND}]}}\npreview: {{issue: yes}}\n"
SMALL = {"width": 320, "height": 640}
# 1280 by 1024 pixels, four times enlarged.
ENLARGED = {"width": 320, "height": 256}
WIDE = {"width": 1280, "height": 900}
WORDS = "You came in the rain, and you said what hurt."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:  # noqa: ARG001
    """A practice in which everything can be done on the page."""
    one = Room(tmp_path_factory.mktemp("room") / "office", practice=PRACTICE)
    yield one
    one.close()


@pytest.fixture(params=["en", "es"])
def reader(request: pytest.FixtureRequest, room: Room, screen: Screen) -> Iterator[Reader]:
    """Somebody before a letter, with the page in either language."""
    speak(screen.open(room.served.address), str(request.param))
    yield room.read(screen, room.unread())
    speak(screen.open(room.served.address), "en")


def speak(page: Page, language: str) -> None:
    """Have the page in a language."""
    page.locator(f'.tongue [value="{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def is_for_everyone(page: Page) -> None:
    """Nothing is wrong with a view, wide or small, light or dark."""
    for scheme, size in (("light", WIDE), ("dark", SMALL)):
        look(page, scheme, size)
        assert axe(page) == [], (scheme, size)
    assert too_wide(page) == []
    look(page, "light", WIDE)


def look(page: Page, scheme: str, size: dict[str, int]) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the window, if one has to scroll sideways because of it."""
    found: list[str] = page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]"
        ".filter((one) => one.getBoundingClientRect().right > innerWidth)"
        ".map((one) => one.outerHTML.slice(0, 90))"
    )
    return found


def open_all(page: Page) -> None:
    """Open everything that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def test_a_complete_letter(reader: Reader) -> None:
    is_for_everyone(reader.page)
    open_all(reader.page)
    is_for_everyone(reader.page)


def test_a_letter_in_which_something_is_missing(reader: Reader) -> None:
    reader.write("")
    expect(reader.find("state")).to_have_class("state draft")
    is_for_everyone(reader.page)


def test_two_texts_to_choose_from(reader: Reader, screen: Screen) -> None:
    other = reader.again(screen)
    reader.write("You took the bus through half the city.")
    other.write(WORDS)
    for one in (reader, other):
        one.press("save")
        expect(one.find("came")).to_be_visible()
    expect(other.page.locator(".theirs")).to_be_visible()
    is_for_everyone(other.page)


def test_a_letter_that_was_sent_back(reader: Reader) -> None:
    reader.page.keyboard.press("Alt+b")
    is_for_everyone(reader.page)
    reader.find("remark").fill("They moved to Gresham.")
    reader.press("send-back")
    expect(reader.find("state")).to_have_class("state back")
    open_all(reader.page)
    is_for_everyone(reader.page)


def test_a_letter_that_is_approved_and_then_issued(reader: Reader) -> None:
    reader.press("approve")
    expect(reader.find("state")).to_have_class("state approved")
    open_all(reader.page)
    is_for_everyone(reader.page)
    reader.press("issue")
    expect(reader.find("state")).to_have_class("state issued")
    is_for_everyone(reader.page)


def test_a_file_with_a_mistake(reader: Reader) -> None:
    file = reader.room.file(reader.number)
    file.write_text(file.read_text("utf-8").replace("opened:", "opend:"), "utf-8")
    expect(reader.find("state")).to_have_class("state broken")
    is_for_everyone(reader.page)
    reader.page.reload()
    expect(reader.page.locator("h1")).to_be_visible()
    is_for_everyone(reader.page)


def test_the_list_of_letters_and_what_stands_there_when_the_program_fails(
    reader: Reader, screen: Screen
) -> None:
    page = reader.page
    page.goto(reader.room.served.address)
    is_for_everyone(page)
    desk = next(
        one
        for one, parent in members(reader.room.served.process.pid).items()
        if parent == reader.room.served.process.pid
    )
    os.kill(desk, signal.SIGKILL)
    page.reload()
    is_for_everyone(page)
    assert all("status of 4" in one or "status of 5" in one for one in screen.complained())
    # Another one has taken its place.
    page.goto(reader.room.served.address)
    expect(page.locator("ul.letters li").first).to_be_visible()


def test_a_practice_in_which_nothing_waits(tmp_path: Path, serve: Serve, screen: Screen) -> None:
    assert not (tmp_path / "office").exists()
    page = screen.open(serve("--by", "sam-rivera").address)
    expect(page.locator("main")).to_contain_text("Nothing is waiting")
    is_for_everyone(page)


def afresh(reader: Reader) -> Reader:
    """Begin at the top, where nothing was clicked yet."""
    reader.page.reload()
    reader.follow()
    return reader


FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 12), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return {
        is: one.id || one.dataset.action || one.dataset.zoom || one.className || one.textContent.trim(),
        tag: one.tagName, place: [...document.querySelectorAll('*')].indexOf(one),
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.top < innerHeight && (one.contains(top) || Boolean(top?.contains(one))),
    };
}"""


@pytest.mark.parametrize("size", [WIDE, SMALL, ENLARGED])
def test_everything_is_reached_with_tab_in_order_and_seen(
    room: Room, screen: Screen, size: dict[str, int]
) -> None:
    reader = afresh(room.read(screen, room.unread()))
    look(reader.page, "light", size)
    open_all(reader.page)
    stops: list[dict[str, object]] = []
    for _ in range(80):
        reader.page.keyboard.press("Tab")
        stop = reader.page.evaluate(FOCUSED)
        if stop["tag"] == "BODY" or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    places = [stop["place"] for stop in stops if stop["is"] != "dated"]
    assert places == sorted(places, key=lambda one: int(str(one)))
    reached = {stop["is"] for stop in stops}
    assert {
        "skip",
        "viewer",
        f"words.{'acknowledgment'}",
        "language",
        "dated",
        "large_print",
        "save",
        "approve",
    } <= reached
    assert {"remark", "send-back", "in", "out", "fit"} <= reached
    assert [stop["is"] for stop in stops if not stop["marked"]] == []
    assert [stop["is"] for stop in stops if not stop["seen"]] == []


def test_who_skips_is_at_the_words(room: Room, screen: Screen) -> None:
    reader = afresh(room.read(screen, room.unread()))
    reader.page.keyboard.press("Tab")
    expect(reader.page.locator(".skip")).to_be_focused()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    expect(reader.field()).to_be_focused()


def test_a_screen_reader_is_told_of_what_changes(room: Room, screen: Screen) -> None:
    reader = room.read(screen, room.unread())
    status = reader.page.get_by_role("status")
    expect(status).to_have_count(1)
    reader.field().fill("")
    expect(status).to_contain_text("Not complete.")
    expect(status).to_contain_text("to look at")
    reader.field().fill(WORDS)
    expect(status).to_contain_text("Waits for approval.")
    reader.press("approve")
    expect(status).to_have_text("The letter is approved.")


def test_letters_can_be_enlarged_and_spaced_without_loss(room: Room, screen: Screen) -> None:
    reader = room.read(screen, room.unread(), viewport=SMALL)
    # WCAG 2.2, 1.4.12; a script of the test may set what a style of the page may not.
    reader.page.evaluate(
        "document.querySelectorAll('body *').forEach((one) => Object.assign(one.style, "
        "{lineHeight: '1.5', letterSpacing: '.12em', wordSpacing: '.16em'}))"
    )
    assert too_wide(reader.page) == []
    cut = (
        "[...document.querySelectorAll('button, .button, summary, label')].filter((one) =>"
        " one.checkVisibility() && getComputedStyle(one).display !== 'inline'"
        " && one.scrollWidth > one.clientWidth + 1)"
        ".map((one) => one.textContent.trim())"
    )
    assert reader.page.evaluate(cut) == []
