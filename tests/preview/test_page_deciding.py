"""Deciding on the page: a letter is approved, sent back and issued, and what changes is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.preview.reader import KIND, Reader, Room
from tests.support.browser import Screen

PRACTICE = f"\napproval: {{kinds: [{KIND}]}}\npreview: {{issue: yes}}\n"
REMARK = "They moved to Gresham in October."
# Longer than what came by itself has to be before it can be decided upon.
READ = 1600  # milliseconds


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Room]:  # noqa: ARG001
    """A practice in which closing letters are approved first, and issued from the page."""
    one = Room(tmp_path_factory.mktemp("room") / "office", practice=PRACTICE)
    yield one
    one.close()


def approve(reader: Reader) -> None:
    """Approve it, once the page is at rest."""
    reader.press("approve")
    reader.hears("The letter is approved.")
    reader.is_in_state("Approved")


def send_back(reader: Reader, remark: str) -> None:
    """Send it back by keyboard."""
    reader.page.keyboard.press("Alt+b")
    expect(reader.find("remark")).to_be_focused()
    reader.page.keyboard.type(remark)
    reader.page.locator('#back [data-action="send-back"]').press("Enter")


def test_an_approval_is_shown_and_kept_and_the_letter_leaves(reader: Reader) -> None:
    reader.is_in_state("Waits for approval")
    approve(reader)
    expect(reader.find("state")).to_contain_text(
        "Sam Rivera approved exactly this letter on November 22, 2026"
    )
    assert reader.entries()[-1] == ("letter-approved", "sam-rivera")
    expect(reader.page.locator('[data-action="approve"]')).to_have_count(0)
    reader.page.get_by_text("What happened").click()
    expect(reader.find("log").locator("li").first).to_contain_text("Sam Rivera")
    assert "issued/L-" in reader.room.run("issue", KIND, reader.number, "--by", "sam-rivera")
    # The register tells the page.
    reader.is_in_state("Issued")


def test_words_that_were_not_saved_are_saved_and_approved(reader: Reader) -> None:
    reader.write("You came in the rain, and you said what hurt.")
    approve(reader)
    assert reader.kept()["acknowledgment"] == {"en": "You came in the rain, and you said what hurt."}
    expect(reader.find("unsaved-acknowledgment")).to_be_hidden()


def test_an_approval_is_gone_once_the_case_file_changes(reader: Reader) -> None:
    approve(reader)
    file = reader.room.file(reader.number)
    good = file.read_text("utf-8")
    file.write_text(good.replace("44 Alder Avenue", "46 Alder Avenue"), "utf-8")
    expect(reader.text).to_contain_text("46 Alder Avenue")
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")
    expect(reader.find("state").locator(".chip")).not_to_have_text("Approved")
    expect(reader.main).to_contain_text("46 Alder Avenue")
    file.write_text(good, "utf-8")
    reader.is_in_state("Approved")


def test_an_approval_is_gone_once_the_register_has_other_data(reader: Reader) -> None:
    approve(reader)
    reader.write("You came in the rain, and you said what hurt.")
    expect(reader.find("state").locator(".chip")).not_to_have_text("Approved")
    reader.press("save")
    reader.hears("Your words are saved.")
    reader.is_in_state("Waits for approval")
    expect(reader.find("state")).to_contain_text("Since then this has changed: case: words.")


def test_an_approval_is_gone_once_somebody_else_changes_the_words(reader: Reader, screen: Screen) -> None:
    approve(reader)
    other = reader.again(screen)
    other.write("You took the bus, week after week.")
    other.press("save")
    other.hears("Your words are saved.")
    reader.is_in_state("Waits for approval")
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")
    expect(reader.find("status")).not_to_be_empty()
    expect(reader.field()).to_have_value("You took the bus, week after week.")
    reader.page.wait_for_timeout(READ)
    approve(reader)


def test_what_changed_just_now_cannot_be_approved_before_it_is_read(reader: Reader) -> None:
    reader.page.clock.install(time=0)
    reader.page.clock.pause_at(1)
    file = reader.room.file(reader.number)
    file.write_text(file.read_text("utf-8").replace("44 Alder Avenue", "46 Alder Avenue"), "utf-8")
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")
    reader.press("approve")
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")
    reader.is_in_state("Waits for approval")
    assert reader.kept() is None
    reader.page.clock.run_for(READ)
    approve(reader)


def test_a_second_click_does_not_approve_what_the_first_has_brought(reader: Reader) -> None:
    reader.page.clock.install(time=0)
    reader.page.clock.pause_at(1)
    # The page hears no news, as in the moment before they come.
    reader.page.evaluate("document.querySelector('[name=digest]').value = 'of another letter'")
    reader.page.locator('[data-action="approve"]').dblclick()
    reader.hears("The letter has changed since these pages were made.")
    reader.page.clock.run_for(100)
    reader.press("approve")
    reader.hears("The letter has changed since these pages were made.")
    assert reader.kept() is None


def test_pages_that_came_after_the_click_are_read_before_they_are_approved(reader: Reader) -> None:
    reader.page.evaluate(
        """() => {
            document.getElementById('large_print').click();
            document.querySelector('[data-action="approve"]').click();
        }"""
    )
    reader.hears("These pages are new. Read them before you decide.")
    reader.is_in_state("Waits for approval")
    reader.page.wait_for_timeout(READ)
    approve(reader)


def test_deciding_works_from_wherever_one_is_on_the_page(reader: Reader) -> None:
    reader.page.keyboard.press("Tab")
    expect(reader.page.locator(".skip")).to_be_focused()
    reader.page.keyboard.press("Alt+a")
    reader.hears("The letter is approved.")
    reader.is_in_state("Approved")


def test_what_somebody_sent_back_meanwhile_is_not_approved(reader: Reader, screen: Screen) -> None:
    reader.write("You came in the rain.")
    reader.press("save")
    reader.hears("Your words are saved.")
    told = ("--send-back", "They moved.", "--by", "lena-brook", "--yes")
    reader.page.route("**/draw", lambda route: route.abort())
    reader.room.run("approve", KIND, reader.number, *told)
    reader.press("approve")
    reader.hears("The letter has changed since these pages were made.")
    reader.is_in_state("Sent back")
    # The news had no way to this window.
    assert all("/draw" in one or "ERR_FAILED" in one for one in screen.complained())


def test_a_double_click_sends_a_letter_back_once(reader: Reader) -> None:
    reader.page.keyboard.press("Alt+b")
    reader.find("remark").fill(REMARK)
    reader.page.locator('#back [data-action="send-back"]').dblclick()
    reader.hears("The letter is sent back.")
    reader.is_in_state("Sent back")
    reader.page.wait_for_timeout(300)
    reader.hears("The letter is sent back.")
    assert [event for event, _ in reader.entries()].count("letter-sent-back") == 1


def test_what_came_along_with_somebodys_own_words_is_told_and_has_to_be_read(reader: Reader) -> None:
    reader.press("save")
    reader.write("You came in the rain.")
    reader.press("save")
    reader.hears("Your words are saved.")
    file = reader.room.file(reader.number)
    file.write_text(file.read_text("utf-8").replace("44 Alder Avenue", "46 Alder Avenue"), "utf-8")
    reader.room.run("case", "import", str(file), "--yes", "--by", "lena-brook")
    reader.page.wait_for_timeout(50)
    reader.write("You came in the rain, and in the snow.")
    expect(reader.text).to_contain_text("46 Alder Avenue")
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")
    reader.write("You came in the rain, and in the snow, and you stayed.")
    expect(reader.find("came")).to_contain_text("The letter was changed elsewhere")


def test_a_letter_that_is_not_the_one_on_the_page_is_not_approved(reader: Reader) -> None:
    reader.page.evaluate("document.querySelector('[name=digest]').value = 'of another letter'")
    reader.press("approve")
    reader.hears("The letter has changed since these pages were made.")
    assert reader.kept() is None


def test_sent_back_with_a_remark_it_becomes_a_task_and_does_not_leave(reader: Reader) -> None:
    send_back(reader, REMARK)
    reader.hears("The letter is sent back.")
    reader.is_in_state("Sent back")
    expect(reader.find("state")).to_contain_text("Sam Rivera sent it back on November 22, 2026")
    expect(reader.find("state")).to_contain_text(REMARK)
    assert [one for one in tasks(reader) if REMARK in str(one)] != []
    refused = reader.room.run("issue", KIND, reader.number, "--by", "sam-rivera", code=1)
    assert "error[sent-back]" in refused
    reader.room.run("approve", KIND, reader.number, "--by", "sam-rivera", "--yes")
    reader.is_in_state("Approved")


def tasks(reader: Reader) -> list[dict[str, Any]]:
    """What is to do about the case, as the command line has it."""
    listed: list[dict[str, Any]] = json.loads(reader.room.run("task", "list", "--json"))
    return [one for one in listed if reader.number in str(one)]


def test_sent_back_without_a_remark_nothing_is_done_and_the_page_says_why(reader: Reader) -> None:
    send_back(reader, "  ")
    reader.hears("Say what has to be mended")
    assert reader.kept() is None
    expect(reader.find("remark")).to_be_visible()
    reader.is_in_state("Waits for approval")


def test_the_remark_is_still_there_while_the_page_follows(reader: Reader) -> None:
    reader.page.keyboard.press("Alt+b")
    reader.page.keyboard.type(REMARK)
    for _ in "October.":
        reader.page.keyboard.press("ArrowLeft")
    file = reader.room.file(reader.number)
    file.write_text(file.read_text("utf-8").replace("44 Alder Avenue", "46 Alder Avenue"), "utf-8")
    expect(reader.text).to_contain_text("46 Alder Avenue")
    reader.page.keyboard.type("late ")
    expect(reader.find("remark")).to_have_value(REMARK.replace("October", "late October"))
    reader.write("You came in the rain.")
    expect(reader.find("remark")).to_have_value(REMARK.replace("October", "late October"))
    expect(reader.find("remark")).to_be_visible()


def test_an_approved_letter_is_issued_from_the_page(reader: Reader) -> None:
    expect(reader.page.locator('[data-action="issue"]')).to_have_count(0)
    approve(reader)
    reader.page.locator("#out summary").click()
    reader.press("issue")
    reader.hears("The letter is issued.")
    reader.is_in_state("Issued")
    assert reader.entries()[-1] == ("letter-issued", "sam-rivera")
    name = reader.find("state").inner_text().split("issued as ")[1].split(",")[0]
    assert (reader.room.folder / "issued" / f"{name}.pdf").is_file()
    assert reader.page.locator('[data-action="issue"], [data-action="approve"]').count() == 0


def test_nobody_loses_their_place_by_deciding(reader: Reader) -> None:
    reader.page.locator('[data-action="approve"]').press("Enter")
    reader.hears("The letter is approved.")
    # The button is gone.
    expect(reader.main).to_be_focused()
    save = reader.page.locator('[data-action="save"]')
    save.focus()
    reader.page.evaluate("document.querySelector('[data-action=save]').dataset.old = 'yes'")
    reader.room.run("issue", KIND, reader.number, "--by", "sam-rivera")
    reader.is_in_state("Issued")
    expect(save).not_to_have_attribute("data-old", "yes")
    expect(save).to_be_focused()
