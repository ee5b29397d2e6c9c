"""The server as it is started from a command line, spoken to through its socket."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from letters.preview.gate import HEADERS
from letters.preview.serving import MOST_SILENT
from tests.preview.conftest import Serve
from tests.support.browser import Served
from tests.support.caseloads import surroundings

FORM = "application/x-www-form-urlencoded"
HINT = "That is the address of the page, for you alone. Press Ctrl-C to end.\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that several tests talk to."""
    one = Served(tmp_path_factory.mktemp("served") / "office")
    yield one
    code = one.stop()
    assert (code, one.said, one.left()) == (0, HINT, [])


def port_of(served: Served) -> int:
    port = urlsplit(served.address).port
    assert port
    return port


def raw(served: Served, request: str, body: bytes = b"") -> str:
    """What comes back for the very bytes of a request; PATH, HOST and ORIGIN are those of the page."""
    there = urlsplit(served.address)
    told = request.replace("PATH", there.path.rstrip("/")).replace("HOST", there.netloc)
    with socket.create_connection(("127.0.0.1", port_of(served)), timeout=20) as connection:
        connection.sendall(told.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        pieces = []
        while piece := connection.recv(65536):
            pieces.append(piece)
    return b"".join(pieces).decode()


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


def test_who_asks_for_nothing_does_not_keep_others_out(served: Served) -> None:
    silent = [socket.create_connection(("127.0.0.1", port_of(served))) for _ in range(MOST_SILENT * 5)]
    try:
        assert status(raw(served, "GET PATH/ HTTP/1.1\nHost: HOST\nConnection: close")) == 200
        silent[0].settimeout(20)
        with suppress(ConnectionResetError):
            assert silent[0].recv(1) == b""
        # Nor is there one left that was refused.
        assert status(raw(served, "GET /other HTTP/1.1\nHost: HOST")) == 404
    finally:
        for one in silent:
            one.close()


GOOD = "POST PATH/language HTTP/1.1\nHost: HOST\nOrigin: http://HOST\nContent-Type: " + FORM


def test_whoever_has_the_address_gets_the_page(served: Served) -> None:
    answer = raw(served, "GET PATH/ HTTP/1.1\nHost: HOST\nConnection: close")
    assert status(answer) == 200
    assert "<title>" in answer
    assert status(raw(served, f"{GOOD}\nContent-Length: 0\nConnection: close")) == 303


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("GET / HTTP/1.1\nHost: HOST", 404),
        ("GET /PATHx/ HTTP/1.1\nHost: HOST", 404),
        (f"GET /{'x' * 43}/ HTTP/1.1\nHost: HOST", 404),
        ("GET PATH/ HTTP/1.1\nHost: letters.example", 404),
        ("GET PATH/ HTTP/1.1\nHost: 127.0.0.1", 404),
        ("GET PATH/ HTTP/1.1\nHost: HOST\nOrigin: https://letters.example", 404),
        ("GET PATH/ HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site", 404),
        ("GET PATH/events HTTP/1.1\nHost: HOST\nSec-Fetch-Site: same-site", 404),
        ("GET PATH/static/page.js HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site", 404),
        (f"POST PATH/language HTTP/1.1\nHost: HOST\nContent-Type: {FORM}\nContent-Length: 0", 404),
        (GOOD.replace("http://HOST", "null"), 404),
        (GOOD.replace("http://HOST", "http://127.0.0.1:1"), 404),
        (GOOD.replace(FORM, "multipart/form-data; boundary=x"), 415),
        (GOOD.replace(FORM, "text/plain"), 415),
        (f"{GOOD}\nContent-Length: 1000001", 413),
        ("DELETE PATH/ HTTP/1.1\nHost: HOST", 405),
        ("OPTIONS PATH/ HTTP/1.1\nHost: HOST\nAccess-Control-Request-Method: POST", 405),
        ("GET PATH/letter/C-1001 HTTP/1.1\nHost: HOST", 404),
        ("GET PATH/static/..%2f..%2fapp.py HTTP/1.1\nHost: HOST", 404),
    ],
)
def test_what_is_refused_says_no_more_than_that(served: Served, request_: str, expected: int) -> None:
    answer = raw(served, f"{request_}\nConnection: close")
    assert status(answer) == expected
    head, _, body = answer.partition("\r\n\r\n")
    named = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])
    for name, value in HEADERS:
        assert named[name.decode()] == value.decode().lower()
    assert not {"server", "date", "access-control-allow-origin", "set-cookie"} & set(named)
    assert len(body) < 100
    assert "letters" not in body


def test_too_much_in_pieces_is_refused(served: Served) -> None:
    there = urlsplit(served.address)

    def pieces() -> Iterator[bytes]:
        yield from [b"x" * 100_000] * 11

    answer = httpx.post(
        f"{served.address}language",
        headers={"origin": f"http://{there.netloc}", "content-type": FORM},
        content=pieces(),
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "words", ["\x16\x03\x01 hello", "GET PATH/ HTTP/9\nHost: HOST", "GET PATH/ HTTP/1.1"]
)
def test_what_is_no_http_is_told_nothing(served: Served, words: str) -> None:
    assert raw(served, words) == ""


def test_a_websocket_is_not_opened(served: Served) -> None:
    upgrade = (
        "Connection: Upgrade, close\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: eA=="
    )
    told = raw(served, f"GET PATH/events2 HTTP/1.1\nHost: HOST\n{upgrade}")
    assert status(told) == 404


