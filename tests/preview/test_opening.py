"""The browser is opened without the address on a command line."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from letters.preview import opening
from letters.preview.opening import Opening, has_screen

ADDRESS = "http://127.0.0.1:8000/key/"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", asked.append)
    return asked


def until(is_so: object, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)
    return bool(is_so())  # type: ignore[operator]


def test_a_private_file_leads_to_the_page(opened: list[str]) -> None:
    one = Opening(ADDRESS)
    one.open()
    assert until(lambda: opened)
    file = Path(unquote(urlsplit(opened[0]).path))
    assert opened[0].startswith("file://")
    assert "key" not in opened[0]
    assert f"url={ADDRESS}" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    one.close()
    assert not file.parent.exists()


def test_it_is_gone_after_a_while(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_KEPT", 0.1)
    one = Opening(ADDRESS)
    one.open()
    assert until(lambda: opened and not os.path.exists(unquote(urlsplit(opened[0]).path)))  # noqa: PTH110


def test_a_browser_that_does_not_open_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fail(address: str) -> None:
        asked.append(address)
        raise OSError("no browser")

    monkeypatch.setattr("webbrowser.open", fail)
    one = Opening(ADDRESS)
    one.open()
    assert until(lambda: asked)
    one.close()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True), ({"BROWSER": "x"}, True)],
)
def test_without_a_screen_no_browser_takes_the_terminal(
    environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is expected
