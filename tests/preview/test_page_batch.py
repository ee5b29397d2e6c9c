"""The letters of a batch are gone through with the keyboard alone: next, approve, send back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from letters.office import open_office
from letters.register.store import history
from tests.preview.conftest import Serve
from tests.support.browser import Screen, axe
from tests.support.caseloads import caseload, run

REMARK = "They moved to Gresham."


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A practice with a batch of four letters that wait for an approval."""
    folder = caseload(tmp_path / "office", 4)
    file = folder / "practice.yaml"
    file.write_text(f"{file.read_text('utf-8')}\napproval: {{kinds: [all], by: [renate-holm]}}\n", "utf-8")
    assert run(folder, "--by", "dana-okafor").returncode in (0, 1)
    return folder


def chip(page: Page, words: str) -> None:
    expect(page.locator("#state .chip")).to_have_text(words)


def number_of(page: Page) -> str:
    """Which case this page is about."""
    return page.locator(".about").inner_text().split("Case ")[1].strip()


def press(page: Page, key: str) -> None:
    """Press a key when the letter is there and its pages are at rest."""
    expect(page.locator("main")).to_have_attribute("data-drawn", "0")
    page.keyboard.press(key)


def test_a_batch_is_gone_through_by_keyboard_and_what_was_approved_is_issued(
    office: Path, serve: Serve, screen: Screen
) -> None:
    page = screen.open(serve("--by", "renate-holm").address)
    expect(page.locator("#group-approve .count")).to_have_text("4")
    assert axe(page) == []
    begin = page.get_by_role("link", name="Begin with the first")
    for _ in range(20):
        page.keyboard.press("Tab")
        if begin.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    decided = walk(page)
    assert decided == {"K-0000": "approved", "K-0001": "sent back", "K-0002": "left", "K-0003": "approved"}
    assert told(office) == [
        ("letter-approved", "K-0000"),
        ("letter-sent-back", "K-0001"),
        ("letter-approved", "K-0003"),
    ]
    assert issued(office) == ["K-0000", "K-0003"]
    # The page that is open hears of it.
    page.locator(".brand").click()
    expect(page.locator("#group-approve .count")).to_have_text("1")
    expect(page.locator("#group-mend")).to_be_visible()
    expect(page.locator("q.remark").first).to_contain_text(REMARK)
    assert axe(page) == []


def walk(page: Page) -> dict[str, str]:
    """Approve the first, send the second back, leave the third, and approve the last."""
    decided: dict[str, str] = {}
    chip(page, "Waits for approval")
    expect(page.locator("nav")).to_contain_text("1 of 4")
    decided[number_of(page)] = "approved"
    press(page, "Alt+a")
    chip(page, "Approved")
    follow(page)
    decided[number_of(page)] = "sent back"
    press(page, "Alt+b")
    page.keyboard.type(REMARK)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    chip(page, "Sent back")
    follow(page)
    decided[number_of(page)] = "left"
    follow(page)
    decided[number_of(page)] = "approved"
    press(page, "Alt+a")
    chip(page, "Approved")
    return decided


def follow(page: Page) -> None:
    """Go to the next letter by its key."""
    here = page.url
    press(page, "Alt+n")
    page.wait_for_url(lambda url: url != here)
    chip(page, "Waits for approval")


def told(office: Path) -> list[tuple[str, str]]:
    """What was decided, in order."""
    register = open_office(office / "practice.yaml").register(make=False)
    with register.reading() as connection:
        entries = list(history(connection))
    assert {one.by for one in entries if one.event.startswith("letter-")} == {"renate-holm"}
    return [(one.event, one.case_number or "") for one in entries if one.event.startswith("letter-")]


def issued(office: Path) -> list[str]:
    """Run the batch once more; whose letters left by it."""
    run(office, "--by", "dana-okafor")
    with (office / "out" / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted(row["case"] for row in csv.DictReader(file) if row["status"] == "issued")
