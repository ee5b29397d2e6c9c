"""The page outlives its program: whoever listens at its address then learns nothing and changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.preview.reader import Reader, Room
from tests.support.browser import Screen

EVENTS = b"retry: 100\n\n%sid: 99\nevent: changed\ndata: 99\n\n"
TAKEN = b'<p id="state">taken</p><p id="findings">taken</p>'


@contextmanager
def somebody_else(port: int, proof: bytes) -> Iterator[list[str]]:
    """Another server at the same port; yields what it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"GET {self.path}")
            self._give("text/event-stream", EVENTS % proof)

        def do_POST(self) -> None:
            asked.append(f"POST {self.path}")
            self._give("text/html", TAKEN)

        def log_message(self, *_: object) -> None:
            pass

        def _give(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", port), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield asked
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("proof", [b"", b"event: ours\ndata: guessed\n\n"])
def test_words_do_not_go_to_whoever_has_the_port_next(
    tmp_path: Path,
    browser: Browser,  # noqa: ARG001 - without it nothing is served
    screen: Screen,
    proof: bytes,
) -> None:
    room = Room(tmp_path / "office")
    reader: Reader = room.read(screen, room.unread())
    reader.write("You told me what happened at home.")
    port = urlsplit(room.served.address).port or 0
    room.close()
    with somebody_else(port, proof) as asked:
        expect(reader.find("status")).to_have_class("status gone")
        reader.field().fill("You told me what happened at home, and whose doing it was.")
        reader.press("save")
        reader.page.wait_for_timeout(500)
        assert asked != []
        assert [one for one in asked if "/events?" not in one] == []
    expect(reader.find("state")).not_to_contain_text("taken")
    expect(reader.field()).to_have_value("You told me what happened at home, and whose doing it was.")
    # That nobody answers any more is told by the browser as well.
    screen.close()
    screen.complaints.clear()
