"""A real Chromium for the tests of the page, and the program that serves the page."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.support import chromium_programs
from tests.support.caseloads import surroundings
from tests.support.desk import EXAMPLES
from tests.support.killing import outliving

ABSENT = (
    f"Chromium is not installed: none of version {chromium_programs.OLDEST} or newer was found that runs, "
    "so the page was NOT tested (scripts/test installs one)"
)
MOST_SECONDS = 30.0
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")


class Served:
    """The program that serves the page, in a process of its own, with the harbor as its practice.

    `folder` is a copy of the practice that the test may change, `address` where the page is.
    """

    def __init__(self, folder: Path, *arguments: str) -> None:
        """Start it. Raises RuntimeError with what it said where it tells no address."""
        if not folder.exists():
            shutil.copytree(EXAMPLES / "harbor", folder)
        self.folder = folder
        # Not in the folder, which it watches.
        self._said = folder.with_name(f"{folder.name}-said.txt")
        with self._said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "letters", "preview", "--no-browser", *arguments],
                cwd=folder,
                env=surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                # Ctrl-C is for the tests; and what is in its group is what it has started.
                start_new_session=True,
            )
        self.address = self._address()

    @property
    def said(self) -> str:
        """What it has said besides the address."""
        return self._said.read_text("utf-8")

    def stop(self) -> int:
        """End it as Ctrl-C does, or by force if that takes too long; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(MOST_SECONDS)
        return self.kill()

    def kill(self) -> int:
        """End it by force if it has not ended; return its exit code."""
        self.process.kill()
        code = self.process.wait()
        # Not read to its end: what it has left behind may hold it open.
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def left(self) -> list[int]:
        """The processes of it that are there some seconds after it has ended."""
        return outliving(self.process)

    def _address(self) -> str:
        assert self.process.stdout
        told, until = b"", time.monotonic() + MOST_SECONDS
        while not (found := _ADDRESS.search(told.decode())) or not told.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, until - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 4096) if ready else b""
            if not more:
                self.kill()
                raise RuntimeError(f"The page is not served:\n{told.decode()}{self.said}")
            told += more
        return found.group()


class Screen:
    """Windows of one browser, and all that went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.complaints: list[str] = []

    def window(self, **looks: Any) -> Page:
        """Open a window that shares nothing with the others; `looks` as for a Playwright context."""
        context = self._browser.new_context(**looks)
        context.set_default_timeout(MOST_SECONDS * 1000)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        return context.new_page()

    def open(self, address: str, **looks: Any) -> Page:
        """Open a page in a new window."""
        page = self.window(**looks)
        page.goto(address)
        return page

    def complained(self) -> list[str]:
        """What went wrong until now, which is then forgotten: for a test that means it to go wrong."""
        told, self.complaints = self.complaints, []
        return told

    def close(self) -> None:
        """Close all windows."""
        for context in self._browser.contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        # Whatever a policy forbids is an error there as well.
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        # The key, and maybe more, is in the path.
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.complaints.append(f"asked outside: {request.url}")

    def _failed(self, request: Request) -> None:
        # What the page itself calls off, as when it is left, has not failed.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.failure} {request.url}")


@contextmanager
def chromium(program: Path) -> Iterator[Browser]:
    """Open the browser. Until it is closed no event loop can run in this thread."""
    with sync_playwright() as playwright:
        # Root cannot have the sandbox, and nobody else has to do without.
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=os.geteuid() != 0)
        try:
            yield browser
        finally:
            browser.close()


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now, a line for each place."""
    results = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {' '.join(map(str, node['target']))}"
        f" {node['html']}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]
