"""Somebody sits before the page, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from letters.office import Office, open_office
from letters.register import queries
from letters.register.store import history
from tests.support.browser import MOST_SECONDS, Screen, Served
from tests.support.caseloads import surroundings
from tests.support.desk import EXAMPLES

KIND = "closing-lost-contact"
LIKE = "C-1001"
_BLINK = 0.01  # seconds
INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWX"
WORDS = "acknowledgment"

_FITS = """([part, selector, words]) => {
  const one = document.querySelector(part);
  return Boolean(one?.matches(selector) && one.textContent.includes(words));
}"""

expect.set_options(timeout=MOST_SECONDS * 1000)


class Room:
    """Where the page of a practice is served, with letters that nobody has looked at yet.

    `folder` is the practice; each case is like C-1001, with a number and a name of its own, and its
    words in English only.
    """

    def __init__(self, folder: Path, *more: str, practice: str = "", kind: str = KIND) -> None:
        """Serve the letters of these cases and of `more` files; `practice` comes into the practice file."""
        self.folder = folder
        numbers = give_cases(folder)
        with (folder / "practice.yaml").open("a", encoding="utf-8") as file:
            file.write(practice)
        self._unread = list(reversed(numbers))
        self._addresses: dict[str, str] = {}
        files = [f"cases/{number}.yaml" for number in numbers]
        self.served = Served(folder, "--by", "sam-rivera", kind, *files, *more)

    @property
    def office(self) -> Office:
        """The practice with its register, as it is now."""
        return open_office(self.folder / "practice.yaml")

    def file(self, number: str) -> Path:
        """The file of a case."""
        return self.folder / "cases" / f"{number}.yaml"

    def unread(self) -> str:
        """The number of a case whose letter nobody has looked at."""
        return self._unread.pop()

    def read(self, screen: Screen, number: str, **looks: Any) -> Reader:
        """Open a letter that the first page lists."""
        if not self._addresses:
            self._addresses = dict(self._listed(screen))
        page = screen.open(self._addresses[number], **looks)
        return Reader(page, number, self).begun()

    def _listed(self, screen: Screen) -> Iterator[tuple[str, str]]:
        """The numbers of the cases on the first page, each with the address of its letter."""
        page = screen.open(self.served.address)
        for one in page.locator(".letters li").all():
            found = re.search(r"[TC]-\d+", one.inner_text())
            assert found
            yield found[0], urljoin(page.url, one.get_by_role("link").get_attribute("href") or "")
        page.close()

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run the program in the practice, as somebody else does; return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "letters", *arguments],
            cwd=self.folder,
            env=surroundings(),
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS * 2,
            check=False,
        )
        assert done.returncode == code, (done.stdout, done.stderr)
        return done.stdout + done.stderr

    def close(self) -> None:
        """End it as Ctrl-C does; nothing may be left of it."""
        assert self.served.stop() == 0, self.served.said
        assert self.served.left() == []


@dataclass(frozen=True)
class Reader:
    """Somebody before the page of a letter."""

    page: Page
    number: str
    room: Room

    def begun(self) -> Reader:
        """Have the first pages that are made for this window."""
        self.follow()
        return self

    @property
    def main(self) -> Locator:
        """All of the page that is about the letter."""
        return self.page.locator("main")

    def find(self, name: str) -> Locator:
        """A part of the page by its id."""
        return self.page.locator(f'[id="{name}"]')

    def field(self, section: str = WORDS) -> Locator:
        """Where the words of a section are typed."""
        return self.find(f"words.{section}")

    def write(self, text: str, section: str = WORDS) -> None:
        """Write words, and see how the pages follow."""
        self.field(section).fill(text)
        self.follow()

    def choose(self, control: str, value: str) -> None:
        """Choose how the letter is sent, and see how the pages follow."""
        self.find(control).select_option(value)
        self.follow()

    def look(self) -> None:
        """Have the window before one's eyes: of two pages a browser without windows takes one for seen."""
        self.page.bring_to_front()

    def follow(self) -> None:
        """Wait for the pages of the last edit."""
        edited = self.main.get_attribute("data-edited")
        self.until("main", f'[data-drawn="{edited}"]')

    def until(self, part: str, selector: str = "*", words: str = "") -> None:
        """Wait until a part of the page fits a selector and holds these words.

        It looks more often than the library does, which would be what most of a test's time goes to; and by
        the clock of the test, as that of a page can be made to stand still.
        """
        self.look()
        begun = time.monotonic()
        while not self.page.evaluate(_FITS, [part, selector, words]):
            assert time.monotonic() - begun < MOST_SECONDS, (part, selector, words)
            time.sleep(_BLINK)

    def press(self, action: str) -> None:
        """Press the button of an action."""
        self.page.locator(f'[data-action="{action}"]').click()

    def hears(self, words: str) -> None:
        """Wait until the page says what came of it, to the eye and the ear."""
        self.until("#came", words=words)
        self.until("#status", words=words)
        expect(self.find("came")).to_contain_text(words)
        expect(self.find("status")).to_contain_text(words)

    def is_in_state(self, words: str) -> None:
        """Wait until the letter stands there."""
        self.until("#state .chip", words=words)
        expect(self.find("state").locator(".chip")).to_have_text(words)

    @property
    def sheets(self) -> Locator:
        """The pictures of the pages."""
        return self.page.locator("img.sheet")

    @property
    def pictures(self) -> list[str]:
        """Where the pictures of the pages are."""
        return [str(one.get_attribute("src")) for one in self.sheets.all()]

    @property
    def text(self) -> Locator:
        """The text below the pages, which is opened to be read."""
        around = self.page.locator("details.text")
        if around.get_attribute("open") is None:
            around.evaluate("one => { one.open = true }")
        return self.find("plain")

    def again(self, screen: Screen) -> Reader:
        """The same letter in another window."""
        return replace(self, page=screen.open(self.page.url)).begun()

    def kept(self) -> Any:
        """The words that the register has for the case; None where it does not know it."""
        with self.room.office.register().reading() as connection:
            known = queries.known(connection, self.number)
            return queries.data(connection, self.number).get("words") if known else None

    def entries(self) -> list[tuple[str, str]]:
        """What happened in the case and who did it, in order."""
        with self.room.office.register().reading() as connection:
            return [(entry.event, entry.by) for entry in history(connection, [self.number])]


def give_cases(folder: Path) -> list[str]:
    """Copy the example practice, and give it a case for each of the initials; return their numbers."""

    shutil.copytree(EXAMPLES / "harbor", folder, dirs_exist_ok=True)
    both = (folder / "cases" / f"{LIKE}.yaml").read_text("utf-8")
    text = re.sub(r"    es: >-\n(      .*\n)+", "", both, count=1)
    cases = {f"T-{number:02}": f"Jordan {initial}. Avery" for number, initial in enumerate(INITIALS, 1)}
    for number, name in cases.items():
        one = text.replace(LIKE, number).replace("Jordan Avery", name)
        (folder / "cases" / f"{number}.yaml").write_text(one, "utf-8")
    return list(cases)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:  # noqa: ARG001 - without it nothing is served
    """A page for all tests of a module, each of which reads letters of its own."""
    one = Room(tmp_path_factory.mktemp("room") / "office", "cases/C-1001.yaml", "cases/C-1002.yaml")
    yield one
    one.close()


@pytest.fixture
def reader(room: Room, screen: Screen) -> Reader:
    """Somebody before a letter that nobody has looked at yet."""
    return room.read(screen, room.unread())
