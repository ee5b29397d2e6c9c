"""The page is used for long: nothing piles up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.preview.reader import Reader, Room
from tests.support.browser import Screen, Served
from tests.support.killing import members

SETTLED, EDITS = 100, 200
MORE = 1.1


def sizes(served: Served) -> dict[int, int]:
    """How much memory each process of the program takes, the server and the desk, in kB."""
    return {one: size(one) for one in members(served.process.pid)}


def size(process: int) -> int:
    """The memory of a process in kB."""
    told = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(told.split("VmRSS:")[1].split()[0])


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:  # noqa: ARG001
    """Letters of one page."""
    one = Room(tmp_path_factory.mktemp("room") / "office", kind="outreach")
    yield one
    one.close()


def test_after_many_edits_the_program_is_as_large_as_after_some(room: Room, screen: Screen) -> None:
    reader = room.read(screen, room.unread(), viewport={"width": 320, "height": 640})
    shown: list[str] = []
    settled: dict[int, int] = {}
    for number in range(1, EDITS + 1):
        reader.write(f"You came {number} times, and I would like to hear how you are.", "missed")
        shown.append(reader.pictures[0])
        if number == SETTLED:
            settled = sizes(room.served)
    assert len(set(shown)) == EDITS
    after = sizes(room.served)
    assert (len(settled), after.keys()) == (2, settled.keys())
    assert {one: size for one, size in after.items() if size > settled[one] * MORE} == {}
    # Only the last pictures are kept.
    assert [status(reader, one) for one in (shown[0], shown[-1])] == [404, 200]


def status(reader: Reader, path: str) -> int:
    """What is answered for a path."""
    return reader.page.request.get(urljoin(reader.page.url, path)).status