def test_only_this_machine_reaches_it(served: Served) -> None:
    for host in {"127.0.0.2", _own_address()} - {"127.0.0.1"}:
        with pytest.raises(OSError), socket.create_connection((host, port_of(served)), timeout=2):  # noqa: PT011
            pass


def _own_address() -> str:
    """The address of this machine in its network, if it is in one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
    except OSError:
        return "127.0.0.1"


def test_two_pages_at_once_have_nothing_in_common(served: Served, serve: Serve) -> None:
    other = serve()
    assert port_of(other) != port_of(served)
    key = urlsplit(served.address).path
    assert httpx.get(f"http://127.0.0.1:{port_of(other)}{key}").status_code == 404
    assert key != urlsplit(other.address).path


def test_a_change_of_a_file_is_news(serve: Serve) -> None:
    one = serve("closing-lost-contact", "cases/C-1001.yaml")
    with Listener(one) as news:
        case = one.folder / "cases" / "C-1001.yaml"
        new = case.with_name("new.yaml")
        new.write_bytes(case.read_bytes() + b"\n# read\n")
        new.replace(case)
        assert news.heard("event: changed")


def test_an_entry_in_the_register_is_news(serve: Serve) -> None:
    one = serve()
    with Listener(one) as news:
        time.sleep(3)
        subprocess.run(
            [sys.executable, "-m", "letters", "case", "import", "cases/C-1001.yaml"],
            cwd=one.folder, env=surroundings(), check=True, capture_output=True,
        )  # fmt: skip
        assert news.heard("event: changed")


class Listener:
    """A page that listens to news."""

    def __init__(self, served: Served) -> None:
        there = urlsplit(served.address)
        self._events = f"http://{there.netloc}/{there.path.split('/')[1]}/events"
        self._heard = ""
        self._here = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Listener:
        self._thread.start()
        assert self._here.wait(20)
        # What was begun before is no news.
        time.sleep(0.5)
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def heard(self, words: str, seconds: float = 20) -> bool:
        until = time.monotonic() + seconds
        while words not in self._heard and time.monotonic() < until:
            time.sleep(0.02)
        return words in self._heard

    def ended(self, seconds: float = 5) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _listen(self) -> None:
        with httpx.stream("GET", self._events, timeout=60) as answer:
            for line in answer.iter_lines():
                self._here.set()
                self._heard += f"{line}\n"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_soon_and_leaves_nothing(
    how: signal.Signals, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    one = serve()
    with httpx.Client() as kept_alive, Listener(one) as news:
        assert kept_alive.get(one.address, timeout=60).status_code == 200
        assert list((tmp_path / "tmp").iterdir())
        began = time.monotonic()
        one.process.send_signal(how)
        assert one.process.wait(20) == 0
        assert time.monotonic() - began < 5
        assert news.ended()
    assert one.said == HINT
    assert list((tmp_path / "tmp").iterdir()) == []


def test_whoever_asks_twice_is_not_kept_waiting(tmp_path: Path) -> None:
    one = Served(tmp_path / "office")
    threading.Thread(target=lambda: _ask(one.address), daemon=True).start()
    time.sleep(0.3)
    began = time.monotonic()
    one.process.send_signal(signal.SIGTERM)
    time.sleep(0.05)
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(20) in (0, 130)
    assert time.monotonic() - began < 5
    one.kill()
    assert one.left() == []


def _ask(address: str) -> None:
    try:
        httpx.get(address, timeout=60)
    except httpx.HTTPError:
        return


def test_a_server_that_is_killed_takes_its_desk_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    one = Served(tmp_path / "office")
    assert httpx.get(one.address, timeout=60).status_code == 200
    one.kill()
    assert one.left() == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-m", "letters", "preview", "--no-browser", "--port", port],
            cwd=Path(__file__).parents[2] / "examples" / "harbor", env=surroundings(),
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert (told.returncode, told.stdout) == (4, "")
    assert "is in use" in told.stderr


def _command_line(process: Path) -> str:
    """What every user can read of a process; nothing of one that has ended meanwhile."""
    try:
        return (process / "cmdline").read_text("utf-8", "replace").replace("\0", " ")
    except OSError:
        return ""


def test_no_command_line_shows_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser is one that writes down what it is asked for, and what is in the file."""
    asked, browser = tmp_path / "asked", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >{asked}.new\ncat "${{1#file://}}" >>{asked}.new\n'
                       f"mv {asked}.new {asked}\nsleep 5\n")  # fmt: skip
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(browser))
    process = subprocess.Popen(
        [sys.executable, "-m", "letters", "preview"],
        cwd=Path(__file__).parents[2] / "examples" / "harbor", env=surroundings(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout
    address = process.stdout.readline().strip()
    key = urlsplit(address).path.strip("/")
    until = time.monotonic() + 20
    while not asked.exists() and time.monotonic() < until:
        time.sleep(0.02)
    lines = "\n".join(map(_command_line, Path("/proc").glob("[0-9]*")))
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    opened, page = asked.read_text().split("\n", 1)
    assert len(key) == 43
    assert str(browser) in lines
    assert key not in lines + opened + rest
    assert address in page
    assert not os.path.exists(opened.removeprefix("file://"))  # noqa: PTH110
    assert process.returncode == 0
