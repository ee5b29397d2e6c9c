"""What tests of the page may ask for by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.preview.reader import reader, room
from tests.support import chromium_programs
from tests.support.browser import ABSENT, Screen, Served, chromium

__all__ = ["Serve", "browser", "reader", "room", "screen", "serve"]

Serve = Callable[..., Served]


# Not for the whole session: tests elsewhere run event loops in the same thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a module, none of which may run an event loop of its own."""
    program = chromium_programs.find()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(ABSENT)
        pytest.skip(ABSENT)
    with chromium(program) as opened:
        yield opened


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve the page of a practice in the folder `office`; arguments as for `letters preview`.

    When the test is over, each must end as it should and leave nothing running.
    """
    started: list[Served] = []

    def start(*arguments: str) -> Served:
        started.append(Served(tmp_path / "office", *arguments))
        return started[-1]

    yield start
    codes = [one.stop() for one in started]
    assert codes == [0] * len(started), [one.said for one in started]
    assert [left for one in started for left in one.left()] == []


@pytest.fixture
def screen(browser: Browser, serve: Serve) -> Iterator[Screen]:  # noqa: ARG001 - closes before the server ends
    """Windows in which nothing may go wrong, unless the test takes notice of it."""
    opened = Screen(browser)
    yield opened
    opened.close()
    assert opened.complaints == []
