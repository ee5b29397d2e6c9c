"""The browser of the tests: what goes wrong in it does not stay unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.preview.conftest import Serve
from tests.support import chromium_programs
from tests.support.browser import Screen, Served, axe

HERE = "http://127.0.0.1:9/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types letters"
)
GOOD = "<h1>Drafts</h1><p>None is waiting.</p>"


def show(screen: Screen, body: str, script: str = "", policy: str = POLICY) -> Page:
    """Show a page that no server has to serve."""
    html = (
        f"<!doctype html><html lang=en><title>Drafts</title><main>{body}</main><script src=page.js></script>"
    )
    page = screen.window()
    page.route(
        HERE,
        lambda route: route.fulfill(
            body=html, content_type="text/html", headers={"Content-Security-Policy": policy}
        ),
    )
    page.route(f"{HERE}page.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(HERE)
    return page


def test_a_page_without_faults_gives_no_complaints(screen: Screen) -> None:
    assert show(screen, GOOD, "document.title += ' for you'").title() == "Drafts for you"
    assert screen.complained() == []


@pytest.mark.parametrize(
    ("body", "script", "complaint"),
    [
        (GOOD, "console.error('so it is')", "so it is"),
        (GOOD, "console.warn('take care')", "take care"),
        (GOOD, "draw()", "draw is not defined"),
        (GOOD, "Promise.reject(new Error('later'))", "later"),
        (GOOD, "fetch('/nowhere').catch(() => 0)", "failed: net::ERR"),
        (f"{GOOD}<script>draw()</script>", "", "Content Security Policy"),
        (f"{GOOD}<p style='color: red'>x</p>", "", "Content Security Policy"),
        (f"{GOOD}<p id=x onclick='draw()'>x</p>", "document.getElementById('x').click()", "script-src"),
        (GOOD, "document.querySelector('h1').innerHTML = '<b>x</b>'", "TrustedHTML"),
        (f"{GOOD}<img alt='' src='http://example.org/x.png'>", "", "Content Security Policy"),
    ],
)
def test_what_goes_wrong_is_noticed(screen: Screen, body: str, script: str, complaint: str) -> None:
    page = show(screen, body, script)
    for _ in range(100):
        if complaint in "\n".join(screen.complaints):
            break
        page.wait_for_timeout(50)
    assert complaint in "\n".join(screen.complained())


def test_what_a_page_asks_of_others_is_noticed(screen: Screen) -> None:
    show(
        screen,
        f"{GOOD}<img alt='' src='http://example.invalid/x.png'>",
        policy="img-src *; script-src 'self'",
    )
    assert "asked outside: http://example.invalid/x.png" in screen.complained()


def test_axe_finds_what_is_wrong_under_a_strict_policy_and_nothing_in_a_good_page(screen: Screen) -> None:
    assert axe(show(screen, GOOD)) == []
    found = axe(show(screen, "<h1>Drafts</h1><input><img src='data:,'>"))
    assert {line.split(" ")[0] for line in found} == {"image-alt", "label"}
    assert "<input>" in "".join(found)
    assert "img-src" in "".join(screen.complained())


def test_windows_share_nothing(screen: Screen) -> None:
    one, other = show(screen, GOOD), show(screen, GOOD)
    one.evaluate("localStorage.setItem('word', 'mine')")
    assert other.evaluate("localStorage.getItem('word')") is None


def test_a_window_can_be_small_dark_and_spanish(screen: Screen) -> None:
    page = screen.window(viewport={"width": 320, "height": 640}, color_scheme="dark", locale="es-ES")
    asked = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, navigator.language]"
    assert page.evaluate(asked) == [320, True, "es-ES"]


def test_the_page_opens_without_complaints_and_ends_without_a_trace(serve: Serve, screen: Screen) -> None:
    page = screen.open(serve().address)
    assert page.locator("h1").count() == 1
    assert axe(page) == []


def test_a_program_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no-such-option"):
        Served(tmp_path / "office", "--no-such-option")


def program(path: Path, says: str, code: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_a_browser_that_is_too_old_or_does_not_run_will_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = program(tmp_path / "old", "Chromium 109.0.5414.119 built on Debian GNU/Linux 11")
    snap = program(tmp_path / "snap", "This requires the chromium snap to be installed.", 1)
    mute = program(tmp_path / "mute", "")
    new = program(tmp_path / "new", "Google Chrome 156.0.8078.79 unknown")
    monkeypatch.setattr(chromium_programs, "candidates", lambda: iter([old, snap, mute, tmp_path, new]))
    assert chromium_programs.find() == new


def test_without_a_browser_none_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium_programs, "APART", ())
    assert chromium_programs.find() is None
